r"""The formulas behind teams of your own and questionnaires."""

from __future__ import annotations

from analysis.methods.formulas import Formula
from analysis.teams.vsm import FORMULAS
from analysis.teams.vsm_anchor import LIMITS


def vsm_formula(index: str) -> str:
    """Return the formula of one index of the VSM 2013 in LaTeX, from the one that is computed."""
    terms = [
        rf"{weight}(\bar a_{{{plus}}} - \bar a_{{{minus}}})"
        for weight, plus, minus in FORMULAS[index]
    ]
    return rf"B_{{\mathrm{{{index.upper()}}}}} = {' + '.join(terms)} + C"


TEAM_FORMULAS: tuple[Formula, ...] = (
    Formula(
        "members",
        "A team from its members",
        "The score of a team is the mean of its members' cultures, by weight; how sure it is"
        " follows from the number of people.",
        (r"A_k = \sum_m v_m\, c_{mk}",),
        (
            ("A_k", "the team's score on dimension k"),
            ("m", "a member"),
            ("v_m", "the member's weight; all weights add to one"),
            ("c_{mk}", "the score of the member's culture on dimension k, or the mean of several"
             " by their parts"),
        ),
        "Points of the framework.",
        "design",
        "A culture's score says nothing sure about one person: the range around a small team's"
        " mean is wide. A member without a score leaves the team without one.",
        ("parley-design", "taras-2016"),
    ),
    Formula(
        "vsm",
        "Scores from answers to the VSM 2013",
        "Six indices from twenty-four questions, each question used once.",
        tuple(vsm_formula(index) for index in FORMULAS),
        (
            *((rf"B_{{\mathrm{{{i.upper()}}}}}", f"the index {i.upper()} of one sample")
              for i in FORMULAS),
            (r"\bar a_j", "the mean of question j over valid answers, 1 to 5"),
            ("C", "a constant of the samples, unknown; it falls away in a difference of two"),
        ),
        "Points; only the difference of two samples has a meaning.",
        "published",
        " ".join(LIMITS.values()),
        ("hofstede-minkov-2013",),
        also="The questionnaire itself is copyrighted and no part of Parley.",
    ),
    Formula(
        "anchoring",
        "A team's answers beside published scores",
        "A matched sample from a country with a published score makes the two scales one.",
        (
            r"A = L + (B_1 - B_2)",
            r"\mathrm{SE}^2 = \mathrm{SE}_1^2 + \mathrm{SE}_2^2",
        ),
        (
            ("A", "the team's score"),
            ("L", "the published score of the matched sample's country"),
            ("B_1", "the index of the team"),
            ("B_2", "the index of the matched sample"),
            (r"\mathrm{SE}", "the standard error of the score"),
            (r"\mathrm{SE}_1", "that of the team's index, from drawing its people anew"),
            (r"\mathrm{SE}_2", "that of the matched sample's"),
        ),
        "Points of the published scale.",
        "recalled",
        "It takes people of the same gender, age, education and job in both samples. With few"
        " people only the direction is shown, or nothing.",
        ("hofstede-minkov-2013", "parley-design"),
        also="Drawing one person fewer than there are: Rao and Wu 1988, doi"
        " 10.1080/01621459.1988.10478591.",
    ),
    Formula(
        "shrinkage",
        "Drawn towards the published score",
        "The fewer people answered, the more of the score in use is the country's.",
        (
            r"\lambda = \frac{\tau^2}{\tau^2 + \mathrm{SE}^2}",
            r"A^* = \lambda A + (1 - \lambda) L",
        ),
        (
            (r"\lambda", "how much of the score is the team's own"),
            (r"\tau", "how far teams spread around their country, in points: an assumption"),
            (r"\mathrm{SE}", "the standard error of the team's score"),
            ("A", "the team's score"),
            ("L", "the published score of the country"),
            ("A^*", "the score in use"),
        ),
        "A share from 0 to 1; points.",
        "design",
        "The spread of teams around their country is assumed, not measured.",
        ("parley-design",),
    ),
    Formula(
        "cultural-fst",
        "Cultural F_ST between two groups",
        "How much of the variation in answers lies between two groups that answered the same"
        " questions; no country score is needed.",
        (
            r"F_q = \frac{H_T - H_W}{H_T}, \qquad F = \frac{1}{n} \sum_{q=1}^{n} F_q",
            r"H_W = \tfrac12 (H_1 + H_2)",
            r"H_T = \tfrac12 (H_W + H_{12})",
            r"H_i = \frac{n_i}{n_i - 1} \left( 1 - \sum_a p_{ia}^2 \right)",
            r"H_{12} = 1 - \sum_a p_{1a}\, p_{2a}",
        ),
        (
            ("F", "cultural F_ST"),
            ("F_q", "the same for question q"),
            ("n", "the number of questions"),
            ("H_T", "how often two people of both groups together answer differently"),
            ("H_W", "the same within a group, the mean of both"),
            ("H_i", "the same within group i, without the bias of a small sample"),
            ("H_{12}", "the same for one person from each group"),
            ("p_{ia}", "the share of group i that gave answer a"),
            ("n_i", "the answers in group i"),
        ),
        "From 0, both answer alike, to 1; by chance it can fall below 0 and is then shown as 0.",
        "published",
        "Answers count as names, so the order of a scale is lost. Only values from one set of"
        " questions compare. The interval deletes one person at a time.",
        ("muthukrishna-2020",),
        also="Recalled, with no entry of their own: Bell, Richerson and McElreath 2009, PNAS 106,"
        " for two options; Nei 1973, PNAS 70, and 1978, Genetics 89, for heterozygosity.",
    ),
)  # fmt: skip
"""From people to the scores of a team."""
