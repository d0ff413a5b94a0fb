"""Which names the expressions of a model may use, and of what type they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casewright.design.expressions import static_types as types
from casewright.design.expressions.names import KeyedVariable, Names
from casewright.design.expressions.static_types import ANY, Type
from casewright.design.model.schema import NOBODY, Choice, InputType, Model

_TYPES: Final[dict[InputType, Type]] = {
    InputType.INTEGER: types.NUMBER,
    InputType.DECIMAL: types.NUMBER,
    InputType.TEXT: types.TEXT,
    InputType.BOOLEAN: types.BOOLEAN,
    InputType.DATE: types.DATE,
    InputType.TIME: types.TIME,
    InputType.DATE_TIME: types.DATE_TIME,
}


def type_of(kind: InputType, name: str, of: tuple[str, ...], choices: Mapping[str, Choice]) -> Type:
    """The type of an input or variable. A choice has its own values, or those of the one choice type that
    `of` names, or those of the choice type that is called as it is; `ANY` if there are none."""
    if kind is not InputType.CHOICE:
        return _TYPES[kind]
    if len(of) == 1 and of[0] in choices:
        name, of = of[0], ()
    if of:
        return types.choice_of(*of)
    if name not in choices:
        return ANY
    choice = choices[name]
    return types.ordered_choice_of(*choice.of) if choice.ordered else types.choice_of(*choice.of)


def input_types(model: Model, operation: str) -> dict[str, Type]:
    """Of every input of the operation."""
    inputs = model.operations[operation].inputs
    return {name: type_of(it.type, name, it.of, model.choices) for name, it in inputs.items()}


def key_type(model: Model, name: str) -> Type:
    """Of what a table is looked up by, if the key is called as a choice type, an input or variable is."""
    if name == "state" and model.states is not None:
        return types.choice_of(*model.states.are)
    if name == "state" and model.records:
        return types.choice_of(*(state for record in model.records.values() for state in record.state))
    if name == "actor":
        return types.choice_of(*roles(model))
    if name in model.choices:
        return type_of(InputType.CHOICE, name, (), model.choices)
    found = [of[name] for of in (input_types(model, each) for each in model.operations) if name in of]
    if name in model.state:
        found.append(variable_type(model, name))
    result = ANY
    for of in found:
        result = types.union(result, of) or ANY
    return result


def roles(model: Model) -> tuple[str, ...]:
    """Everyone who can be named as the actor, `nobody` last."""
    told = (role for operation in model.operations.values() for role in operation.by)
    return tuple(dict.fromkeys((*model.roles, *told, NOBODY)))


def words_only(model: Model) -> Names:
    """The scope of a figure: it stands for itself, but may be a word."""
    values = {
        f"{operation}.{name}": of.values
        for operation in model.operations
        for name, of in input_types(model, operation).items()
    }
    return Names(
        choices={name: choice.of for name, choice in model.choices.items()} | values,
        terms=model.terms,
        states=model.states.are if model.states is not None else (),
        roles=roles(model),
    )


def variable_type(model: Model, name: str) -> Type:
    """Of the variable, or of each of its values."""
    variable = model.state[name]
    if variable.is_a is not None:
        return types.record_of(variable.is_a)
    return ANY if variable.type is None else type_of(variable.type, name, variable.of, model.choices)


def keyed_variables(model: Model) -> dict[str, KeyedVariable]:
    return {
        name: KeyedVariable(key_type(model, variable.per), variable_type(model, name))
        for name, variable in model.state.items()
        if variable.per is not None
    }


def plain_variables(model: Model) -> dict[str, Type]:
    return {name: variable_type(model, name) for name, it in model.state.items() if it.per is None}
