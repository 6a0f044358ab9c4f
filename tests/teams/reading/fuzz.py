"""A coverage-guided fuzzer over everything that is read here, run by hand.

    python -m tests.teams.reading.fuzz [seconds]

It needs Atheris (`pip install atheris==3.0.0`, Linux and macOS), starts from the broken files and
the templates, and ends at the first exception other than `UploadError`, at two seconds for one
input, or beyond 1 GB. What a workbook's own process would answer is made from the input instead,
since starting a process for each would leave few inputs a second; `test_fuzz` starts it.

On 2026-11-22 it ran ten minutes on a busy core: 46,589 inputs, 781 edges, 115 MB at most, no
finding. An earlier run had found that two hundred teams took three seconds to get their ids.
"""

import sys
import tempfile
from pathlib import Path

NAMES = ("keep", "initials", "leave_out")
KINDS = (None, "scores", "members", "answers")
LARGEST_SEED = 8192


def answer(data, sheet):
    """Stand in for the process: lines of the data as rows, words as cells, numbers as numbers."""
    from analysis.teams.reading.workbook_process import Answer  # noqa: PLC0415

    rows = []
    for number, line in enumerate(data[-4096:].splitlines(), 1):
        words = line.decode("latin-1").split("\t")
        rows.append((number, [float(w) if w.isdigit() and w.isascii() else w for w in words]))
    return Answer("", sheet or "S", ["S"], merged=True, rows=rows)


def reader():
    """Return the function that reads one input, whose first byte says how."""
    from analysis.errors import UploadError  # noqa: PLC0415 - only once instrumented
    from analysis.tables import load_tables  # noqa: PLC0415
    from analysis.teams import reading  # noqa: PLC0415
    from analysis.teams.reading import team_file, workbook  # noqa: PLC0415
    from analysis.teams.reading.cells import ProfileFinder  # noqa: PLC0415

    tables = load_tables()
    finder = ProfileFinder(tables)  # one for all: looking for near spellings takes milliseconds
    team_file.ProfileFinder = lambda _: finder
    workbook._answer = answer

    def read(data):
        if not data:
            return
        how, content = data[0], data[1:]
        try:
            if how & 1:
                grid = reading.read_grid(content, "team.csv")
            else:
                grid = reading.read_pasted(content.decode("utf-8", "surrogateescape"))
            kind, names = KINDS[(how >> 1) % 4], NAMES[(how >> 3) % 3]
            reading.rejected_csv(reading.read_team(tables, grid, kind, names=names))
        except UploadError as error:
            if not str(error).isprintable():
                raise ValueError("a sentence that cannot be shown") from error

    return read


def seeds():
    """Yield the small ones among the broken files and the templates, each for both ways in."""
    from analysis.teams.reading import template  # noqa: PLC0415
    from tests.teams.reading.broken import FAULTY, REFUSED  # noqa: PLC0415

    for seed in (*REFUSED.values(), *FAULTY.values(), *(template(k, True) for k in KINDS[1:])):
        if len(seed) < LARGEST_SEED:
            yield b"\x00" + seed
            yield b"\x01" + seed


def main():
    import atheris  # noqa: PLC0415 - nobody else needs it

    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    with atheris.instrument_imports(include=["analysis.teams.reading"]):
        read = reader()
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds()):
            (Path(corpus) / str(number)).write_bytes(seed)
        limits = ("-timeout=2", "-rss_limit_mb=1024", f"-max_len={LARGEST_SEED}")
        found = f"-artifact_prefix={tempfile.gettempdir()}/parley-fuzz-"
        atheris.Setup(
            [
                sys.argv[0],
                corpus,
                f"-max_total_time={seconds}",
                "-print_final_stats=1",
                *limits,
                found,
            ],
            read,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
