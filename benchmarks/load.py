"""Many visitors at once, over the real websocket protocol, against the floor app.

Each session chooses countries one after the other without a pause for thought, and every eighth
step turns to another page: harder than people are, so that a rate comes out that a server holds.
The countries are the ten of the floor app, or all that a picker offers, drawn evenly: the worst for
every cache. The floor app runs on Streamlit's default settings and on ours, with the same visitors
who choose countries alone.

Everything runs on the loopback address, for a bounded time. Any exception on a page, any lost
connection and any file that cannot be fetched counts as an error, by kind.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.load_client import VisitError, Visitor
from benchmarks.server import ROOT, Server, running
from benchmarks.table import Line

APP, FLOOR = ROOT / "app.py", ROOT / "benchmarks" / "floor_app.py"
SAME_SIZE = ROOT / "benchmarks" / "same_size_app.py"
SESSIONS = (1, 10, 50, 100)
PAGES = ("Brief", "Compare", "Atlas", "Compare", "Methods", "Compare")
LINKS = ("", "brief", "atlas", "methods", "teams", "bulk")
TURN_EVERY = 8
BUDGET = 5.0
"""Times the rate of the floor app on Streamlit's default settings, at 50 sessions."""

CODES = ("NLD", "CHN", "USA", "JPN", "DEU", "BRA", "FRA", "IND", "SWE", "MEX")
"""The countries of the floor app."""

PART = "Download: slides, documents, workbook, pictures, data"
FILES = ("Data (JSON)", "Workbook (XLSX)", "Document (PDF)")


@dataclass(frozen=True)
class Asked:
    """What visitors do: the pages they turn to, whether only few countries, rests between [s]."""

    pages: Sequence[str] = PAGES
    few: bool = False
    rest: float = 0.0


@dataclass
class Outcome:
    """What some visitors met: times of runs by kind [s], errors by kind, and for how long [s]."""

    lasted: float = 0.0
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Reruns a second of all visitors together."""
        return sum(map(len, self.times.values())) / self.lasted

    def quantiles(self, kind: str | None = None) -> tuple[float, float, float]:
        """Return the 50th, 95th and 99th percentile of the time of a run [ms]."""
        found = self.times[kind] if kind else [t for some in self.times.values() for t in some]
        ordered = sorted(found) or [float("nan")]
        at = [ordered[min(len(ordered) - 1, int(len(ordered) * q))] for q in (0.50, 0.95, 0.99)]
        return 1e3 * at[0], 1e3 * at[1], 1e3 * at[2]


async def _visit(visitor: Visitor, seed: int, until: float, outcome: Outcome, asked: Asked) -> None:
    """Choose countries, and turn to another page at times, until the clock is up."""
    chance, step, page = random.Random(seed), seed, "choose"  # noqa: S311 no secret
    while time.monotonic() < until:
        step += 1
        if asked.pages and step % TURN_EVERY == 0:
            where = asked.pages[step // TURN_EVERY % len(asked.pages)]
            took, what = await visitor.turn_to(where), f"open {where}"
            page = f"choose on {where}"
        else:
            if page == "choose on Methods":  # it has no picker
                await visitor.turn_to("Compare")
                page = "choose on Compare"
            label = "Their side" if page != "choose on Atlas" else visitor.pickers()[0]
            offered = visitor.options(label)
            if asked.few:
                offered = [option for option in offered if option[-3:] in CODES]
            took = await visitor.choose(label, chance.choice(offered))
            what = page
        outcome.times[what].append(took)
        await asyncio.sleep(asked.rest)


async def _guarded(visit: Coroutine[None, None, None], outcome: Outcome) -> None:
    try:
        await visit
    except VisitError as error:
        outcome.errors[str(error)] += 1


async def visits(
    address: str,
    sessions: int,
    seconds: float,
    asked: Asked = Asked(),
) -> Outcome:
    """Let visitors come, and count once all of them have their first view."""
    visitors, outcome = [Visitor(address) for _ in range(sessions)], Outcome()

    async def come(visitor: Visitor) -> None:
        outcome.times["first view"].append(await visitor.open())

    await asyncio.gather(*(_guarded(come(v), outcome) for v in visitors))
    outcome.times.clear()
    begun = time.monotonic()
    until = begun + seconds
    await asyncio.gather(
        *(
            _guarded(_visit(v, seed, until, outcome, asked), outcome)
            for seed, v in enumerate(visitors)
        )
    )
    outcome.lasted = time.monotonic() - begun  # the last runs of all are counted, and their time
    await asyncio.gather(*(v.close() for v in visitors))
    return outcome


async def cold(address: str, sessions: int = 20) -> Outcome:
    """Let visitors open different pages at the same moment, the first requests of a process."""
    outcome, chance = Outcome(), random.Random(1)  # noqa: S311 no secret
    visitors = [Visitor(address) for _ in range(sessions)]

    async def come(visitor: Visitor, link: str) -> None:
        pair = "&".join(f"{s}={chance.choice(CODES)}" for s in "ab")
        query = pair if link in ("", "brief", "atlas") else ""
        outcome.times[link or "compare"].append(await visitor.open(link, query))

    begun = time.monotonic()
    await asyncio.gather(
        *(_guarded(come(v, LINKS[n % len(LINKS)]), outcome) for n, v in enumerate(visitors))
    )
    outcome.lasted = time.monotonic() - begun
    await asyncio.gather(*(v.close() for v in visitors))
    return outcome


async def downloads(address: str, others: int, asked: int, travel: float) -> Outcome:
    """Take files while others choose countries.

    `travel` is the time between the server's answer that a file is made and the request that
    fetches it [s]: a short one on the loopback address, 50 to 300 ms on a network.
    """
    outcome, busy = Outcome(), Outcome()
    crowd = [Visitor(address) for _ in range(others)]
    await asyncio.gather(*(v.open() for v in crowd))
    taker = Visitor(address)
    await taker.open("", "a=NLD&b=CHN")
    await taker.unfold(PART)
    until = time.monotonic() + 600
    running_crowd = [
        asyncio.create_task(_guarded(_visit(v, n, until, busy, Asked(pages=())), busy))
        for n, v in enumerate(crowd)
    ]
    begun = time.monotonic()
    for n in range(asked):
        label = FILES[n % len(FILES)]
        start = time.perf_counter()
        try:
            path = await taker.ask_for(label)
            await asyncio.sleep(travel)
            await taker.fetch(path)
            outcome.times[label].append(time.perf_counter() - start)
        except VisitError as error:
            outcome.errors[str(error)] += 1
    outcome.lasted = time.monotonic() - begun
    for task in running_crowd:
        task.cancel()
    await asyncio.gather(*running_crowd, return_exceptions=True)
    outcome.errors.update({f"crowd: {kind}": n for kind, n in busy.errors.items()})
    await asyncio.gather(*(v.close() for v in [taker, *crowd]), return_exceptions=True)
    return outcome


async def _remembered(server: Server, sessions: int, minutes: float) -> list[float]:
    """Return the memory of the server each minute while visitors come and go [MiB]."""
    found = [server.memory()]
    for _ in range(max(1, round(minutes * 2))):
        await visits(server.address, sessions, 27, Asked(rest=0.5))
        found.append(server.memory())
    return found


def _row(what: str, outcome: Outcome, kind: str | None = None) -> None:
    middle, high, highest = outcome.quantiles(kind)
    count = len(outcome.times[kind]) if kind else sum(map(len, outcome.times.values()))
    rate = "" if kind else f"{outcome.rate:7.1f} reruns/s"
    faults = "" if kind else f"  errors {dict(outcome.errors) or 0}"
    print(
        f"{what:38} {rate:17} p50 {middle:6.0f}  p95 {high:6.0f}  p99 {highest:6.0f} ms"
        f"  ({count}){faults}",
        flush=True,
    )


def _rates(seconds: float, counts: Sequence[int]) -> None:
    rates: dict[str, dict[int, float]] = {}
    with tempfile.TemporaryDirectory() as bare:
        for name, script, folder, asked in (
            ("floor, default settings", FLOOR, Path(bare), Asked((), few=True)),
            ("floor, our settings", FLOOR, ROOT, Asked((), few=True)),
            ("as many parts as Compare, empty", SAME_SIZE, ROOT, Asked((), few=True)),
            ("Compare, the same ten", APP, ROOT, Asked((), few=True)),
            ("Compare, any country", APP, ROOT, Asked(())),
            ("all pages, any country", APP, ROOT, Asked()),
        ):
            with running(script, folder) as server:
                asyncio.run(visits(server.address, 1, 3, asked))  # what is loaded once is loaded
                for sessions in counts:
                    outcome = asyncio.run(visits(server.address, sessions, seconds, asked))
                    rates.setdefault(name, {})[sessions] = outcome.rate
                    _row(f"{name}, {sessions}", outcome)
                    if asked.pages:
                        for kind in sorted(outcome.times):
                            _row(f"    {kind}", outcome, kind)
                print(f"    memory {server.memory():.0f} MiB", flush=True)
    if 50 in counts:
        ratio = rates["Compare, the same ten"][50] / (rates["floor, default settings"][50] or 1.0)
        verdict = "within" if ratio >= BUDGET else "BELOW"
        print(f"at 50 sessions: {ratio:.2f} times the floor on default settings ({verdict} budget"
              f" {BUDGET:g})")  # fmt: skip


def lines(sessions: int = 50, seconds: float = 20) -> Iterator[Line]:
    """Yield the rate and the slowest visits of Compare against the floor app, and of all pages."""
    floor = "floor, our settings"
    with tempfile.TemporaryDirectory() as bare:
        ways = {
            "floor, default settings": (FLOOR, Path(bare), Asked((), few=True)),
            floor: (FLOOR, ROOT, Asked((), few=True)),
            "Compare": (APP, ROOT, Asked((), few=True)),
            "all pages": (APP, ROOT, Asked()),
        }
        found = {}
        for name, (script, folder, asked) in ways.items():
            with running(script, folder) as server:
                asyncio.run(visits(server.address, sessions, 5, asked))  # the caches fill
                found[name] = asyncio.run(visits(server.address, sessions, seconds, asked))
            if found[name].errors:
                raise SystemExit(f"{name}: {dict(found[name].errors)}")
    for name, budget in (("Compare", BUDGET), ("all pages", None)):
        for against in ("floor, default settings", floor):
            wanted = budget if against != floor else None
            yield Line(
                f"{sessions} sessions, {name}, rate", found[name].rate, found[against].rate,
                "reruns/s", against, wanted, at_least=True,
            )  # fmt: skip
        for place, part in enumerate(("p50", "p95", "p99")):
            took, least = found[name].quantiles()[place], found[floor].quantiles()[place]
            yield Line(f"{sessions} sessions, {name}, {part}", took, least, "ms", floor)


def main() -> None:
    """Print the tables."""
    reader = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    reader.add_argument("--seconds", type=float, default=8, help="for each line (8)")
    reader.add_argument("--sessions", type=int, nargs="+", default=list(SESSIONS))
    reader.add_argument("--minutes", type=float, default=1, help="of watching memory (1)")
    reader.add_argument("--only", choices=["rates", "cold", "downloads", "memory"])
    asked = reader.parse_args()
    if asked.only in (None, "cold"):
        for trial in range(3):
            with running(APP, ROOT) as server:
                _row(f"20 first requests at once, process {trial + 1}",
                     asyncio.run(cold(server.address)))  # fmt: skip
    if asked.only in (None, "rates"):
        _rates(asked.seconds, asked.sessions)
    if asked.only in (None, "downloads"):
        with running(APP, ROOT) as server:
            for others in (0, 9, 49):
                for travel in (0.0, 0.2):
                    outcome = asyncio.run(downloads(server.address, others, 12, travel))
                    _row(f"12 files beside {others}, {1e3 * travel:.0f} ms away", outcome)
    if asked.only in (None, "memory"):
        with running(APP, ROOT) as server:
            found = asyncio.run(_remembered(server, 20, asked.minutes))
            print("memory every half minute [MiB]:", *(f"{m:.0f}" for m in found))


if __name__ == "__main__":
    main()
