"""Compiles the steps of `then`: what is set, created, removed, gone through, and done by shared effects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from casewright.design.cases import Words
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import ANY, BOOLEAN, Type, TypeKind, record_of
from casewright.design.expressions.tree import Kind
from casewright.design.model.ordering import report_circles, rough_order
from casewright.design.model.parts import (
    Action,
    Block,
    CompiledEffect,
    CompiledRecord,
    CompiledStep,
    Create,
    Do,
    ForEach,
    Formula,
    Let,
    Remove,
    RemoveAll,
    Writes,
)
from casewright.design.model.records import COLLECTION, FIELD, STATE
from casewright.design.model.step_schema import Step
from casewright.design.model.targets import Surroundings, compile_set

_EFFECT: Final = Words(zh="共用效果（effects）", en="effect")
_PARAMETER: Final = Words(zh="参数", en="parameter")
_KINDS: Final = "set, create, remove, for each, do, then"


@dataclass(frozen=True, slots=True)
class Scope(Surroundings):
    """`effects`: those that a step may do."""

    effects: Mapping[str, CompiledEffect]

    def with_names(self, names: Names) -> Scope:
        return replace(self, names=names)

    def calling(self, name: str, of: Type) -> Scope:
        """With a local of this name."""
        names = replace(self.names, locals={**self.names.locals, name: of})
        return self.with_names(names)

    def scanning(self, collection: str) -> Scope:
        """Within what is done for each record of the collection."""
        return self.with_names(replace(self.names, scanned=(*self.names.scanned, collection)))


def compile_steps(path: str, steps: Sequence[Step], scope: Scope) -> tuple[tuple[CompiledStep, ...], Scope]:
    """With the scope of what follows, which knows what the steps created."""
    compiled: list[CompiledStep] = []
    for index, step in enumerate(steps):
        one, scope = _step(f"{path}[{index}]", step, scope)
        compiled.extend([one] if one is not None else [])
    return tuple(compiled), scope


def writes_of(steps: Sequence[CompiledStep]) -> Writes:
    found = Writes()
    for step in steps:
        found |= step.writes
    return found


def created_names(steps: Sequence[Step]) -> Iterator[tuple[str, str]]:
    """What records are called that these steps create, not those within them; with their collections."""
    return ((step.name, step.create) for step in steps if step.create is not None and step.name is not None)


def compile_lets(
    path: str, declared: Mapping[str, str | tuple[str, ...]], scope: Scope
) -> tuple[dict[str, Let], Scope]:
    """Local ones, each after those that it rests on."""
    lets: dict[str, Let] = {}
    if not declared:
        return lets, scope
    for name in declared:
        check_new_name(f"{path}.{name}", name, scope)
    unread = scope.with_names(
        replace(scope.names, locals={**scope.names.locals, **dict.fromkeys(declared, ANY)})
    )
    ordering = rough_order(declared, unread.names)
    report_circles(ordering, {name: f"{path}.{name}" for name in declared}, scope.formulas)
    scope = unread
    for name in ordering.order:
        lets[name] = scope.formulas.read_let(f"{path}.{name}", declared[name], scope.names)
        scope = scope.calling(name, lets[name].type)
    return lets, scope


def check_new_name(path: str, name: str, scope: Scope) -> None:
    taken = scope.names.readable.get(name)
    if taken is not None or not name.strip() or name != name.strip():
        scope.formulas.fault(
            path,
            f"名称“{name}”重复或不合适。",
            f"the name `{name}` is used twice or is none that can be used.",
        )


def _step(path: str, step: Step, scope: Scope) -> tuple[CompiledStep | None, Scope]:
    lets, inside = compile_lets(f"{path}.let", step.let, scope)
    when = scope.formulas.read_optional(f"{path}.when", step.when, inside.names, BOOLEAN)
    found = _action(path, step, inside)
    if found is None:
        return None, scope
    action, writes = found
    after = scope
    if isinstance(action, Create) and action.called is not None:
        after = _after_creating(path, action.called, action.collection, scope)
    return CompiledStep(path, step, when, lets, action, writes), after


def _after_creating(path: str, name: str, collection: str, scope: Scope) -> Scope:
    known = scope.names.readable.get(name)
    if known != (Kind.LOCAL, record_of(collection)):
        check_new_name(f"{path}.as", name, scope)
    return scope.calling(name, record_of(collection))


def _action(path: str, step: Step, scope: Scope) -> tuple[Action, Writes] | None:
    said = [
        bool(step.set) and step.for_each is None,
        step.create is not None,
        step.remove is not None,
        step.for_each is not None,
        step.do is not None,
        bool(step.then) and step.for_each is None,
    ]
    if sum(said) != 1:
        scope.formulas.fault(
            path,
            f"每一步只做一件事：{_KINDS}。",
            f"a step does exactly one of: {_KINDS}.",
        )
        return None
    _check_spare(path, step, scope)
    if step.create is not None:
        return _create(path, step, step.create, scope)
    if step.remove is not None:
        return _remove(path, step.remove, step.where, scope)
    if step.for_each is not None:
        return _for_each(path, step, step.for_each, scope)
    if step.do is not None:
        return compile_do(path, step.do, step.values, scope)
    if step.set:
        return compile_set(path, step.set, scope)
    steps, _ = compile_steps(f"{path}.then", step.then, scope)
    return Block(steps), writes_of(steps)


def _check_spare(path: str, step: Step, scope: Scope) -> None:
    """Keys that this kind of step has no use for."""
    many = step.for_each is not None or step.remove in scope.records
    for key, there, used in (
        ("as", step.name is not None, step.create is not None),
        ("with", bool(step.values), step.create is not None or step.do is not None),
        ("where", step.where is not None, many),
        ("by", step.by is not None, step.for_each is not None),
    ):
        if there and not used:
            scope.formulas.fault(
                f"{path}.{key}", f"这一步用不到“{key}”。", f"`{key}` has no use in this step."
            )


def _collection(path: str, name: str, scope: Scope) -> CompiledRecord | None:
    if name not in scope.records:
        scope.formulas.unknown(path, COLLECTION, name, scope.records)
        return None
    return scope.records[name]


def _create(path: str, step: Step, name: str, scope: Scope) -> tuple[Action, Writes] | None:
    record = _collection(f"{path}.create", name, scope)
    if record is None:
        return None
    given = [key for key in record.keys if key != record.counted]
    settable = [*given, *record.fields, *([STATE] if record.states else [])]
    values: dict[str, Formula] = {}
    for field, text in step.values.items():
        place = f"{path}.with.{field}"
        if field not in settable:
            scope.formulas.unknown(place, FIELD, field, settable)
            continue
        values[field] = scope.formulas.read(place, text, scope.names, scope.names.records[name].fields[field])
    for field in [
        *given,
        *(each for each, it in record.fields.items() if not _may_be_left_out(it.declaration)),
    ]:
        if field not in step.values:
            scope.formulas.fault(f"{path}.with", f"缺少“{field}”。", f"`{field}` is missing.")
    return Create(name, step.name, values), Writes(collections=frozenset([name]))


def _may_be_left_out(field: object) -> bool:
    return getattr(field, "may_be_missing", "no") == "yes" or getattr(field, "starts", None) is not None


def _remove(path: str, text: str, where: str | None, scope: Scope) -> tuple[Action, Writes]:
    name = " ".join(text.split())
    if name in scope.records and name not in scope.names.scanned:
        condition = scope.formulas.read_optional(f"{path}.where", where, scope.scanning(name).names, BOOLEAN)
        return RemoveAll(name, condition), writes_of_removing(name, scope.records)
    record = scope.formulas.read(f"{path}.remove", text, scope.names)
    if record.type.kind is not TypeKind.RECORD:
        if record.type.kind is not TypeKind.ANY:
            scope.formulas.fault(f"{path}.remove", f"“{text}”不是记录。", f"`{text}` is no record.")
        return Remove(record, ""), Writes()
    collection = record.type.collection
    return Remove(record, collection), writes_of_removing(collection, scope.records)


def writes_of_removing(collection: str, records: Mapping[str, CompiledRecord]) -> Writes:
    """Its parts go too, and what pointed at it points at nothing."""
    pending, gone = [collection], list[str]()
    variables: set[str] = set()
    fields: set[tuple[str, str]] = set()
    while pending:
        name = pending.pop()
        if name in gone or name not in records:
            continue
        gone.append(name)
        pending.extend(records[name].parts)
        variables |= {*records[name].pointing_variables}
        fields |= {*records[name].pointing_fields}
    return Writes(frozenset(variables), frozenset(fields), frozenset(gone))


def _for_each(path: str, step: Step, name: str, scope: Scope) -> tuple[Action, Writes] | None:
    if _collection(f"{path}.for each", name, scope) is None:
        return None
    inside = scope.scanning(name)
    where = scope.formulas.read_optional(f"{path}.where", step.where, inside.names, BOOLEAN)
    by = scope.formulas.read_optional(f"{path}.by", step.by, inside.names)
    if not step.set and not step.then:
        scope.formulas.fault(
            path, "for each 要写明做什么：set 或 then。", "`for each` needs `set` or `then`."
        )
    first: list[CompiledStep] = []
    if step.set:
        action, writes = compile_set(path, step.set, inside)
        first.append(CompiledStep(path, step, None, {}, action, writes))
    steps, _ = compile_steps(f"{path}.then", step.then, inside)
    both = (*first, *steps)
    return ForEach(name, where, by, both), writes_of(both)


def compile_do(path: str, name: str, values: Mapping[str, str], scope: Scope) -> tuple[Do, Writes] | None:
    effect = scope.effects.get(name)
    if effect is None:
        scope.formulas.unknown(f"{path}.do", _EFFECT, name, scope.effects)
        return None
    arguments: dict[str, Formula] = {}
    for parameter, text in values.items():
        place = f"{path}.with.{parameter}"
        if parameter not in effect.parameters:
            scope.formulas.unknown(place, _PARAMETER, parameter, effect.parameters)
            continue
        arguments[parameter] = scope.formulas.read(place, text, scope.names, effect.parameters[parameter])
    for parameter in effect.parameters:
        if parameter not in values:
            scope.formulas.fault(f"{path}.with", f"缺少参数“{parameter}”。", f"`{parameter}` is missing.")
    return Do(name, arguments), effect.writes
