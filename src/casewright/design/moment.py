"""A request in the world that it meets: what its rules, lets, effects and answers can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casewright.design.cases import Scalar
from casewright.design.expressions.environment import Environment, InputStatus, Permission
from casewright.design.expressions.evaluation import equal
from casewright.design.expressions.values import MISSING, UNKNOWN, Held, Reference, Row, Special, Value
from casewright.design.inputs import Inputs
from casewright.design.model.parts import Formula, Let, TableRow
from casewright.design.model.schema import ANY_STATE, NOBODY
from casewright.design.prepared import Prepared as Prepared
from casewright.design.prepared import Reading
from casewright.design.worlds import World, join_values

_NOTHING: Final[Mapping[str, Value]] = MappingProxyType({})
_NONE_SCANNED: Final[Mapping[str, Reference]] = MappingProxyType({})
_NOW: Final = frozenset({Permission.NOW})
_NEVER: Final = frozenset({Permission.NEVER})
_NOT_NOW: Final = frozenset({Permission.NOT_NOW})


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `actor` None is a request without a role; an input that is not in `data` is left out."""

    operation: str
    actor: str | None
    data: Mapping[str, Scalar]


class Moment:
    """An `Environment`. Inputs and lets are those of the moment before the first change, worked out when
    they are first read; variables, records, the state and derived values are those of `world`.

    `reading` says what names mean here, `_locals` what steps gave names to, `_scanned` which records are
    gone through.
    """

    __slots__ = (
        "_derived",
        "_derived_fields",
        "_first",
        "_inputs",
        "_lets",
        "_locals",
        "_readers",
        "_scanned",
        "actor",
        "call",
        "compiled",
        "operation",
        "prepared",
        "reading",
        "world",
    )

    def __init__(self, prepared: Prepared, world: World, call: Call | None = None) -> None:
        self.prepared = prepared
        self.compiled = prepared.compiled
        self.world = world
        self.call = call
        self.operation = self.compiled.operations[call.operation] if call else None
        self.actor = NOBODY if call is None or call.actor is None else call.actor
        self.reading = prepared.operations[call.operation] if call else prepared.of_model
        self._readers = self.reading.readers
        self._locals = _NOTHING
        self._scanned = _NONE_SCANNED
        self._first = self
        self._lets: dict[str, Held] = {}
        self._derived: dict[str, Value] = {}
        self._derived_fields: dict[tuple[Reference, str], Value] = {}
        self._inputs = Inputs(
            prepared.fields[call.operation] if call else {},
            self.operation.declaration.input_groups if self.operation else (),
            call.data if call else {},
            self,
        )

    def _copy(self) -> Moment:
        copy = object.__new__(Moment)
        copy.prepared = self.prepared
        copy.compiled = self.compiled
        copy.world = self.world
        copy.call = self.call
        copy.operation = self.operation
        copy.actor = self.actor
        copy.reading = self.reading
        copy._readers = self._readers
        copy._locals = self._locals
        copy._scanned = self._scanned
        copy._first = self._first
        copy._lets = self._lets
        copy._inputs = self._inputs
        copy._derived = self._derived
        copy._derived_fields = self._derived_fields
        return copy

    def after(self, world: World) -> Moment:
        """The same request, once it has changed the world."""
        if world is self.world:
            return self
        copy = self._copy()
        copy.world = world
        copy._derived, copy._derived_fields = {}, {}
        return copy

    def naming(self, names: Mapping[str, Value]) -> Moment:
        """With locals."""
        copy = self._copy()
        copy._locals = {**self._locals, **names}
        return copy

    def within(self, reading: Reading, names: Mapping[str, Value]) -> Moment:
        """In an effect: only the names of the model, and what the effect is given."""
        copy = self._copy()
        copy.reading, copy._readers = reading, reading.readers
        copy._locals, copy._scanned = names, _NONE_SCANNED
        copy._derived, copy._derived_fields = {}, {}
        return copy

    def as_due(self, reading: Reading) -> Moment:
        """What happens by itself: nobody asks for it."""
        copy = self.within(reading, _NOTHING)
        copy.actor = NOBODY
        return copy

    # names

    def read(self, name: str) -> Held:
        if name in self._locals:
            return self._locals[name]
        reader = self._readers.get(name)
        return UNKNOWN if reader is None else reader(self)  # a table's cell read where the name is not there

    def input(self, name: str) -> Value:
        return self._inputs.value(name)

    def let(self, name: str, let: Let) -> Held:
        lets = self._lets
        if name not in lets:
            lets[name] = UNKNOWN  # what a let finds that depends on itself through a table
            lets[name] = let.evaluate(self._first)
        return lets[name]

    def derive(self, name: str, formula: Formula) -> Value:
        derived = self._derived
        if name not in derived:
            derived[name] = UNKNOWN
            same = self.reading.state_of is self.prepared.of_model.state_of
            derived[name] = formula.evaluate(self if same else self.of_model())
        return derived[name]

    def of_model(self) -> Moment:
        """Without what belongs to the operation."""
        return self.within(self.prepared.of_model, _NOTHING)

    def state(self) -> Value:
        """UNKNOWN where nothing has a state, MISSING where the record isn't there whose state it is."""
        state_of = self.reading.state_of
        if state_of is None:
            return UNKNOWN if self.world.state is None else self.world.state
        record = state_of(self)
        if isinstance(record, Reference):
            return self.field(record, "state")
        return MISSING if record is MISSING else UNKNOWN

    def clock(self) -> Value:
        return UNKNOWN if self.world.clock is None else self.world.clock

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

    # tables

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

    # inputs and rights

    def status(self, name: str) -> InputStatus:
        return self._inputs.status(name)

    def inputs(self) -> Sequence[str]:
        return self._inputs.names()

    def permission(self) -> Permission:
        """What `may` of the model says; NOW for an operation that isn't there."""
        possible = self.permissions()
        return next(iter(possible)) if len(possible) == 1 else Permission.UNKNOWN

    def permissions(self) -> frozenset[Permission]:
        """Those of NEVER, NOT_NOW and NOW that are possible.

        Where the record isn't there that is asked for, its state and its owner hinder nobody.
        """
        operation = self.operation
        if operation is None or operation.permissions is None:
            return _NOW
        states = operation.permissions.get(self.actor)
        if states is None:
            return _NEVER
        state = self.state() if self.reading.state_of is not None else self.world.state
        if state is MISSING:
            return _NOW
        found = self._in_states(states, state)
        only = operation.only.get(self.actor)
        if only is None or operation.own is None:
            return found
        own = operation.own.evaluate(self)
        if own is (only == "own"):
            return found
        return _NEVER if isinstance(own, bool) else found | _NEVER

    def _in_states(self, states: Sequence[str], state: Value | None) -> frozenset[Permission]:
        if ANY_STATE in states or state is None:
            return _NOW
        if state is UNKNOWN:
            return _NOW | _NOT_NOW
        terms = self.compiled.model.terms
        named = {word for each in states for word in terms.get(each, (each,))}
        return _NOW if state in named else _NOT_NOW

    # records

    def records(self, collection: str) -> Sequence[Reference] | Special:
        stored = self.world.records.get(collection, UNKNOWN)
        return stored if isinstance(stored, Special) else stored.references

    def find(self, collection: str, key: Sequence[Value]) -> Reference | Special:
        stored = self.world.records.get(collection, UNKNOWN)
        if MISSING in key:
            return MISSING
        if isinstance(stored, Special):
            return UNKNOWN
        if UNKNOWN in key:
            return UNKNOWN if stored.rows else MISSING
        sought = key_of(key) if self.compiled.records[collection].folded else tuple(key)
        return Reference(collection, sought) if sought in stored.rows else MISSING  # pyright: ignore[reportArgumentType]

    def field(self, record: Reference, name: str) -> Value:
        stored = self.world.records.get(record.collection, UNKNOWN)
        if isinstance(stored, Special):
            return UNKNOWN
        row = stored.rows.get(record.key)
        if row is None:
            return MISSING
        return row[name] if name in row else self._derive_field(record, name)

    def _derive_field(self, record: Reference, name: str) -> Value:
        place = (record, name)
        if place not in self._derived_fields:
            formula = self.compiled.records[record.collection].derived.get(name)
            self._derived_fields[place] = UNKNOWN
            if formula is not None:
                same = self.reading.state_of is self.prepared.of_model.state_of
                reading = self if same else self.of_model()
                self._derived_fields[place] = formula.evaluate(reading.scanning(record))
        return self._derived_fields[place]

    def scanning(self, record: Reference) -> Moment:
        copy = self._copy()
        copy._scanned = {**self._scanned, record.collection: record}
        return copy

    def scanned(self, collection: str) -> Reference | Special:
        return self._scanned.get(collection, UNKNOWN)


def key_of(values: Sequence[Value]) -> tuple[Value, ...]:
    """With texts that differ in case only made the same."""
    return tuple(value.casefold() if isinstance(value, str) else value for value in values)


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
