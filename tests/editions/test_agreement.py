"""An edition and the framework it renews are one opinion."""

from analysis.agreement import find_agreement
from analysis.comparison import compare
from analysis.editions import with_editions
from analysis.settings import default_settings


def test_an_edition_and_what_it_renews_never_count_twice(tables, edition_of_2015, references_over):
    edition = edition_of_2015({("CHN", "idv"): 43.0})
    held = with_editions(tables, [edition])
    references = references_over(held)

    def opinions(framework_id):
        settings = default_settings(held, framework_id)
        pair = compare(references, "NLD", "CHN", settings, (settings.measure,))
        found = find_agreement(
            held, pair, lambda other: compare(references, "NLD", "CHN", other, (other.measure,))
        )
        return {view.framework for view in found.views}

    shipped = set(tables.frameworks)
    assert opinions("hofstede-2015") == shipped
    assert opinions(edition.id) == shipped - {"hofstede-2015"} | {edition.id}
    assert opinions("globe-2004-values") == shipped
