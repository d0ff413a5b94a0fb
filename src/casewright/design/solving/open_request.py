"""A request whose data is still to be chosen, in a known world, told to z3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from casewright.design.cases import Scalar
from casewright.design.expressions.environment import InputStatus
from casewright.design.expressions.tree import Tree
from casewright.design.expressions.values import Special
from casewright.design.model.parts import CompiledInput, CompiledOperation
from casewright.design.moment import Call, Moment
from casewright.design.solving.choosing import Choosing, Wishes, listed_values
from casewright.design.solving.guards import ALWAYS, Guard, Guards
from casewright.design.solving.reader import Toolbox
from casewright.design.solving.reading import Reading, Request, as_open
from casewright.design.solving.results import Budget
from casewright.design.solving.sending import Chosen, Listed, Sending
from casewright.design.solving.smt import Query, Terms, Truth
from casewright.design.solving.text_witnesses import TextFacts, TextWitnesses
from casewright.design.solving.unions import ANYTHING, Union, Unions
from casewright.design.worlds import World


class OpenRequest:
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
        choosing = Choosing(
            self.tools, self._actual, texts, pins, listed, loose, grouped=grouped(request.operation)
        )
        self.chosen: dict[str, Chosen] = {name: choosing.of(it) for name, it in self._inputs.items()}
        self._sending = Sending(self.chosen, self._reading)
        self._reading.send(self._sending)

    def forget(self) -> None:
        """Lets go of everything that was made in z3."""
        self._reading.forget()
        self.chosen.clear()

    def worth(self, tree: Tree) -> Union:
        return self._reading.worth(tree)

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


def texts_in(world: World) -> Iterator[str]:
    """What variables hold, and the fields of records."""
    for stored in world.variables.values():
        values = stored.values() if isinstance(stored, Mapping) else (stored,)
        yield from (value for value in values if isinstance(value, str))
    for collection in world.records.values():
        for row in () if isinstance(collection, Special) else collection.rows.values():
            yield from (value for value in row.values() if isinstance(value, str))


def grouped(operation: CompiledOperation) -> frozenset[str]:
    """The inputs that stand in a group."""
    groups = operation.declaration.input_groups
    return frozenset(name for it in groups for name in (*it.all_or_none_of, *it.at_least_one_of))
