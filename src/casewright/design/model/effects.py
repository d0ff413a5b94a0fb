"""Compiles what an operation changes: steps with a condition, each with targets and their new values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from casewright.design.cases import Words
from casewright.design.expressions import static_types as types
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import ANY, BOOLEAN, Type
from casewright.design.model.formulas import Formulas
from casewright.design.model.parts import Assignment, CompiledEffect, Target, TargetKind
from casewright.design.model.schema import Effect

EVERY: Final = "every"
_INDEXED: Final = re.compile(r"(?P<name>.+?)\s*\[(?P<key>.*)\]", re.DOTALL)
_VARIABLE: Final = Words(zh="可以改变的量", en="quantity that can be set")


def compile_effects(
    path: str, effects: Sequence[Effect], names: Names, formulas: Formulas
) -> tuple[CompiledEffect, ...]:
    return tuple(_effect(f"{path}[{index}]", effect, names, formulas) for index, effect in enumerate(effects))


def _effect(path: str, effect: Effect, names: Names, formulas: Formulas) -> CompiledEffect:
    assignments: list[Assignment] = []
    for text, value in effect.set.items():
        place = f"{path}.set.{text}"
        found = _target(place, text, names, formulas)
        target, wanted = found if found is not None else (None, ANY)
        formula = formulas.read(place, value, names, wanted)
        if target is not None:
            assignments.append(Assignment(target, formula))
    when = formulas.read_optional(f"{path}.when", effect.when, names, BOOLEAN)
    return CompiledEffect(path, effect, when, tuple(assignments))


def _target(path: str, text: str, names: Names, formulas: Formulas) -> tuple[Target, Type] | None:
    """What is set, and of what type it is; None if there is no such thing."""
    name = text.strip()
    if name == "state" and names.states:
        return Target(TargetKind.STATE, name), types.choice_of(*names.states)
    if name in names.variables:
        return Target(TargetKind.VARIABLE, name), names.variables[name]
    indexed = _INDEXED.fullmatch(name)
    if indexed is not None and indexed["name"] in names.keyed:
        keyed = names.keyed[indexed["name"]]
        if indexed["key"].strip() == EVERY:
            return Target(TargetKind.EVERY_KEY, indexed["name"]), keyed.value
        key = formulas.read(path, indexed["key"], names, keyed.key)
        return Target(TargetKind.KEY, indexed["name"], key), keyed.value
    _complain(path, name, names, formulas)
    return None


def _complain(path: str, name: str, names: Names, formulas: Formulas) -> None:
    if name == "state":
        formulas.fault(path, "模型没有定义状态（states）。", "the model declares no `states`.")
    elif name in names.keyed:
        formulas.fault(
            path,
            f"要写明改变哪一个：“{name}[…]”或“{name}[{EVERY}]”。",
            f"say which one is set: `{name}[…]` or `{name}[{EVERY}]`.",
        )
    elif name in names.readable:
        formulas.fault(path, f"“{name}”不能被改变。", f"`{name}` can't be set.")
    else:
        formulas.unknown(path, _VARIABLE, name, [*names.variables, *names.keyed])
