"""A request that is still to be chosen, in a world that may be so too: what its expressions are worth.

The counterpart of `casewright.design.moment`, with unions for values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from casewright.design.expressions import tree as nodes
from casewright.design.expressions.environment import Permission
from casewright.design.expressions.names import CLOCK_NAMES
from casewright.design.expressions.tree import Kind, Tree
from casewright.design.expressions.truths import equal
from casewright.design.expressions.values import MISSING, UNKNOWN, Held, Reference
from casewright.design.model.parts import CompiledOperation, TableRow
from casewright.design.model.schema import ANY_STATE, NOBODY
from casewright.design.moment import Moment, Prepared
from casewright.design.solving import records
from casewright.design.solving.guards import ALWAYS
from casewright.design.solving.reader import Row, Toolbox
from casewright.design.solving.translating import agreed, choice, conjunction, lifted, mapped, translate
from casewright.design.solving.unions import ANYTHING, UNKNOWN_UNION, Leaf, Union
from casewright.design.support import Definitions, unfolded, variables_read
from casewright.design.worlds import World


@dataclass(frozen=True)
class OpenWorld:
    """A `World` of unions. `state` is None where the model has no states of its own, `clock` where it has no
    clock."""

    state: Union | None
    variables: Mapping[str, Union | Mapping[str, Union]]
    clock: Union | None


def as_open(world: World) -> OpenWorld:
    variables: dict[str, Union | Mapping[str, Union]] = {}
    for name, stored in world.variables.items():
        if isinstance(stored, Mapping):
            variables[name] = {key: ((ALWAYS, value),) for key, value in stored.items()}
        else:
            variables[name] = ((ALWAYS, stored),)
    state = None if world.state is None else ((ALWAYS, world.state),)
    return OpenWorld(state, variables, None if world.clock is None else ((ALWAYS, world.clock),))


class Sent(Protocol):
    """The inputs of the request."""

    def value(self, name: str, /) -> Union: ...

    def status(self, name: str, /) -> Union: ...

    def length(self, name: str, /) -> Union: ...

    def names(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Request:
    """An operation that somebody asks for, whatever is sent."""

    prepared: Prepared
    operation: CompiledOperation
    actor: str | None
    definitions: Definitions


class Reading:
    """A `Reader`. `actual` is the same moment without inputs, in a world of which only what is `changed` may
    be different here: variables, collections of records, 'state' and 'now'."""

    def __init__(
        self,
        tools: Toolbox,
        request: Request,
        world: OpenWorld,
        actual: Moment,
        changed: frozenset[str] = frozenset(),
    ) -> None:
        self.tools = tools
        self.request = request
        self.world = world
        self.actual = actual
        self.changed = changed
        self._compiled = request.prepared.compiled
        self._own = actual.reading is request.prepared.operations[request.operation.name]
        """Are these the names of the operation, not only those of the model?"""
        self._locals: Mapping[str, Union] = {}
        self._first = self
        self._sent: Sent | None = None
        self._lets: dict[str, Union] = {}
        self._derived: dict[str, Union] = {}
        self._rows: dict[str, Row] = {}
        self._worth: dict[int, tuple[Tree, Union]] = {}

    def send(self, sent: Sent) -> None:
        """What is sent, which in turn reads here."""
        self._sent = sent

    def after(self, world: OpenWorld) -> Reading:
        """The same request, once it has changed the world."""
        return self._like(world, self.actual, self.changed | self.request.operation.writes.names)

    def scanning(self, record: Reference) -> Reading:
        """While the record is the one of its collection that is being looked at."""
        return self._like(self.world, self.actual.scanning(record), self.changed)

    def _of_model(self) -> Reading:
        return self._like(self.world, self.actual.of_model(), self.changed)

    def naming(self, names: Mapping[str, Union]) -> Reading:
        """With names that steps gave."""
        other = self._like(self.world, self.actual, self.changed)
        other._locals = {**self._locals, **names}
        return other

    def within(self, names: Mapping[str, Union]) -> Reading:
        """In an effect: only the names of the model, and what the effect is given."""
        other = self._of_model()
        other._locals = names
        return other

    def _like(self, world: OpenWorld, actual: Moment, changed: frozenset[str]) -> Reading:
        other = Reading(self.tools, self.request, world, actual, changed)
        other._first, other._sent, other._lets = self._first, self._sent, self._lets
        other._locals = self._locals if actual.reading is self.actual.reading else {}
        return other

    def forget(self) -> None:
        """Lets go of everything, so that the memory of z3 is given back at once."""
        self._sent = None
        for held in (self._lets, self._derived, self._rows, self._worth):
            held.clear()

    def worth(self, tree: Tree) -> Union:
        key = id(tree)
        if key not in self._worth:
            self._worth[key] = (tree, translate(tree, self))
        return self._worth[key][1]

    def worth_of_records(self, tree: Tree) -> Union:
        return records.worth(tree, self)

    def field(self, record: Leaf, name: str) -> Union:
        if not isinstance(record, Reference):
            return UNKNOWN_UNION
        derived = self._compiled.records[record.collection].derived.get(name)
        rests_on = {record.collection}
        if derived is not None:
            rests_on |= {*variables_read(derived.tree, self.request.definitions)}
        if rests_on & self.changed:
            return self.tools.unions.only(ANYTHING)
        return self._actual_value(self.actual.field(record, name))

    def read(self, name: str) -> Union:
        operation = self.request.operation
        if name in self._locals:
            return self._locals[name]
        if self._own and name in operation.inputs:
            assert self._sent is not None, "nothing is sent yet"
            return self._sent.value(name)
        if self._own and name in operation.lets:
            return self._let(name)
        if name in self.request.prepared.figures:
            return self.tools.unions.only(self.request.prepared.figures[name])
        if name in self.world.variables:
            stored = self.world.variables[name]
            return self.tools.unions.only(ANYTHING) if isinstance(stored, Mapping) else stored
        if name in self._compiled.derived:
            return self._derive(name)
        if name == "state":
            return self._state()
        if name in CLOCK_NAMES and self.world.clock is not None:
            return self.world.clock
        if self.changed and name != "actor":
            return self.tools.unions.only(ANYTHING)
        return self._actual_value(self.actual.read(name))

    def _state(self) -> Union:
        """UNKNOWN where nothing has a state, MISSING where the record isn't there whose state it is."""
        own = self.request.operation.state_of if self._own else None
        state_of = own or self._compiled.state_of
        if state_of is None:
            return UNKNOWN_UNION if self.world.state is None else self.world.state

        def of(record: Leaf) -> Leaf | Union:
            if isinstance(record, Reference):
                return self.field(record, "state")
            return MISSING if record is MISSING else UNKNOWN

        return self.tools.unions.combine_many(of, [self.worth(state_of.tree)])

    def _actual_value(self, held: Held) -> Union:
        return self.tools.unions.only(ANYTHING if isinstance(held, Mapping) else held)

    def _let(self, name: str) -> Union:
        if name not in self._lets:
            self._lets[name] = UNKNOWN_UNION  # what a let finds that depends on itself through a table
            self._lets[name] = self._first.worth(self.request.operation.lets[name].tree)
        return self._lets[name]

    def _derive(self, name: str) -> Union:
        if name not in self._derived:
            self._derived[name] = UNKNOWN_UNION
            reading = self if self.request.operation.state_of is None or not self._own else self._of_model()
            self._derived[name] = reading.worth(self._compiled.derived[name].tree)
        return self._derived[name]

    def read_key(self, name: str, key: Union) -> Union:
        stored = self.world.variables.get(name)
        if not isinstance(stored, Mapping):
            return UNKNOWN_UNION

        def of(key: Leaf) -> Leaf | Union:
            if isinstance(key, str):
                return stored.get(key, UNKNOWN_UNION)
            if key is not UNKNOWN or not stored:
                return UNKNOWN
            result, *rest = stored.values()
            for value in rest:
                result = agreed(self.tools, result, value)
            return result

        return self.tools.unions.combine_many(of, [key])

    def look_up(self, table: str, keys: Sequence[Union]) -> Union:
        unions = self.tools.unions
        unknown = self.tools.guards.either([unions.of(key, UNKNOWN) for key in keys])
        known = [unions.under(self.tools.guards.opposite(unknown), key) for key in keys]
        if not all(known):
            return UNKNOWN_UNION
        rows = self._compiled.tables[table].rows
        found = unions.under(self.tools.guards.opposite(unknown), self._first_row(rows, known, 0))
        return unions.gather([*found, (unknown, UNKNOWN)])

    def _first_row(self, rows: Sequence[TableRow], keys: Sequence[Union], place: int) -> Union:
        if place == len(rows):
            return self.tools.unions.only(MISSING)
        row = rows[place]
        fits = conjunction(
            self.tools,
            [
                self.tools.unions.combine_many(
                    lifted(equal, self.tools.quantities.equal), [self.worth(cell.tree), key]
                )
                for cell, key in zip(row.keys, keys, strict=False)
                if cell is not None
            ],
        )
        if not any(leaf is True for _, leaf in fits) and all(isinstance(leaf, bool) for _, leaf in fits):
            return self._first_row(rows, keys, place + 1)
        narrowed = [self.tools.unions.under(self.tools.unions.false(fits), key) for key in keys]
        unknown = [(guard, leaf) for guard, leaf in fits if not isinstance(leaf, bool)]
        if unknown:
            narrowed = list(keys)
        found = choice(
            self.tools,
            tuple((guard, leaf) for guard, leaf in fits if isinstance(leaf, bool)),
            lambda: self.tools.unions.only(self._row(row)),
            lambda: self._first_row(rows, narrowed, place + 1) if all(narrowed) else (),
        )
        rest = [(guard, ANYTHING if leaf is ANYTHING else UNKNOWN) for guard, leaf in unknown]
        return self.tools.unions.gather([*found, *rest])

    def _row(self, row: TableRow) -> Row:
        if row.path not in self._rows:
            self._rows[row.path] = Row(row.cells, self)
        return self._rows[row.path]

    def status(self, name: str) -> Union:
        assert self._sent is not None, "nothing is sent yet"
        return self._sent.status(name)

    def length(self, name: str) -> Union:
        assert self._sent is not None, "nothing is sent yet"
        return self._sent.length(name)

    def inputs(self) -> Sequence[str]:
        return tuple(self.request.operation.inputs)

    def permission(self) -> Union:
        """Where the record isn't there that is asked for, its state and its owner hinder nobody."""
        operation, unions = self.request.operation, self.tools.unions
        actor = self.request.actor or NOBODY
        if operation.permissions is None:
            return unions.only(Permission.NOW)
        states = operation.permissions.get(actor)
        if states is None:
            return unions.only(Permission.NEVER)
        state: Union = unions.only(None)
        if operation.state_of or self._compiled.state_of or self.world.state is not None:
            state = self._state()
        only = operation.only.get(actor)
        if only is None or operation.own is None:
            return mapped(unions, self._in_states(states), state)
        owned = only == "own"
        in_states = self._in_states(states)

        def permitted(state: Leaf, own: Leaf) -> Leaf:
            found = in_states(state)
            if state is MISSING or own is owned:
                return found
            return Permission.NEVER if isinstance(own, bool) else Permission.UNKNOWN

        return unions.combine(permitted, [state, self.worth(operation.own.tree)])

    def _in_states(self, states: Sequence[str]) -> Callable[[Leaf], Leaf]:
        terms = self._compiled.model.terms
        named = {word for state in states for word in terms.get(state, (state,))}

        def permitted(state: Leaf) -> Leaf:
            if state is None or state is MISSING or ANY_STATE in states:
                return Permission.NOW
            if state is UNKNOWN:
                return Permission.UNKNOWN
            return Permission.NOW if state in named else Permission.NOT_NOW

        return permitted

    def rests_on_choice(self, tree: Tree) -> bool:
        """Could the value differ with what is sent, or from that in the actual world?"""
        definitions = self.request.definitions
        return bool(self.changed & {*variables_read(tree, definitions)}) or any(
            isinstance(node, nodes.SomeInput) or (isinstance(node, nodes.Name) and node.kind is Kind.INPUT)
            for node in unfolded(tree, definitions)
        )
