"""The readers of bytes from outside, as `benchmarks.fuzz` calls them: one input in, or a refusal.

Each is made inside the process that fuzzes, so that what it imports can be instrumented. It takes
an input, checks what must hold of whatever was read, and lets nothing through but the project's
own `InputError` with one clear sentence.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

Read = Callable[[bytes], None]
Make = Callable[[Path], Read]
KILOBYTE = 1024
LONGEST_SENTENCE = 4_500
"""Twelve names of columns, each as long as it may be, stand in the longest."""


class Finding(AssertionError):  # noqa: N818 - it is what fuzzing is for
    """What was read, or the sentence that refused it, is not what it must be."""


@dataclass(frozen=True)
class Reader:
    """One way in.

    Attributes
    ----------
    make : callable
        Given a scratch folder, returns the function that reads one input.
    seeds : callable
        Returns valid inputs, and broken ones that are known.
    packages : tuple of str
        What is instrumented where the fuzzer is guided by coverage.
    seconds : float
        How long one input may take.
    memory : int
        What the process may hold at most [MB].
    """

    make: Make
    seeds: Callable[[], Iterator[bytes]]
    packages: tuple[str, ...]
    seconds: int = 5
    memory: int = 1024
    longest: int = 16 * KILOBYTE


def check_sentence(text: str) -> None:
    """Hold that a refusal, as it is shown, ends as a sentence does and is no longer than one.

    Raises
    ------
    Finding
        It is not.
    """
    from analysis.words import one_line

    shown = one_line(text)
    if not shown.endswith((".", "?")) or len(shown) < 10:
        raise Finding(f"not a sentence: {text[:200]!r}")
    if len(shown) > LONGEST_SENTENCE:
        raise Finding(f"a sentence of {len(shown)} letters: {shown[:200]!r}")


def refusing(read: Read) -> Read:
    """Return a reader for which a refusal in a clear sentence is an outcome like any other."""
    from analysis.errors import InputError

    def one(data: bytes) -> None:
        try:
            read(data)
        except InputError as error:
            check_sentence(str(error))

    return one


def _link(_: Path) -> Read:
    from analysis.knowledge import load_knowledge
    from analysis.link import read_link, write_link
    from analysis.tables import load_tables

    tables, effects = load_tables(), load_knowledge().friction.effects

    def read(data: bytes) -> None:
        query = data.decode("utf-8", "replace")
        view, problems = read_link(tables, dict(parse_qsl(query)), effects)
        for problem in problems:
            check_sentence(problem)
        again, none = read_link(tables, write_link(tables, view), effects)
        if again != view or none:
            raise Finding(f"the link of a view opens another: {view} {again} {none}")

    return read


def _links() -> Iterator[bytes]:
    for link in (
        "a=NLD&b=CHN&more=JPN,BRA,Holland&framework=globe-2004-values&measure=mahalanobis",
        "a=Korea&b=T%C3%BCrkiye&dims=classic&w=mas:0.5,uai:2&ref=all&published=1&unrounded=1",
        "error=9&share=0.15&severity=counted&deal=supply&hold=molds&yes=tight_deadline&no=x",
        "own=low&theirs=high&led=ours&hosted=2&initiative=x&minutes=5&months=6&effects=introduced:1",
        "a=TEAM-ABCDEFGH&b=%00%E2%80%AE&w=nan:nan&error=1e999&framework=edition-0",
    ):
        yield link.encode()
        yield urlencode(parse_qsl(link)).encode()


def _workspace(_: Path) -> Read:
    from analysis.editions import with_editions
    from analysis.knowledge import load_knowledge
    from analysis.tables import load_tables
    from analysis.teams.party import with_teams
    from analysis.workspace import read_workspace, write_workspace

    tables, knowledge = load_tables(), load_knowledge()
    effects, topics = knowledge.friction.effects, knowledge.topic_by_id

    def read(data: bytes) -> None:
        held = read_workspace(tables, effects, topics, data)
        own = with_teams(with_editions(tables, held.editions.values()), held.teams.values())
        written = write_workspace(own, held)
        if write_workspace(own, read_workspace(tables, effects, topics, written)) != written:
            raise Finding("a workspace that was saved opens as another")

    return refusing(read)


def _workspaces() -> Iterator[bytes]:
    from analysis.deal import make_deal
    from analysis.debrief import Mark
    from analysis.editions import with_editions
    from analysis.knowledge import load_knowledge
    from analysis.link import View
    from analysis.settings import default_settings
    from analysis.tables import load_tables
    from analysis.teams.party import with_teams
    from analysis.workspace import Workspace, write_workspace

    tables, effects = load_tables(), load_knowledge().friction.effects
    teams = {team.id: team for team in _teams()}
    edition = _edition()
    own = with_teams(with_editions(tables, [edition]), teams.values())
    deal = make_deal(
        {"kind": "supply", "subject": "pumps =1+1", "they_hold": ["molds"], "total": 8e5,
         "later_orders": [1000], "effects": {"introduced": -0.5}}, effects,
    )  # fmt: skip
    mark = Mark("indirect_face", "seen", "a pause", 93.2, 0.82, "critical", "CHN")
    rows = [{"about": "CHN", "what": "who owns it", "answer": "王"}]
    view = View("NLD", "CHN", ("JPN",), default_settings(own), deal)
    sheets, marks = {"CHN+NLD": {"information": rows}}, {"CHN+NLD": {mark.topic: mark}}
    yield write_workspace(own, Workspace(view, {}, {}))
    yield write_workspace(own, Workspace(view, sheets, marks))
    yield write_workspace(own, Workspace(view, sheets, marks, teams))
    yield write_workspace(own, Workspace(view, {}, {}, {}, {edition.id: edition}))
    empty = {"schema": "parley-workspace", "version": 1, "data_version": "", "view": {}, "deal": {}}
    yield json.dumps(empty).encode()


def _teams() -> list[Any]:
    from analysis.tables import load_tables
    from analysis.teams import reading

    tables, found = load_tables(), []
    for kind in ("scores", "members", "answers"):
        grid = reading.read_grid(reading.template(kind, True), "team.csv")
        found += reading.read_team(tables, grid, kind).teams
    return found


def _edition() -> Any:
    from analysis.editions import edition_template, read_edition
    from analysis.tables import load_tables
    from analysis.teams.reading import read_grid

    tables = load_tables()
    found = read_edition(read_grid(edition_template(True), "edition.csv"), tables).edition
    if found is None:
        raise Finding("the example of an edition is none")
    return found


def _deal(_: Path) -> Read:
    from analysis.deal import make_deal
    from analysis.knowledge import load_knowledge
    from analysis.strategy.deal_file import read_deal

    effects = load_knowledge().friction.effects

    def read(data: bytes) -> None:
        deal = read_deal(data.decode("utf-8", "surrogateescape"), effects)
        held = {name: getattr(deal, name) for name in deal.__dataclass_fields__}
        if make_deal(held, effects) != deal:
            raise Finding("a deal that was read is none that may be made")

    return refusing(read)


def _deals() -> Iterator[bytes]:
    from analysis.tables import DATA_FOLDER

    yield (DATA_FOLDER.parent / "docs" / "deal.yaml").read_bytes()
    yield b"kind: supply\nthey_hold: [molds, designs]\ntotal: 8.0e5\nlater_orders:\n- 1\n- 2\n"
    yield b"effects: {introduced: -0.5}\nsubject: 'x'\nrepeat_deals: no\n"
    yield b"a: &a [1]\nb: *a\n"
    yield b"total: 0x1F\nsubject: !!python/object:os.system x\nminutes: 2026-11-22\n"


def _team(_: Path) -> Read:
    from tests.teams.reading import fuzz

    return fuzz.reader()


def _team_files() -> Iterator[bytes]:
    from tests.teams.reading import fuzz

    return fuzz.seeds()


def _workbook(_: Path) -> Read:
    from analysis.tables import load_tables
    from analysis.teams import reading

    tables = load_tables()

    def read(data: bytes) -> None:
        reading.rejected_csv(reading.read_team(tables, reading.read_grid(data, "team.xlsx")))

    return refusing(read)


def _workbooks() -> Iterator[bytes]:
    from tests.teams.reading.broken import REFUSED
    from tests.teams.reading.build import MEMBERS, SCORES, ods, raw_xlsx, row_xml, xls, xlsx

    for rows in (SCORES, MEMBERS):
        yield from (xlsx(rows), xls(rows), ods(rows))
    yield raw_xlsx(row_xml(1, ["Team", "PDI"]) + row_xml(2, ["A", 5]))
    for name, content in REFUSED.items():
        if name.endswith((".xlsx", ".xls", ".ods")) and len(content) < 16 * KILOBYTE:
            yield content


def _edition_reader(_: Path) -> Read:
    from analysis.editions import left_out_csv, own_framework, read_edition
    from analysis.editions.record import check_edition
    from analysis.tables import load_tables
    from analysis.teams.reading import read_grid

    tables = load_tables()
    bases = tuple(tables.frameworks)

    def read(data: bytes) -> None:
        if not data:
            return
        found = read_edition(
            read_grid(data[1:], "edition.csv"), tables, bases[data[0] % len(bases)]
        )
        left_out_csv(found)
        for said in (*found.understood, *(fault.sentence for fault in found.faults)):
            check_sentence(said)
        if found.edition is None:
            check_sentence(found.reason)
        else:
            check_edition(tables, found.edition)
            own_framework(tables, found.edition)

    return refusing(read)


def _editions() -> Iterator[bytes]:
    from analysis.editions import edition_template

    example = edition_template(True)
    yield b"\0" + example
    yield b"\0" + example.decode("utf-8-sig").replace(",", ";").replace(".", ",").encode("utf-16")
    yield b"\0" + edition_template(False)
    yield b"\x03Country,trad_sec,surv_self\n" + b"".join(
        b"%s,%d,%d\n" % (c, n % 3 - 1, n % 2)
        for n, c in enumerate([b"NLD", b"CHN", b"USA", b"JPN", b"DEU", b"FRA", b"ITA", b"ESP",
                               b"SWE", b"NOR", b"IND"])
    )  # fmt: skip


def _pairs(folder: Path, *names: str) -> Read:
    """Return a reader of tables of pairs; the first byte says what the file is called."""
    from functools import lru_cache

    from analysis.bulk import job
    from analysis.bulk.request import Request
    from analysis.comparison import References, plain_references
    from analysis.settings import default_settings
    from analysis.tables import load_tables

    tables = load_tables()
    plain = plain_references(tables)
    references = References(
        tables, lru_cache(maxsize=None)(plain.reference), lru_cache(maxsize=None)(plain.distances),
        plain.errors, plain.simulated,
    )  # fmt: skip
    out = folder / "out.csv"

    def read(data: bytes) -> None:
        if not data:
            return
        source = folder / names[data[0] % len(names)]
        source.write_bytes(data[1:])
        seen = job.preview(tables, source)
        for said in (*seen.notes, *filter(None, [seen.reason])):
            check_sentence(said)
        request = Request(source, out, default_settings(tables), ("kogut_singh",))
        done = job.run(request, tables, references=references)
        if sum(1 for _ in out.open(encoding="utf-8")) < 1 or done.rows < 0:
            raise Finding("a result without names")

    return refusing(read)


def _pair_texts() -> Iterator[bytes]:
    text = "exporter,importer,year,note\nNLD,CHN,2001,x\nHolland,Korea,2002,=1+1\nXX,,,\n"
    yield b"\0" + text.encode()
    yield b"\1" + text.replace(",", "\t").encode("utf-16")
    yield b"\2sep=;\r\n" + text.replace(",", ";").replace("\n", "\r\n").encode()
    yield b"\0" + text.replace("x", '"a ""quoted"", cell\nof two lines"').encode()
    yield b"\0" + "Käufer,Verkäufer\nTürkiye,Côte d'Ivoire\n".encode("cp1252")
    yield b"\0a,b\nNLD,CHN\n" + b"NLD,CHN,1\n"
    yield b"\0a,a\nNLD,CHN\n"


def _pair_parquets() -> Iterator[bytes]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {"iso_o": ["NLD", "USA", None], "iso_d": ["CHN", "=1", "JPN"], "n": [1, 2, 3]}
    for table, more in (
        (pa.table(columns), {}),
        (pa.table(columns), {"compression": "zstd", "data_page_version": "2.0"}),
        (pa.table(columns), {"compression": "none", "use_dictionary": False}),
        (pa.table({**columns, "l": [[1], [], None], "s": [{"x": 1}] * 3}), {}),
        (pa.table({**columns, "d": pa.array([1, 2, 3], pa.decimal128(30, 2))}), {}),
    ):
        file = io.BytesIO()
        pq.write_table(table, file, **more)
        yield b"\0" + file.getvalue()


def _pair_workbooks() -> Iterator[bytes]:
    from tests.teams.reading.build import ods, xls, xlsx

    rows = [["exporter", "importer", "n"], ["NLD", "CHN", 1], ["=1", "USA", 2.5]]
    for place, make in enumerate((xlsx, xls, ods)):
        yield bytes([place]) + make(rows)


def _survey(folder: Path) -> Read:
    from analysis.bulk.survey import SurveyRequest, run_survey
    from analysis.tables import load_tables

    tables, out = load_tables(), folder / "out.csv"

    def read(data: bytes) -> None:
        if not data:
            return
        source = folder / ("in.parquet" if data[0] & 1 else "in.csv")
        source.write_bytes(data[1:])
        weight = "weight" if data[0] & 2 else None
        report = run_survey(SurveyRequest(source, out, "group", weight=weight), tables)
        for said in (*report.cautions, *report.notes):
            check_sentence(said)
        json.loads(report.files["report"].read_text("utf-8"))

    return refusing(read)


def _surveys() -> Iterator[bytes]:
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet as pq

    columns: dict[str, list[Any]] = {"group": ["A", "B", "A", "=1", None, "B"], "weight": [1.0] * 6}
    for question in range(1, 25):
        columns[f"q{question:02}"] = [(question * n) % 5 + 1 for n in range(6)]
    table = pa.table(columns)
    text, parquet = io.BytesIO(), io.BytesIO()
    pyarrow.csv.write_csv(table, text)
    pq.write_table(table, parquet)
    for way in (0, 2):
        yield bytes([way]) + text.getvalue()
        yield bytes([way + 1]) + parquet.getvalue()


_TEAMS = ("analysis.teams.reading", "analysis.editions")
_BULK = ("analysis.bulk", "analysis.teams.reading.decoding")
_DEAL = ("analysis.deal", "analysis.strategy.deal_file")

READERS = {
    "link": Reader(
        _link, _links, ("analysis.link", *_DEAL, "analysis.settings", "analysis.profiles")
    ),
    "workspace": Reader(
        _workspace, _workspaces,
        ("analysis.workspace", "analysis.link", *_DEAL, *_TEAMS, "analysis.teams.record"),
        longest=64 * KILOBYTE,
    ),
    "deal": Reader(_deal, _deals, (*_DEAL, "yaml")),
    "team": Reader(_team, _team_files, _TEAMS),
    "workbook": Reader(_workbook, _workbooks, _TEAMS, seconds=30),
    "edition": Reader(_edition_reader, _editions, _TEAMS),
    "pairs-text": Reader(
        lambda f: _pairs(f, "in.csv", "in.tsv", "in.txt"), _pair_texts, _BULK, 30, 3072
    ),
    "pairs-parquet": Reader(lambda f: _pairs(f, "in.parquet"), _pair_parquets, _BULK, 30, 3072),
    "pairs-workbook": Reader(
        lambda f: _pairs(f, "in.xlsx", "in.xls", "in.ods"), _pair_workbooks, _BULK, 60, 3072
    ),
    "survey": Reader(_survey, _surveys, _BULK, 30, 3072),
}  # fmt: skip
"""Every reader of bytes from outside, by the name that `--reader` takes."""
