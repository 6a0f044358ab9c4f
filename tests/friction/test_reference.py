"""What a pair is measured against, built anew in each test, and figures that come together."""

import warnings

import numpy as np
import pytest
from msgspec.structs import replace

from analysis.friction.reference import build_friction_reference, family_means, overall_severity


def test_the_mean_is_that_of_each_dimension(knowledge, usual, settings):
    reference, _, _ = usual
    built = build_friction_reference(knowledge, reference, settings.dimensions)
    columns = reference.scores.T.tolist()
    assert built.mean.tolist() == pytest.approx([sum(column) / len(column) for column in columns])
    assert len(built.mean) == len(settings.dimensions)


def test_a_family_without_a_topic_has_no_mean_and_gives_no_warning(knowledge):
    # One topic with 30 of 100: its family has that mean, the others none, and one family is too
    # few for an overall figure.
    values = np.full(len(knowledge.topics), np.nan)
    values[0] = 30.0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        means = family_means(knowledge, values)
        assert np.isnan(overall_severity(knowledge, values))
        assert np.isnan(overall_severity(knowledge, np.full_like(values, np.nan)))
    names = [family.id for family in knowledge.families]
    assert means[names.index(knowledge.topics[0].family)] == 30
    assert np.isnan(means).sum() == len(names) - 1


def test_how_many_families_an_overall_figure_takes_is_set_by_the_model(knowledge):
    values = np.full(len(knowledge.topics), np.nan)
    values[0] = 30.0
    one = replace(knowledge, friction=replace(knowledge.friction, fewest_families=1))
    assert overall_severity(one, values) == 30
