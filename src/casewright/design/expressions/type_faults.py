"""What is wrong with the type of a node, before it is known from which text the node was read."""

from __future__ import annotations

from typing import Final

from casewright.design.cases import Words
from casewright.design.expressions.errors import ExpressionError
from casewright.design.expressions.static_types import Type, TypeKind
from casewright.design.expressions.tree import Tree

KINDS: Final = {
    TypeKind.NUMBER: Words(zh="数字", en="a number"),
    TypeKind.TEXT: Words(zh="文本", en="a text"),
    TypeKind.CHOICE: Words(zh="选项的值", en="a value of a choice"),
    TypeKind.BOOLEAN: Words(zh="是或否（yes/no）", en="yes or no"),
    TypeKind.DATE: Words(zh="日期", en="a date"),
    TypeKind.TIME: Words(zh="时刻", en="a time"),
    TypeKind.DATE_TIME: Words(zh="日期时间", en="a date-time"),
    TypeKind.DURATION: Words(zh="时长", en="a duration"),
    TypeKind.ROW: Words(zh="表格的一行", en="a row of a table"),
    TypeKind.RECORD: Words(zh="一条记录", en="a record"),
    TypeKind.ANY: Words(zh="任意值", en="any value"),
}


def told(of: Type) -> Words:
    """What something of this type is, records with where they are kept."""
    if of.kind is not TypeKind.RECORD:
        return KINDS[of.kind]
    return Words(zh=f"一条“{of.collection}”记录", en=f"a record of `{of.collection}`")


class TypeFault(Exception):
    def __init__(self, zh: str, en: str, tree: Tree, suggestion: str | None = None) -> None:
        super().__init__(en)
        self.problem = Words(zh=zh, en=en)
        self.tree = tree
        self.suggestion = suggestion

    def in_text(self, text: str) -> ExpressionError:
        return ExpressionError(self.problem, text, self.tree.span, self.suggestion)
