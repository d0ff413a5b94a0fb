"""Compiles one operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import ANY, BOOLEAN
from casewright.design.expressions.tree import Is, Kind, Name, Test, Tree
from casewright.design.expressions.values import Value
from casewright.design.model.effects import compile_effects
from casewright.design.model.formulas import Formulas
from casewright.design.model.inputs import compile_input
from casewright.design.model.ordering import in_order, references, report, rough_order
from casewright.design.model.parts import CompiledInput, CompiledOperation, CompiledReject, Formula, Let
from casewright.design.model.schema import Model, Operation, Reject
from casewright.design.model.scopes import input_types


def compile_operation(
    model: Model, name: str, above: Names, constants: Mapping[str, Value], formulas: Formulas
) -> CompiledOperation:
    """`above`: the names of the model; `constants`: the values of its figures."""
    declaration, path = model.operations[name], f"operations.{name}"
    names = replace(above, inputs=input_types(model, name), lets=dict.fromkeys(declaration.let, ANY))
    lets, names = _lets(f"{path}.let", declaration.let, names, formulas)
    inputs = {
        each: compile_input(f"{path}.inputs.{each}", each, it, names, constants, formulas)
        for each, it in declaration.inputs.items()
    }
    _check_circles(inputs, lets, names, formulas)
    return CompiledOperation(
        name=name,
        path=path,
        declaration=declaration,
        inputs=inputs,
        lets=lets,
        rejects=_rejects(path, declaration, inputs, names, formulas),
        then=compile_effects(f"{path}.then", declaration.then, names, formulas),
        answer=_read_all(f"{path}.answer", declaration.answer, names, formulas),
        permissions=model.may.get(name),
        names=names,
    )


def _lets(
    path: str, declared: Mapping[str, str | tuple[str, ...]], names: Names, formulas: Formulas
) -> tuple[dict[str, Let], Names]:
    """In the order of declaration; with the names that know of which type each is."""
    lets: dict[str, Let] = {}
    for name in rough_order(declared, names).order:
        lets[name] = formulas.read_let(f"{path}.{name}", declared[name], names)
        names = replace(names, lets={**names.lets, name: lets[name].type})
    return {name: lets[name] for name in declared}, names


def _check_circles(
    inputs: Mapping[str, CompiledInput], lets: Mapping[str, Let], names: Names, formulas: Formulas
) -> None:
    rests_on = {name: references([let.tree], names) for name, let in lets.items()}
    rests_on |= {name: references(_trees(it), names) - {name} for name, it in inputs.items()}
    paths = {name: part.path for part_of in (lets, inputs) for name, part in part_of.items()}
    report(in_order(rests_on), paths, formulas)


def _trees(compiled: CompiledInput) -> Iterator[Tree]:
    """What has to be worked out before the input is known to be valid, and its value."""
    for formula in (
        compiled.required,
        compiled.asked_if,
        compiled.if_left_out,
        compiled.minimum,
        compiled.maximum,
        compiled.above,
        compiled.below,
        compiled.unsure_if,
        *compiled.unsure_at,
    ):
        if formula is not None:
            yield formula.tree


def _rejects(
    path: str, declaration: Operation, inputs: Mapping[str, CompiledInput], names: Names, formulas: Formulas
) -> tuple[CompiledReject, ...]:
    compiled: list[CompiledReject] = []
    for index, reject in enumerate(declaration.reject):
        if isinstance(reject, Reject):
            compiled.append(_reject(f"{path}.reject[{index}]", reject, names, formulas))
        else:
            compiled.extend(_invalid(it) for it in inputs.values())
    return tuple(compiled)


def _reject(path: str, reject: Reject, names: Names, formulas: Formulas) -> CompiledReject:
    return CompiledReject(
        path=path,
        condition=formulas.read(f"{path}.if", reject.condition, names, BOOLEAN),
        say=reject.say,
        show=_read_all(f"{path}.show", reject.show, names, formulas),
        then=compile_effects(f"{path}.then", reject.then, names, formulas),
        source=reject.source,
        declaration=reject,
    )


def _invalid(compiled: CompiledInput) -> CompiledReject:
    tree = Is(Name(compiled.name, Kind.INPUT), Test.INVALID)
    condition = Formula(compiled.path, f"{compiled.name} invalid", tree, BOOLEAN, compile_expression(tree))
    declaration = compiled.declaration
    return CompiledReject(
        path=compiled.path,
        condition=condition,
        say=declaration.says,
        show={},
        then=(),
        source=declaration.source,
        input=compiled.name,
    )


def _read_all(path: str, texts: Mapping[str, str], names: Names, formulas: Formulas) -> dict[str, Formula]:
    return {name: formulas.read(f"{path}.{name}", text, names) for name, text in texts.items()}
