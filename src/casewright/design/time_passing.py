"""The clock goes on, and what is due by then happens, the earliest first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from casewright.design.expressions.arithmetic import at_most, duration, less, plus
from casewright.design.expressions.tree import Unit
from casewright.design.expressions.values import UNKNOWN, Reference, Special, Value
from casewright.design.model.parts import ClockMove, CompiledDue, Writes
from casewright.design.moment import Moment
from casewright.design.stepping import run
from casewright.design.worlds import World, tainted

MOST_FIRINGS: Final = 10_000
"""In one advance. A rule that goes on for ever is a fault of the model; what then holds is not known."""
MOST_LOOKS: Final = 100_000
"""How many times in one advance it is looked whether something is due."""
_UNITS: Final = {"minute": Unit.MINUTES, "hour": Unit.HOURS, "day": Unit.DAYS}


def advance(moment: Moment, move: ClockMove) -> Moment:
    """As the operation says; the earliest that is due first, at the same moment in the order of the list and
    of the records' creation."""
    target = _target(moment, move)
    if target is UNKNOWN:
        return moment.after(_after_anything(moment).at(UNKNOWN))
    firing = _Firing(moment, target)
    return moment.after(firing.world())


def _target(moment: Moment, move: ClockMove) -> Value:
    clock = moment.compiled.clock
    told = moment.read(move.input)
    if clock is None or isinstance(told, Special):
        return UNKNOWN
    if move.to:
        same = told.__class__ is clock.starts.__class__
        return told if same and not isinstance(told, Reference) else UNKNOWN  # pyright: ignore[reportReturnType]
    if not isinstance(told, Fraction):
        return UNKNOWN
    if isinstance(clock.starts, Fraction):
        return plus(moment.clock(), told)
    if clock.unit == "second":
        return plus(moment.clock(), _seconds(told))
    return plus(moment.clock(), duration(told, _UNITS[clock.unit]))


def _seconds(amount: Fraction) -> Value:
    return duration(amount / 60, Unit.MINUTES)


def _after_anything(moment: Moment) -> World:
    """Any of the rules may have fired, any number of times."""
    writes = Writes()
    for rule in moment.compiled.due:
        writes |= rule.writes
    return tainted(moment.world, writes)


class _Unclear(Exception):
    """It isn't known whether something is due."""


class _Firing:
    def __init__(self, moment: Moment, target: Value) -> None:
        self._moment = moment
        self._target = target
        self._looks = 0

    def world(self) -> World:
        try:
            for _ in range(MOST_FIRINGS):
                due = self._next()
                if due is None:
                    return self._moment.world.at(self._target)
                self._fire(*due)
        except _Unclear:
            pass
        return _after_anything(self._moment).at(self._target)

    def _next(self) -> tuple[Value, int, Reference | None] | None:
        """The moment, the rule and the record; None if nothing is due any more."""
        earliest: tuple[Value, int, Reference | None] | None = None
        for index, rule in enumerate(self._moment.compiled.due):
            inside = self._moment.as_due(self._moment.prepared.due[index])
            for record, at in self._due(rule, inside):
                if earliest is None or less(at, earliest[0]) is True:
                    earliest = (at, index, record)
        return earliest

    def _due(self, rule: CompiledDue, moment: Moment) -> Iterator[tuple[Reference | None, Value]]:
        if rule.collection is None:
            at = self._at(rule, moment)
            if at is not None:
                yield None, at
            return
        records = moment.records(rule.collection)
        if isinstance(records, Special):
            raise _Unclear
        for record in records:
            at = self._at(rule, moment.scanning(record))
            if at is not None:
                yield record, at

    def _at(self, rule: CompiledDue, moment: Moment) -> Value | None:
        """When it is due, if that is not after the target. A moment that is missing never comes."""
        self._looks += 1
        if self._looks > MOST_LOOKS:
            raise _Unclear
        truth = True if rule.where is None else rule.where.evaluate(moment)
        if truth is False:
            return None
        at = rule.at.evaluate(moment)
        if at is Special.MISSING:
            return None
        passed = at_most(at, self._target)
        if passed is False:
            return None
        if passed is not True or truth is not True:
            raise _Unclear
        return at

    def _fire(self, at: Value, index: int, record: Reference | None) -> None:
        clock = self._moment.clock()
        now = at if less(clock, at) is True else clock
        moment = self._moment.after(self._moment.world.at(now))
        inside = moment.as_due(moment.prepared.due[index])
        if record is not None:
            inside = inside.scanning(record)
        self._moment = moment.after(run(moment.compiled.due[index].steps, inside).world)
