"""Several processes behind nginx: each browser stays with one, and goes on when it is killed."""

import asyncio
import gzip
import re
import urllib.error
import urllib.request

import pytest

from benchmarks.load_client import Visitor
from tests.deploy.farm import apart

pytestmark = [
    pytest.mark.deploy, pytest.mark.browser, pytest.mark.postgres,
    pytest.mark.xdist_group("browser"),
]  # fmt: skip

TOLD = "The server that held this tab has gone"
PART = "Download: slides, documents, workbook, pictures, data"
COOKIE = re.compile(r"parley_process=([123]); Path=/; HttpOnly; SameSite=Lax")


def get(farm, path="/", **headers):
    request = urllib.request.Request(f"{farm.address}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def process_in(headers):
    return int(COOKIE.fullmatch(headers["Set-Cookie"])[1])


def visitor(farm, number):
    return Visitor(farm.address, {"Cookie": f"parley_process={number}"})


def test_a_new_browser_gets_a_process_and_stays_with_it(farm):
    # Each of three processes is missed by 60 draws with a chance of (2/3)^60 = 3e-11.
    lots = [process_in(get(farm)[1]) for _ in range(60)]
    assert set(lots) == {1, 2, 3}
    for number in (1, 2, 3):
        for _ in range(5):
            assert get(farm, Cookie=f"parley_process={number}")[1]["Set-Cookie"] is None
    # A cookie that names nothing is as good as none.
    for made_up in ("4", "", "parley_1", "1 2", "x" * 3000):
        assert process_in(get(farm, Cookie=f"parley_process={made_up}")[1]) in (1, 2, 3)


def test_every_answer_carries_the_headers_and_scripts_come_compressed(farm):
    _, headers, page = get(farm)
    script = re.search(rb'src="\.?(/static/js/[^"]+\.js)"', page)[1].decode()
    for path in ("/", script, "/nowhere", "/media/nothing"):
        _, headers, _ = get(farm, path)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["Server"] == "nginx"  # which version is nobody's business
    _, headers, plain = get(farm, script)
    assert headers["Content-Encoding"] is None
    _, headers, packed = get(farm, script, **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == plain
    assert len(packed) < 0.5 * len(plain)


def test_what_is_for_the_machine_alone_is_not_passed_on(farm):
    assert get(farm, "/_stcore/health")[0] == 200
    assert get(farm, "/_stcore/metrics")[0] == 404
    assert get(farm, "/_stcore/agent/interact")[0] == 404
    too_large = urllib.request.Request(
        f"{farm.address}/_stcore/upload_file/a/b", data=b"0" * 6_300_000, method="PUT"
    )
    with pytest.raises((urllib.error.HTTPError, BrokenPipeError, urllib.error.URLError)) as refused:
        urllib.request.urlopen(too_large, timeout=60)
    if isinstance(refused.value, urllib.error.HTTPError):
        assert refused.value.code == 413


async def _through_a_kill(farm):
    """Two visitors at each process; process 2 is killed while all of them choose countries."""
    staying = [visitor(farm, number) for number in (1, 1, 3, 3)]
    moved = [visitor(farm, 2) for _ in range(2)]
    await asyncio.gather(*(v.open("", "a=NLD&b=CHN") for v in (*staying, *moved)))
    for one in moved:
        await one.choose("Their side", "Japan")
    busy = [asyncio.create_task(_choose(v)) for v in staying]
    farm.kill(2)
    await asyncio.gather(*(v.lost() for v in moved))
    again = [await _come_back(farm, one) for one in moved]
    await asyncio.gather(*busy)
    for one in staying:
        assert not [text for text in one.texts if TOLD in text]
    return again


async def _choose(one):
    for country, code in (("Brazil", "BRA"), ("India", "IND"), ("Sweden", "SWE"), ("Japan", "JPN")):
        await one.choose("Their side", country)
        assert one.query == f"a=NLD&b={code}"


async def _come_back(farm, lost):
    """Connect as a browser does: with its cookie, its address, and the session it had."""
    again = visitor(farm, 2)
    again.query = lost.query
    await again.connect(lost.session_id)
    number = process_in(again.socket.response.headers)
    assert number in (1, 3)
    again.headers = {"Cookie": f"parley_process={number}"}
    await again.run_again()
    assert again.session_id != lost.session_id
    return again


async def _take_a_file(one):
    await one.unfold(PART)
    return await one.fetch(await one.ask_for("Data (JSON)"))


async def _leave(*visitors):
    await asyncio.gather(*(v.close() for v in visitors))


def test_a_killed_process_is_noticed_by_its_own_visitors_alone(farm):
    async def story():
        moved = await _through_a_kill(farm)
        for one in moved:
            assert [text for text in one.texts if TOLD in text]
            assert [text for text in one.texts if text.startswith("# The Netherlands and Japan")]
            assert one.query == "a=NLD&b=JPN"
            assert b"JPN" in await _take_a_file(one)
        farm.start(2)
        farm.wait(2)
        # Who has moved stays where the session now is, files included.
        for one in moved:
            await one.choose("Their side", "India")
            assert b"IND" in await _take_a_file(one)
        await _leave(*moved)

    apart(asyncio.run, story())


def test_a_session_that_is_still_there_is_taken_up_again_without_a_word(farm):
    async def story():
        one = visitor(farm, 1)
        await one.open("", "a=NLD&b=CHN")
        await one.close()
        again = visitor(farm, 1)
        again.query = one.query
        await again.connect(one.session_id)
        await again.run_again()
        assert again.session_id == one.session_id
        assert not [text for text in again.texts if TOLD in text]
        await _leave(again)

    apart(asyncio.run, story())


def test_whoever_comes_through_the_proxy_without_sign_in_is_not_the_local_user(farm):
    async def story():
        one = visitor(farm, 3)
        await one.open("teams")
        assert [text for text in one.texts if "Sign in to keep your teams" in text]
        await _leave(one)

    apart(asyncio.run, story())
