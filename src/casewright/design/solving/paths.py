"""What has to be done before a request, and with which data, for conditions to hold when it arrives.

The steps before are unrolled: variables and the state go through them as terms of the solver, so that sums
over several steps meet a limit exactly. Which operation each step is, is chosen by the solver too.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casewright.design.cases import Outcome, Scalar
from casewright.design.expressions.environment import InputStatus, Permission
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.tree import Tree
from casewright.design.model.compiled import CompiledModel
from casewright.design.model.parts import CompiledInput, CompiledOperation
from casewright.design.moment import Call, Moment
from casewright.design.oracle import Oracle
from casewright.design.solving.choosing import Choosing, Wishes, has_no_grid, listed_values, sent_in
from casewright.design.solving.guards import ALWAYS, Guard, Guards
from casewright.design.solving.happening import after_accepting, chosen_world
from casewright.design.solving.open_request import accepted, grouped, texts_in, variables_of
from casewright.design.solving.reader import Toolbox
from casewright.design.solving.reading import OpenWorld, Reading, Request, as_open
from casewright.design.solving.results import Budget, Infeasible, NotDecided, Reached, Why
from casewright.design.solving.sending import Chosen, Sending
from casewright.design.solving.smt import Query, Terms, Truth, Verdict
from casewright.design.solving.step import trees_of
from casewright.design.solving.text_witnesses import TextFacts, TextWitnesses, facts_of
from casewright.design.solving.unions import ANYTHING, Union, Unions
from casewright.design.solving.wishing import best
from casewright.design.support import definitions_of, unfolded
from casewright.design.worlds import World

USUAL: Final = Budget(effort=6_000_000, checks=60)
_MOST_KEPT: Final = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation and who asks for it; None is a request without a role."""

    operation: str
    actor: str | None


class PathSolver:
    """For one model."""

    def __init__(self, compiled: CompiledModel, budget: Budget = USUAL) -> None:
        self._oracle = Oracle(compiled)
        self._budget = budget
        self._kept: dict[Hashable, _Unrolled] = {}

    def reach(
        self,
        world: World,
        last: Asked,
        wanted: Sequence[Tree],
        before: Sequence[Asked],
        *,
        most: int = 5,
        likes: Mapping[str, Scalar] | None = None,
    ) -> Reached | Infeasible | NotDecided:
        """Accepted requests of `before`, as few as can be and at most `most`, each as often as needed, then
        `last`, for which everything that is wanted holds when it arrives. `Infeasible`: not with so few."""
        question = _Question(world, last, tuple(wanted), tuple(dict.fromkeys(before)), likes or {})
        unrolled = self._unrolled(question, frozenset())
        undecided: Why | None = None
        for length in range(most + 1 if question.before else 1):
            while more := unrolled.to_be_listed(question, length):
                unrolled = self._unrolled(question, unrolled.listed | more)
            found = self._find(question, unrolled, length)
            if isinstance(found, Reached):
                return found
            undecided = undecided or found
        return NotDecided(undecided) if undecided else Infeasible()

    def _find(self, question: _Question, unrolled: _Unrolled, length: int) -> Reached | Why | None:
        """None if it is proved that so many steps don't lead there."""
        goal = unrolled.goal(question.last, length)
        conditions = [*unrolled.certainly(length), *goal.certainly(question.wanted)]
        query = unrolled.query(self._budget, conditions)
        wishes = unrolled.wishes(question, length)
        for _ in range(self._budget.attempts):
            verdict = best(query, unrolled.tools.unions.terms, wishes, self._budget.checks)
            if verdict is Verdict.UNDECIDED:
                return Why.EFFORT
            if verdict is Verdict.NO:
                return self._refuted(question, unrolled, length)
            calls = unrolled.calls(question, query, length)
            if self._confirmed(question, calls):
                return Reached(calls)
            query.require([unrolled.another(question, query, length)])
        return Why.NOT_CONFIRMED

    def _refuted(self, question: _Question, unrolled: _Unrolled, length: int) -> Why | None:
        goal = unrolled.goal(question.last, length)
        if any(part.has_free_numbers() for part in [*unrolled.parts(length), goal]):
            return Why.NOT_EXPRESSED
        if unrolled.is_exact(length) and goal.is_exact(question.wanted):
            return None
        conditions = [*unrolled.possibly(length), *goal.possibly(question.wanted)]
        verdict = unrolled.query(self._budget, conditions).check()
        return {Verdict.NO: None, Verdict.YES: Why.NOT_EXPRESSED, Verdict.UNDECIDED: Why.EFFORT}[verdict]

    def _confirmed(self, question: _Question, calls: Sequence[Call]) -> bool:
        world = question.world
        for call in calls[:-1]:
            world, answer = self._oracle.perform(world, call)
            if answer.outcome is not Outcome.ACCEPTED:
                return False
        moment = self._oracle.moment(world, calls[-1])
        inputs = self._oracle.compiled.operations[question.last.operation].inputs
        fine = all(moment.status(name) in accepted(declared) for name, declared in inputs.items())
        return fine and all(compile_expression(tree)(moment) is True for tree in question.wanted)

    def _unrolled(self, question: _Question, listed: frozenset[str]) -> _Unrolled:
        facts = self._facts(question)
        key = (question.world.key(), question.before, facts, listed)
        if key not in self._kept:
            while len(self._kept) >= _MOST_KEPT:
                self._kept.pop(next(iter(self._kept))).forget()
            self._kept[key] = _Unrolled(self._oracle, question.world, question.before, facts, listed)
        return self._kept[key]

    def _facts(self, question: _Question) -> TextFacts:
        compiled = self._oracle.compiled
        names = dict.fromkeys([*(it.operation for it in question.before), question.last.operation])

        def nodes() -> Iterator[Tree]:
            for name in names:
                operation = compiled.operations[name]
                definitions = definitions_of(compiled, operation)
                own = question.wanted if name == question.last.operation else ()
                for tree in (*trees_of(operation), *own):
                    yield from unfolded(tree, definitions)

        return facts_of(nodes(), self._oracle.prepared.figures)


@dataclass(frozen=True)
class _Question:
    world: World
    last: Asked
    wanted: tuple[Tree, ...]
    before: tuple[Asked, ...]
    likes: Mapping[str, Scalar]


class _Part:
    """One request of the path, as it may be sent."""

    def __init__(
        self, tools: Toolbox, reading: Reading, chosen: dict[str, Chosen], prefix: str, environment: Moment
    ) -> None:
        self.tools = tools
        self.reading = reading
        self.chosen = chosen
        self.environment = environment
        self.operation: CompiledOperation = reading.request.operation
        self.sending = Sending(chosen, reading, prefix)
        reading.send(self.sending)

    def certainly(self, wanted: Sequence[Tree] = ()) -> list[Guard]:
        """Where the data is valid and the trees are true."""
        unions = self.tools.unions
        valid = [unions.of(self.sending.status(name), *accepted(it)) for name, it in self._inputs()]
        given = [self.sending.given(name) for name, _ in self._inputs()]
        return [*valid, *given, *(unions.true(self.reading.worth(tree)) for tree in wanted)]

    def possibly(self, wanted: Sequence[Tree] = ()) -> list[Guard]:
        unions = self.tools.unions
        valid = [unions.of(self.sending.status(name), *accepted(it), ANYTHING) for name, it in self._inputs()]
        return [*valid, *(unions.maybe_true(self.reading.worth(tree)) for tree in wanted)]

    def is_exact(self, wanted: Sequence[Tree] = ()) -> bool:
        found = [self.sending.status(name) for name, _ in self._inputs()]
        found += [self.reading.worth(tree) for tree in wanted]
        return all(leaf is not ANYTHING for union in found for _, leaf in union)

    def is_accepted(self) -> list[Guard]:
        """For certain: nobody and nothing refuses it."""
        unions = self.tools.unions
        return [*self.certainly(), *(unions.of(union, fine) for union, fine in self._refusals())]

    def may_be_accepted(self) -> list[Guard]:
        unions = self.tools.unions
        return [*self.possibly(), *(unions.of(union, fine, ANYTHING) for union, fine in self._refusals())]

    def accepts_exactly(self) -> bool:
        return self.is_exact() and all(leaf is not ANYTHING for it, _ in self._refusals() for _, leaf in it)

    def _refusals(self) -> Iterator[tuple[Union, object]]:
        yield self.reading.permission(), Permission.NOW
        for reject in self.operation.rejects:
            yield self.reading.worth(reject.condition.tree), False
        if self.operation.silent is not None:
            yield self.reading.worth(self.operation.silent.tree), False

    def has_free_numbers(self) -> bool:
        return any(has_no_grid(declared) for _, declared in self._inputs())

    def _inputs(self) -> Iterator[tuple[str, CompiledInput]]:
        yield from self.operation.inputs.items()

    def call(self, query: Query) -> Call:
        sent = {
            name: sent_in(query, self.chosen[name], declared, self.tools)
            for name, declared in self.operation.inputs.items()
        }
        needless = {
            name
            for name in sent
            if query.holds(
                self.tools.guards.written(
                    self.tools.unions.of(self.sending.status(name), InputStatus.NOT_ASKED)
                )
            )
        }
        data = {name: value for name, value in sent.items() if value is not None and name not in needless}
        return Call(self.operation.name, self.reading.request.actor, data)

    def wishes(self, likes: Mapping[str, Scalar]) -> list[list[Truth]]:
        model = self.reading.request.prepared.compiled.model
        wishes = Wishes(self.tools, self.environment, likes, model)
        return [wishes.of(self.chosen[name], it) for name, it in self.operation.inputs.items()]

    def terms(self) -> Iterator[Truth]:
        for chosen in self.chosen.values():
            yield from variables_of(chosen, self.tools)


@dataclass(frozen=True)
class _Stage:
    """A step, whichever of the operations it is: `which` says that."""

    which: int
    parts: tuple[_Part, ...]


class _Unrolled:
    """The steps before, in one world; grows as longer paths are asked for."""

    def __init__(
        self,
        oracle: Oracle,
        world: World,
        before: Sequence[Asked],
        facts: TextFacts,
        listed: frozenset[str],
    ) -> None:
        self.listed = listed
        self.tools = Toolbox(Unions(Guards(Terms())))
        self._oracle = oracle
        self._world = world
        self._before = before
        self._facts = facts
        self._stages: list[_Stage] = []
        self._worlds: list[OpenWorld] = [as_open(world)]
        self._goals: dict[tuple[Asked, int], _Part] = {}
        self._known = tuple(texts_in(world))
        compiled = oracle.compiled
        writes = [compiled.operations[it.operation].writes for it in before] + [
            it.writes for it in compiled.due
        ]
        clock = {"now"} if compiled.clock is not None else set[str]()
        self._changed = frozenset(clock).union(*(each.names for each in writes))

    def forget(self) -> None:
        for part in [*(part for stage in self._stages for part in stage.parts), *self._goals.values()]:
            part.reading.forget()
            part.chosen.clear()

    def goal(self, last: Asked, length: int) -> _Part:
        """The last request, after so many steps."""
        key = (last, length)
        if key not in self._goals:
            self._goals[key] = self._part(last, self._world_after(length), length, "last")
        return self._goals[key]

    def parts(self, length: int) -> list[_Part]:
        self._world_after(length)
        return [part for stage in self._stages[:length] for part in stage.parts]

    def _world_after(self, length: int) -> OpenWorld:
        while len(self._stages) < length:
            self._add_stage()
        return self._worlds[length]

    def _add_stage(self) -> None:
        step = len(self._stages)
        which = self.tools.guards.finite(f"step {step}", len(self._before))
        parts = tuple(
            self._part(asked, self._worlds[-1], step, f"{place}") for place, asked in enumerate(self._before)
        )
        self._stages.append(_Stage(which, parts))
        self._worlds.append(
            chosen_world(
                [
                    (self.tools.guards.at(which, place), after_accepting(part.reading))
                    for place, part in enumerate(parts)
                ],
                self.tools,
            )
        )

    def _part(self, asked: Asked, world: OpenWorld, step: int, place: str) -> _Part:
        prepared = self._oracle.prepared
        operation = prepared.compiled.operations[asked.operation]
        definitions = definitions_of(prepared.compiled, operation)
        request = Request(prepared, operation, asked.actor, definitions)
        actual = Moment(prepared, self._world, Call(asked.operation, asked.actor, {}))
        changed = self._changed if step else frozenset[str]()
        reading = Reading(self.tools, request, world, actual, changed)
        prefix = f"{step}.{place}."
        texts = TextWitnesses(operation.inputs, prepared.compiled.model.language, self._facts, self._known)
        choosing = Choosing(
            self.tools, actual, texts, {}, self.listed, frozenset(), prefix, grouped(operation)
        )
        chosen = {name: choosing.of(declared) for name, declared in operation.inputs.items()}
        return _Part(self.tools, reading, chosen, prefix, actual)

    def to_be_listed(self, question: _Question, length: int) -> frozenset[str]:
        """Numbers with few values that are multiplied by or divided by others."""
        goal = self.goal(question.last, length)
        goal.certainly(question.wanted)
        self.certainly(length)
        asked = frozenset[str]().union(*self.tools.quantities.products) - self.listed
        parts = [*self.parts(length), goal]
        return frozenset(
            name
            for part in parts
            for name, declared in part.operation.inputs.items()
            if name in asked and listed_values(declared, part.environment) is not None
        )

    def certainly(self, length: int) -> list[Guard]:
        """Where every step is accepted."""
        return [
            self._if_it_is(stage, place, guard)
            for stage, place, part in self._each(length)
            for guard in part.is_accepted()
            if guard != ALWAYS
        ]

    def possibly(self, length: int) -> list[Guard]:
        return [
            self._if_it_is(stage, place, guard)
            for stage, place, part in self._each(length)
            for guard in part.may_be_accepted()
            if guard != ALWAYS
        ]

    def is_exact(self, length: int) -> bool:
        return all(part.accepts_exactly() for part in self.parts(length))

    def _each(self, length: int) -> Iterator[tuple[_Stage, int, _Part]]:
        self._world_after(length)
        for stage in self._stages[:length]:
            for place, part in enumerate(stage.parts):
                yield stage, place, part

    def _if_it_is(self, stage: _Stage, place: int, guard: Guard) -> Guard:
        guards = self.tools.guards
        other = guards.opposite(guards.at(stage.which, place))
        return guards.either([other, guard])

    def query(self, budget: Budget, conditions: Sequence[Guard]) -> Query:
        query = Query(self.tools.unions.terms, budget.effort)
        written = [self.tools.guards.written(guard) for guard in conditions]
        query.require([*self.tools.guards.axioms, *written])
        return query

    def wishes(self, question: _Question, length: int) -> list[list[Truth]]:
        """Of the steps that are taken."""
        terms, guards = self.tools.unions.terms, self.tools.guards
        wishes = self.goal(question.last, length).wishes(question.likes)
        for stage, place, part in self._each(length):
            other = guards.written(guards.opposite(guards.at(stage.which, place)))
            wishes += [
                [terms.either([other, wish]) for wish in levels] for levels in part.wishes(question.likes)
            ]
        return wishes

    def calls(self, question: _Question, query: Query, length: int) -> tuple[Call, ...]:
        taken = [
            stage.parts[query.value(self.tools.guards.term(stage.which)) or 0]
            for stage in self._stages[:length]
        ]
        return tuple(part.call(query) for part in [*taken, self.goal(question.last, length)])

    def another(self, question: _Question, query: Query, length: int) -> Truth:
        """Not what was chosen last."""
        terms = self.tools.unions.terms
        chosen = [self.tools.guards.term(stage.which) for stage in self._stages[:length]]
        for part in [*self.parts(length), self.goal(question.last, length)]:
            chosen += part.terms()
        return terms.opposite(terms.all([terms.same(term, query.value(term) or 0) for term in chosen]))
