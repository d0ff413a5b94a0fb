"""Checks of a model that need no expression: names, states, roles, permissions, examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from casewright.design.cases import Words
from casewright.design.expressions.names import CLOCK_NAMES
from casewright.design.model.formulas import Formulas
from casewright.design.model.records import check_kind, check_records
from casewright.design.model.schema import (
    ANY_STATE,
    NOBODY,
    Example,
    ExampleStep,
    Grant,
    Model,
    Operation,
    Reject,
    written_out,
)
from casewright.design.model.scopes import roles

_STATE: Final = Words(zh="状态", en="state")
_ROLE: Final = Words(zh="角色", en="role")
_OPERATION: Final = Words(zh="操作", en="operation")
_INPUT: Final = Words(zh="输入项", en="input")
_OUTPUT: Final = Words(zh="输出项", en="output")
_CHOICE: Final = Words(zh="选项类型", en="choice type")
_WORD: Final = Words(zh="状态或选项值", en="state or value of a choice")

ALWAYS_EXPECTED: Final = ("outcome", "state")
"""What an example may expect of every operation, besides its outputs and the message."""


def check_declarations(model: Model, words: Iterable[str], formulas: Formulas) -> None:
    """`words`: the values of all choices, the states and the roles."""
    _check_names(model, formulas)
    _check_states(model, formulas)
    _check_terms(model, frozenset(words), formulas)
    _check_permissions(model, formulas)
    check_records(model, formulas)
    for name, operation in model.operations.items():
        _check_groups(f"operations.{name}", operation, formulas)
    for index, example in enumerate(written_out(model.examples)):
        _check_example(f"examples[{index}]", example, model, formulas)


def _check_names(model: Model, formulas: Formulas) -> None:
    """Whatever can be read has to have a name of its own."""
    taken: dict[str, str] = {"actor": "actor"}
    if model.states is not None:
        taken["state"] = "states"
    elif any(record.state for record in model.records.values()):
        taken["state"] = "records"
    if model.clock is not None:
        taken |= dict.fromkeys(CLOCK_NAMES, "clock")
    for part, names in (("figures", model.figures), ("state", model.state), ("derived", model.derived)):
        _take(part, names, taken, formulas)
    for name, operation in model.operations.items():
        own = dict(taken)
        path = f"operations.{name}"
        _take(f"{path}.inputs", operation.inputs, own, formulas)
        _take(f"{path}.find", operation.find, own, formulas)
        _take(f"{path}.let", operation.let, own, formulas)
    indexed = {name: f"tables.{name}" for name in model.tables}
    indexed |= {name: path for name, path in taken.items() if name not in indexed}
    for name in model.records:
        if name in indexed:
            _twice(f"records.{name}", name, indexed[name], formulas)
    for name, variable in model.state.items():
        check_kind(f"state.{name}", name, variable.type, variable.is_a, variable.of, model, formulas)
        if variable.per is not None and name in model.tables:
            _twice(f"state.{name}", name, f"tables.{name}", formulas)
        if variable.per is not None and variable.per not in model.choices:
            formulas.unknown(f"state.{name}.per", _CHOICE, variable.per, model.choices)


def _take(part: str, names: Iterable[str], taken: dict[str, str], formulas: Formulas) -> None:
    for name in names:
        path = f"{part}.{name}"
        if not name.strip() or name != name.strip():
            formulas.fault(path, "名称不能为空，首尾不能有空格。", "a name has no spaces at its ends.")
        elif name in taken:
            _twice(path, name, taken[name], formulas)
        taken.setdefault(name, path)


def _twice(path: str, name: str, first: str, formulas: Formulas) -> None:
    formulas.fault(
        path, f"名称“{name}”重复，已用于 {first}。", f"the name `{name}` is used twice, first by {first}."
    )


def _check_states(model: Model, formulas: Formulas) -> None:
    if model.states is None:
        return
    if model.states.starts not in model.states.are:
        formulas.unknown("states.starts", _STATE, model.states.starts, model.states.are)
    for state in dict.fromkeys(model.states.are):
        if model.states.are.count(state) > 1:
            formulas.fault("states.are", f"状态“{state}”重复。", f"the state `{state}` stands there twice.")


def _check_terms(model: Model, words: frozenset[str], formulas: Formulas) -> None:
    for name, members in model.terms.items():
        for index, word in enumerate(members):
            if word not in words:
                formulas.unknown(f"terms.{name}[{index}]", _WORD, word, words)


def _check_permissions(model: Model, formulas: Formulas) -> None:
    states = [ANY_STATE, *(model.states.are if model.states is not None else ()), *model.terms]
    states += [state for record in model.records.values() for state in record.state]
    known = (*model.roles, NOBODY)
    for role in dict.fromkeys(model.roles):
        if model.roles.count(role) > 1:
            formulas.fault("roles", f"角色“{role}”重复。", f"the role `{role}` stands there twice.")
    for operation, allowed in model.may.items():
        if operation not in model.operations:
            formulas.unknown(f"may.{operation}", _OPERATION, operation, model.operations)
        for role, grant in allowed.items():
            path = f"may.{operation}.{role}"
            if role not in known:
                formulas.unknown(path, _ROLE, role, known)
            for index, state in enumerate(grant.states if isinstance(grant, Grant) else grant):
                if state not in states:
                    formulas.unknown(f"{path}[{index}]", _STATE, state, states)


def _check_groups(path: str, operation: Operation, formulas: Formulas) -> None:
    for index, group in enumerate(operation.input_groups):
        place = f"{path}.input groups[{index}]"
        if bool(group.all_or_none_of) == bool(group.at_least_one_of):
            formulas.fault(
                place,
                "要写 all or none of 或 at least one of（只写一个）。",
                "say either `all or none of` or `at least one of`.",
            )
        for name in (*group.all_or_none_of, *group.at_least_one_of):
            if name not in operation.inputs:
                formulas.unknown(place, _INPUT, name, operation.inputs)


def _check_example(path: str, example: Example, model: Model, formulas: Formulas) -> None:
    for index, step in enumerate(example.after):
        _check_call(f"{path}.after[{index}]", step, model, formulas)
    call = ExampleStep(do=example.do, actor=example.actor, inputs=example.inputs)
    operation = _check_call(path, call, model, formulas)
    if operation is None:
        return
    outputs = _outputs(operation, model)
    for name in example.expect:
        if name not in outputs:
            formulas.unknown(f"{path}.expect.{name}", _OUTPUT, name, outputs)


def _check_call(path: str, call: ExampleStep, model: Model, formulas: Formulas) -> Operation | None:
    if call.actor is not None and call.actor not in roles(model):
        formulas.unknown(f"{path}.as", _ROLE, call.actor, roles(model))
    operation = model.operations.get(call.do)
    if operation is None:
        formulas.unknown(f"{path}.do", _OPERATION, call.do, model.operations)
        return None
    for name in call.inputs:
        if name not in operation.inputs:
            formulas.unknown(f"{path}.with.{name}", _INPUT, name, operation.inputs)
    return operation


def _outputs(operation: Operation, model: Model) -> tuple[str, ...]:
    shown: Mapping[str, None] = {
        name: None for reject in operation.reject if isinstance(reject, Reject) for name in reject.show
    }
    always = (*operation.answer_always, *model.answer_always)
    return (*operation.answer, *always, *shown, model.message, *ALWAYS_EXPECTED)
