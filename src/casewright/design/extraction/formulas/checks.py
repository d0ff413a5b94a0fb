"""What was read of quantities has to parse, go in no circle, and agree with the document's worked examples."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casewright.design.expressions.checking import check, check_lines
from casewright.design.expressions.errors import ExpressionError
from casewright.design.expressions.evaluation import Evaluate, compile_expression
from casewright.design.expressions.literals import read_number
from casewright.design.expressions.names import Names, TableShape
from casewright.design.expressions.parsing import parse, parse_lines
from casewright.design.expressions.static_types import ANY, NUMBER, Type
from casewright.design.expressions.tree import Name, Tree, walk
from casewright.design.expressions.values import MISSING, Row, Value
from casewright.design.expressions.values import UNKNOWN as UNKNOWN_VALUE
from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.formulas.examples import World, disagrees, examples_in
from casewright.design.extraction.formulas.lookups import Lookup
from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.words import UNKNOWN
from casewright.design.model.ordering import in_order
from casewright.design.model.schema import InputType
from casewright.design.model.scopes import type_of

if TYPE_CHECKING:
    from casewright.design.extraction.formulas.definition import Definition


def checked(
    found: Sequence[Definition],
    fields: Mapping[str, Field],
    lookups: Sequence[Lookup],
    passages: Sequence[Passage],
) -> list[Definition]:
    """The definitions with their `needs`; one that does not parse, goes in a circle or disagrees with an
    example is unknown."""
    names = _names(found, fields, lookups)
    trees = {each.name: _tree(each.lines, names) for each in found}
    needs = {name: _reads(tree) for name, tree in trees.items()}
    wrong = {name for name, tree in trees.items() if tree is None}
    wrong |= {name for circle in in_order(needs).circles for name in circle}
    evaluators = {
        name: compile_expression(tree)
        for name, tree in trees.items()
        if tree is not None and name not in wrong
    }
    wrong |= _disagreeing(evaluators, fields, lookups, passages)
    return [
        replace(each, lines=(UNKNOWN,), needs=frozenset[str](), tables=())
        if each.name in wrong
        else replace(each, needs=needs[each.name])
        for each in found
    ]


def _names(found: Sequence[Definition], fields: Mapping[str, Field], lookups: Sequence[Lookup]) -> Names:
    inputs = {
        name: NUMBER if one.rules.type is None else type_of(one.rules.type, name, _values(one), {})
        for name, one in fields.items()
    }
    shapes: dict[str, TableShape] = {}
    for each in lookups:
        keys: list[Type] = [inputs.get(key, ANY) for key in each.table.keys]
        shapes[each.name] = TableShape(tuple(keys), dict.fromkeys(each.table.columns, ANY))
    return Names(inputs=inputs, lets={each.name: ANY for each in found}, tables=shapes)


def _values(one: Field) -> tuple[str, ...]:
    return one.rules.choices if one.rules.type is InputType.CHOICE else ()


def _tree(lines: Sequence[str], names: Names) -> Tree | None:
    try:
        if len(lines) == 1:
            tree: Tree = parse(lines[0], names)
            check(tree, names, lines[0])
        else:
            tree = parse_lines(lines, names)
            check_lines(tree, names, lines)
    except ExpressionError:
        return None
    return tree


def _reads(tree: Tree | None) -> frozenset[str]:
    if tree is None:
        return frozenset()
    return frozenset(node.name for node in walk(tree) if isinstance(node, Name))


def _disagreeing(
    evaluators: Mapping[str, Evaluate],
    fields: Mapping[str, Field],
    lookups: Sequence[Lookup],
    passages: Sequence[Passage],
) -> set[str]:
    texts = [each.text for each in passages if each.table is None and not each.skipped]
    tables = {each.name: _rows(each) for each in lookups}
    return {
        name
        for example in examples_in(texts, fields, list(evaluators))
        for name in example.results
        if disagrees(name, World(example, evaluators, tables))
    }


def _rows(lookup: Lookup) -> dict[tuple[str, ...], Row]:
    """Keys → column → value; a cell of words is a text."""
    count = len(lookup.table.keys)
    return {
        row[:count]: {
            column: _cell(cell) for column, cell in zip(lookup.table.columns, row[count:], strict=True)
        }
        for row in lookup.table.rows
    }


def _cell(cell: str) -> Value:
    if cell == "missing":
        return MISSING
    if cell.startswith('"'):
        return cell.strip('"')
    return read_number(cell) if re.fullmatch(r"-?\d+(?:\.\d+)?%?", cell) else UNKNOWN_VALUE
