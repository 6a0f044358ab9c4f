r"""What the letters in the formulas of the measures, and in several others, stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

Symbols = tuple[tuple[str, str], ...]
"""Letters in LaTeX, each with its meaning."""

SYMBOLS: Mapping[str, str] = {
    "KM": "the Konara-Mohr distance",
    "KS": "the Kogut-Singh index",
    "E_s": "the standardised Euclidean distance",
    "E": "the Euclidean distance in points",
    "M": "the Manhattan distance",
    "D": "the Mahalanobis distance",
    r"\theta": "the angle between the two profiles",
    "k": "a dimension",
    "K": "how many dimensions are in use: those on which both parties have a score",
    "x_k": "our side's score on dimension k",
    "y_k": "their side's score on dimension k",
    "w_k": "the weight of a dimension, scaled so that the weights average one; all are one unless"
    " you choose others",
    "V_k": "the sample variance of the scores on dimension k over the reference set",
    "g_k": "the gap on dimension k times the root of its weight",
    "g": "these gaps, one below the other",
    "S": "the sample covariance of the dimensions over the reference set",
    "z_k": "the gap on dimension k in standard deviations of the reference set",
    r"\sigma_e": "the standard error of a published score, in points: a setting",
    r"\rho": "the share of the variation in values that lies between countries: a setting",
    r"\Phi": "the distribution function of the standard normal distribution",
    "t": "a topic",
    "w_{tk}": "the weight of dimension k in topic t, signed toward the high pole",
    r"\ell_{tk}": "the loading of topic t on dimension k: its weight scaled to unit variance",
    "g_t": "the gap on topic t; positive where our side stands nearer the high pole",
    "S_t": "the severity of topic t",
}


def symbols_in(formula: str) -> Symbols:
    """Return the symbols of a formula with their meaning, in the order of the list.

    A longer symbol hides the shorter ones inside it: `V_k` is not also `k`.
    """
    left, found = formula, set()
    for symbol in sorted(SYMBOLS, key=len, reverse=True):
        left, count = re.subn(rf"(?<![A-Za-z\\]){re.escape(symbol)}(?![A-Za-z{{])", " ", left)
        if count:
            found.add(symbol)
    return tuple((symbol, meaning) for symbol, meaning in SYMBOLS.items() if symbol in found)


def symbols(*named: str) -> Symbols:
    """Return the common symbols of these names."""
    return tuple((name, SYMBOLS[name]) for name in named)
