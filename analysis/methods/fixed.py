"""Examples with invented numbers, for formulas that no pair of countries has numbers for."""

from __future__ import annotations

from math import sqrt

from analysis.methods.example import Example, number, tex, tex_result
from analysis.teams.cultural_fst import fst_of_shares
from analysis.teams.vsm import FORMULAS
from analysis.teams.vsm_anchor import BETWEEN_TEAMS

_MEANS = {
    1: 1.8, 2: 1.9, 3: 2.4, 4: 1.9, 5: 2.1, 6: 2.0, 7: 2.6, 8: 2.9, 9: 2.5, 10: 2.3, 11: 2.2,
    12: 2.0, 13: 2.4, 14: 2.6, 15: 3.1, 16: 2.2, 17: 2.7, 18: 2.5, 19: 2.3, 20: 2.9, 21: 2.6,
    22: 2.1, 23: 2.7, 24: 2.2,
}  # fmt: skip
"""Invented means of the 24 questions, 1 to 5."""

_PUBLISHED, _TEAM_ABOVE, _ERRORS = 38.0, 12.0, (10.0, 8.0)
_TOGETHER = sqrt(_ERRORS[0] ** 2 + _ERRORS[1] ** 2)


def vsm_example() -> Example:
    """Return the six indices of one invented sample; the result is the first."""
    rows: list[tuple[str, ...]] = []
    first = 0.0
    for index, terms in FORMULAS.items():
        parts = [(w, _MEANS[plus], _MEANS[minus]) for w, plus, minus in terms]
        value = sum(w * (a - b) for w, a, b in parts)
        first = value if not rows else first
        worked = " + ".join(f"{w} × ({a:g} − {b:g})" for w, a, b in parts)
        rows.append((index.upper(), worked, f"{number(round(value, 6))} + C"))
    return Example(
        ("Index", "With these means", "Value"),
        tuple(rows),
        (),
        first,
        "The means are invented. The constant is not known, so only differences can be shown.",
    )


def anchoring_example() -> Example:
    """Return one score of an invented team beside its matched sample; the result is the score."""
    score = _PUBLISHED + _TEAM_ABOVE
    return Example(
        (), (),
        (
            rf"A = {_PUBLISHED:g} + {_TEAM_ABOVE:g} = {tex_result(score)}",
            rf"\mathrm{{SE}} = \sqrt{{{_ERRORS[0]:g}^2 + {_ERRORS[1]:g}^2}}"
            rf" = {tex_result(_TOGETHER)}",
        ),
        score,
        f"Invented: the team's index lies {_TEAM_ABOVE:g} points above that of a matched sample"
        f" from a country with the published score {_PUBLISHED:g}.",
    )  # fmt: skip


def shrinkage_example() -> Example:
    """Return the same score drawn towards the published one; the result is the score in use."""
    share = BETWEEN_TEAMS**2 / (BETWEEN_TEAMS**2 + _TOGETHER**2)
    score = _PUBLISHED + _TEAM_ABOVE
    used = share * score + (1 - share) * _PUBLISHED
    return Example(
        (), (),
        (
            rf"\lambda = \frac{{{BETWEEN_TEAMS:g}^2}}{{{BETWEEN_TEAMS:g}^2 +"
            rf" {tex_result(_TOGETHER)}^2}} = {tex_result(share)}",
            rf"A^* = {tex_result(share)} \cdot {score:g} + {tex_result(1 - share)} \cdot"
            rf" {_PUBLISHED:g} = {tex_result(used)}",
        ),
        used, "The invented team of the item before, with the spread that Parley assumes.",
    )  # fmt: skip


def cultural_fst_example() -> Example:
    """Return cultural F_ST of one question with two answers; the result is the plain value."""
    first, second = (2 / 3, 1 / 3), (1 / 3, 2 / 3)
    within = [1 - sum(p**2 for p in shares) for shares in (first, second)]
    between = 1 - sum(p * q for p, q in zip(first, second, strict=True))
    inside = sum(within) / 2
    whole = (inside + between) / 2
    value = (whole - inside) / whole
    naive = float(fst_of_shares(first, second))
    return Example(
        ("Answer", "First group", "Second group"),
        (("Yes", "2 of 3", "1 of 3"), ("No", "1 of 3", "2 of 3")),
        (
            rf"H_1 = H_2 = {tex_result(within[0])}, \qquad H_{{12}} = {tex_result(between)}",
            rf"H_T = \tfrac12 ({tex(inside)} + {tex(between)}) = {tex_result(whole)}",
            rf"F = \frac{{{tex_result(whole)} - {tex_result(inside)}}}{{{tex_result(whole)}}}"
            rf" = {tex_result(value)}",
        ),
        naive,
        "Two invented, very large groups: a ninth of the variation in their answers lies between"
        " them.",
    )  # fmt: skip


def brier_example() -> Example:
    """Return the Brier score of three invented predictions."""
    told = ((0.8, 1), (0.7, 0), (0.6, 1))
    value = sum((p - seen) ** 2 for p, seen in told) / len(told)
    rows = tuple(
        (str(place), f"{p:g}", "seen" if seen else "not seen", number((p - seen) ** 2))
        for place, (p, seen) in enumerate(told, 1)
    )
    return Example(
        ("Prediction", "Stated chance", "What happened", "Square"), rows,
        (rf"BS = \frac{{{tex_result(value * len(told))}}}{{{len(told)}}} = {tex_result(value)}",),
        value, "Invented. Your own marks stand at the foot of the Brief page.",
    )  # fmt: skip
