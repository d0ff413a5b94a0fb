"""The static type of a tree, or what is wrong with its types. The rules stand in `type_rules.py` and
`record_types.py`."""

from __future__ import annotations

from collections.abc import Sequence

from casewright.design.expressions import record_types
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import ANY, Type, TypeKind
from casewright.design.expressions.tree import Tree
from casewright.design.expressions.type_faults import TypeFault
from casewright.design.expressions.type_rules import fitting, joined, type_of, want

for _node, _rule in record_types.RULES.items():
    type_of.register(_node, _rule)


def check(tree: Tree, names: Names, text: str) -> Type:
    """The type of a settled tree; raises `ExpressionError`. `text` is what the tree was read from."""
    try:
        return type_of(tree, names)
    except TypeFault as fault:
        raise fault.in_text(text) from None


def check_as(tree: Tree, wanted: Type, names: Names, text: str) -> Type:
    """As `check`; raises too if the tree can't have a value of type `wanted`."""
    try:
        return fitting(tree, wanted, names)
    except TypeFault as fault:
        raise fault.in_text(text) from None


def check_lines(tree: nodes.FirstHit, names: Names, lines: Sequence[str]) -> Type:
    """The type of a first-hit list; raises `ExpressionError` with its `line`."""
    result = ANY
    for index, value in enumerate([*(case.value for case in tree.cases), tree.otherwise]):
        try:
            if index < len(tree.cases):
                want(tree.cases[index].condition, names, TypeKind.BOOLEAN)
            result = joined(result, value, names)
        except TypeFault as fault:
            error = fault.in_text(lines[index])
            error.line = index
            raise error from None
    return result


def type_or_any(tree: Tree, names: Names) -> Type:
    """`ANY` where the tree has no type."""
    try:
        return type_of(tree, names)
    except TypeFault:
        return ANY
