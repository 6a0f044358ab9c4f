"""The brief's tables, which a person then makes their own."""

from dataclasses import replace

import pytest

from analysis.deal import DEAL_FIELDS, Deal
from analysis.profiles import build_profile
from analysis.strategy.worksheets import balance_sentence, pair_key, spent_hours


def sheet(brief, name):
    return next(w for w in brief.worksheets if w.id == name)


def about(brief, party):
    return [r["what"] for r in sheet(brief, "information").rows if r["about"] == party]


@pytest.fixture
def parties(tables, settings):
    return [build_profile(tables, i, settings) for i in ("NLD", "CHN")]


def test_there_are_five_and_every_cell_is_a_text(brief_of):
    brief = brief_of("NLD", "CHN", Deal(kind="supply", they_hold=("molds",)))
    assert [w.id for w in brief.worksheets] == [
        "information", "relationship", "qualification", "deciders", "balance",
    ]  # fmt: skip
    for w in brief.worksheets:
        assert w.rows
        for row in w.rows:
            assert set(row) == {column.key for column in w.columns}
            assert all(isinstance(cell, str) and "{" not in cell for cell in row.values())
        for column in w.columns:
            if column.kind == "party":
                assert {row[column.key] for row in w.rows} <= {"NLD", "CHN"}
            if column.kind == "count":
                assert all(not row[column.key] or float(row[column.key]) for row in w.rows)


SHEETS = {
    "information": (
        "Information plan, both ways",
        "They check you as a partner and as a credit risk, and expect you to do the same.",
        [
            ("about", "About", "party"),
            ("what", "What the other side should learn", "text"),
            ("answer", "What came out", "text"),
        ],
    ),
    "relationship": (
        "Relationship plan",
        "Count the hours and note what they established. It is an investment, and this is its"
        " account.",
        [
            ("occasion", "Occasion", "text"),
            ("establish", "What it should establish", "text"),
            ("hours", "Hours", "count"),
            ("found", "What it established", "text"),
        ],
    ),
    "qualification": (
        "Checking each other",
        "The same questions for both sides; leave empty what you do not know yet.",
        [
            ("criterion", "What earns trust", "text"),
            ("CHN", "Shown by China", "mark"),
            ("NLD", "Shown by the Netherlands", "mark"),
        ],
    ),
    "deciders": (
        "Who decides",
        "",
        [
            ("side", "Side", "party"),
            ("name", "Name or role", "text"),
            ("rank", "Rank", "text"),
            ("group", "Belongs to (firm, owner family, school, ministry)", "text"),
            ("room", "In the room?", "text"),
            ("part", "Part in the decision", "text"),
        ],
    ),
    "balance": (
        "Who asks",
        "Count: for each question you answered, ask one. An evening in which only one side asks is"
        " an interview.",
        [
            ("meeting", "Meeting", "text"),
            ("NLD", "Asked by the Netherlands", "count"),
            ("CHN", "Asked by China", "count"),
        ],
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_each_has_its_title_its_note_and_its_columns(brief_of, name):
    found = sheet(brief_of("NLD", "CHN"), name)
    columns = [(c.key, c.label, c.kind) for c in found.columns]
    assert (found.title, found.note, columns) == SHEETS[name]


def test_what_stands_in_them_at_first_is_what_the_plans_say(brief_of, knowledge):
    brief, plan = brief_of("NLD", "CHN"), knowledge.strategy
    assert sheet(brief, "relationship").rows[0] == {
        "occasion": "First call",
        "establish": plan.relationship.occasions[0].establish,
        "hours": "1",
        "found": "",
    }
    assert sheet(brief, "qualification").rows == tuple(
        {"criterion": item.text, "CHN": "", "NLD": ""} for item in plan.relationship.qualification
    )
    assert sheet(brief, "deciders").rows[1] == {
        "side": "CHN", "name": "Most senior person", "rank": "", "group": "", "room": "",
        "part": "decides or blocks",
    }  # fmt: skip
    assert sheet(brief, "balance").rows == ({"meeting": "First meeting", "NLD": "", "CHN": ""},)


def test_the_information_plan_has_rows_for_both_sides(brief_of):
    brief = brief_of("NLD", "CHN")
    assert len(about(brief, "CHN")) >= 4
    assert len(about(brief, "NLD")) >= 4
    rows = sheet(brief, "information").rows
    assert {row["about"] for row in rows} == {"NLD", "CHN"}
    assert {row["answer"] for row in rows} == {""}
    texts = [row["what"] for row in rows]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("held", "word"),
    [("molds", "molds"), ("designs", "designs"), ("ip", "IP"), ("credit", "credit information")],
)
def test_what_they_hold_asks_a_question_of_its_own(brief_of, held, word):
    plain, more = brief_of("NLD", "CHN"), brief_of("NLD", "CHN", Deal(they_hold=(held,)))
    added = set(about(more, "CHN")) - set(about(plain, "CHN"))
    assert any(word in text for text in added), added
    assert set(about(plain, "CHN")) < set(about(more, "CHN"))


@pytest.mark.parametrize("kind", [k for k in DEAL_FIELDS["kind"].choices if k != "other"])
def test_each_kind_of_deal_adds_something_to_learn(brief_of, kind):
    plain, more = brief_of("SWE", "FIN"), brief_of("SWE", "FIN", Deal(kind=kind))
    assert set(about(plain, "FIN")) < set(about(more, "FIN"))


def test_a_prediction_adds_what_that_side_wants_to_know(brief_of):
    there, back = brief_of("NLD", "CHN"), brief_of("CHN", "NLD")
    assert "Who decides, and who is asked before" in about(there, "CHN")
    assert "Who may sign what" in about(back, "CHN")
    assert "The people who will do the work, with their experience" in about(there, "NLD")
    assert "A page of figures and measures: quality, delivery, returns" in about(back, "CHN")


def test_swapping_the_sides_turns_round_what_hangs_on_the_direction_and_nothing_else(brief_of):
    there, back = brief_of("NLD", "CHN"), brief_of("CHN", "NLD")
    # The same questions are put to both, whichever is ours.
    for name in ("qualification", "balance"):
        one, two = sheet(there, name), sheet(back, name)
        assert [dict(row) for row in one.rows] == [dict(row) for row in two.rows]
        assert {c.key: c.label for c in one.columns} == {c.key: c.label for c in two.columns}
    plain = {"occasion": "First visit to China", "hours": "8", "found": ""}
    assert plain.items() <= sheet(there, "relationship").rows[1].items()
    visits = [
        {r["occasion"] for r in sheet(b, "relationship").rows if "isit to" in r["occasion"]}
        for b in (there, back)
    ]
    assert visits[0] == {"First visit to China", "Return visit to the Netherlands"}
    assert visits[1] == {"First visit to the Netherlands", "Return visit to China"}
    assert {r["side"] for r in sheet(there, "deciders").rows} == {"CHN"}
    assert {r["side"] for r in sheet(back, "deciders").rows} == {"NLD"}
    for party in ("NLD", "CHN"):
        assert about(there, party) != about(back, party)


def test_a_pair_keeps_its_worksheets_whichever_side_is_ours():
    assert pair_key("NLD", "CHN") == pair_key("CHN", "NLD") == "CHN+NLD"
    assert pair_key("NLD", "DEU") != pair_key("NLD", "CHN")


def test_at_arms_length_there_is_no_long_run_up(brief_of):
    deal = Deal(repeat_deals=False, commodity=True)
    occasions = [r["occasion"] for r in sheet(brief_of("NLD", "CHN", deal), "relationship").rows]
    assert occasions == ["First call"]
    full = [r["occasion"] for r in sheet(brief_of("NLD", "CHN"), "relationship").rows]
    assert len(full) == 6
    assert "Dinner" in full
    # A senior visit is for those who decide at the top or keep to forms.
    assert "Visit by the senior person of the Netherlands" in full
    near = [r["occasion"] for r in sheet(brief_of("SWE", "FIN"), "relationship").rows]
    assert "Visit by the senior person of the Netherlands" not in near


def test_the_hours_of_a_plan_add_up(brief_of):
    # 1 + 8 + 3 + 8 + 8 + 2
    assert spent_hours(sheet(brief_of("NLD", "CHN"), "relationship").rows) == 30


@pytest.mark.parametrize(
    ("cells", "hours"),
    [
        ([], 0), (["2", "3.5"], 5.5), (["", "two", "4"], 4), (["-3", "5"], 5),
        (["1" * 400, "5"], 5), (["nan", "5"], 5), (["inf", "5"], 5),
    ],
)  # fmt: skip
def test_hours_that_are_no_number_do_not_count(cells, hours):
    assert spent_hours([{"hours": cell} for cell in cells]) == hours
    assert spent_hours([{}]) == 0


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        ("", "", ""),
        ("0", "0", ""),
        ("3", "9", "China asked 9 of 12 questions: that is an interview."),  # .75
        ("3", "8", "China asked 8 of 11 questions: a conversation."),  # .727
        ("5", "5", "The Netherlands asked 5 of 10 questions: a conversation."),
        ("9", "1", "The Netherlands asked 9 of 10 questions: that is an interview."),
        ("4", "many", "The Netherlands asked 4 of 4 questions: that is an interview."),
    ],
)
def test_who_asked_how_much_is_said_in_whole_numbers(parties, ours, theirs, said):
    rows = [{"meeting": "First", "NLD": ours, "CHN": theirs}]
    assert balance_sentence(rows, *parties) == said


def test_counts_of_several_meetings_add_up(parties):
    rows = [{"NLD": "2", "CHN": "4"}, {"NLD": "2", "CHN": "5"}, {"NLD": "", "CHN": ""}]
    assert balance_sentence(rows, *parties) == (
        "China asked 9 of 13 questions: a conversation."
    )  # 69 %


def test_a_meeting_without_a_count_of_one_side_counts_the_other(parties):
    rows = [{"meeting": "First"}, {"NLD": "3"}, {"CHN": "1"}]
    assert balance_sentence(rows, *parties) == (
        "The Netherlands asked 3 of 4 questions: that is an interview."
    )  # 75 %


def test_the_sides_of_the_balance_do_not_matter(parties):
    rows = [{"NLD": "2", "CHN": "9"}]
    assert balance_sentence(rows, *parties) == balance_sentence(rows, *parties[::-1])


def test_rows_do_not_change_with_a_deal_that_says_nothing_about_them(brief_of):
    deal = Deal(subject="pumps", total=5000.0, months=12)
    assert brief_of("NLD", "CHN", deal).worksheets == brief_of("NLD", "CHN").worksheets
    assert brief_of("NLD", "CHN", replace(deal, kind="supply")).worksheets != (
        brief_of("NLD", "CHN").worksheets
    )
