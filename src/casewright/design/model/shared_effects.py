"""Compiles the effects that operations share, and what is due when the clock goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from casewright.design.cases import Words
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import ANY, BOOLEAN, Type
from casewright.design.expressions.tree import Kind, Tree
from casewright.design.model.formulas import Formulas
from casewright.design.model.ordering import in_order, report
from casewright.design.model.parts import (
    CompiledDue,
    CompiledEffect,
    CompiledRecord,
    CompiledStep,
    Formula,
    Writes,
)
from casewright.design.model.records import COLLECTION, check_kind, value_type
from casewright.design.model.schema import Model
from casewright.design.model.step_schema import DueRule, SharedEffect, Step
from casewright.design.model.steps import (
    Scope,
    check_new_name,
    compile_do,
    compile_lets,
    compile_steps,
    writes_of,
)

_CLOCK_IN_DUE: Final = Words(
    zh="到期规则的条件不能读取时钟；请把时刻写在 at 中。",
    en="a due rule can't look at the clock here: say in `at` when it is due.",
)


def compile_effects(model: Model, scope: Scope) -> dict[str, CompiledEffect]:
    """`scope`: that of the model. Each is compiled after those that it does."""
    calls = {name: frozenset(_done(effect.then)) for name, effect in model.effects.items()}
    ordering = in_order(calls)
    report(ordering, {name: f"effects.{name}" for name in model.effects}, scope.formulas)
    effects: dict[str, CompiledEffect] = {}
    circular = {name for circle in ordering.circles for name in circle}
    for name in ordering.order:
        known = {**{each: _outline(model, each) for each in circular}, **effects}
        effects[name] = _effect(model, name, replace(scope, effects=known))
    return {name: effects[name] for name in model.effects}


def _done(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        if step.do is not None:
            yield step.do
        yield from _done(step.then)


def _parameters(model: Model, effect: SharedEffect) -> dict[str, Type]:
    return {name: value_type(it.type, it.is_a, it.of, name, model) for name, it in effect.takes.items()}


def _outline(model: Model, name: str) -> CompiledEffect:
    """Of an effect that does itself: it is told as an error, and nothing else is."""
    effect = model.effects[name]
    return CompiledEffect(name, f"effects.{name}", effect, _parameters(model, effect), {}, (), Writes())


def _effect(model: Model, name: str, scope: Scope) -> CompiledEffect:
    effect, path = model.effects[name], f"effects.{name}"
    parameters = _parameters(model, effect)
    for each, it in effect.takes.items():
        place = f"{path}.takes.{each}"
        check_kind(place, each, it.type, it.is_a, it.of, model, scope.formulas)
        check_new_name(place, each, scope)
    inside = scope.with_names(replace(scope.names, locals=parameters))
    lets, inside = compile_lets(f"{path}.let", effect.let, inside)
    steps, _ = compile_steps(f"{path}.then", effect.then, inside)
    return CompiledEffect(name, path, effect, parameters, lets, steps, writes_of(steps))


# what is due


def compile_due(model: Model, derived: Mapping[str, Formula], scope: Scope) -> tuple[CompiledDue, ...]:
    if model.due and model.clock is None:
        scope.formulas.fault("due", "模型没有时钟（clock）。", "the model has no `clock`.")
    reading = {
        name: formula.tree
        for name, formula in (
            *derived.items(),
            *((each, it) for record in scope.records.values() for each, it in record.derived.items()),
        )
    }
    found = (_due(f"due[{index}]", rule, reading, scope) for index, rule in enumerate(model.due))
    return tuple(rule for rule in found if rule is not None)


def _due(path: str, rule: DueRule, reading: Mapping[str, Tree], scope: Scope) -> CompiledDue | None:
    inside = scope
    if rule.for_each is not None:
        if rule.for_each not in scope.records:
            scope.formulas.unknown(f"{path}.for each", COLLECTION, rule.for_each, scope.records)
            return None
        inside = scope.scanning(rule.for_each)
    formulas = scope.formulas
    where = formulas.read_optional(f"{path}.where", rule.where, inside.names, BOOLEAN)
    at = formulas.read(f"{path}.at", rule.at, inside.names, scope.names.clock or ANY)
    for key, formula in (("where", where), ("at", at)):
        if formula is not None and _reads_clock(formula.tree, reading):
            formulas.fault(f"{path}.{key}", _CLOCK_IN_DUE.zh, _CLOCK_IN_DUE.en)
    steps = _what_it_does(path, rule, inside)
    return CompiledDue(path, rule, rule.for_each, where, at, steps, writes_of(steps))


def _what_it_does(path: str, rule: DueRule, scope: Scope) -> tuple[CompiledStep, ...]:
    if (rule.do is None) == (not rule.then):
        scope.formulas.fault(
            path, "要写明做什么：do 或 then（只写一个）。", "say what happens: `do` or `then`."
        )
        return ()
    if rule.do is None:
        return compile_steps(f"{path}.then", rule.then, scope)[0]
    done = compile_do(path, rule.do, rule.values, scope)
    if done is None:
        return ()
    step = Step(do=rule.do, values=rule.values, source=rule.source)
    return (CompiledStep(path, step, None, {}, *done),)


def _reads_clock(tree: Tree, reading: Mapping[str, Tree]) -> bool:
    """`reading`: what derived values stand for."""
    pending, seen = [tree], set[str]()
    while pending:
        for node in nodes.walk(pending.pop()):
            if isinstance(node, nodes.Name) and node.kind is Kind.CLOCK:
                return True
            name = (
                node.name
                if isinstance(node, nodes.Name)
                else node.column
                if isinstance(node, nodes.Column)
                else ""
            )
            if name in reading and name not in seen:
                seen.add(name)
                pending.append(reading[name])
    return False


def model_scope(
    names: Names, records: Mapping[str, CompiledRecord], state_of: Formula | None, formulas: Formulas
) -> Scope:
    return Scope(names, records, state_of, formulas, {})
