"""What no picker offers, sent over the websocket by hand, changes nothing and breaks nothing."""

import asyncio

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.load_client import Visitor
from benchmarks.server import ROOT, running
from tests.deploy.farm import apart

pytestmark = [pytest.mark.deploy, pytest.mark.xdist_group("browser")]


async def _told(server, forged):
    """Open a pair, send something made up for their side; return what the page says then."""
    visitor = Visitor(server.address)
    await visitor.open("", "a=SWE&b=FIN")
    picker = visitor._element("selectbox", "Their side").selectbox
    visitor._choices[picker.id] = WidgetState(id=picker.id, string_value=forged)
    await visitor.run_again()
    said = list(visitor.texts)
    visitor._choices.pop(picker.id, None)
    await visitor.choose("Their side", "Japan")
    await visitor.close()
    return said, list(visitor.texts)


def test_a_party_that_no_picker_offers_leaves_the_view_and_the_next_choice_works():
    with running(ROOT / "app.py", ROOT) as server:
        for forged in ("Atlantis", "", "ATL", "<b>", "x" * 100_000):
            said, after = apart(asyncio.run, _told(server, forged))
            assert [text for text in said if text.startswith("# Sweden and Finland")], forged[:9]
            assert [text for text in after if text.startswith("# Sweden and Japan")], forged[:9]
