"""What steps do to the world: they set, create, remove, go through records, and do shared effects.

What can't be told is unknown afterwards, and no more than that: the field that may have been set, the
collection in which a record may have come or gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import cast

from casewright.design.creating import created
from casewright.design.expressions.values import MISSING, UNKNOWN, Reference, Special, Value
from casewright.design.model.parts import (
    Assignment,
    Block,
    CompiledStep,
    Create,
    Do,
    ForEach,
    Formula,
    Let,
    Remove,
    RemoveAll,
    SetAll,
    TargetKind,
)
from casewright.design.moment import Moment
from casewright.design.worlds import Collection, Stored, World, join, join_values, tainted, without_records


def run(steps: Sequence[CompiledStep], moment: Moment) -> Moment:
    """Top to bottom; each sees what the ones before it did."""
    for step in steps:
        moment = _run(step, moment)
    return moment


def _run(step: CompiledStep, moment: Moment) -> Moment:
    inside = with_lets(moment, step.lets) if step.lets else moment
    truth = True if step.when is None else step.when.evaluate(inside)
    if truth is False:
        return moment
    action = step.action
    if isinstance(action, Create):
        return _create(action, inside, moment, certain=truth is True)
    changed = _changed(step, inside)
    return moment.after(changed if truth is True else join(moment.world, changed))


def _changed(step: CompiledStep, moment: Moment) -> World:
    action = step.action
    if isinstance(action, SetAll):
        return set_all(moment, action.assignments)
    if isinstance(action, Block):
        return run(action.steps, moment).world
    if isinstance(action, Do):
        return _do(action, moment)
    if isinstance(action, ForEach):
        return _for_each(action, step, moment)
    if isinstance(action, RemoveAll):
        return _remove_all(action, step, moment)
    assert isinstance(action, Remove)
    record = action.record.evaluate(moment)
    if isinstance(record, Reference):
        return without_records(moment.world, [record], moment.compiled.records)
    return moment.world if record is MISSING else tainted(moment.world, step.writes)


def with_lets(moment: Moment, lets: Mapping[str, Let]) -> Moment:
    """Each may rest on those before it."""
    for name, let in lets.items():
        moment = moment.naming({name: cast("Value", let.evaluate(moment))})
    return moment


# setting


def set_all(moment: Moment, assignments: Sequence[Assignment]) -> World:
    """All right sides are read before anything changes."""
    world = moment.world
    state, variables, records = world.state, dict(world.variables), dict(world.records)
    for assignment in assignments:
        target, value = assignment.target, assignment.value.evaluate(moment)
        if target.kind is TargetKind.FIELD:
            assert target.record is not None
            _set_field(records, target.collection, target.record.evaluate(moment), target.name, value)
            continue
        stored = variables.get(target.name)
        if target.kind is TargetKind.STATE:
            state = value if isinstance(value, str) else UNKNOWN
        elif target.kind is TargetKind.VARIABLE:
            variables[target.name] = value
        elif target.kind is TargetKind.EVERY_KEY and isinstance(stored, Mapping):
            variables[target.name] = dict.fromkeys(stored, value)
        elif target.key is not None and isinstance(stored, Mapping):
            variables[target.name] = _with_key(stored, target.key.evaluate(moment), value)
    return World(state, variables, records, world.clock)


def _with_key(stored: Mapping[str, Value], key: Value, value: Value) -> Stored:
    if isinstance(key, str) and key in stored:
        return {**stored, key: value}
    return {name: join_values(old, value) for name, old in stored.items()}


def _set_field(
    records: dict[str, Collection | Special], collection: str, record: Value, name: str, value: Value
) -> None:
    """Where the record isn't there, nothing is set."""
    stored = records[collection]
    if isinstance(stored, Special) or record is MISSING:
        return
    if isinstance(record, Reference):
        records[collection] = stored.with_value(record.key, name, value)
    else:
        records[collection] = stored.with_maybe(name, value)


# records that come and go


def _create(action: Create, inside: Moment, moment: Moment, *, certain: bool) -> Moment:
    """Keys that aren't known, or that are taken, are not asserted: the document doesn't say what happens."""
    world = moment.world
    stored = world.records[action.collection]
    record: Value = UNKNOWN
    if isinstance(stored, Collection):
        found = _created(action, stored, inside) if certain else None
        if found is None:
            world = world.with_collection(UNKNOWN, action.collection)
        else:
            collection, record = found
            world = world.with_collection(collection, action.collection)
    after = moment.after(world)
    return after if action.called is None else after.naming({action.called: record})


def _created(action: Create, stored: Collection, moment: Moment) -> tuple[Collection, Reference] | None:
    record = moment.compiled.records[action.collection]
    values = {name: formula.evaluate(moment) for name, formula in action.values.items()}
    found = created(record, values, Fraction(stored.following), moment)
    if found is None or found[0] in stored.rows:
        return None
    key, row = found
    following = stored.following + (record.counted is not None)
    reference = Reference(action.collection, key)  # pyright: ignore[reportArgumentType]
    return stored.with_row(key, row, following), reference


def _remove_all(action: RemoveAll, step: CompiledStep, moment: Moment) -> World:
    chosen = _chosen(action.collection, action.where, moment)
    if chosen is None or not all(certain for _, certain in chosen):
        return tainted(moment.world, step.writes)
    return without_records(moment.world, [record for record, _ in chosen], moment.compiled.records)


def _chosen(collection: str, where: Formula | None, moment: Moment) -> list[tuple[Reference, bool]] | None:
    """The records for which the condition may hold, and whether it does for certain; None if it isn't known
    which records there are."""
    records = moment.records(collection)
    if isinstance(records, Special):
        return None
    if where is None:
        return [(record, True) for record in records]
    truths = ((record, where.evaluate(moment.scanning(record))) for record in records)
    return [(record, truth is True) for record, truth in truths if truth is not False]


# one after the other


def _for_each(action: ForEach, step: CompiledStep, moment: Moment) -> World:
    """Which records and in which order is settled before the first is changed; one that is removed meanwhile
    is passed over."""
    chosen = _chosen(action.collection, action.where, moment)
    if chosen is None:
        return tainted(moment.world, step.writes)
    if action.by is not None and len(chosen) > 1:
        ordered = _in_order(chosen, action.by, moment)
        if ordered is None:
            return tainted(moment.world, step.writes)
        chosen = ordered
    for record, certain in chosen:
        stored = moment.world.records[record.collection]
        if isinstance(stored, Special):
            return tainted(moment.world, step.writes)
        if record.key in stored.rows:
            changed = run(action.steps, moment.scanning(record)).world
            moment = moment.after(changed if certain else join(moment.world, changed))
    return moment.world


def _in_order(
    chosen: list[tuple[Reference, bool]], by: Formula, moment: Moment
) -> list[tuple[Reference, bool]] | None:
    """None if the order isn't known."""
    values = [by.evaluate(moment.scanning(record)) for record, _ in chosen]
    if any(isinstance(value, Special | Reference) for value in values) or len({*map(type, values)}) > 1:
        return None
    order = sorted(range(len(chosen)), key=lambda index: cast("float", values[index]))
    return [chosen[index] for index in order]


def _do(action: Do, moment: Moment) -> World:
    effect = moment.compiled.effects[action.effect]
    given = {name: formula.evaluate(moment) for name, formula in action.arguments.items()}
    inside = with_lets(moment.within(moment.prepared.effects[action.effect], given), effect.lets)
    return run(effect.steps, inside).world
