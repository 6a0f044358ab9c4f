"""Party columns: as told, by their names, by what they hold."""

import pytest

from analysis.bulk.columns import sides
from analysis.errors import BulkError


@pytest.mark.parametrize(
    ("header", "pair"),
    [
        ("year,party_a,party_b", ("party_a", "party_b")),
        ("iso_o,iso_d,dist", ("iso_o", "iso_d")),
        ("iso3_o,iso3_d", ("iso3_o", "iso3_d")),
        ("exporter,importer,value", ("exporter", "importer")),
        ("exporter_iso3,importer_iso3", ("exporter_iso3", "importer_iso3")),
        ("importer,exporter", ("exporter", "importer")),
        ("Origin country,Destination country", ("Origin country", "Destination country")),
        ("country1,country2", ("country1", "country2")),
        ("homeCountry,hostCountry", ("homeCountry", "hostCountry")),
        ("reporterISO,partnerISO", ("reporterISO", "partnerISO")),
        ("Acquirer nation,Target nation", ("Acquirer nation", "Target nation")),
    ],
)
def test_names_that_tell_two_sides(header, pair):
    assert pair in sides(header.split(","))


def test_a_pair_of_names_counts_only_where_it_holds_parties(run):
    found = run("id_a,id_b,iso_o,iso_d\nx1,x2,NLD,CHN\nx3,x4,USA,JPN\n")
    assert found.columns.pair == ("iso_o", "iso_d")


def test_without_telling_names_the_first_two_columns_of_countries_count(run):
    found = run("year,firm,here,there\n8,Philips,Holland,China\n4,Sony,Japan,Atlantis\n"
                "12,Acme,USA,Peru\n")  # fmt: skip
    assert found.columns.pair == ("here", "there")
    assert "the first two that mostly hold parties" in found.columns.sentence


def test_numbers_are_no_parties_unless_their_names_say_so(run):
    with pytest.raises(BulkError, match="No two columns seem to hold parties"):
        run("count,sum\n8,12\n4,8\n")
    with pytest.raises(BulkError, match="No two columns seem to hold parties"):
        run("count,sum\n8.0,12.0\n4.0,8.5\n")
    assert run("iso_o,iso_d\n528,156\n").outcomes.with_value == 1


def test_a_code_that_became_a_number_is_still_a_code(run):
    # As programs write 528 that know no missing whole number; 40 is Austria's 040.
    found = run('iso_o,iso_d\n528.0,156.0\n40.0,\n"392,0",40\n528.5,156\n')
    assert found.understood["528.0"] == ("NLD", 1)
    assert found.understood["40.0"] == ("AUT", 1)
    assert (found.outcomes.with_value, found.outcomes.one_sided, found.unknown_texts) == (2, 1, 1)


def test_one_column_of_parties_is_named(run):
    with pytest.raises(BulkError, match="Only “country” seems to hold parties, and a pair needs"):
        run("firm,country,sales\nPhilips,NLD,4\nSony,JPN,8\n")


def test_named_columns_are_found_in_any_case_and_in_the_order_they_are_named(run):
    found = run("iso_o,iso_d\nNLD,CHN\n", columns=("ISO_D", "iso_o"), extras=("standing",))
    assert found.columns.pair == ("iso_d", "iso_o")
    with pytest.raises(BulkError, match="Both sides are the column “iso_o”"):
        run("iso_o,iso_d\nNLD,CHN\n", columns=("iso_o", "ISO_O"))
