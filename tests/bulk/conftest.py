"""A job over a small table, in one line."""

import pytest

from analysis.bulk import job
from analysis.bulk.request import Extras, Request
from analysis.settings import default_settings


@pytest.fixture
def run(tables, references, tmp_path):
    def over(source, out="out.csv", measures=("kogut_singh",), extras=(), tables=tables, **more):
        if isinstance(source, str | bytes):
            content = source.encode() if isinstance(source, str) else source
            source = tmp_path / "in.csv"
            source.write_bytes(content)
        settings = more.pop("settings", None) or default_settings(tables)
        told = {name: more.pop(name) for name in ("progress", "stopped") if name in more}
        request = Request(
            source, tmp_path / out, settings, tuple(measures),
            Extras(**dict.fromkeys(extras, True)), **more,
        )  # fmt: skip
        known = references if tables is references.tables else None
        return job.run(request, tables, references=known, **told)

    return over
