"""What an accepted request does to a world that is still to be chosen.

The counterpart of `casewright.design.stepping` for variables and the state; collections of records are not
followed: who reads one that may have changed reads anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from casewright.design.expressions import arithmetic
from casewright.design.expressions.tree import Unit
from casewright.design.expressions.values import UNKNOWN
from casewright.design.model.parts import (
    Assignment,
    Block,
    CompiledStep,
    Create,
    Do,
    Let,
    SetAll,
    TargetKind,
    Writes,
)
from casewright.design.solving.guards import Guard
from casewright.design.solving.reader import Toolbox
from casewright.design.solving.reading import OpenWorld, Reading
from casewright.design.solving.translating import agreed, choice, lifted, mapped
from casewright.design.solving.unions import ANYTHING, UNKNOWN_UNION, Leaf, Union

_UNITS: Final = {"minute": Unit.MINUTES, "hour": Unit.HOURS, "day": Unit.DAYS}
Stored = Union | Mapping[str, Union]


def after_accepting(reading: Reading) -> OpenWorld:
    """The world once the request is accepted."""
    compiled, operation = reading.request.prepared.compiled, reading.request.operation
    move = compiled.clock.moves.get(operation.name) if compiled.clock is not None else None
    if move is not None and compiled.clock is not None:
        told = reading.read(move.input)
        clock = told if move.to else _later(reading, told, compiled.clock.unit)
        world = replace(reading.world, clock=clock)
        for rule in compiled.due:
            world = _after_anything(world, rule.writes, reading.tools)
        reading = reading.after(world)
    return _run(operation.then, reading).world


def _later(reading: Reading, amount: Union, unit: str) -> Union:
    tools, now = reading.tools, reading.world.clock
    of = _UNITS.get(unit)
    if now is None:
        return UNKNOWN_UNION
    if any(isinstance(leaf, Fraction) for _, leaf in now):
        by = amount
    elif of is None:
        return tools.unions.only(ANYTHING)
    else:

        def lasting(amount: Leaf) -> Leaf | Union:
            if isinstance(amount, Fraction):
                return arithmetic.duration(amount, of)
            return tools.quantities.duration(amount, of)

        by = tools.unions.combine(lasting, [amount])
    return tools.unions.combine(lifted(arithmetic.plus, tools.quantities.plus), [now, by])


def _run(steps: Sequence[CompiledStep], reading: Reading) -> Reading:
    """Top to bottom; each sees what the ones before it did."""
    for step in steps:
        reading = _step(step, reading)
    return reading


def _step(step: CompiledStep, reading: Reading) -> Reading:
    inside = _with_lets(step.lets, reading)
    if isinstance(step.action, Create):
        called = step.action.called
        return reading if called is None else reading.naming({called: reading.tools.unions.only(ANYTHING)})
    changed = _changed(step, inside)
    if step.when is not None:
        changed = _perhaps(inside.worth(step.when.tree), changed, reading.world, reading.tools)
    return reading.after(changed)


def _with_lets(lets: Mapping[str, Let], reading: Reading) -> Reading:
    for name, let in lets.items():
        reading = reading.naming({name: reading.worth(let.tree)})
    return reading


def _changed(step: CompiledStep, reading: Reading) -> OpenWorld:
    action = step.action
    if isinstance(action, SetAll):
        return _set_all(action.assignments, reading)
    if isinstance(action, Block):
        return _run(action.steps, reading).world
    if isinstance(action, Do):
        effect = reading.request.prepared.compiled.effects[action.effect]
        given = {name: reading.worth(formula.tree) for name, formula in action.arguments.items()}
        return _run(effect.steps, _with_lets(effect.lets, reading.within(given))).world
    return _after_anything(reading.world, step.writes, reading.tools)


def _after_anything(world: OpenWorld, writes: Writes, tools: Toolbox) -> OpenWorld:
    """Once something happened that isn't followed."""
    open_ = tools.unions.only(ANYTHING)
    variables: dict[str, Stored] = dict(world.variables)
    for name in writes.variables & {*variables}:
        stored = variables[name]
        variables[name] = dict.fromkeys(stored, open_) if isinstance(stored, Mapping) else open_
    state = open_ if "state" in writes.variables and world.state is not None else world.state
    return replace(world, state=state, variables=variables)


def _set_all(assignments: Sequence[Assignment], reading: Reading) -> OpenWorld:
    """All right sides are read before anything changes."""
    state, variables = reading.world.state, dict[str, Stored](reading.world.variables)
    for assignment in assignments:
        target, value = assignment.target, reading.worth(assignment.value.tree)
        stored = variables.get(target.name)
        if target.kind is TargetKind.STATE:
            state = mapped(reading.tools.unions, _word, value)
        elif target.kind is TargetKind.VARIABLE:
            variables[target.name] = value
        elif target.kind is TargetKind.EVERY_KEY and isinstance(stored, Mapping):
            variables[target.name] = dict.fromkeys(stored, value)
        elif target.key is not None and isinstance(stored, Mapping):
            key = reading.worth(target.key.tree)
            variables[target.name] = {
                name: _at_key(name, stored, key, value, reading.tools) for name in stored
            }
    return replace(reading.world, state=state, variables=variables)


def _word(value: Leaf) -> Leaf:
    return value if isinstance(value, str) else UNKNOWN


def _at_key(name: str, stored: Mapping[str, Union], key: Union, value: Union, tools: Toolbox) -> Union:
    old = stored[name]

    def of(key: Leaf) -> Leaf | Union:
        if isinstance(key, str) and key in stored:
            return value if key == name else old
        return agreed(tools, old, value)

    return tools.unions.combine_many(of, [key])


def _perhaps(truth: Union, changed: OpenWorld, world: OpenWorld, tools: Toolbox) -> OpenWorld:
    """Changed where it is true; where it isn't known, what both agree on."""

    def one(new: Union, old: Union) -> Union:
        return old if new is old else choice(tools, truth, lambda: new, lambda: old)

    variables: dict[str, Stored] = {}
    for name, old in world.variables.items():
        new = changed.variables[name]
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            variables[name] = {key: one(new[key], value) for key, value in old.items()}
        elif not isinstance(old, Mapping) and not isinstance(new, Mapping):
            variables[name] = one(new, old)
    state = None
    if changed.state is not None and world.state is not None:
        state = one(changed.state, world.state)
    return replace(changed, state=state, variables=variables)


def chosen_world(worlds: Sequence[tuple[Guard, OpenWorld]], tools: Toolbox) -> OpenWorld:
    """One of several, each under its guard; the guards leave nothing out. Long unions become one term."""
    _, first = worlds[0]

    def merged(values: Sequence[Union]) -> Union:
        if all(value is values[0] for value in values):
            return values[0]
        cases = [
            case
            for (guard, _), value in zip(worlds, values, strict=True)
            for case in tools.unions.under(guard, value)
        ]
        union = tools.unions.gather(cases)
        return union if len(union) <= _MOST_KEPT_APART else tools.unions.condensed(union)

    def of(name: str) -> Stored:
        stored = first.variables[name]
        held = [world.variables[name] for _, world in worlds]
        if not isinstance(stored, Mapping):
            return merged([each for each in held if not isinstance(each, Mapping)])
        return {key: merged([each[key] for each in held if isinstance(each, Mapping)]) for key in stored}

    states = [world.state for _, world in worlds if world.state is not None]
    clocks = [world.clock for _, world in worlds if world.clock is not None]
    variables = {name: of(name) for name in first.variables}
    return OpenWorld(merged(states) if states else None, variables, merged(clocks) if clocks else None)


_MOST_KEPT_APART: Final = 6
"""Values of a variable; beyond it its numbers are made one term between two steps."""
