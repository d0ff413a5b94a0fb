"""Checks of a model that need no expression: names, states, roles, permissions, examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from casewright.design.cases import Words
from casewright.design.model.formulas import Formulas
from casewright.design.model.schema import ANY_STATE, NOBODY, Example, Model, Operation, Reject
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
    for index, example in enumerate(model.examples):
        _check_example(f"examples[{index}]", example, model, formulas)


def _check_names(model: Model, formulas: Formulas) -> None:
    """Whatever can be read has to have a name of its own."""
    taken: dict[str, str] = {"actor": "actor"}
    if model.states is not None:
        taken["state"] = "states"
    for part, names in (("figures", model.figures), ("state", model.state), ("derived", model.derived)):
        _take(part, names, taken, formulas)
    for name, operation in model.operations.items():
        own = dict(taken)
        path = f"operations.{name}"
        _take(f"{path}.inputs", operation.inputs, own, formulas)
        _take(f"{path}.let", operation.let, own, formulas)
    for name, variable in model.state.items():
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
    if model.states is not None and model.states.starts not in model.states.are:
        formulas.unknown("states.starts", _STATE, model.states.starts, model.states.are)


def _check_terms(model: Model, words: frozenset[str], formulas: Formulas) -> None:
    for name, members in model.terms.items():
        for index, word in enumerate(members):
            if word not in words:
                formulas.unknown(f"terms.{name}[{index}]", _WORD, word, words)


def _check_permissions(model: Model, formulas: Formulas) -> None:
    states = (ANY_STATE, *(model.states.are if model.states is not None else ()))
    known = (*model.roles, NOBODY)
    for operation, allowed in model.may.items():
        if operation not in model.operations:
            formulas.unknown(f"may.{operation}", _OPERATION, operation, model.operations)
        for role, in_states in allowed.items():
            path = f"may.{operation}.{role}"
            if role not in known:
                formulas.unknown(path, _ROLE, role, known)
            for index, state in enumerate(in_states):
                if state not in states:
                    formulas.unknown(f"{path}[{index}]", _STATE, state, states)


def _check_example(path: str, example: Example, model: Model, formulas: Formulas) -> None:
    if example.actor is not None and example.actor not in roles(model):
        formulas.unknown(f"{path}.as", _ROLE, example.actor, roles(model))
    operation = model.operations.get(example.do)
    if operation is None:
        formulas.unknown(f"{path}.do", _OPERATION, example.do, model.operations)
        return
    for name in example.inputs:
        if name not in operation.inputs:
            formulas.unknown(f"{path}.with.{name}", _INPUT, name, operation.inputs)
    outputs = _outputs(operation, model.message)
    for name in example.expect:
        if name not in outputs:
            formulas.unknown(f"{path}.expect.{name}", _OUTPUT, name, outputs)


def _outputs(operation: Operation, message: str) -> tuple[str, ...]:
    shown: Mapping[str, None] = {
        name: None for reject in operation.reject if isinstance(reject, Reject) for name in reject.show
    }
    return (*operation.answer, *shown, message, *ALWAYS_EXPECTED)
