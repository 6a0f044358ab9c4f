"""The rules and words behind the brief's advice, as frozen records: one for each strategy file."""

from __future__ import annotations

from typing import Literal

from analysis.knowledge.record import Citation, Item, Record, Rule


class Plan(Record, frozen=True):
    """What every strategy file has. `covers` names the rows of the checklist it answers."""

    id: str
    title: str
    covers: tuple[int, ...]
    sources: tuple[Citation, ...]


class OrientationRule(Record, frozen=True):
    """Decides where any of its conditions holds; with none named it always does."""

    any: tuple[str, ...]
    outcome: str
    overrides: bool = False


class Outcome(Record, frozen=True):
    """What a decision means; `override` says why it outweighs the rest."""

    verdict: str
    advice: str
    override: str


class OrientationPlan(Plan, frozen=True):
    """Relationship or arm's length."""

    conditions: dict[str, str]
    rules: tuple[OrientationRule, ...]
    outcomes: dict[str, Outcome]
    assumed: str
    against: str


class AdaptationStrategy(Record, frozen=True):
    """One way to deal with two sets of habits; `joint` takes both sides."""

    name: str
    joint: bool
    does: str


class AdaptationCell(Record, frozen=True):
    """What suits a pair of familiarities; `standing` says who placed it there."""

    own: str
    theirs: str
    choose: tuple[str, ...]
    standing: Literal["read", "recalled", "design"]


class AdaptationPlan(Plan, frozen=True):
    """Who adapts how."""

    levels: tuple[str, ...]
    strategies: dict[str, AdaptationStrategy]
    cells: tuple[AdaptationCell, ...]
    weakest: str


class ByTheirPole(Record, frozen=True):
    """A text for either pole at which the other side stands, and one for neither."""

    they_high: str
    they_low: str
    none: str


class RoadmapNames(Record, frozen=True):
    """What the first deal (in a sentence) and the stages are called."""

    first: str
    steps: tuple[str, ...]


class RoadmapPlan(Plan, frozen=True):
    """From the first order to the whole; shares are of the total [0..1]."""

    insult_below: float
    explain_below: float
    most_above: float
    insult: str
    explain: str
    fits: str
    most: str
    unknown: str
    beyond: str
    shape: tuple[float, ...]
    names: dict[str, RoadmapNames]
    gates: tuple[str, ...]
    statement: str
    statement_open: str
    two_track: ByTheirPole
    numbers_gate: ByTheirPole


class InformationPlan(Plan, frozen=True):
    """What each side should learn of the other."""

    columns: dict[str, str]
    about_them: tuple[Item, ...]
    about_us: tuple[Item, ...]
    note: str


class Occasion(Rule, frozen=True):
    """A meeting with what it should establish; `hours` is what it takes."""

    id: str
    name: str
    establish: str
    hours: float


class RelationshipPlan(Plan, frozen=True):
    """The early meetings as part of the negotiation."""

    start: str
    aim: str
    occasions: tuple[Occasion, ...]
    qualification: tuple[Item, ...]
    ledger: str


class QuestionCard(Item, frozen=True):
    """A question with what its answer tells."""

    learns: str


class PersonalQuestion(Item, frozen=True):
    """A personal question that may come, with a prepared answer."""

    answer: str


class QuestionsPlan(Plan, frozen=True):
    """Questions that are safe, their alternatives, and answers to personal ones."""

    cards: tuple[QuestionCard, ...]
    after_prior_deals: str
    alternatives: tuple[Item, ...]
    personal: tuple[PersonalQuestion, ...]
    personal_note: str
    balance: str


class MustSayItem(Item, frozen=True):
    """Something to say early, and again at each stage named."""

    stages: tuple[str, ...]


class MustSayPlan(Plan, frozen=True):
    """What to say early and often, and which hints to listen for."""

    items: tuple[MustSayItem, ...]
    cues: tuple[Item, ...]
    again: str


class Alert(Record, frozen=True):
    """When firmness may come as a surprise: any of `any` and all of `all`."""

    any: tuple[str, ...]
    all: tuple[str, ...]
    title: str
    text: str
    action: str


class LeadershipPlan(Plan, frozen=True):
    """Who has led so far and what follows."""

    alert: Alert
    reasons: dict[str, str]
    states: dict[str, str]
    initiative: dict[str, str]


class DeciderSeed(Record, frozen=True):
    """A first line of the table of those who decide."""

    id: str
    name: str
    rank: str
    group: str
    room: str
    part: str


class DecidersPlan(Plan, frozen=True):
    """Who decides on their side."""

    columns: dict[str, str]
    seeds: tuple[DeciderSeed, ...]
    hints: tuple[Item, ...]


class AgendaMove(Rule, frozen=True):
    """What a prediction adds to a stage's share of the time [-1..1]."""

    stage: str
    add: float
    why: str


class AgendaPlan(Plan, frozen=True):
    """Time for each stage of a meeting; `step` in minutes."""

    step: int
    moves: tuple[AgendaMove, ...]
    least: float
    note: str


class NotEveryone(Plan, frozen=True):
    """Why a prediction about countries need not hold for people."""

    text: tuple[str, ...]


class Strategy(Record, frozen=True):
    """All strategy files, by the name of the file."""

    orientation: OrientationPlan
    adaptation: AdaptationPlan
    roadmap: RoadmapPlan
    information: InformationPlan
    relationship: RelationshipPlan
    questions: QuestionsPlan
    must_say: MustSayPlan
    leadership: LeadershipPlan
    deciders: DecidersPlan
    agenda: AgendaPlan
    not_everyone: NotEveryone
