"""Compiles the inputs of an operation and finds ranges that nothing can be in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

from casewright.design import patterns
from casewright.design.cases import Words
from casewright.design.expressions.arithmetic import less
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import BOOLEAN, NUMBER, TypeKind
from casewright.design.expressions.values import Value
from casewright.design.model.constants import KnownFigures
from casewright.design.model.errors import ModelError
from casewright.design.model.formulas import Formulas
from casewright.design.model.parts import CompiledInput, Formula
from casewright.design.model.schema import Input, InputType, Length
from casewright.design.patterns import PatternError

_NO_NAMES: Final = Names()
_VALUE: Final = Words(zh="值", en="value")


def compile_input(
    path: str, name: str, declaration: Input, names: Names, constants: Mapping[str, Value], formulas: Formulas
) -> CompiledInput:
    """`constants`: the values of the figures."""
    of = names.inputs[name]

    def read(key: str, text: str | None) -> Formula | None:
        return formulas.read_optional(f"{path}.{key}", text, names, of)

    compiled = CompiledInput(
        name=name,
        path=path,
        declaration=declaration,
        type=of,
        values=of.values,
        required=formulas.read(f"{path}.required", declaration.required, names, BOOLEAN),
        asked_if=formulas.read_optional(f"{path}.asked if", declaration.asked_if, names, BOOLEAN),
        if_left_out=read("if left out", declaration.if_left_out),
        minimum=read("min", declaration.min),
        maximum=read("max", declaration.max),
        above=read("above", declaration.above),
        below=read("below", declaration.below),
        unsure_at=tuple(
            formulas.read(f"{path}.unsure at[{index}]", text, names, of)
            for index, text in enumerate(declaration.unsure_at)
        ),
        unsure_if=formulas.read_optional(f"{path}.unsure if", declaration.unsure_if, names, BOOLEAN),
        lengths=tuple(_lengths(path, declaration, names, formulas)),
    )
    _check_values(compiled, formulas)
    _check_range(compiled, constants, formulas)
    _check_length(compiled, formulas)
    _check_pattern(compiled, formulas)
    return compiled


def _check_values(compiled: CompiledInput, formulas: Formulas) -> None:
    declaration, path = compiled.declaration, compiled.path
    if declaration.type is InputType.CHOICE and compiled.type.kind is TypeKind.ANY:
        formulas.fault(
            f"{path}.of",
            f"选项没有列出可选的值；请写 of，或在 choices 中定义“{compiled.name}”。",
            f"the choice has no values: give `of`, or declare `{compiled.name}` under `choices`.",
        )
        return
    if compiled.type.kind is TypeKind.NUMBER:
        for index, allowed in enumerate(declaration.of):
            formulas.read(f"{path}.of[{index}]", allowed, _NO_NAMES, NUMBER)
    if compiled.values:
        for spelling, value in declaration.also.items():
            if value not in compiled.values:
                formulas.unknown(f"{path}.also.{spelling}", _VALUE, value, compiled.values)


def _lengths(
    path: str, declaration: Input, names: Names, formulas: Formulas
) -> Iterator[tuple[Formula | None, Length]]:
    length = declaration.length
    while length is not None:
        condition = formulas.read_optional(f"{path}.length", length.condition, names, BOOLEAN)
        yield condition, length
        length = length.otherwise


def _check_length(compiled: CompiledInput, formulas: Formulas) -> None:
    for _, length in compiled.lengths:
        if length.least is not None and length.most is not None and length.least > length.most:
            formulas.fault(
                f"{compiled.path}.length",
                f"最短 {length.least} 大于最长 {length.most}，没有文本符合。",
                f"no text fits: the least length {length.least} is above the most, {length.most}.",
            )


def _check_pattern(compiled: CompiledInput, formulas: Formulas) -> None:
    pattern = compiled.declaration.pattern
    if pattern is not None:
        try:
            patterns.check(pattern)
        except PatternError as error:
            formulas.errors.append(ModelError(f"{compiled.path}.pattern", error.words, error.column))


def _check_range(compiled: CompiledInput, constants: Mapping[str, Value], formulas: Formulas) -> None:
    """Only bounds that are known without any input are compared."""
    world = KnownFigures(constants)
    lower = [(compiled.minimum, False), (compiled.above, True)]
    upper = [(compiled.maximum, False), (compiled.below, True)]
    for (low, low_open), (high, high_open) in product(lower, upper):
        if low is None or high is None:
            continue
        least, most = low.evaluate(world), high.evaluate(world)
        touching = (low_open or high_open) and less(least, most) is False
        if less(most, least) is True or touching:
            formulas.fault(
                low.path,
                f"没有值符合：下限 {low.text} 与上限 {high.text} 之间是空的。",
                f"no value fits: nothing lies between {low.text} and {high.text}.",
            )
