"""Reads the expressions of a model and gathers what is wrong with them, so that all is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from casewright.design.cases import Words
from casewright.design.expressions.checking import check, check_as, check_lines
from casewright.design.expressions.errors import ExpressionError, nearest
from casewright.design.expressions.evaluation import compile_expression, compile_let
from casewright.design.expressions.names import Names
from casewright.design.expressions.parsing import parse, parse_lines
from casewright.design.expressions.static_types import ANY, Type, TypeKind
from casewright.design.expressions.tree import Literal, Tree
from casewright.design.expressions.values import UNKNOWN
from casewright.design.model.errors import ModelError
from casewright.design.model.parts import Formula, Let

_NOTHING: Final = Literal(UNKNOWN)
"""Stands where an expression is wrong; a model with an error is never run."""
_A_ROW: Final = Words(
    zh="这是表格的一整行，请写明是哪一列。", en="this is a whole row of a table: say which column is meant."
)

_A_RECORD: Final = Words(
    zh="这是整条记录，请写明是哪个字段。", en="this is a whole record: say which field is meant."
)


class Formulas:
    """Every method gives something to go on with; `errors` has what was wrong."""

    def __init__(self) -> None:
        self.errors: list[ModelError] = []

    def fault(self, path: str, zh: str, en: str) -> None:
        self.errors.append(ModelError(path, Words(zh=zh, en=en)))

    def unknown(self, path: str, what: Words, name: str, known: Iterable[str]) -> None:
        """There is no `what` called `name`."""
        suggestion = nearest(name, known)
        zh = f"没有名为“{name}”的{what.zh}。" + (f"您是不是想写“{suggestion}”？" if suggestion else "")
        en = f"there is no {what.en} `{name}`." + (f" Did you mean `{suggestion}`?" if suggestion else "")
        self.fault(path, zh, en)

    def read(self, path: str, text: str, names: Names, wanted: Type = ANY) -> Formula:
        """An expression that has to have a value of type `wanted`."""
        tree: Tree = _NOTHING
        found = ANY
        try:
            tree = parse(text, names, wanted)
            found = check_as(tree, wanted, names, text)
        except ExpressionError as error:
            self._expression_error(path, error)
        if found.kind is TypeKind.ROW:
            self.errors.append(ModelError(path, _A_ROW))
        return Formula(path, text, tree, found, compile_expression(tree))

    def read_shown(self, path: str, text: str, names: Names) -> Formula:
        """An expression whose value is told: no record."""
        formula = self.read(path, text, names)
        if formula.type.kind is TypeKind.RECORD:
            self.errors.append(ModelError(path, _A_RECORD))
        return formula

    def read_optional(self, path: str, text: str | None, names: Names, wanted: Type = ANY) -> Formula | None:
        return None if text is None else self.read(path, text, names, wanted)

    def read_let(self, path: str, text: str | Sequence[str], names: Names) -> Let:
        tree: Tree = _NOTHING
        found = ANY
        try:
            if isinstance(text, str):
                tree = parse(text, names)
                found = check(tree, names, text)
            else:
                tree = parse_lines(text, names)
                found = check_lines(tree, names, text)
        except ExpressionError as error:
            self._expression_error(path if error.line is None else f"{path}[{error.line}]", error)
        lines = (text,) if isinstance(text, str) else tuple(text)
        return Let(path, lines, tree, found, compile_let(tree))

    def _expression_error(self, path: str, error: ExpressionError) -> None:
        self.errors.append(ModelError(path, error.words, error.column))
