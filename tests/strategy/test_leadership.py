"""Who has led, and the alert for firmness that comes as a surprise (rows 20 to 22)."""

import pytest

from analysis.deal import DEAL_FIELDS, Deal, deal_flags
from analysis.strategy.leadership import judge_leadership


@pytest.fixture
def judge(knowledge):
    return lambda **answers: judge_leadership(
        knowledge.strategy.leadership, deal_flags(Deal(**answers))
    )


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"initiative": "passive"}, "you have mostly listened"),
        ({"led": "they"}, "they have led the meetings"),
        (
            {"initiative": "passive", "led": "they"},
            "you have mostly listened and they have led the meetings",
        ),
        ({"initiative": "active", "led": "they"}, "they have led the meetings"),
        ({"initiative": "passive", "led": "we"}, "you have mostly listened"),
    ],
)
def test_a_quiet_start_with_a_hard_phase_ahead_raises_the_alert(judge, answers, reason):
    found = judge(**answers, hard_phase=True)
    assert found.alert.startswith(f"So far {reason}, and a harder phase is planned.")
    assert found.alert_title == "Alert: your firmness may come as a surprise"
    assert found.action.startswith("Announce the hard part now")


@pytest.mark.parametrize(
    "answers",
    [
        {"initiative": "active", "hard_phase": True},
        {"initiative": "even", "hard_phase": True},
        {"initiative": "even", "led": "both", "hard_phase": True},
        {"initiative": "active", "led": "we", "hard_phase": True},
        {"initiative": "passive"},
        {"led": "they"},
        {"initiative": "passive", "led": "they"},
        {},
    ],
)
def test_without_both_there_is_none(judge, answers):
    found = judge(**answers)
    assert (found.alert, found.alert_title, found.action) == ("", "", "")


@pytest.mark.parametrize("led", DEAL_FIELDS["led"].choices)
@pytest.mark.parametrize("initiative", DEAL_FIELDS["initiative"].choices)
def test_it_always_says_who_led_and_who_took_the_initiative(judge, knowledge, led, initiative):
    found = judge(led=led, initiative=initiative)
    plan = knowledge.strategy.leadership
    assert found.state == plan.states[f"led:{led}"]
    assert found.initiative == plan.initiative[f"initiative:{initiative}"]


def test_who_hosted_raises_no_alert_by_itself(judge):
    assert judge(hosted="they", hard_phase=True).alert == ""
