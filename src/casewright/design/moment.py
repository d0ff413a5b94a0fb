"""A request in the world that it meets: what its rules, lets, effects and answers can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casewright.design.cases import Scalar
from casewright.design.expressions.environment import Environment, InputStatus, Permission
from casewright.design.expressions.evaluation import equal
from casewright.design.expressions.values import MISSING, UNKNOWN, Held, Row, Special, Value
from casewright.design.inputs import Field, Inputs
from casewright.design.model.compiled import CompiledModel
from casewright.design.model.parts import Formula, Let, TableRow
from casewright.design.model.schema import ANY_STATE, NOBODY
from casewright.design.support import definitions_of
from casewright.design.worlds import World, join_values


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `actor` None is a request without a role; an input that is not in `data` is left out."""

    operation: str
    actor: str | None
    data: Mapping[str, Scalar]


class Prepared:
    """What all requests to a model share."""

    def __init__(self, compiled: CompiledModel) -> None:
        self.compiled = compiled
        self.fields = {
            name: {each: Field(it, compiled.model, known) for each, it in operation.inputs.items()}
            for name, operation in compiled.operations.items()
            for known in (definitions_of(compiled, operation),)
        }
        self.figures: dict[str, Value] = {}
        nowhere = Moment(self, World(None, {}))
        for name in compiled.figures:
            self.figures[name] = compiled.figures[name].evaluate(nowhere)


class Moment:
    """An `Environment`. Inputs and lets are those of the moment before the first change, worked out when
    they are first read; variables, the state and derived values are those of `world`."""

    def __init__(
        self, prepared: Prepared, world: World, call: Call | None = None, first: Moment | None = None
    ) -> None:
        self._prepared = prepared
        self.compiled = prepared.compiled
        self.world = world
        self.call = call
        self.operation = self.compiled.operations[call.operation] if call else None
        self._first = first or self
        self._lets: dict[str, Held] = first._lets if first else {}
        self._derived: dict[str, Value] = {}
        self._inputs = first._inputs if first else self._sent()

    def _sent(self) -> Inputs:
        if self.call is None:
            return Inputs({}, {}, self)
        return Inputs(self._prepared.fields[self.call.operation], self.call.data, self)

    def after(self, world: World) -> Moment:
        """The same request, once it has changed the world."""
        return Moment(self._prepared, world, self.call, self._first)

    def read(self, name: str) -> Held:
        if self.operation is not None:
            if name in self.operation.inputs:
                return self._inputs.value(name)
            if name in self.operation.lets:
                return self._let(name, self.operation.lets[name])
        if name in self._prepared.figures:
            return self._prepared.figures[name]
        if name in self.world.variables:
            stored = self.world.variables[name]
            return UNKNOWN if isinstance(stored, Mapping) else stored
        if name in self.compiled.derived:
            return self._derive(name)
        if name == "state":
            return UNKNOWN if self.world.state is None else self.world.state
        if name == "actor":
            return self._actor()
        return UNKNOWN  # a table's cell read by an operation that lacks the name

    def _let(self, name: str, let: Let) -> Held:
        if name not in self._lets:
            self._lets[name] = UNKNOWN  # what a let finds that depends on itself through a table
            self._lets[name] = let.evaluate(self._first)
        return self._lets[name]

    def _derive(self, name: str) -> Value:
        if name not in self._derived:
            self._derived[name] = UNKNOWN
            self._derived[name] = self.compiled.derived[name].evaluate(self)
        return self._derived[name]

    def _actor(self) -> str:
        return NOBODY if self.call is None or self.call.actor is None else self.call.actor

    def read_key(self, name: str, key: Value) -> Value:
        stored = self.world.variables.get(name)
        if not isinstance(stored, Mapping):
            return UNKNOWN
        if isinstance(key, str):
            return stored.get(key, UNKNOWN)
        values = list(stored.values())
        if key is not UNKNOWN or not values:
            return UNKNOWN
        result = values[0]
        for value in values:
            result = join_values(result, value)
        return result

    def look_up(self, table: str, keys: Sequence[Value]) -> Row | Special:
        if any(key is UNKNOWN for key in keys):
            return UNKNOWN
        for row in self.compiled.tables[table].rows:
            fits = self._fits(row, keys)
            if fits is True:
                return LazyRow(row.cells, self)
            if fits is UNKNOWN:
                return UNKNOWN
        return MISSING

    def _fits(self, row: TableRow, keys: Sequence[Value]) -> bool | Special:
        result: bool | Special = True
        for cell, key in zip(row.keys, keys, strict=False):
            same = True if cell is None else equal(cell.evaluate(self), key)
            if same is False:
                return False
            if same is UNKNOWN:
                result = UNKNOWN
        return result

    def status(self, name: str) -> InputStatus:
        return self._inputs.status(name)

    def inputs(self) -> Sequence[str]:
        return self._inputs.names()

    def permission(self) -> Permission:
        """What `may` of the model says; NOW for an operation that isn't there."""
        if self.operation is None or self.operation.permissions is None:
            return Permission.NOW
        states = self.operation.permissions.get(self._actor())
        if states is None:
            return Permission.NEVER
        if ANY_STATE in states or self.world.state is None:
            return Permission.NOW
        if self.world.state is UNKNOWN:
            return Permission.UNKNOWN
        named = {word for state in states for word in self.compiled.model.terms.get(state, (state,))}
        return Permission.NOW if self.world.state in named else Permission.NOT_NOW


class LazyRow(Mapping[str, Value]):
    """A row of a table whose cells are worked out when they are read: they may rest on what else is
    looked up in it."""

    def __init__(self, cells: Mapping[str, Formula], environment: Environment) -> None:
        self._cells = cells
        self._environment = environment

    def __getitem__(self, column: str) -> Value:
        return self._cells[column].evaluate(self._environment)

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)
