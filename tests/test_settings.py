import pytest

from analysis.errors import SettingsError
from analysis.settings import default_settings, make_settings


def test_the_defaults_are_those_of_the_methods(tables):
    settings = make_settings(tables)
    assert settings == default_settings(tables)
    assert settings.measure == "konara_mohr"
    assert settings.reference == "complete"
    assert settings.dimensions == ("pdi", "idv", "mas", "uai", "lto", "ivr")
    assert (settings.score_error, settings.between_share) == (7.5, 0.2)


def test_dimensions_keep_the_frameworks_order(tables):
    chosen = make_settings(tables, dimensions=["uai", "pdi", "mas", "idv"])
    assert chosen.dimensions == ("pdi", "idv", "mas", "uai")


def test_a_weight_of_zero_takes_the_dimension_out(tables):
    settings = make_settings(tables, weights={"mas": 0, "uai": 2})
    assert settings.dimensions == ("pdi", "idv", "uai", "lto", "ivr")
    assert settings.weights == (1, 1, 2, 1, 1)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"measure": "cosine"}, "“cosine” is not a measure: choose one of konara_mohr"),
        ({"reference": "x"}, "“x” is not a reference set: choose one of complete, countries, all"),
        ({"framework": "globe"}, "“globe” is not a framework"),
        ({"dimensions": ["pdi", "abc"]}, "“abc” is not a dimension"),
        (
            {"dimensions": ["pdi", "idv", "mas"]},
            "at least four dimensions .* three are left: add uncertainty avoidance",
        ),
        (
            {"dimensions": ["mas", "uai", "lto", "ivr"]},
            r"needs power distance \(pdi\) or individualism \(idv\), and neither",
        ),
        (
            {"weights": {"pdi": 0, "idv": 0}},
            r"needs power distance \(pdi\) or individualism \(idv\), and neither",
        ),
        ({"weights": {"pdi": -1}}, "weight of pdi is -1: choose 0 to 3"),
        ({"weights": {"pdi": float("nan")}}, "weight of pdi is nan"),
        ({"weights": {"zzz": 1}}, "“zzz” is not a dimension"),
        ({"score_error": 11}, "error of a score is 11: choose 5 to 10 points"),
        ({"between_share": 0.5}, "between countries is 0.5: choose 0.1 to 0.3"),
    ],
)
def test_a_setting_that_cannot_be_is_named_with_what_it_takes(tables, choice, said):
    with pytest.raises(SettingsError, match=said):
        make_settings(tables, **choice)
