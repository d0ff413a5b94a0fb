"""Of which type expressions over records are, and what their operands have to be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from casewright.design.expressions import record_tree as nodes
from casewright.design.expressions.names import Names
from casewright.design.expressions.record_tree import Summary
from casewright.design.expressions.static_types import (
    ANY,
    BOOLEAN,
    DURATION,
    NUMBER,
    Type,
    TypeKind,
    record_of,
)
from casewright.design.expressions.tree import And, Compare, Or, Tree
from casewright.design.expressions.type_faults import TypeFault
from casewright.design.expressions.type_rules import (
    MOMENTS,
    comparable,
    has_hours,
    joined,
    type_of,
    want,
    want_ordered,
)


def scanned(tree: nodes.Scanned, _names: Names) -> Type:
    return record_of(tree.collection)


def by_key(tree: nodes.ByKey, names: Names) -> Type:
    keys = names.records[tree.collection].keys
    if len(tree.keys) != len(keys):
        raise TypeFault(
            f"“{tree.collection}”的键有 {len(keys)} 项，这里写了 {len(tree.keys)} 项。",
            f"the key of `{tree.collection}` has {len(keys)} parts, but {len(tree.keys)} are given.",
            tree,
        )
    for key, wanted in zip(tree.keys, keys, strict=True):
        comparable(key, wanted, names)
    return record_of(tree.collection)


def search(tree: nodes.Search, names: Names) -> Type:
    _condition(tree.where, names)
    _order(tree.by, names)
    return record_of(tree.collection)


def position_of(tree: nodes.PositionOf, names: Names) -> Type:
    comparable(tree.record, record_of(tree.collection), names)
    _condition(tree.where, names)
    _order(tree.by, names)
    return NUMBER


def quantified(tree: nodes.Quantified, names: Names) -> Type:
    _condition(tree.where, names)
    _condition(tree.has, names)
    return BOOLEAN


def count_records(tree: nodes.CountRecords, names: Names) -> Type:
    _condition(tree.where, names)
    return NUMBER


def summarised(tree: nodes.Summarised, names: Names) -> Type:
    _condition(tree.where, names)
    if tree.summary is Summary.SUM:
        return want(tree.value, names, TypeKind.NUMBER)
    return want_ordered(tree.value, names)


def overlaps(tree: nodes.Overlaps, names: Names) -> Type:
    kind = ANY
    for end in (tree.first_start, tree.first_end, tree.second_start, tree.second_end):
        want(end, names, TypeKind.NUMBER, *MOMENTS)
        comparable(end, kind, names)
        kind = joined(kind, end, names)
    if tree.gap is not None:
        gap = ANY if kind is ANY else NUMBER if kind is NUMBER else DURATION
        comparable(tree.gap, gap, names)
        if kind.kind is TypeKind.DATE and has_hours(tree.gap):
            raise TypeFault(
                "日期没有钟点，只能用天或周。", "a date has no hours: use days or weeks.", tree.gap
            )
    return BOOLEAN


def _condition(tree: Tree | None, names: Names) -> None:
    if tree is None:
        return
    last = tree
    while isinstance(last, And | Or):
        last = last.parts[-1]
    if isinstance(last, Compare) and _compares_a_truth(last, names):
        raise TypeFault(
            "“where”“has”的内容一直到末尾：如要比较查找的结果，请给整个查找加上括号，"
            "例如“(count of … where …) >= 3”。",
            "`where` and `has` take all that follows: to compare what is found, put brackets round the whole "
            "search, as in `(count of … where …) >= 3`.",
            last,
        )
    want(tree, names, TypeKind.BOOLEAN)


def _compares_a_truth(tree: Compare, names: Names) -> bool:
    left, right = type_of(tree.left, names), type_of(tree.right, names)
    return left is BOOLEAN and right.kind not in (TypeKind.BOOLEAN, TypeKind.ANY)


def _order(tree: Tree | None, names: Names) -> None:
    if tree is not None:
        want_ordered(tree, names)


RULES: Final[dict[type[Tree], Callable[[Any, Names], Type]]] = {
    nodes.Scanned: scanned,
    nodes.ByKey: by_key,
    nodes.Search: search,
    nodes.PositionOf: position_of,
    nodes.Quantified: quantified,
    nodes.CountRecords: count_records,
    nodes.Summarised: summarised,
    nodes.Overlaps: overlaps,
}
