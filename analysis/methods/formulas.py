r"""Every formula besides the distances themselves, with its source and its standing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.methods.symbols import Symbols, symbols

Standing = Literal["published", "recalled", "statistics", "design"]

STANDINGS: Mapping[Standing, str] = {
    "published": "A published formula; its source was read for Parley, at least in part.",
    "recalled": "A published formula, recalled from the literature and not read again for Parley.",
    "statistics": "Standard statistics; that it is used here is Parley's own choice.",
    "design": "Parley's own design, not from the literature.",
}
"""Who stands behind a formula."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A way of computing: what it tells, the formulas in LaTeX, and what it cannot do.

    `gives` is the unit and range of its result, `also` a source in words that has no entry among
    the sources.
    """

    id: str
    title: str
    plain: str
    latex: tuple[str, ...]
    symbols: Symbols
    gives: str
    standing: Standing
    limits: str
    source_ids: tuple[str, ...]
    also: str = ""


_SURE = (
    Formula(
        "gap",
        "Gap on one dimension",
        "How far the two scores lie apart, in points and in standard deviations, and how much of"
        " the distance comes from it.",
        (
            r"G_k = x_k - y_k, \qquad z_k = \frac{G_k}{\sqrt{V_k}}",
            r"q_k = \frac{w_k z_k^2}{\sum_j w_j z_j^2}",
        ),
        (
            ("G_k", "the gap on dimension k, our side minus their side"),
            ("q_k", "the share of dimension k in the Kogut-Singh sum; j runs over all in use"),
            *symbols("x_k", "y_k", "V_k", "z_k", "w_k", "k"),
        ),
        "Points; standard deviations; a share from 0 to 1.",
        "statistics",
        "A gap is a difference, not a fault, and says nothing of which side will have to move.",
        ("kogut-singh-1988",),
    ),
    Formula(
        "reference",
        "Reference set",
        "Whose scores tell what is a wide gap: the spread of each dimension, and the pairs among"
        " which a rank is taken.",
        (
            r"V_k = \frac{1}{n_k - 1} \sum_{i=1}^{n_k} (x_{ik} - \bar x_k)^2",
            r"N = \frac{n (n - 1)}{2}",
        ),
        (
            ("n_k", "rows of the set with a score on dimension k"),
            ("x_{ik}", "the score of row i on dimension k"),
            (r"\bar x_k", "the mean score on dimension k"),
            ("n", "rows of the set with a score on every dimension in use"),
            ("N", "the pairs among them"),
            *symbols("V_k"),
        ),
        "Points squared; a number of pairs.",
        "design",
        "Published indices rarely say which countries their variance is taken over, and the choice"
        " moves a value by a few percent. Choosing other parties never changes it.",
        ("parley-design", "kogut-singh-1988"),
    ),
    Formula(
        "percentile",
        "Rank: farther apart than so many of 100 pairs",
        "Where the pair stands among all pairs of the reference set.",
        (r"P = \frac{100}{N} \left( \#\{d_{ij} < d\} + \tfrac12 \#\{d_{ij} = d\} \right)",),
        (
            ("P", "the rank, or percentile"),
            ("d", "the distance of your pair"),
            ("d_{ij}", "the distance of rows i and j of the reference set"),
            ("N", "the number of pairs in the reference set"),
            (r"\#", "how many pairs there are of that kind"),
        ),
        "Percent, from 0 to 100.",
        "design",
        "A rank says how unusual a distance is, not how much it matters. Between measures it is the"
        " same wherever one is only the root or a multiple of the other.",
        ("parley-design",),
    ),
    Formula(
        "interval",
        "Interval: likely between",
        "Published scores carry no error of their own. Each simulated world adds one to every"
        " score of every party and computes spreads, distance and rank anew.",
        (
            r"\tilde x_{ik} = x_{ik} + \sigma_e\, \varepsilon_{ik}",
            r"I = \left[\, Q_{0.025}(\tilde d),\; Q_{0.975}(\tilde d) \,\right]",
        ),
        (
            (r"\tilde x_{ik}", "the score of party i on dimension k in a simulated world"),
            ("x_{ik}", "the score as published"),
            *symbols(r"\sigma_e"),
            (r"\varepsilon_{ik}", "a random number from the standard normal distribution"),
            (r"\tilde d", "the pair's distance, or its rank, in a simulated world"),
            ("Q", "the quantile over all worlds"),
            ("I", "the interval, widened where it would not hold the value itself"),
        ),
        "The unit of the distance; percent for the rank.",
        "design",
        "The error is an assumption, the same for every country and dimension. How far countries"
        " have changed since they were measured is not in it.",
        ("parley-design",),
    ),
    Formula(
        "overlap",
        "Overlap of two populations",
        "How much two peoples have in common where their averages differ.",
        (
            r"c_k = |z_k| \sqrt{\frac{\rho}{1 - \rho}}",
            r"OVL = 2\, \Phi\!\left(-\tfrac{c_k}{2}\right), \qquad BC = e^{-c_k^2 / 8}",
            r"PS = \Phi\!\left(\tfrac{c_k}{\sqrt 2}\right)",
        ),
        (
            ("c_k", "the distance of the two means in standard deviations of people (Cohen's d)"),
            *symbols("z_k", r"\rho", r"\Phi"),
            ("OVL", "the overlap: the area under both curves"),
            ("BC", "the Bhattacharyya coefficient, another measure of it"),
            ("PS", "of random pairs of people, the share ordered as the two scores are"),
            ("e", "the base of the natural logarithm"),
        ),
        "Shares, from 0 to 1.",
        "statistics",
        "Scores of countries are averages; a curve of people on their scale is a picture that"
        " borrows its width from surveys of individuals, not a measurement.",
        ("taras-2016", "parley-design"),
    ),
)

_FRICTION = (
    Formula(
        "topic-gap",
        "Gap on a topic",
        "How far two parties stand apart on a subject of negotiation, from their scores and the"
        " topic's weights.",
        (
            r"\ell_{tk} = \frac{w_{tk}}{\sqrt{w_t^\top R\, w_t}}",
            r"g_t = \sum_k \ell_{tk}\, z_k",
        ),
        (
            *symbols("g_t", r"\ell_{tk}", "w_{tk}", "z_k", "t", "k"),
            ("w_t", "the weights of topic t, one below the other"),
            ("R", "the correlation of the dimensions over the reference set"),
        ),
        "Standard deviations of the reference set; 0 where both stand alike.",
        "design",
        "The weights are Parley's own: studies speak for their direction, not for their size. A"
        " topic with too small a part of its weights on known scores gets no value.",
        ("parley-design",),
    ),
    Formula(
        "severity",
        "Severity of a topic",
        "The gap as a rank among all country pairs, with what the error of the scores does to it.",
        (
            r"S_t = 100\, \mathrm{erf}\!\left(\tfrac{|g_t|}{2}\right)"
            r" = 100 \left( 2\, \Phi\!\left(\tfrac{|g_t|}{\sqrt 2}\right) - 1 \right)",
            r"\mathrm{SE}_t = \sqrt{\sum_k \ell_{tk}^2\, \frac{s_k^2}{V_k}}",
            r"S_t^{\pm} = S\left( |g_t| \pm 1.645\, \mathrm{SE}_t \right)",
        ),
        (
            *symbols("S_t", "g_t", r"\Phi", r"\ell_{tk}", "V_k"),
            (r"\mathrm{SE}_t", "the standard error of the gap"),
            (
                "s_k",
                "the standard error of the gap in points on dimension k: between two published"
                " scores the error of a score times the root of two",
            ),
            (
                r"S_t^{\pm}",
                "the ends of the likely range, 90 of 100: S is the first line at another gap",
            ),
        ),
        "A percentile among all country pairs, from 0 to 100.",
        "design",
        "The closed form takes positions as normal; counting among the pairs, a setting, differs"
        " by a few points. Eighteen topics rest on six scores: never count them as separate risks.",
        ("parley-design",),
    ),
    Formula(
        "circumstances",
        "What the deal changes",
        "Circumstances that add friction or take it away move every severity, or those of the"
        " topics they bear on.",
        (
            r"S'_t = 100\, \sigma\!\left( \mathrm{logit}\!\left(\tfrac{S_t}{100}\right) + e"
            r" \right)",
        ),
        (
            ("S'_t", "the severity as the deal moves it"),
            *symbols("S_t"),
            ("e", "the sum of what the deal adds, less what it takes away, in log odds"),
            (r"\sigma", "the logistic function, which undoes the logit"),
        ),
        "From 0 to 100; 0 and 100 stay where they are.",
        "design",
        "Studies name what adds friction and what takes it away. The sizes are Parley's own and"
        " can be changed in the deal form.",
        ("luo-shenkar-2011", "singh-2019", "parley-design"),
    ),
    Formula(
        "felt",
        "How each side feels it",
        "The same gap is not felt alike from both sides: who stands higher on individualism tends"
        " to notice more.",
        (
            r"m_A = \mathrm{clip}\!\left( 1 + b\,(z_A - z_B),\; l,\; h \right) u^{n}",
            r"F_A = \min\!\left( 100,\; S'_t\, m_A \right)",
        ),
        (
            ("m_A", "the multiplier of side A"),
            ("z_A", "A's score on individualism in standard deviations of the reference set"),
            ("z_B", "the other side's"),
            ("b", "the slope"),
            ("l", "the lowest multiplier"),
            ("h", "the highest"),
            ("u", "a factor below one for each tie to the other side"),
            ("n", "the ties: having lived there, and again speaking the language"),
            ("S'_t", "the severity as the deal moves it"),
            ("F_A", "the severity as A feels it"),
        ),
        "A factor near one; a severity from 0 to 100.",
        "design",
        "The slope was fitted for Parley on 25 countries and is mixed up with their wealth: a mild"
        " prior, no more.",
        ("hakanson-ambos-2010", "parley-design"),
    ),
    Formula(
        "overall",
        "Overall friction",
        "All topics in one figure, each family of topics counting once.",
        (r"O = \frac{1}{F} \sum_{f=1}^{F} \frac{1}{T_f} \sum_{t \in f} S_t",),
        (
            ("O", "the overall friction of the pair, from the scores alone"),
            ("f", "a family of topics"),
            ("F", "how many families have a topic with a severity"),
            ("T_f", "how many topics of the family have one"),
            *symbols("S_t", "t"),
        ),
        "From 0 to 100; its rank among all pairs stands beside it.",
        "design",
        "Topics of one family rest on much the same gap, and six scores cannot make eighteen"
        " separate risks: the figure orders pairs, and no more.",
        ("parley-design",),
    ),
    Formula(
        "shaken-weights",
        "How firm the order of topics is",
        "The weights of the topics are shaken at random, to see whether the same topics stay in"
        " front.",
        (
            r"\tilde w_{tk} = w_{tk}\, U_{tk}",
            r"\tilde S_t = 100\, \mathrm{erf}\!\left( \tfrac12 \left| \sum_k \tilde\ell_{tk}\, z_k"
            r" \right| \right)",
        ),
        (
            *symbols("w_{tk}", "z_k"),
            ("U_{tk}", "a random factor, the same chance for each value in its range"),
            (r"\tilde w_{tk}", "the shaken weight"),
            (r"\tilde\ell_{tk}", "the loading that follows from it"),
            (r"\tilde S_t", "the severity with shaken weights"),
        ),
        "Points of severity; how many of the topics in front stay there.",
        "design",
        "It tells what the sizes of the weights decide, not whether the right dimensions were"
        " chosen.",
        ("parley-design",),
    ),
    Formula(
        "brier",
        "How well predictions held",
        "After a meeting, each stated chance is set beside what was seen.",
        (r"BS = \frac{1}{n} \sum_{j=1}^{n} (p_j - o_j)^2",),
        (
            ("BS", "the Brier score"),
            ("p_j", "the stated chance of prediction j"),
            ("o_j", "one where it was seen, nought where it was not, or the other way round"),
            ("n", "the predictions that were marked"),
        ),
        "From 0, always right, to 1; 0.25 is guessing.",
        "statistics",
        "With fewer than twenty marks it says little, and one meeting is one group of people.",
        ("parley-design",),
        also="The score is G. W. Brier's of 1950.",
    ),
)

PAIR_FORMULAS: tuple[Formula, ...] = _SURE
"""From two profiles to a rank and how sure it is."""

FRICTION_FORMULAS: tuple[Formula, ...] = _FRICTION
"""From two profiles to predicted friction."""
