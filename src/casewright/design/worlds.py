"""The system between two steps, and what is left of two worlds when it isn't known which one it is."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from casewright.design.expressions.values import MISSING, UNKNOWN, Reference, Special, Value
from casewright.design.model.parts import CompiledRecord, Writes

Stored = Value | Mapping[str, Value]
"""What a variable holds; one value per key for a variable that is `per` a choice."""

Fields = Mapping[str, Value]
"""Of one record: its keys, its fields, and 'state' where it has one; always in the same order."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The records that are there, in the order of their creation. `following` is the number that the next
    one gets where they are counted."""

    name: str
    rows: Mapping[tuple[object, ...], Fields] = field(default_factory=lambda: MappingProxyType({}))
    following: int = 1
    _remembered: dict[str, object] = field(
        default_factory=dict[str, object], init=False, repr=False, compare=False
    )

    @property
    def references(self) -> tuple[Reference, ...]:
        found = self._remembered.get("references")
        if found is None:
            found = self._remembered["references"] = tuple(
                Reference(self.name, key)  # pyright: ignore[reportArgumentType]
                for key in self.rows
            )
        return found  # pyright: ignore[reportReturnType]

    def key(self) -> Hashable:
        """Equal for equal collections."""
        found = self._remembered.get("key")
        if found is None:
            rows = (
                (key, tuple((value.__class__, value) for value in row.values()))
                for key, row in self.rows.items()
            )
            found = self._remembered["key"] = (self.following, tuple(rows))
        return found

    def with_row(self, key: tuple[object, ...], row: Fields, following: int) -> Collection:
        return Collection(self.name, {**self.rows, key: row}, following)

    def with_value(self, key: tuple[object, ...], name: str, value: Value) -> Collection:
        """Of one record; the same if it is gone."""
        row = self.rows.get(key)
        if row is None:
            return self
        return Collection(self.name, {**self.rows, key: {**row, name: value}}, self.following)

    def with_maybe(self, name: str, value: Value) -> Collection:
        """With the value in one of the records, it isn't known in which."""
        rows = {key: {**row, name: join_values(row[name], value)} for key, row in self.rows.items()}
        return Collection(self.name, rows, self.following)

    def without(self, keys: Iterable[tuple[object, ...]]) -> Collection:
        gone = set(keys)
        rows = {key: row for key, row in self.rows.items() if key not in gone}
        return Collection(self.name, rows, self.following)


Records = Mapping[str, Collection | Special]
_NO_RECORDS: Final[Records] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class World:
    """The system between two steps. `state` is None where the model has no states of its own, `clock` where
    it has no clock. A collection is UNKNOWN where it isn't known which records are there."""

    state: str | Special | None
    variables: Mapping[str, Stored]
    records: Records = field(default_factory=lambda: _NO_RECORDS)
    clock: Value | None = None

    def key(self) -> Hashable:
        """Equal for equal worlds."""
        held = (
            (name, tuple(stored.items()) if isinstance(stored, Mapping) else (stored.__class__, stored))
            for name, stored in self.variables.items()
        )
        if not self.records and self.clock is None:
            return (self.state, tuple(held))
        kept = (stored if isinstance(stored, Special) else stored.key() for stored in self.records.values())
        return (self.state, tuple(held), tuple(kept), self.clock)

    def with_collection(self, collection: Collection | Special, name: str) -> World:
        return World(self.state, self.variables, {**self.records, name: collection}, self.clock)

    def at(self, clock: Value) -> World:
        return World(self.state, self.variables, self.records, clock)


def join(first: World, second: World) -> World:
    """One of the two: what differs is unknown."""
    if first is second:
        return first
    state = first.state if first.state == second.state else UNKNOWN
    variables = {
        name: _join_stored(stored, second.variables[name]) for name, stored in first.variables.items()
    }
    records = {
        name: _join_collections(stored, second.records[name]) for name, stored in first.records.items()
    }
    clock = None if first.clock is None else join_values(first.clock, second.clock or UNKNOWN)
    return World(state, variables, records, clock)


def _join_stored(first: Stored, second: Stored) -> Stored:
    if first is second:
        return first
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return {key: join_values(value, second[key]) for key, value in first.items()}
    assert not isinstance(first, Mapping)
    assert not isinstance(second, Mapping)
    return join_values(first, second)


def _join_collections(first: Collection | Special, second: Collection | Special) -> Collection | Special:
    """Unknown if records came or went in only one of them; else record by record and field by field."""
    if first is second:
        return first
    if isinstance(first, Special) or isinstance(second, Special):
        return UNKNOWN
    if first.following != second.following or list(first.rows) != list(second.rows):
        return UNKNOWN
    rows = {
        key: row
        if row is second.rows[key]
        else {name: join_values(value, second.rows[key][name]) for name, value in row.items()}
        for key, row in first.rows.items()
    }
    return Collection(first.name, rows, first.following)


def join_values(first: Value, second: Value) -> Value:
    return first if first.__class__ is second.__class__ and first == second else UNKNOWN


def nothing_known(world: World) -> World:
    """After something of which every result is possible."""
    return World(
        None if world.state is None else UNKNOWN,
        {name: _all_unknown(stored) for name, stored in world.variables.items()},
        dict.fromkeys(world.records, UNKNOWN),
        None if world.clock is None else UNKNOWN,
    )


def _all_unknown(stored: Stored) -> Stored:
    return dict.fromkeys(stored, UNKNOWN) if isinstance(stored, Mapping) else UNKNOWN


def tainted(world: World, writes: Writes) -> World:
    """After something of which only that is known what it may have changed."""
    variables = {
        name: _all_unknown(stored) if name in writes.variables else stored
        for name, stored in world.variables.items()
    }
    records = dict(world.records)
    for collection, name in writes.fields:
        stored = records.get(collection)
        if isinstance(stored, Collection):
            rows = {key: {**row, name: UNKNOWN} for key, row in stored.rows.items()}
            records[collection] = Collection(collection, rows, stored.following)
    records |= {name: UNKNOWN for name in writes.collections if name in records}
    state = UNKNOWN if "state" in writes.variables and world.state is not None else world.state
    return World(state, variables, records, world.clock)


def without_records(world: World, gone: Iterable[Reference], declared: Mapping[str, CompiledRecord]) -> World:
    """The world once the records and their parts are gone; what pointed at them points at nothing."""
    pending = list(gone)
    removed = set[Reference]()
    records = dict(world.records)
    while pending:
        reference = pending.pop()
        if reference in removed:
            continue
        removed.add(reference)
        stored = records.get(reference.collection)
        if isinstance(stored, Collection):
            records[reference.collection] = stored.without([reference.key])
        for part in declared[reference.collection].parts:
            kept = records[part]
            if isinstance(kept, Collection):
                owners = {key: row[reference.collection] for key, row in kept.rows.items()}
                if UNKNOWN in owners.values():
                    records[part] = UNKNOWN
                pending.extend(
                    Reference(part, key)  # pyright: ignore[reportArgumentType]
                    for key, owner in owners.items()
                    if owner == reference
                )
    collections = {reference.collection for reference in removed}
    variables = dict(world.variables)
    for name in collections:
        _unpoint(records, variables, declared[name], removed)
    return World(world.state, variables, records, world.clock)


def _unpoint(
    records: dict[str, Collection | Special],
    variables: dict[str, Stored],
    to: CompiledRecord,
    removed: set[Reference],
) -> None:
    for collection, name in to.pointing_fields:
        stored = records[collection]
        if isinstance(stored, Collection):
            rows = {
                key: {**row, name: MISSING} if row[name] in removed else row
                for key, row in stored.rows.items()
            }
            records[collection] = Collection(collection, rows, stored.following)
    for name in to.pointing_variables:
        held = variables[name]
        if isinstance(held, Mapping):
            variables[name] = {key: MISSING if it in removed else it for key, it in held.items()}
        elif held in removed:
            variables[name] = MISSING
