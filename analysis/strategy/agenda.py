"""Time for each stage of a meeting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from analysis.knowledge import Knowledge
from analysis.knowledge.record import those_that_hold
from analysis.knowledge.topics import Stage


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A stage with its time [minutes] and what moved it away from the usual."""

    stage: Stage
    minutes: int
    why: tuple[str, ...]


def plan_agenda(
    knowledge: Knowledge, minutes: int, flags: Collection[str]
) -> tuple[AgendaItem, ...]:
    """Return the stages with whole steps of time that add up to `minutes`.

    A prediction moves a stage's share; the shares are then scaled to the whole. Every stage gets at
    least a step; a short meeting is divided by the minute.
    """
    plan = knowledge.strategy.agenda
    moves = those_that_hold(plan.moves, flags)
    shares = {
        stage.id: max(
            plan.least,
            stage.minutes_share + sum(move.add for move in moves if move.stage == stage.id),
        )
        for stage in knowledge.stages
    }
    step = plan.step if minutes >= 2 * plan.step * len(shares) else 1
    times = _in_steps(shares, minutes, step)
    return tuple(
        AgendaItem(
            stage, times[stage.id], tuple(move.why for move in moves if move.stage == stage.id)
        )
        for stage in knowledge.stages
    )


def _in_steps(shares: dict[str, float], minutes: int, step: int) -> dict[str, int]:
    """Divide the minutes by the method of the largest remainder, at least one step for each."""
    units = minutes // step
    exact = {i: share * units / sum(shares.values()) for i, share in shares.items()}
    given = {i: max(1, int(value)) for i, value in exact.items()}
    while sum(given.values()) > units:
        given[max(given, key=given.__getitem__)] -= 1
    for i in sorted(exact, key=lambda i: given[i] - exact[i])[: units - sum(given.values())]:
        given[i] += 1
    times = {i: step * count for i, count in given.items()}
    times[max(times, key=times.__getitem__)] += minutes - sum(times.values())
    return times
