"""Compiles one operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import ANY, BOOLEAN, record_of
from casewright.design.expressions.tree import Is, Kind, Name, Test, Tree
from casewright.design.expressions.values import Value
from casewright.design.model.formulas import Formulas
from casewright.design.model.inputs import compile_input
from casewright.design.model.ordering import in_order, references, report, rough_order
from casewright.design.model.parts import CompiledInput, CompiledOperation, CompiledReject, Formula, Let
from casewright.design.model.schema import Grant, Model, Operation, Reject
from casewright.design.model.scopes import input_types
from casewright.design.model.steps import Scope, compile_steps, created_names, writes_of
from casewright.design.model.subjects import compile_state_of, with_states_of


def compile_operation(
    model: Model, name: str, above: Scope, constants: Mapping[str, Value]
) -> CompiledOperation:
    """`above`: the scope of the model; `constants`: the values of its figures."""
    declaration, path, formulas = model.operations[name], f"operations.{name}", above.formulas
    names = _with_states(declaration, _own_names(model, name, above.names))
    lets, names = _lets(path, declaration, names, formulas)
    inputs = {
        each: compile_input(f"{path}.inputs.{each}", each, it, names, constants, formulas)
        for each, it in declaration.inputs.items()
    }
    after = _with_created(declaration, names)
    state_of = compile_state_of(f"{path}.state of", declaration.state_of, after, formulas)
    _check_circles(inputs, lets, state_of, names, formulas)
    scope = replace(above, names=names, state_of=state_of or above.state_of)
    then, after_all = compile_steps(f"{path}.then", declaration.then, scope)
    rejects = _rejects(path, declaration, inputs, scope)
    grants = model.may.get(name)
    return CompiledOperation(
        name=name,
        path=path,
        declaration=declaration,
        inputs=inputs,
        lets=lets,
        rejects=rejects,
        then=then,
        answer=_read_all(f"{path}.answer", declaration.answer, after_all.names, formulas),
        permissions=None if grants is None else {role: _states(grant) for role, grant in grants.items()},
        names=names,
        only={
            role: grant.only
            for role, grant in (grants or {}).items()
            if isinstance(grant, Grant) and grant.only is not None
        },
        own=_own(model, name, names, formulas),
        state_of=state_of,
        silent=formulas.read_optional(f"{path}.silent", declaration.silent, names, BOOLEAN),
        answer_always=_read_all(
            f"{path}.answer always", declaration.answer_always, after_all.names, formulas
        ),
        writes=writes_of([*then, *(step for reject in rejects for step in reject.then)]),
    )


def _own_names(model: Model, name: str, above: Names) -> Names:
    declaration = model.operations[name]
    unread = dict.fromkeys([*declaration.find, *declaration.let], ANY)
    return replace(above, inputs=input_types(model, name), lets=unread)


def _with_states(declaration: Operation, names: Names) -> Names:
    """With the states of the record that `state of` says, whose type has to be found out first."""
    if declaration.state_of is None:
        return names
    _, reading = _lets("", declaration, names, Formulas())
    return with_states_of(declaration.state_of, _with_created(declaration, reading), names)


def _with_created(declaration: Operation, names: Names) -> Names:
    created = {name: record_of(collection) for name, collection in created_names(declaration.then)}
    return replace(names, locals={**names.locals, **created}) if created else names


def _states(grant: tuple[str, ...] | Grant) -> tuple[str, ...]:
    return grant.states if isinstance(grant, Grant) else grant


def _own(model: Model, name: str, names: Names, formulas: Formulas) -> Formula | None:
    """When what the operation is about is the actor's own; read only where a role's right depends on it."""
    grants = model.may.get(name, {}).values()
    if not any(isinstance(grant, Grant) and grant.only is not None for grant in grants):
        return None
    said = model.operations[name].own
    path = "own" if said is None else f"operations.{name}.own"
    text = said if said is not None else model.own
    if text is None:
        formulas.fault(
            f"may.{name}",
            "only 需要写明 own（什么算本人的）。",
            "`only` needs `own`: the condition for what is one's own.",
        )
    return formulas.read_optional(path, text, names, BOOLEAN)


def _lets(path: str, operation: Operation, names: Names, formulas: Formulas) -> tuple[dict[str, Let], Names]:
    """What is found and the lets, in the order of declaration; with the names that know of which type each
    is."""
    declared = {**operation.find, **operation.let}
    lets: dict[str, Let] = {}
    for name in rough_order(declared, names).order:
        part = "find" if name in operation.find else "let"
        lets[name] = formulas.read_let(f"{path}.{part}.{name}", declared[name], names)
        names = replace(names, lets={**names.lets, name: lets[name].type})
    return {name: lets[name] for name in declared}, names


def _check_circles(
    inputs: Mapping[str, CompiledInput],
    lets: Mapping[str, Let],
    state_of: Formula | None,
    names: Names,
    formulas: Formulas,
) -> None:
    rests_on = {name: references([let.tree], names) for name, let in lets.items()}
    rests_on |= {name: references(_trees(it), names) - {name} for name, it in inputs.items()}
    paths = {name: part.path for part_of in (lets, inputs) for name, part in part_of.items()}
    if state_of is not None:
        rests_on["state"], paths["state"] = references([state_of.tree], names), state_of.path
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
        *(condition for condition, _ in compiled.lengths),
    ):
        if formula is not None:
            yield formula.tree


def _rejects(
    path: str, declaration: Operation, inputs: Mapping[str, CompiledInput], scope: Scope
) -> tuple[CompiledReject, ...]:
    compiled: list[CompiledReject] = []
    for index, reject in enumerate(declaration.reject):
        if isinstance(reject, Reject):
            compiled.append(_reject(f"{path}.reject[{index}]", reject, scope))
        else:
            compiled.extend(_invalid(it) for it in inputs.values())
    return tuple(compiled)


def _reject(path: str, reject: Reject, scope: Scope) -> CompiledReject:
    then, after = compile_steps(f"{path}.then", reject.then, scope)
    return CompiledReject(
        path=path,
        condition=scope.formulas.read(f"{path}.if", reject.condition, scope.names, BOOLEAN),
        say=reject.say,
        show=_read_all(f"{path}.show", reject.show, after.names, scope.formulas),
        then=then,
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
    return {name: formulas.read_shown(f"{path}.{name}", text, names) for name, text in texts.items()}
