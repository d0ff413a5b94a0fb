"""Looks for the data of a call that meets a want: best-first, from natural data, one field changed at a time.

A solver can take its place: it is given a want and gives a trial, or says that it found none.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from casewright.design.cases import Scalar
from casewright.design.oracle import Call, Oracle
from casewright.design.techniques.subject import Data
from casewright.design.techniques.wants import Trial, Want
from casewright.design.techniques.witnesses import Witnesses
from casewright.design.worlds import World

_MOST_REMEMBERED = 60_000
_MOST_NEAREST = 6
_BEFORE_ALL = -1.0
_TRIES_FOR_A_CALL = 4
"""Neighbours that may be looked at for each call of the budget; most have been tried before."""


class Trials:
    """Runs calls on the oracle and remembers what came of them."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self._remembered: dict[Hashable, Trial] = {}
        self._numbers: dict[Hashable, int] = {}
        self._numbered: dict[int, tuple[World, int]] = {}
        self.count = 0
        """Calls that were really run."""

    def number(self, world: World) -> int:
        """Equal for equal worlds."""
        seen = self._numbered.get(id(world))
        if seen is None or seen[0] is not world:
            seen = (world, self._numbers.setdefault(world.key(), len(self._numbers)))
            self._numbered[id(world)] = seen
        return seen[1]

    def run(self, world: World, call: Call) -> Trial:
        key = (self.number(world), call_key(call))
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
                self._numbered.clear()
            moment = self.oracle.moment(world, call)
            after, answer = self.oracle.answer(moment)
            found = self._remembered[key] = Trial(moment, answer, after)
            self.count += 1
        return found


def call_key(call: Call) -> Hashable:
    """Equal for calls that send the same; 1, 1.0 and yes are not the same."""
    sent = frozenset((name, value.__class__, value) for name, value in call.data.items())
    return (call.operation, call.actor, sent)


def sends(call: Call, data: Data) -> bool:
    """Are these values sent (None: left out)? 1, 1.0 and yes are not the same."""
    sent = ((call.data.get(name), value) for name, value in data.items())
    return all(one.__class__ is other.__class__ and one == other for one, other in sent)


@dataclass(frozen=True, slots=True)
class Result:
    """`found` meets the want. If there is none, `unclear` would have met it if the answer were certain, and
    `closest` came nearest to it, with different words of choices."""

    found: Trial | None
    unclear: Trial | None = None
    closest: tuple[Trial, ...] = ()


class Search:
    """Of calls to one operation."""

    def __init__(self, trials: Trials, witnesses: Witnesses) -> None:
        self._trials = trials
        self.witnesses = witnesses

    def find(self, world: World, start: Call, want: Want, pins: Data, budget: int) -> Result:
        """From the data of `start`, with what `pins` says (None: left out) kept; at most `budget` calls.

        First everything that is one change away. Then always on from the nearest trial so far, which is left
        as soon as one that is nearer is found.
        """
        first = self._trials.run(world, _with(start, pins))
        if want.met_by(first):
            return Result(first)
        if want.hopeless(first):
            return Result(None)
        nearest = _Nearest(want, self.witnesses)
        nearest.add(first)
        unclear = first if want.met_but_for_certainty(first) else None
        opened = [_Open(_BEFORE_ALL, 0, 0, self._neighbours(first, want, pins))]
        seen = {call_key(first.call)}
        tries = budget * _TRIES_FOR_A_CALL
        while opened and len(seen) < budget and tries:
            best = opened[0]
            call = next(best.neighbours, None)
            tries -= 1
            if call is None:
                heappop(opened)
                continue
            key = call_key(call)
            if key in seen:
                continue
            seen.add(key)
            trial = self._trials.run(world, call)
            far = want.distance(trial)
            if far == 0 and trial.answer.outcome is not None:
                return Result(trial)
            if unclear is None and want.met_but_for_certainty(trial):
                unclear = trial
            nearest.add(trial)
            heappush(opened, _Open(far, best.changes + 1, len(seen), self._neighbours(trial, want, pins)))
        return Result(None, unclear, nearest.trials())

    def _neighbours(self, trial: Trial, want: Want, pins: Data) -> Iterator[Call]:
        """The calls that differ in one value, of a field on which it depends what is missing; fields with few
        values first."""
        about_faults = want.about_faults()
        names = sorted(want.inputs_to_vary(trial), key=lambda name: len(self.witnesses.values(name)))
        for name in names:
            if name not in pins:
                wrong = self.witnesses.wrong(name) if about_faults else ()
                for value in (*self.witnesses.values(name), *wrong):
                    yield _with(trial.call, {name: value})


@dataclass(order=True, slots=True)
class _Open:
    """A trial whose neighbours haven't all been tried; the nearest first, then that of the fewest changes."""

    far: float
    changes: int
    number: int
    neighbours: Iterator[Call] = field(compare=False)


class _Nearest:
    """The nearest trial for each combination of words, of those that nothing refuses too early."""

    def __init__(self, want: Want, witnesses: Witnesses) -> None:
        self._want = want
        self._witnesses = witnesses
        self._found: dict[Hashable, tuple[float, Trial]] = {}

    def add(self, trial: Trial) -> None:
        if not self._want.passes(trial):
            return
        words = tuple(trial.call.data.get(name) for name in self._witnesses.of_words)
        far = self._want.outlook(trial)
        if words not in self._found or far < self._found[words][0]:
            self._found[words] = (far, trial)

    def trials(self) -> tuple[Trial, ...]:
        nearest = sorted(self._found.values(), key=lambda pair: pair[0])
        return tuple(trial for _, trial in nearest)[:_MOST_NEAREST]


def _with(call: Call, changes: Mapping[str, Scalar]) -> Call:
    """None takes the value away."""
    data = {name: value for name, value in {**call.data, **changes}.items() if value is not None}
    return Call(call.operation, call.actor, data)
