"""Gap on a topic, severity, the deal's part, felt severity and overall friction, worked through."""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, exp, log, sqrt

import numpy as np

from analysis.comparison import Comparison
from analysis.deal import Deal
from analysis.friction.assessment import Friction, TopicFriction
from analysis.friction.positions import topic_loadings
from analysis.knowledge import Knowledge
from analysis.knowledge.topics import Topic
from analysis.methods.example import Example, number, tex, tex_result
from analysis.profiles import gap_errors
from analysis.reference import ReferenceSet
from analysis.tables import FloatArray, Framework


@dataclass(frozen=True, eq=False)
class Case:
    """What the examples of friction are worked with: a pair, its friction, the yardstick.

    `reference` is None where the pair has no distance.
    """

    knowledge: Knowledge
    framework: Framework
    pair: Comparison
    friction: Friction
    reference: ReferenceSet | None
    deal: Deal

    @property
    def known(self) -> list[TopicFriction]:
        """The topics with a severity, the widest gap first."""
        held = [found for found in self.friction.topics if found.gap is not None]
        return sorted(held, key=lambda found: -abs(found.gap or 0.0))

    @property
    def reason(self) -> str:
        """Why there is nothing to work with; empty where there is."""
        if self.pair.reason:
            return self.pair.reason
        return "" if self.known else self.friction.topics[0].reason or self.friction.reason

    @property
    def widest(self) -> TopicFriction:
        """The topic that the examples take."""
        return self.known[0]


def _loadings(case: Case, topic: Topic) -> tuple[FloatArray, float]:
    """Return the loadings of one topic and the root that scales its weights."""
    if case.reference is None:
        raise ValueError("a pair without a distance has no loadings")
    used, covariance = case.pair.dimensions_used, case.reference.covariance
    model = case.knowledge.friction
    loadings = topic_loadings([topic], used, covariance, model.fewest_weight_share)[0]
    weights = np.array([topic.weights.get(d, 0.0) for d in used])
    spread = np.sqrt(covariance.diagonal())
    root = float(np.sqrt(weights @ (covariance / np.outer(spread, spread)) @ weights))
    return loadings, root


def topic_gap_example(case: Case, found: TopicFriction | None = None) -> Example:
    """Return how the gap on a topic comes about, by default on the widest one."""
    if case.reason:
        return Example(reason=case.reason)
    chosen = found or case.widest
    if chosen.gap is None:
        return Example(reason=chosen.reason)
    topic, used = chosen.topic, case.pair.dimensions_used
    loadings, root = _loadings(case, topic)
    z = {d: case.pair.gaps[d].standardised or 0.0 for d in used}
    parts = {d: float(loading) * z[d] for d, loading in zip(used, loadings, strict=True)}
    rows = tuple(
        (
            case.framework.dimension(d).name,
            number(topic.weights[d]), number(float(loading)), number(z[d]), number(parts[d]),
        )
        for d, loading in zip(used, loadings, strict=True)
        if d in topic.weights
    )  # fmt: skip
    gap = sum(parts.values())
    return Example(
        ("Dimension", "Weight", "Loading", "z", "Product"), rows,
        (
            r"\sqrt{w_t^\top R\, w_t} = " + tex_result(root),
            r"g_t = \sum_k \ell_{tk}\, z_k = " + tex_result(gap),
        ),
        gap, f"The topic is “{topic.title_in_sentence}”. {_high(case, gap)}",
    )  # fmt: skip


def _high(case: Case, gap: float) -> str:
    if not gap:
        return "Both stand alike."
    side = case.pair.a if gap > 0 else case.pair.b
    return f"{side.name} stands nearer its high pole."


def severity_example(case: Case) -> Example:
    """Return the severity of the widest topic by the closed form, with its likely range."""
    if case.reason:
        return Example(reason=case.reason)
    found, model = case.widest, case.knowledge.friction
    gap = abs(found.gap or 0.0)
    value = 100 * erf(gap / 2)
    loadings, _ = _loadings(case, found.topic)
    columns = case.reference.columns if case.reference else np.empty(0, int)
    errors = gap_errors(case.pair.a, case.pair.b, case.pair.settings.score_error)[columns]
    spread = case.reference.covariance.diagonal() if case.reference else errors
    error = float(np.sqrt(np.sum(loadings**2 * errors**2 / spread)))
    reach = model.interval * error
    low, high = (100 * erf(edge / 2) for edge in (max(0.0, gap - reach), gap + reach))
    counted = (
        f" Counted among the pairs, which your settings ask for, it is {found.severity:.1f}."
        if found.severity is not None and case.pair.settings.severity == "counted"
        else ""
    )
    band = model.band(value)
    return Example(
        (), (),
        (
            rf"S_t = 100\, \mathrm{{erf}}\!\left(\tfrac{{{tex_result(gap)}}}{{2}}\right)"
            rf" = {tex_result(value)}",
            r"\mathrm{SE}_t = " + tex_result(error),
            rf"S_t^{{-}} = {tex_result(low)}, \qquad S_t^{{+}} = {tex_result(high)}",
        ),
        value,
        f"The topic is “{found.topic.title_in_sentence}”: {band.word}, {band.plain}.{counted}",
    )  # fmt: skip


def circumstances_example(case: Case) -> Example:
    """Return what the deal makes of the widest topic's severity; the result is that severity."""
    if case.reason:
        return Example(reason=case.reason)
    found, own = case.widest, dict(case.deal.effects)
    value = found.severity or 0.0
    holding = [e for e in case.friction.effects if not e.topics or found.topic.id in e.topics]
    effects = [(e.label, own.get(e.id, e.effect)) for e in holding]
    total = sum(effect for _, effect in effects)
    moved = value
    if 0 < value < 100:
        moved = 100 / (1 + exp(-(log(value / (100 - value)) + total)))
    said = f"The topic is “{found.topic.title_in_sentence}”."
    if not effects:
        said += " Nothing told about the deal moves it, so it stays as it is."
    return Example(
        ("Circumstance", "Log odds") if effects else (),
        tuple((label, number(effect)) for label, effect in effects),
        (
            "e = " + tex_result(total),
            rf"S'_t = 100\, \sigma\!\left( \mathrm{{logit}}({tex_result(value / 100)}) +"
            rf" {tex(total)} \right) = {tex_result(moved)}",
        ),
        moved, said,
    )  # fmt: skip


def felt_example(case: Case) -> Example:
    """Return how both sides feel the widest topic; the result is our side's felt severity."""
    if case.reason:
        return Example(reason=case.reason)
    model, found, pair = case.knowledge.friction.felt, case.widest, case.pair
    name = case.framework.dimension(model.dimension).name
    if found.felt_by_a is None or found.in_context is None or case.reference is None:
        return Example(reason=f"Who notices more is not known without both scores on {name}.")
    column = case.reference.columns[pair.dimensions_used.index(model.dimension)]
    place = list(case.reference.columns).index(column)
    spread = sqrt(float(case.reference.covariance[place, place]))
    mean = float(case.reference.scores[:, place].mean())
    z = [((p.score(model.dimension).value or 0.0) - mean) / spread for p in (pair.a, pair.b)]
    ties = (
        case.deal.own_lived + case.deal.own_language,
        case.deal.their_lived + case.deal.their_language,
    )
    felt, rows = [], []
    for side, own, other, n in zip((pair.a, pair.b), z, reversed(z), ties, strict=True):
        clipped = min(model.highest, max(model.lowest, 1 + model.slope * (own - other)))
        multiplier = clipped * model.each_tie**n
        felt.append(min(100.0, found.in_context * multiplier))
        rows.append((side.name, number(own), str(n), number(multiplier), number(felt[-1])))
    return Example(
        ("Side", "z on " + name, "Ties", "Multiplier", "Felt severity"), tuple(rows),
        (
            rf"b = {model.slope:g}, \quad l = {model.lowest:g}, \quad h = {model.highest:g},"
            rf" \quad u = {model.each_tie:g}",
            rf"S'_t = {tex_result(found.in_context)}",
        ),
        felt[0], f"The topic is “{found.topic.title_in_sentence}”.",
    )  # fmt: skip


def overall_example(case: Case) -> Example:
    """Return the overall friction from the severities; the result is the mean of the families."""
    if case.reason:
        return Example(reason=case.reason)
    if case.friction.overall is None:
        return Example(reason=case.friction.reason)
    rows, means = [], []
    for family in case.knowledge.families:
        own = [t.severity for t in case.known if t.topic.family == family.id]
        held = [value for value in own if value is not None]
        if held:
            means.append(sum(held) / len(held))
            rows.append((family.name, str(len(held)), number(means[-1])))
    value = sum(means) / len(means)
    rank = case.friction.overall_percentile or 0.0
    return Example(
        ("Family", "Topics", "Mean severity"), tuple(rows),
        (rf"O = \frac{{{tex_result(sum(means))}}}{{{len(means)}}} = {tex_result(value)}",),
        value, f"More friction than between {rank:.0f} of 100 country pairs.",
    )  # fmt: skip


def shaken_example(case: Case, spread: float, kept: float) -> Example:
    """Return what shaking the weights does, from `analysis.friction.assessment.sensitivity`."""
    if case.reason:
        return Example(reason=case.reason)
    how = case.knowledge.friction.sensitivity
    return Example(
        (), (), (rf"U_{{tk}} \in [{how.from_:g},\; {how.to:g}]",), spread,
        f"In {how.draws:,} draws (seed {how.seed}) a severity moves by {spread:.1f} points at the"
        f" median, and {how.top * kept:.1f} of the {how.top} widest topics stay among them.",
    )  # fmt: skip
