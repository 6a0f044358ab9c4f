"""Which side notices more."""

from __future__ import annotations

from analysis.knowledge.topics import Felt


def felt_multiplier(own: float, theirs: float, ties: int, felt: Felt) -> float:
    r"""Return how much more, or less, a side notices than the scores alone say.

    .. math:: m(A \to B) = \mathrm{clip}(1 + s\,(z_A - z_B),\ l,\ h) \cdot t^{\,\mathrm{ties}}

    with *z* the standardised individualism. The slope was fitted on 25 countries (Håkanson and
    Ambos 2010) and is confounded with wealth: a mild prior, no more.

    Parameters
    ----------
    own, theirs : float
        Individualism of the side that feels and of the other [standard deviations].
    ties : int
        How many of these hold for the side that feels: lived there, speaks the language.
    felt : Felt
        The constants.
    """
    clipped = min(felt.highest, max(felt.lowest, 1 + felt.slope * (own - theirs)))
    return float(clipped * felt.each_tie**ties)


def felt_severity(value: float, multiplier: float) -> float:
    """Return the severity as one side feels it [0..100]."""
    return min(100.0, value * multiplier)
