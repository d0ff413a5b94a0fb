"""The data of one request, for conditions that all have to hold when it arrives."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casewright.design.cases import Scalar
from casewright.design.expressions.environment import InputStatus
from casewright.design.expressions.evaluation import Evaluate, compile_expression
from casewright.design.expressions.tree import Tree
from casewright.design.model.compiled import CompiledModel
from casewright.design.model.parts import CompiledInput, CompiledOperation
from casewright.design.moment import Call, Moment, Prepared
from casewright.design.solving.choosing import Choosing, Wishes, has_no_grid, listed_values, sent_in
from casewright.design.solving.guards import ALWAYS, Guard, Guards
from casewright.design.solving.reading import Reading, Request, as_open
from casewright.design.solving.results import Budget, Infeasible, NotDecided, Result, Solved, Why
from casewright.design.solving.sending import Chosen, Listed, Sending
from casewright.design.solving.smt import Query, Terms, Truth, Verdict
from casewright.design.solving.text_witnesses import TextFacts, TextWitnesses, facts_of
from casewright.design.solving.translating import Toolbox
from casewright.design.solving.unions import ANYTHING, Unions
from casewright.design.solving.wishing import best
from casewright.design.support import definitions_of, unfolded
from casewright.design.worlds import World

_MOST_KEPT: Final = 24
"""Translations that are kept for the next question about the same world."""
USUAL: Final = Budget()


class StepSolver:
    """For one operation. What it answers rests on the question alone and on those before it, never on time
    or chance."""

    def __init__(self, compiled: CompiledModel, operation: str, budget: Budget = USUAL) -> None:
        self._budget = budget
        self._prepared = Prepared(compiled)
        self._operation = compiled.operations[operation]
        self._definitions = definitions_of(compiled, self._operation)
        self._trees = tuple(trees_of(self._operation))
        self._kept: dict[Hashable, _Translation] = {}
        self._evaluates: dict[Tree, Evaluate] = {}

    def solve(
        self,
        world: World,
        actor: str | None,
        wanted: Sequence[Tree],
        *,
        likes: Mapping[str, Scalar] | None = None,
        pins: Mapping[str, Scalar] | None = None,
    ) -> Result:
        """`likes`: what would be sent best; `pins`: what has to be sent, valid or not (None: left out). All
        other inputs are valid, or not asked for."""
        question = _Question(world, actor, tuple(wanted), likes or {}, pins or {})
        translation = self._translation(question)
        while more := translation.to_be_listed(question.wanted):
            translation = self._translation(question, translation.listed | more)
        found = self._find(question, translation)
        if found is not None:
            return found
        return self._refute(question, translation)

    def _find(self, question: _Question, translation: _Translation) -> Result | None:
        """None if no data fits as far as the translation is exact."""
        query = translation.query(self._budget, translation.certainly(question.wanted))
        wishes = translation.wishes(question.likes)
        for _ in range(self._budget.attempts):
            verdict = best(query, translation.tools.unions.terms, wishes, self._budget.checks)
            if verdict is Verdict.NO:
                return None
            if verdict is Verdict.UNDECIDED:
                return NotDecided(Why.EFFORT)
            call = self._call(question, translation, query)
            if self._confirmed(question, call):
                return Solved(call)
            query.require([translation.another(query)])
        return NotDecided(Why.NOT_CONFIRMED)

    def _refute(self, question: _Question, translation: _Translation) -> Result:
        """Nothing was found. Is there nothing, whatever could not be told to the solver?"""
        free = frozenset(
            name
            for name, declared in self._operation.inputs.items()
            if has_no_grid(declared) and name not in question.pins
        )
        if translation.is_exact(question.wanted) and not free:
            return Infeasible()
        if free:
            translation = self._translation(question, translation.listed, free)
        query = translation.query(self._budget, translation.possibly(question.wanted))
        verdict = query.check()
        if verdict is Verdict.NO:
            return Infeasible()
        return NotDecided(Why.EFFORT if verdict is Verdict.UNDECIDED else Why.NOT_EXPRESSED)

    def _translation(
        self,
        question: _Question,
        listed: frozenset[str] = frozenset(),
        loose: frozenset[str] = frozenset(),
    ) -> _Translation:
        facts = self._facts(question.wanted)
        pins = tuple((name, value.__class__, str(value)) for name, value in sorted(question.pins.items()))
        key = (question.world.key(), question.actor, pins, facts, listed, loose)
        if key not in self._kept:
            while len(self._kept) >= _MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = _Translation(
                Request(self._prepared, self._operation, question.actor, self._definitions),
                question.world,
                question.pins,
                facts,
                listed,
                loose,
            )
        return self._kept[key]

    def _facts(self, wanted: Sequence[Tree]) -> TextFacts:
        nodes = (node for tree in (*self._trees, *wanted) for node in unfolded(tree, self._definitions))
        return facts_of(nodes, self._prepared.figures)

    def _call(self, question: _Question, translation: _Translation, query: Query) -> Call:
        """Without what isn't asked for."""
        data: dict[str, Scalar] = {}
        for name, declared in self._operation.inputs.items():
            sent = sent_in(query, translation.chosen[name], declared, translation.tools)
            if sent is not None:
                data[name] = sent
        call = Call(self._operation.name, question.actor, data)
        moment = Moment(self._prepared, question.world, call)
        needless = {name for name in data if moment.status(name) is InputStatus.NOT_ASKED} - set(
            question.pins
        )
        kept = {name: value for name, value in data.items() if name not in needless}
        return Call(self._operation.name, question.actor, kept)

    def _confirmed(self, question: _Question, call: Call) -> bool:
        moment = Moment(self._prepared, question.world, call)
        fine = all(
            moment.status(name) in accepted(declared)
            for name, declared in self._operation.inputs.items()
            if name not in question.pins
        )
        return fine and all(self._evaluate(tree)(moment) is True for tree in question.wanted)

    def _evaluate(self, tree: Tree) -> Evaluate:
        if tree not in self._evaluates:
            self._evaluates[tree] = compile_expression(tree)
        return self._evaluates[tree]


@dataclass(frozen=True)
class _Question:
    world: World
    actor: str | None
    wanted: tuple[Tree, ...]
    likes: Mapping[str, Scalar]
    pins: Mapping[str, Scalar]


class _Translation:
    """A request to the operation in one world, told to z3; grows with what is asked of it."""

    def __init__(
        self,
        request: Request,
        world: World,
        pins: Mapping[str, Scalar],
        facts: TextFacts,
        listed: frozenset[str],
        loose: frozenset[str],
    ) -> None:
        self.listed = listed
        self.tools = Toolbox(Unions(Guards(Terms())))
        self._request = request
        self._pins = pins
        self._inputs = request.operation.inputs
        call = Call(request.operation.name, request.actor, {})
        self._actual = Moment(request.prepared, world, call)
        self._reading = Reading(self.tools, request, as_open(world), self._actual)
        language = request.prepared.compiled.model.language
        texts = TextWitnesses(self._inputs, language, facts, texts_in(world))
        choosing = Choosing(self.tools, self._actual, texts, pins, listed, loose)
        self.chosen: dict[str, Chosen] = {name: choosing.of(it) for name, it in self._inputs.items()}
        self._sending = Sending(self.chosen, self._reading)
        self._reading.send(self._sending)

    def to_be_listed(self, wanted: Sequence[Tree]) -> frozenset[str]:
        """Numbers with few values that are multiplied by or divided by others."""
        for tree in wanted:
            self._reading.worth(tree)
        self._valid()
        asked = frozenset[str]().union(*self.tools.quantities.products) - self.listed
        return frozenset(
            name for name in asked if listed_values(self._inputs[name], self._actual) is not None
        )

    def certainly(self, wanted: Sequence[Tree]) -> list[Guard]:
        return [*self._valid(), *(self.tools.unions.true(self._reading.worth(tree)) for tree in wanted)]

    def possibly(self, wanted: Sequence[Tree]) -> list[Guard]:
        unions = self.tools.unions
        valid = [unions.of(status, *fine, ANYTHING) for status, fine in self._statuses()]
        return [*valid, *(unions.maybe_true(self._reading.worth(tree)) for tree in wanted)]

    def is_exact(self, wanted: Sequence[Tree]) -> bool:
        """Can everything be told to the solver?"""
        unions = [self._reading.worth(tree) for tree in wanted]
        unions += [status for status, _ in self._statuses()]
        return all(leaf is not ANYTHING for union in unions for _, leaf in union)

    def _valid(self) -> list[Guard]:
        fine = [self.tools.unions.of(status, *fine) for status, fine in self._statuses()]
        return [*fine, *(self._sending.given(name) for name in self._inputs)]

    def _statuses(self) -> Iterator[tuple[tuple[tuple[Guard, object], ...], frozenset[InputStatus]]]:
        for name, declared in self._inputs.items():
            if name not in self._pins:
                yield self._sending.status(name), accepted(declared)

    def query(self, budget: Budget, guards: Sequence[Guard]) -> Query:
        query = Query(self.tools.unions.terms, budget.effort)
        written = [self.tools.guards.written(guard) for guard in guards if guard != ALWAYS]
        query.require([*self.tools.guards.axioms, *written])
        return query

    def wishes(self, likes: Mapping[str, Scalar]) -> list[list[Truth]]:
        model = self._request.prepared.compiled.model
        wishes = Wishes(self.tools, self._actual, likes, model)
        return [wishes.of(self.chosen[name], declared) for name, declared in self._inputs.items()]

    def another(self, query: Query) -> Truth:
        """Not what was chosen last."""
        terms, same = self.tools.unions.terms, list[Truth]()
        for chosen in self.chosen.values():
            for term in variables_of(chosen, self.tools):
                same.append(terms.same(term, query.value(term) or 0))
        return terms.opposite(terms.all(same))


def variables_of(chosen: Chosen, tools: Toolbox) -> Iterator[Truth]:
    if isinstance(chosen, Listed):
        if chosen.variable is not None:
            yield tools.guards.term(chosen.variable)
    else:
        yield chosen.quantity.top


def accepted(declared: CompiledInput) -> frozenset[InputStatus]:
    """What is as good as valid; a field with a sentence that was not understood is never certain to be."""
    fine = {InputStatus.VALID, InputStatus.NOT_ASKED}
    return frozenset(fine if declared.declaration.unread is None else {*fine, InputStatus.UNKNOWN})


def trees_of(operation: CompiledOperation) -> Iterator[Tree]:
    """Everything that may ask about what is sent."""
    for reject in operation.rejects:
        yield reject.condition.tree
    for effect in operation.then:
        yield from () if effect.when is None else (effect.when.tree,)
        yield from (assignment.value.tree for assignment in effect.assignments)
    yield from (formula.tree for formula in operation.answer.values())
    for declared in operation.inputs.values():
        for formula in (declared.required, declared.asked_if, declared.unsure_if):
            if formula is not None:
                yield formula.tree


def texts_in(world: World) -> Iterator[str]:
    """What variables hold."""
    for stored in world.variables.values():
        values = stored.values() if isinstance(stored, Mapping) else (stored,)
        yield from (value for value in values if isinstance(value, str))
