"""A test model made ready to run: every expression parsed with the names of its place, and checked.

All that is wrong is told at once. The parts are in `parts.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import ANY, Type
from casewright.design.model.clock import clock_type, compile_clock
from casewright.design.model.constants import values_of
from casewright.design.model.declarations import check_declarations
from casewright.design.model.derived import compile_derived
from casewright.design.model.errors import ModelErrors
from casewright.design.model.formulas import Formulas
from casewright.design.model.operations import compile_operation
from casewright.design.model.ordering import report, rough_order
from casewright.design.model.parts import (
    CompiledClock,
    CompiledDue,
    CompiledEffect,
    CompiledOperation,
    CompiledRecord,
    CompiledTable,
    CompiledVariable,
    Formula,
)
from casewright.design.model.records import compile_records, record_shapes, record_words
from casewright.design.model.schema import Example, Model, written_out
from casewright.design.model.scopes import keyed_variables, plain_variables, words_only
from casewright.design.model.shared_effects import compile_due, compile_effects
from casewright.design.model.steps import Scope
from casewright.design.model.subjects import compile_state_of, with_states_of
from casewright.design.model.tables import cell_names, compile_table, shape_of


@dataclass(frozen=True, slots=True)
class CompiledModel:
    """Everything under the name that it has in `model`. `names` is what a derived value may use; `state_of`
    is the record whose state counts where an operation doesn't say otherwise."""

    model: Model
    figures: Mapping[str, Formula]
    variables: Mapping[str, CompiledVariable]
    tables: Mapping[str, CompiledTable]
    derived: Mapping[str, Formula]
    operations: Mapping[str, CompiledOperation]
    names: Names
    records: Mapping[str, CompiledRecord]
    effects: Mapping[str, CompiledEffect]
    due: tuple[CompiledDue, ...]
    clock: CompiledClock | None
    state_of: Formula | None
    answer_always: Mapping[str, Formula]

    @property
    def examples(self) -> tuple[Example, ...]:
        """Those of the model, with 'as above but' written out."""
        return written_out(self.model.examples)


def compile_model(model: Model) -> CompiledModel:
    """Raises `ModelErrors` with everything that is wrong."""
    formulas = Formulas()
    names = words_only(model)
    names = replace(names, choices={**names.choices, **record_words(model)})
    check_declarations(model, names.words, formulas)

    figures, names = _figures(model, names, formulas)
    constants = values_of(figures)
    names = replace(names, records=record_shapes(model), clock=clock_type(model, formulas))
    variables = _variables(model, names, formulas)
    names = replace(names, variables=plain_variables(model), keyed=keyed_variables(model))
    names = with_states_of(model.state_of, replace(names, derived=dict.fromkeys(model.derived, ANY)), names)

    in_cells = cell_names(model, replace(names, derived=dict.fromkeys(model.derived, ANY)))
    tables = {name: compile_table(model, name, in_cells, formulas) for name in model.tables}
    names = replace(names, tables={name: shape_of(it, model, in_cells) for name, it in tables.items()})

    derived, of_records, names = compile_derived(model, names, formulas)
    records = compile_records(model, of_records, names, constants, formulas)
    state_of = compile_state_of("state of", model.state_of, names, formulas)
    scope = Scope(names, records, state_of, formulas, {})
    effects = compile_effects(model, scope)
    scope = replace(scope, effects=effects)
    operations = {name: compile_operation(model, name, scope, constants) for name in model.operations}
    due = compile_due(model, derived, scope)
    always = {
        name: formulas.read_shown(f"answer always.{name}", text, names)
        for name, text in model.answer_always.items()
    }
    clock = compile_clock(model, names, formulas)
    if formulas.errors:
        raise ModelErrors(formulas.errors)
    return CompiledModel(
        model=model,
        figures=figures,
        variables=variables,
        tables=tables,
        derived=derived,
        operations=operations,
        names=names,
        records=records,
        effects=effects,
        due=due,
        clock=clock,
        state_of=state_of,
        answer_always=always,
    )


def _figures(model: Model, names: Names, formulas: Formulas) -> tuple[dict[str, Formula], Names]:
    texts = {name: figure.value for name, figure in model.figures.items()}
    paths = {name: f"figures.{name}.is" for name in texts}
    return _in_order(texts, paths, lambda types: replace(names, figures=types), formulas)


def _in_order(
    texts: Mapping[str, str],
    paths: Mapping[str, str],
    names_with: Callable[[Mapping[str, Type]], Names],
    formulas: Formulas,
) -> tuple[dict[str, Formula], Names]:
    """Definitions that may rest on each other, each after those that it rests on, and the names that know
    of which type each is. `names_with`: their types → what they may use."""
    types: dict[str, Type] = dict.fromkeys(texts, ANY)
    ordering = rough_order(texts, names_with(types))
    report(ordering, paths, formulas)
    read: dict[str, Formula] = {}
    for name in ordering.order:
        read[name] = formulas.read(paths[name], texts[name], names_with({**types}))
        types[name] = read[name].type
    return read, names_with(types)


def _variables(model: Model, names: Names, formulas: Formulas) -> dict[str, CompiledVariable]:
    keyed, plain = keyed_variables(model), plain_variables(model)
    variables: dict[str, CompiledVariable] = {}
    for name, declaration in model.state.items():
        path = f"state.{name}"
        of = plain[name] if name in plain else keyed[name].value
        starts = formulas.read(f"{path}.starts", declaration.starts, names, of)
        keys = keyed[name].key.values if name in keyed else None
        variables[name] = CompiledVariable(name, path, declaration, of, starts, keys)
    return variables
