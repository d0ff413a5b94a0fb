"""Compiles the tables of a model. Their cells may be formulas over what an operation has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from casewright.design.expressions.names import Names, TableShape
from casewright.design.expressions.static_types import ANY, Type, TypeKind, union
from casewright.design.model.formulas import Formulas
from casewright.design.model.ordering import references
from casewright.design.model.parts import CompiledTable, Formula, TableRow
from casewright.design.model.schema import LookupTable, Model
from casewright.design.model.scopes import input_types, key_type

ANY_KEY: Final = "any"


def cell_names(model: Model, above: Names) -> Names:
    """What a cell may use: `above`, and what any of the operations has. Which operation looks the table up
    is not known here; `check` sees to it that it has the names."""
    inputs: dict[str, Type] = {}
    lets: dict[str, Type] = {}
    for name, operation in model.operations.items():
        for each, of in input_types(model, name).items():
            inputs[each] = union(inputs.get(each, of), of) or ANY
        lets.update(dict.fromkeys(operation.let, ANY))
    return replace(above, inputs=inputs, lets=lets)


def compile_table(model: Model, name: str, names: Names, formulas: Formulas) -> CompiledTable:
    table, path = model.tables[name], f"tables.{name}"
    keys = [key_type(model, key) for key in table.keys]
    columns = [key_type(model, column) if column in model.choices else ANY for column in table.columns]
    _check_head(table, path, formulas)
    rows: list[TableRow] = []
    for index, cells in enumerate(table.rows):
        row = f"{path}.rows[{index}]"
        if len(cells) != len(keys) + len(columns):
            formulas.fault(
                row,
                f"这一行有 {len(cells)} 格，应有 {len(keys) + len(columns)} 格。",
                f"the row has {len(cells)} cells, but {len(keys) + len(columns)} are needed.",
            )
            continue
        fits = (_key(f"{row}[{i}]", cells[i], of, names, formulas) for i, of in enumerate(keys))
        read = (
            formulas.read(f"{row}[{i}]", cells[i], names, of) for i, of in enumerate(columns, start=len(keys))
        )
        rows.append(TableRow(row, tuple(fits), dict(zip(table.columns, read, strict=True))))
    return CompiledTable(name, path, table, tuple(rows))


def shape_of(table: CompiledTable, model: Model, names: Names) -> TableShape:
    """A key whose type is not declared has that of the cells; a column that mixes types may be anything."""
    keys: list[Type] = []
    for index, key in enumerate(table.declaration.keys):
        cells = (row.keys[index] for row in table.rows)
        declared = key_type(model, key)
        keys.append(_common(declared, [] if declared.kind is not TypeKind.ANY else [*cells]))
    columns = {
        name: _common(ANY, [row.cells[name] for row in table.rows]) for name in table.declaration.columns
    }
    trees = [cell.tree for row in table.rows for cell in row.cells.values()]
    return TableShape(tuple(keys), columns, references(trees, names))


def _common(start: Type, cells: Sequence[Formula | None]) -> Type:
    result = start
    for cell in cells:
        if cell is not None:
            both = union(result, cell.type)
            if both is None:
                return ANY
            result = both
    return result


def _key(path: str, text: str, of: Type, names: Names, formulas: Formulas) -> Formula | None:
    if text.strip() == ANY_KEY:
        return None
    return formulas.read(path, text, names, of)


def _check_head(table: LookupTable, path: str, formulas: Formulas) -> None:
    if not table.keys or not table.columns:
        formulas.fault(path, "表格至少要有一个键和一列。", "a table needs at least one key and one column.")
    heads = [*table.keys, *table.columns]
    for head in dict.fromkeys(heads):
        if heads.count(head) > 1:
            formulas.fault(path, f"列名“{head}”重复。", f"the heading `{head}` stands there twice.")
