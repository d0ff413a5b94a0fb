"""Ways to worlds that no single call leads to: sums that add up, counts that go on.

A solver that unrolls the calls can take its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

from casewright.design.oracle import Call
from casewright.design.techniques.exploring import Explorer, Reached
from casewright.design.techniques.searching import Result, call_key, sends
from casewright.design.techniques.subject import Data
from casewright.design.techniques.wants import Trial, Want

_EXPANSIONS = 40
_FIRST_WORLDS = 40
_BUDGET_IN_A_WORLD = 24
_MOVES = 8
_STARTS = 6
_LONGEST = 14
_MOST_TRIALS = 30_000


class Walks:
    """What they may cost together is bounded; repeating one call is cheap and always tried."""

    def __init__(self, explorer: Explorer) -> None:
        self._explorer = explorer
        self._trials = explorer.trials
        self._spent = 0

    def find(self, want: Want, starts: Sequence[Call], pins: Data) -> tuple[Reached, Trial] | None:
        """A way to a world in which the want can be met by a call like one of `starts`: first the same call
        again and again, then the worlds in the order of how far they are from it."""
        if not want.variables() - {"actor"}:
            return None
        starts = self._likely_starts(want, starts, pins)
        for start in starts:
            found = self._repeat(want, start, pins)
            if found is not None:
                return self.shortened(want, *found)
        if self._spent > _MOST_TRIALS:
            return None
        before = self._trials.count
        found = self._walk(want, starts[0], pins, self._moves(want, starts[0]))
        self._spent += self._trials.count - before
        return self.shortened(want, *found) if found else None

    def _likely_starts(self, want: Want, starts: Sequence[Call], pins: Data) -> list[Call]:
        """The nearest of the calls that were looked for and of those that were found for other items."""
        fitting = [call for call in self._explorer.pool[want.operation.name].values() if sends(call, pins)]
        distinct = {call_key(call): call for call in (*starts, *fitting)}

        def far(call: Call) -> tuple[bool, float]:
            trial = self._trials.run(self._explorer.start.world, call)
            return not want.passes(trial), want.outlook(trial)

        return sorted(distinct.values(), key=far)[:_STARTS]

    def _repeat(self, want: Want, start: Call, pins: Data) -> tuple[Reached, Trial] | None:
        """How most limits on sums and counts are reached."""
        reached = self._explorer.start
        for _ in range(_LONGEST):
            trial = self._trials.run(reached.world, start)
            same = self._trials.number(trial.after) == self._trials.number(reached.world)
            if trial.answer.outcome is None or same:
                return None
            reached = Reached(trial.after, (*reached.path, trial))
            result = self._search(want, reached, start, pins)
            if result.found is not None:
                return reached, result.found
        return None

    def _search(self, want: Want, home: Reached, start: Call, pins: Data) -> Result:
        return self._explorer.searches[start.operation].find(
            home.world, start, want, pins, _BUDGET_IN_A_WORLD
        )

    def _moves(self, want: Want, start: Call) -> list[Call]:
        """The calls that lead nearest to the want, and the first of every other operation that may help."""
        calls = [start, *self._calls_that_change(want.variables())]

        def far(call: Call) -> float:
            after = self._trials.run(self._explorer.start.world, call).after
            return want.outlook(self._trials.run(after, start))

        nearest = sorted(calls, key=far)[:_MOVES]
        firsts = {call.operation: call for call in reversed(calls)}
        return nearest + [call for call in firsts.values() if call not in nearest]

    def _walk(self, want: Want, start: Call, pins: Data, moves: list[Call]) -> tuple[Reached, Trial] | None:
        queue: list[tuple[float, int, int, Reached]] = []
        seen: set[int] = set()

        def push(reached: Reached) -> None:
            seen.add(self._trials.number(reached.world))
            far = want.outlook(self._trials.run(reached.world, start))
            heappush(queue, (far, len(reached.path), len(seen), reached))

        for reached in self._explorer.worlds[:_FIRST_WORLDS]:
            push(reached)
        for _ in range(_EXPANSIONS):
            if not queue:
                return None
            _, _, _, home = heappop(queue)
            result = self._search(want, home, start, pins)
            if result.found is not None:
                return home, result.found
            for call in moves if len(home.path) < _LONGEST else ():
                trial = self._trials.run(home.world, call)
                if trial.answer.outcome is not None and self._trials.number(trial.after) not in seen:
                    push(Reached(trial.after, (*home.path, trial)))
        return None

    def _calls_that_change(self, variables: frozenset[str]) -> list[Call]:
        """Calls to what changes the variables, and to what opens the way for that."""
        operations = self._explorer.subject.operations.values()
        relevant = set(variables)
        for operation in operations:
            if operation.written & variables:
                for reject in operation.operation.rejects:
                    relevant.update(operation.variables_of(reject.condition.tree))
        changing = {operation.name for operation in operations if operation.written & relevant}
        return [call for call in self._explorer.calls() if call.operation in changing]

    def shortened(self, want: Want, home: Reached, trial: Trial) -> tuple[Reached, Trial]:
        """The same without the steps that aren't needed to meet the want."""
        index = 0
        while index < len(home.path):
            calls = [step.call for place, step in enumerate(home.path) if place != index]
            shorter = self._explorer.follow(calls)
            last = self._trials.run(shorter.world, trial.call) if shorter else None
            if shorter is not None and last is not None and want.met_by(last):
                home, trial = shorter, last
            else:
                index += 1
        return home, trial
