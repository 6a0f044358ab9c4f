"""Who is who for people who see colours otherwise, by arithmetic.

Colours are changed as Machado, Oliveira and Fernandes (2009, doi:10.1109/TVCG.2009.113) say, whole
lack of one kind of cone; achromatopsia leaves the lightness alone. Two marks are told apart by
colour where they differ by 10 or more in CIEDE2000; where they do not, the second channel must.
"""

from itertools import combinations, pairwise

import pytest
from coloraide import Color as Plain
from coloraide.filters.cvd import Deutan, Protan, Tritan

from analysis.charts.style import PARTY_STYLES
from analysis.figures.world import NEUTRAL, shades_of

GROUNDS = ("#ffffff", "#171614")


class Color(Plain):
    """Colours with the simulations."""


Color.register([Protan(), Deutan(), Tritan()], overwrite=True)
KINDS = ("protan", "deutan", "tritan")


def apart(one, other, kind):
    if kind == "achromat":
        first, second = (
            Color("lab-d65", [Color(c).convert("lab-d65")["l"], 0, 0]) for c in (one, other)
        )
    else:
        first, second = (Color(c).filter(kind, 1, method="machado") for c in (one, other))
    return first.delta_e(second, method="2000")


@pytest.mark.parametrize("kind", KINDS)
def test_both_sides_are_told_apart_by_colour_alone(kind):
    ours, theirs = (style.colour for style in PARTY_STYLES[:2])
    assert apart(ours, theirs, kind) >= 30


def test_whoever_is_not_told_apart_by_colour_is_by_dash_and_marker():
    alike = [
        (one, other)
        for one, other in combinations(PARTY_STYLES, 2)
        if min(apart(one.colour, other.colour, kind) for kind in (*KINDS, "achromat")) < 10
    ]
    assert alike  # without the second channel some would be lost: it is not for show
    for one, other in alike:
        assert one.dash != other.dash
        assert one.marker != other.marker


@pytest.mark.parametrize("ground", GROUNDS)
def test_both_sides_stand_out_from_either_ground(ground):
    # 3 to 1 is what WCAG 2.1 asks of a graphic (1.4.11).
    for style in PARTY_STYLES[:2]:
        assert Color(style.colour).contrast(ground) >= 3


@pytest.mark.parametrize("kind", [*KINDS, "achromat"])
def test_every_step_of_the_scale_of_map_and_matrix_is_seen(kind):
    # Six colours of one hue: even neighbours lie 7 apart, and the ends more than 60 in lightness.
    colours = [colour for _, colour in shades_of(NEUTRAL)]
    assert min(apart(one, other, kind) for one, other in pairwise(colours)) >= 7
    light = [Color(colour).convert("lab-d65")["l"] for colour in colours]
    assert light == sorted(light, reverse=True)
    assert light[0] - light[-1] > 60
