"""Every kind of number that Parley shows, by name: what `benchmarks.versions` compares.

`all_numbers` takes minutes and holds every pair; `telling_numbers` takes seconds and holds a few
pairs and cases of every kind, which `tests/versions/` keeps in a file.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from itertools import chain, combinations
from pathlib import Path

import numpy as np

from analysis.agreement import find_agreement
from analysis.atlas.clusters import clusters
from analysis.atlas.culture_map import culture_map, place
from analysis.atlas.distances import complete_distances
from analysis.atlas.groups import group_distances, group_profile
from analysis.bulk import job
from analysis.bulk.pair_table import pair_table
from analysis.bulk.request import Extras, Request
from analysis.comparison import Comparison, References, compare, plain_references
from analysis.deal import Deal
from analysis.friction.assessment import Friction, assess, sensitivity
from analysis.friction.reference import FrictionReferences, plain_friction_references
from analysis.knowledge import Knowledge, load_knowledge
from analysis.measures.registry import MEASURES
from analysis.settings import Settings, default_settings, make_settings
from analysis.tables import Tables, load_tables
from analysis.teams.cultural_fst import cultural_fst
from analysis.teams.vsm import LARGE, QUESTIONS, sample_indices
from analysis.teams.vsm_anchor import anchored_score, index_differences

Numbers = dict[str, np.ndarray]
TELLING = (("NLD", "CHN"), ("USA", "JPN"), ("SWE", "NOR"), ("KEN", "FRA"), ("ISR", "BEL-FR"))
"""Far, of middling distance, near; with scores of a region; a part of a country and no score."""
DEAL = Deal(kind="supply", first_order=25_000.0, total=1_000_000.0, own_lived=True)
FULL = Extras(**{field.name: True for field in fields(Extras)})
Kept = tuple[Tables, Knowledge, References, FrictionReferences]


def kept() -> Kept:
    """Return tables, knowledge and reference distributions that are computed once."""
    tables, knowledge = load_tables(), load_knowledge()
    plain = plain_references(tables)
    references = References(
        tables,
        lru_cache(None)(plain.reference),
        lru_cache(None)(plain.distances),
        lru_cache(8)(plain.errors),
        lru_cache(16)(plain.simulated),
    )
    against = lru_cache(None)(plain_friction_references(knowledge, references))
    return tables, knowledge, references, against


def telling_numbers() -> Numbers:
    """Return the numbers of a few pairs and cases of every kind."""
    held = kept()
    usual = default_settings(held[0])
    parts = (
        *(_pair(held, a, b, usual) for a, b in TELLING),
        _pair(held, *TELLING[0], replace(usual, reference="all", severity="counted"), "counted "),
        _atlas(held, usual, ("konara_mohr", "mahalanobis")),
        _questionnaire(),
        _agreements(held, TELLING[:2]),
    )
    return dict(chain.from_iterable(parts))


def golden_numbers() -> dict[str, list[float | None]]:
    """Return of the telling numbers those few that a file keeps, NaN as None."""
    kept_back = ("gaps", "overlap", "sensitivity", "placed", "leaves", "groups", "axes", "map")
    found: dict[str, list[float | None]] = {}
    for name, array in telling_numbers().items():
        if name.startswith("groups") or name.rpartition(": ")[2] in kept_back:
            continue
        values = array[:, 1] if name.endswith(": topics") else array
        found[name] = [None if np.isnan(v) else float(v) for v in values.ravel()[:: _step(name)]]
    return found


def _step(name: str) -> int:
    """Return which of the numbers under a name are kept: every one, or every sixth height."""
    return 6 if name.endswith(": heights") else 1


def all_numbers() -> Numbers:
    """Return the numbers of all pairs under the usual settings, and fewer under many others."""
    held = kept()
    tables, knowledge, references, against = held
    usual = default_settings(tables)
    ids = tuple(tables.profiles)
    table = pair_table(knowledge, references, against, ids, usual, tuple(MEASURES), FULL)
    found: Numbers = {
        f"all pairs: {name}": column.astype(float)
        for name, column in table.columns.items()
        if column.dtype.kind == "f"
    }
    for name, settings in _other_settings(tables):
        extras = Extras(percentile=True, topics=settings.framework == knowledge.friction.framework)
        measures = [
            m.id for m in MEASURES.values() if m.fewest_dimensions <= len(settings.dimensions)
        ]
        other = pair_table(knowledge, references, against, ids, settings, measures, extras)
        found |= {f"all pairs, {name}: {key}": column for key, column in other.columns.items()}
    complete = complete_distances(references, usual).ids
    some = [*TELLING, *list(combinations(complete, 2))[::9]]
    for a, b in some:
        found |= dict(_pair(held, a, b, usual))
    for framework_id in tables.frameworks:
        found |= dict(_atlas(held, default_settings(tables, framework_id), tuple(MEASURES)))
    found |= dict(_questionnaire())
    found |= dict(_agreements(held, some[:40]))
    found |= dict(_bulk_job(tables, usual, some))
    return found


def _other_settings(tables: Tables) -> Iterator[tuple[str, Settings]]:
    yield "classic four", make_settings(tables, dimensions=["pdi", "idv", "mas", "uai"])
    yield "unrounded", replace(default_settings(tables), unrounded=True)
    yield "published only", replace(default_settings(tables), published_only=True)
    yield "counted", replace(default_settings(tables), severity="counted")
    for reference in ("countries", "all"):
        yield reference, make_settings(tables, reference=reference)
    yield "weighted", make_settings(tables, weights={"mas": 0.5, "uai": 2.0})
    for framework_id in tables.frameworks:
        yield framework_id, default_settings(tables, framework_id)


def _pair(
    held: Kept, a: str, b: str, settings: Settings, prefix: str = ""
) -> Iterator[tuple[str, np.ndarray]]:
    """Yield what the pages Compare and Brief show of a pair."""
    _tables, knowledge, references, against = held
    name = f"{prefix}{a} {b}"
    found = compare(references, a, b, settings)
    yield from _comparison(name, found)
    friction = assess(knowledge, references, against, found, DEAL)
    yield from _friction(name, friction)
    if not found.reason:
        yield f"{name}: sensitivity", np.array(sensitivity(knowledge, references, found))


def _comparison(name: str, found: Comparison) -> Iterator[tuple[str, np.ndarray]]:
    for result in found.measures.values():
        yield (
            f"{name}: {result.id}",
            _array(
                result.value, result.percentile, *(result.interval or ()),
                *(result.percentile_interval or ()),
            ),
        )  # fmt: skip
    yield (
        f"{name}: gaps",
        np.array([_array(g.points, g.standardised, g.contribution) for g in found.gaps.values()]),
    )
    overlaps = [g.overlap for g in found.gaps.values()]
    both = [found.overlap_independent, found.overlap_correlated]
    yield (
        f"{name}: overlap",
        np.array(
            [_array(o.share, o.bhattacharyya, o.superiority) for o in [*overlaps, *both] if o]
        ),
    )


def _friction(name: str, found: Friction) -> Iterator[tuple[str, np.ndarray]]:
    yield (
        f"{name}: topics",
        np.array(
            [
                _array(
                    t.gap, t.closed_form, t.counted, *(t.interval or (None, None)), t.in_context,
                    t.felt_by_a, t.felt_by_b, t.probability, t.mean_position,
                )
                for t in found.topics
            ]
        ),
    )  # fmt: skip
    yield (
        f"{name}: friction",
        _array(
            found.overall, found.overall_percentile, *(found.overall_interval or ()),
            *(found.rank_interval or ()), found.overall_in_context, *(found.multipliers or ()),
            *found.families.values(),
        ),
    )  # fmt: skip


def _atlas(
    held: Kept, settings: Settings, measures: Sequence[str]
) -> Iterator[tuple[str, np.ndarray]]:
    tables, _knowledge, references, _against = held
    parts = [p.id for p in tables.profiles.values() if p.kind == "part"]
    for measure in measures:
        name = f"atlas, {settings.framework}, {measure}"
        distances = complete_distances(references, settings, measure)
        if distances.reason:
            continue
        drawn, tree = culture_map(tables, distances), clusters(distances)
        yield f"{name}: map", drawn.positions
        yield f"{name}: stress", _array(drawn.stress)
        some = [drawn.ids.index(i) for i in ("NLD", "CHN", "USA", "SWE") if i in drawn.ids]
        yield f"{name}: four places", drawn.positions[some]
        yield f"{name}: axes", np.array([r for axis in drawn.axes for _, r in axis.correlations])
        yield (
            f"{name}: placed",
            np.array([_array(p.x, p.y, p.stress) for p in place(references, drawn, parts)]),
        )
        yield f"{name}: heights", tree.linkage[:, 2]
        yield f"{name}: tree", _array(tree.cophenetic, tree.cut, *tree.silhouettes.values())
        yield (
            f"{name}: leaves",
            np.array([distances.ids.index(i) for i in tree.order], dtype=float),
        )
        groups = list(tables.groups.values())
        yield f"{name}: groups", group_distances(references, groups, settings, measure).matrix
    yield (
        f"groups, {settings.framework}",
        np.array(
            [
                _array(d.mean, d.spread)
                for group in tables.groups.values()
                for d in group_profile(tables, group, settings).dimensions
            ]
        ),
    )


def _answers(people: int, shift: int) -> np.ndarray:
    """Return made-up answers by whole-number arithmetic, so that no generator has a say in them."""
    place = np.arange(people * QUESTIONS, dtype=np.int64).reshape(people, QUESTIONS)
    mixed = (place * 7919 + shift * 104_729 + (place // 13) * 31 + (place % 97) ** 2) % 100_003
    answers = mixed % 5 + 1
    answers[mixed % 53 == 0] = 0
    return np.asarray(answers)


def _questionnaire() -> Iterator[tuple[str, np.ndarray]]:
    samples = {
        f"{people} people": (_answers(people, 1), np.linspace(0.5, 2, people))
        for people in (24, 300, LARGE + 500)
    }
    anchor = sample_indices(_answers(180, 2))
    for name, (answers, weights) in samples.items():
        found = sample_indices(answers, weights)
        yield f"questionnaire, {name}: indices", np.array([found.raw, found.standard_error])
        yield f"questionnaire, {name}: interval", found.interval
        scores = [anchored_score(d, 50.0) for d in index_differences(found, anchor)]
        yield (
            f"questionnaire, {name}: scores",
            np.array(
                [
                    _array(s.difference.points, s.difference.standard_error, s.score, s.shrunk,
                           *(s.interval or (None, None)))
                    for s in scores
                ]
            ),
        )  # fmt: skip
        fst = cultural_fst(answers, _answers(180, 2), weights)
        yield (
            f"F_ST, {name}",
            _array(fst.estimate, fst.standard_error, *(fst.interval or (None, None)), fst.naive),
        )


def _agreements(held: Kept, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, np.ndarray]]:
    tables, _knowledge, references, _against = held
    usual = default_settings(tables)
    for a, b in pairs:
        pair = compare(references, a, b, usual, (usual.measure,))

        def under(settings: Settings, a: str = a, b: str = b) -> Comparison:
            return compare(references, a, b, settings, (settings.measure,))

        found = find_agreement(tables, pair, under)
        yield (
            f"{a} {b}: agreement",
            np.array(
                [
                    _array(v.result.value, v.result.percentile, *(v.result.interval or ()),
                           *(v.result.percentile_interval or ()))
                    for v in found.known
                    if v.result
                ]
            ),
        )  # fmt: skip


def _bulk_job(
    tables: Tables, settings: Settings, pairs: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, np.ndarray]]:
    """Yield what a bulk job writes, so that the engine and the formats take part."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "pairs.parquet"), Path(folder, "out.parquet")
        first, second = zip(*pairs, strict=True)
        pq.write_table(pa.table({"a": first, "b": second}), source)
        request = Request(
            source, out, settings, tuple(MEASURES), Extras(percentile=True, topics=True)
        )
        job.run(request, tables)
        written = pq.read_table(out)
        for name in written.column_names:
            if pa.types.is_floating(written.schema.field(name).type):
                yield f"bulk job: {name}", written.column(name).to_numpy()


def _array(*values: float | None) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def main() -> None:
    """Write all numbers to a file that NumPy reads, or those that the tests keep as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help=".npz, or .json for the file of the tests")
    parser.add_argument("--telling", action="store_true", help="only a few of every kind")
    options = parser.parse_args()
    if options.out.suffix == ".json":
        lines = (f"{json.dumps(n)}: {json.dumps(v)}" for n, v in golden_numbers().items())
        options.out.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
        return
    numbers = telling_numbers() if options.telling else all_numbers()
    np.savez(options.out, **numbers)


if __name__ == "__main__":
    main()
