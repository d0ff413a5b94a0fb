"""Finds where a comparison turns: two ways that differ in one step of one value, one on each side.

The value is one that the last call sends, or one that an earlier call sent and the system remembers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from casewright.design.cases import Outcome, Scalar
from casewright.design.expressions.evaluation import Evaluate, compile_expression
from casewright.design.oracle import Call
from casewright.design.techniques.axes import Axis, has_axis
from casewright.design.techniques.exploring import Explorer, Reached
from casewright.design.techniques.obligations import Edge
from casewright.design.techniques.subject import OperationSubject
from casewright.design.techniques.wants import Trial

_MOST_HALVINGS = 80

Made = tuple[Reached, Trial]
"""A world with the way to it, and the call that was made there."""


@dataclass(frozen=True, slots=True)
class Turn:
    """`first` is on the side where the refusal decides, or the comparison holds; `second` on the other."""

    driver: str
    first: Made
    second: Made


class Turning:
    """Of one comparison of one operation."""

    def __init__(self, explorer: Explorer, operation: OperationSubject, edge: Edge) -> None:
        self._explorer = explorer
        self._operation = operation
        self._edge = edge
        self._holds: Evaluate = compile_expression(edge.comparison)
        self._variables = frozenset(operation.variables_of(edge.comparison)) - {"state", "actor"}
        self._place = operation.position(edge.reject.path) if edge.reject else None

    def by_last_call(self, made: Made, pins: frozenset[str]) -> Turn | None:
        """Moves each value of the last call until the side changes, then halves the way between."""
        calls = _calls(made)
        return self._by(
            made,
            (
                _Line(self._explorer, calls, len(calls) - 1, name)
                for name in self._edge.drivers
                if name not in pins
            ),
        )

    def by_earlier_call(self, made: Made) -> Turn | None:
        """The same with what the system remembers of the calls before."""
        return self._by(made, self._earlier_lines(_calls(made)))

    def _earlier_lines(self, calls: list[Call]) -> Iterator[_Line]:
        for index in range(len(calls) - 2, -1, -1):
            operation = self._explorer.subject.operations[calls[index].operation]
            if operation.written & self._variables:
                for name, declared in operation.operation.inputs.items():
                    if has_axis(declared) and calls[index].data.get(name) is not None:
                        yield _Line(self._explorer, calls, index, name)

    def _by(self, made: Made, lines: Iterable[_Line]) -> Turn | None:
        if self._side(made[1]) is None:
            return None
        return next((turn for line in lines if (turn := self._along(line, made)) is not None), None)

    def _along(self, line: _Line, made: Made) -> Turn | None:
        here = self._side(made[1])
        for place in line.places(made):
            other = line.at(place)
            if other is None or self._side(other[1]) is not (not here):
                continue
            if self._holds(made[1].moment) != self._holds(other[1].moment):
                ends = {here: made, not here: other}
                turn = self._between(line, ends[True], ends[False])
                if turn is not None:
                    return turn
        return None

    def _side(self, trial: Trial) -> bool | None:
        """True where the refusal decides or the comparison holds, False on the other side, else None."""
        if trial.answer.outcome is None:
            return None
        if self._edge.reject is None:
            holds = self._holds(trial.moment)
            accepted = trial.answer.outcome is Outcome.ACCEPTED
            return holds if accepted and isinstance(holds, bool) else None
        if trial.answer.decided_by == self._edge.reject.path:
            return True
        where = self._operation.position(trial.answer.decided_by)
        assert self._place is not None
        return False if where is not None and where > self._place else None

    def _between(self, line: _Line, first: Made, second: Made) -> Turn | None:
        """Halves until one step is left. Both sides have to stay what they are."""
        ends = {True: first, False: second}
        for _ in range(_MOST_HALVINGS):
            start, end = line.place(ends[True]), line.place(ends[False])
            if start is None or end is None:
                return None
            steps = int(abs(end - start) / line.axis.step)
            if steps <= 1:
                return Turn(line.driver, ends[True], ends[False])
            by = line.axis.step * (steps // 2)
            middle = line.at(start + by if end > start else start - by)
            side = self._side(middle[1]) if middle is not None else None
            if middle is None or side is None:
                return None
            ends[side] = middle
        return None


def _calls(made: Made) -> list[Call]:
    return [*(trial.call for trial in made[0].path), made[1].call]


class _Line:
    """One value of one call on a way, moved; the rest of the way stays."""

    def __init__(self, explorer: Explorer, calls: list[Call], index: int, driver: str) -> None:
        self._explorer = explorer
        self._calls = calls
        self._index = index
        self.driver = driver
        self._name = calls[index].operation
        declared = explorer.subject.operations[self._name].operation.inputs[driver]
        self.axis = Axis(declared, explorer.subject.language)

    def place(self, made: Made) -> Fraction | None:
        trials = (*made[0].path, made[1])
        return self.axis.place(trials[self._index].moment_value(self.driver))

    def places(self, made: Made) -> list[Fraction]:
        """Those of the values worth trying, the nearest first."""
        values = self._explorer.searches[self._name].witnesses.values(self.driver)
        home = (*made[0].path, made[1])[self._index].moment.world
        found: dict[Fraction, None] = {}
        for sent in values:
            if sent is not None:
                trial = self._explorer.trials.run(home, self._with(sent))
                place = self.axis.place(trial.moment_value(self.driver))
                if place is not None:
                    found[place] = None
        now = self.place(made)
        return sorted(found, key=lambda place: abs(place - now)) if now is not None else list(found)

    def at(self, place: Fraction) -> Made | None:
        """None if the way doesn't lead there any more."""
        sent = self.axis.sent(place)
        if sent is None:
            return None
        calls = [*self._calls]
        calls[self._index] = self._with(sent)
        home = self._explorer.follow(calls[:-1])
        return None if home is None else (home, self._explorer.trials.run(home.world, calls[-1]))

    def _with(self, sent: Scalar) -> Call:
        call = self._calls[self._index]
        return Call(call.operation, call.actor, {**call.data, self.driver: sent})
