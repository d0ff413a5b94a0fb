"""Turns coverage items into calls: finds data and a way to the world that is needed, and asks the oracle.

Nothing is asserted that the oracle doesn't know: an item whose answer isn't certain is undecided, and says
why; one that can't be brought about is infeasible, and says what was tried.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from casewright.design.cases import Coverage, Outcome, Words
from casewright.design.expressions.environment import InputStatus
from casewright.design.expressions.values import UNKNOWN
from casewright.design.oracle import Call, World
from casewright.design.techniques.edges import Made, Turn, Turning
from casewright.design.techniques.exploring import Explorer, Reached
from casewright.design.techniques.obligations import Edge, LastingEffect, Obligation, Rank, Where
from casewright.design.techniques.searching import call_key, sends
from casewright.design.techniques.subject import Data, OperationSubject
from casewright.design.techniques.walking import Walks
from casewright.design.techniques.wants import Trial, Want

MOST_TRIALS = 150_000
"""After that, what is left is only looked for near the base data."""
_BUDGET = 480
_SMALL_BUDGET = 60
_MOST_HOMES = 6
_MOST_STARTS = 12
_TRIES_FOR_AN_EFFECT = 4_000
_MOST_CALLS_FOR_AN_EFFECT = 16


@dataclass(frozen=True, slots=True)
class Realised:
    """`trial` is the call that covers the item, in the world to which `path` leads."""

    path: tuple[Trial, ...]
    trial: Trial
    observed: Trial | None = None
    """A further call that changes nothing and shows what the answer does not."""

    def steps(self) -> tuple[Trial, ...]:
        observed = () if self.observed is None else (self.observed,)
        return (*self.path, self.trial, *observed)


@dataclass(frozen=True, slots=True)
class Unrealised:
    coverage: Coverage
    reason: Words


@dataclass
class Draft:
    """A case before it has words: one way of calls, and the items that it covers, the first of all first."""

    realised: Realised
    obligations: list[Obligation] = field(default_factory=list[Obligation])


class Realiser:
    """Realises items one by one; what it has found helps with the next."""

    def __init__(self, explorer: Explorer) -> None:
        self._explorer = explorer
        self._trials = explorer.trials
        self._walks = Walks(explorer)
        self._turns: dict[Hashable, Turn | Unrealised] = {}
        self._found: dict[str, list[Made]] = {}
        self._failed: dict[str, tuple[tuple[int, int], Unrealised]] = {}

    def realise(self, obligation: Obligation) -> Realised | Unrealised:
        """What failed before is only tried anew if more is known by now."""
        known = (len(self._explorer.worlds), len(self._explorer.calls()))
        failed = self._failed.get(obligation.key)
        if failed is not None and failed[0] == known:
            return failed[1]
        result = self._realise(obligation)
        if isinstance(result, Unrealised):
            self._failed[obligation.key] = (known, result)
        return result

    def _realise(self, obligation: Obligation) -> Realised | Unrealised:
        if obligation.effect is not None:
            return self._see(obligation, obligation.effect)
        shared = self._made_before(obligation) if obligation.shared else None
        if shared is not None:
            return Realised(shared[0].path, shared[1])
        found = self._turn(obligation) if obligation.edge is not None else self._look(obligation)
        if isinstance(found, Unrealised):
            return found
        home, trial = found
        self._explorer.keep(home)
        self._explorer.learn(home, trial)
        self._found.setdefault(obligation.operation.name, []).append((home, trial))
        return Realised(home.path, trial, self._observe(obligation, trial))

    def _made_before(self, obligation: Obligation) -> Made | None:
        if obligation.place is not None or obligation.actors is not None:
            return None
        found = self._made_with(obligation.operation, obligation.pins)
        return next((made for made in found if obligation.want.met_by(made[1])), None)

    # looking for a call

    def _look(self, obligation: Obligation) -> Made | Unrealised:
        unclear: Trial | None = None
        for want in (obligation.want, obligation.otherwise):
            if want is None:
                continue
            found, maybe = self._look_for(obligation, want)
            if found is not None:
                return found
            unclear = unclear or maybe
        return self._not_found(unclear)

    def _look_for(self, obligation: Obligation, want: Want) -> tuple[Made | None, Trial | None]:
        """A call that meets the want; or else one that would if its answer were certain."""
        plenty = want is obligation.want and self._trials.count < MOST_TRIALS
        budget = _BUDGET if plenty else _SMALL_BUDGET
        closest: tuple[Trial, ...] = ()
        kept: Data = {}
        for home in self._homes(obligation, want):
            for start, pins in self._starts(obligation, want, home):
                result = self._explorer.searches[start.operation].find(home.world, start, want, pins, budget)
                if result.found is not None and obligation.where is not Where.ANYWHERE:
                    return (home, result.found), None
                if result.found is not None:
                    return self._walks.shortened(want, home, result.found), None
                if result.unclear is not None:
                    return None, result.unclear
                if not closest:
                    closest, kept = result.closest, pins
            budget = max(budget // 2, _SMALL_BUDGET)
        if obligation.where is not Where.ANYWHERE:
            return None, None
        starts = [trial.call for trial in closest] or [self._base_call(obligation)]
        return self._walks.find(want, starts, kept), None

    def _homes(self, obligation: Obligation, want: Want) -> list[Reached]:
        """The worlds to look in: that of the operation's first call, then those where the call is nearest to
        what is wanted."""
        base = self._explorer.bases[obligation.operation.name]
        if obligation.where is not Where.ANYWHERE:
            return [self._explorer.start if obligation.where is Where.START else base.home]
        if base.accepted and want.state is None and not want.variables() - {"actor"}:
            return [base.home]
        nearest = self._explorer.nearest(want, base.call, _MOST_HOMES, want.state)
        if want.state is not None:
            return nearest
        return [base.home, *(reached for reached in nearest if reached is not base.home)]

    def _starts(self, obligation: Obligation, want: Want, home: Reached) -> Iterator[tuple[Call, Data]]:
        """The call to begin with, by each who may be asked to do it, and the values to keep."""
        base = self._base_call(obligation)
        actors = obligation.actors
        if actors is None:
            everyone = (*self._explorer.subject.roles, None) if "actor" in want.variables() else ()
            actors = tuple(dict.fromkeys((base.actor, *obligation.operation.actors, *everyone)))
        for actor in actors:
            start = Call(base.operation, actor, base.data)
            pins = obligation.pins
            if obligation.place is not None:
                placed = obligation.place(self._trials.run(home.world, start).moment)
                if placed is None:
                    continue
                pins = {**pins, **placed}
            yield start, pins

    def _base_call(self, obligation: Obligation) -> Call:
        return self._explorer.bases[obligation.operation.name].call

    def _not_found(self, unclear: Trial | None) -> Unrealised:
        if unclear is not None:
            return Unrealised(Coverage.UNDECIDED, why_unclear(unclear))
        worlds = len(self._explorer.worlds)
        reason = Words(
            zh=f"没有找到能使其出现的数据（查找了 {worlds} 种系统状况）。",
            en=f"No data was found that brings it about (looked in {worlds} situations of the system).",
        )
        return Unrealised(Coverage.INFEASIBLE, reason)

    # where a comparison turns

    def _turn(self, obligation: Obligation) -> Made | Unrealised:
        edge = obligation.edge
        assert edge is not None
        path = edge.reject.path if edge.reject else ""
        key = (edge.comparison, path, obligation.operation.name, tuple(obligation.pins.items()))
        if key not in self._turns:
            self._turns[key] = self._find_turn(obligation, edge)
        turn = self._turns[key]
        if isinstance(turn, Unrealised):
            return turn
        return turn.first if edge.side else turn.second

    def _find_turn(self, obligation: Obligation, edge: Edge) -> Turn | Unrealised:
        turning = Turning(self._explorer, obligation.operation, edge)
        looked = self._look(replace(obligation, edge=None))
        places = [] if isinstance(looked, Unrealised) else [looked, *self._with_room(looked, edge)]
        places += self._made_with(obligation.operation, obligation.pins)[:_MOST_STARTS]
        pinned = frozenset(obligation.pins)
        turns = chain(
            (turning.by_last_call(made, pinned) for made in places),
            (turning.by_earlier_call(made) for made in places),
        )
        found = next((turn for turn in turns if turn is not None), None)
        if found is not None:
            return found
        return looked if isinstance(looked, Unrealised) else self._not_found(None)

    def _with_room(self, found: Made, edge: Edge) -> Iterator[Made]:
        """The same way with an ordinary last step: a limit that is used up to the full leaves no room for the
        side on which there is still enough."""
        home, trial = found
        calls = [step.call for step in home.path]
        if not calls or calls[-1].operation != trial.call.operation:
            return
        base = self._explorer.bases[trial.call.operation].call
        for driver in edge.drivers:
            usual = base.data.get(driver)
            if usual is None:
                continue
            last = Call(calls[-1].operation, calls[-1].actor, {**calls[-1].data, driver: usual})
            eased = self._explorer.follow([*calls[:-1], last])
            if eased is not None:
                yield eased, self._trials.run(eased.world, trial.call)

    def _made_with(self, operation: OperationSubject, pins: Data) -> list[Made]:
        """What was found for other items and sends these values."""
        found = self._found.get(operation.name, ())
        return [(home, trial) for home, trial in found if sends(trial.call, pins)]

    # seeing what lasts

    def _see(self, obligation: Obligation, effect: LastingEffect) -> Realised | Unrealised:
        """A call, and a later one that would be answered otherwise if the variable had kept its value."""
        calls = self._calls_to(obligation.operation.name)
        later = [call for reader in effect.readers for call in self._calls_to(reader)]
        tries = _TRIES_FOR_AN_EFFECT
        for home in self._explorer.worlds:
            for call in calls:
                trial = self._trials.run(home.world, call)
                kept = _with_variable_of(home.world, trial.after, effect.variable)
                if trial.answer.outcome is None or kept is None:
                    continue
                for follow in later:
                    tries -= 1
                    seen = self._trials.run(trial.after, follow)
                    other = self._trials.run(kept, follow)
                    certain = seen.answer.outcome is not None and other.answer.outcome is not None
                    if certain and seen.answer != other.answer:
                        return Realised((*home.path, trial), seen)
                if tries < 0:
                    return self._not_found(None)
        return self._not_found(None)

    def _calls_to(self, operation: str) -> list[Call]:
        """The first call, those that changed something, and those that were found for other items."""
        found = [trial.call for _, trial in self._found.get(operation, ())]
        pool = self._explorer.pool[operation].values()
        calls = {call_key(call): call for call in (self._explorer.bases[operation].call, *pool, *found)}
        return list(calls.values())[:_MOST_CALLS_FOR_AN_EFFECT]

    # seeing what an answer doesn't show

    def _observe(self, obligation: Obligation, trial: Trial) -> Trial | None:
        """A question to the system whose answer rests on what the call may have changed."""
        if obligation.rank not in {Rank.MAIN, Rank.WAY, Rank.REFUSAL}:
            return None
        operation = obligation.operation
        hidden = operation.written - {"state"}
        if trial.answer.outcome is Outcome.ACCEPTED:
            hidden -= {
                name
                for formula in operation.operation.answer.values()
                for name in operation.variables_of(formula.tree)
            }
        for other in self._explorer.subject.operations.values():
            if other.written or not hidden:
                continue
            read = {
                name
                for formula in other.operation.answer.values()
                for name in other.variables_of(formula.tree)
            }
            if read & hidden:
                base = self._explorer.bases[other.name]
                seen = self._trials.run(trial.after, base.call)
                if seen.answer.outcome is Outcome.ACCEPTED and seen.answer.outputs:
                    return seen
        return None


def _with_variable_of(before: World, after: World, variable: str) -> World | None:
    """The world after, with the variable as it was before; None if that is the same."""
    kept = before.variables[variable]
    if after.variables[variable] == kept:
        return None
    return replace(after, variables={**after.variables, variable: kept})


def why_unclear(trial: Trial) -> Words:
    """The first thing on the way to the answer that the document leaves open, or that was not understood."""
    moment = trial.moment
    operation = moment.operation
    assert operation is not None
    for name in operation.inputs:
        if moment.status(name) is InputStatus.UNKNOWN:
            return Words(
                zh=f"“{name}”这样填写是否有效，文档没有说清或没有读懂。",
                en=f"Whether `{name}` is valid like this is not said clearly, or was not understood.",
            )
    for reject in operation.rejects:
        if reject.condition.evaluate(moment) is UNKNOWN:
            text = reject.say or reject.condition.text
            return Words(
                zh=f"规则“{text}”的条件没有读懂，无法确定结果。",
                en=f"The condition of the rule `{text}` was not understood, so the result is not known.",
            )
    return Words(zh="文档没有说明这种情况的结果。", en="The document does not say what happens in this case.")


def merge(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts that do the same become one that covers all their items."""
    by_call = _merged(drafts, lambda draft: (*draft.realised.path, draft.realised.trial))
    return _merged(by_call, lambda draft: draft.realised.steps())


def _merged(drafts: Sequence[Draft], steps: Callable[[Draft], tuple[Trial, ...]]) -> list[Draft]:
    merged: dict[Hashable, Draft] = {}
    for draft in drafts:
        same = merged.setdefault(tuple(call_key(trial.call) for trial in steps(draft)), draft)
        if same is not draft:
            same.obligations.extend(draft.obligations)
            if len(draft.realised.steps()) > len(same.realised.steps()):
                same.realised = draft.realised
    return list(merged.values())
