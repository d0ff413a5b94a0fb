"""Text to tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from lark import Lark, Token
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer

from casewright.design.cases import Words
from casewright.design.expressions.building import Builder
from casewright.design.expressions.errors import ExpressionError
from casewright.design.expressions.lexing import lex
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import ANY, Type, TypeKind
from casewright.design.expressions.tree import Case, FirstHit, Span, Tree, Word, children, walk
from casewright.design.expressions.words import settle

MAX_CHARACTERS: Final = 10_000
MAX_DEPTH: Final = 100

_LAST_LINE: Final = Words(
    zh="最后一行应写成“值 otherwise”，其他各行写成“值 if 条件”。",
    en="the last line must be 'value otherwise', every other one 'value if condition'.",
)


def parse(text: str, names: Names, beside: Type = ANY) -> Tree:
    """The tree of an expression. `beside` is the type of what it is compared with or written to: its words
    are looked up first. Raises `ExpressionError`; types are looked at by `check`."""
    whole = " ".join(text.split())
    if beside.kind is TypeKind.CHOICE and whole in beside.values:
        start = len(text) - len(text.lstrip())
        return Word(whole, span=Span(start, len(text.rstrip())))
    return settle(_read(text, names, "expression"), names, text, beside)


def parse_lines(lines: Sequence[str], names: Names, beside: Type = ANY) -> FirstHit:
    """A first-hit list: 'value if condition', and a last line 'value otherwise'.

    Raises `ExpressionError` with the `line` that it is about.
    """
    cases: list[Case] = []
    for index, line in enumerate(lines):
        try:
            tree = settle(_read(line, names, "line"), names, line, beside)
            if isinstance(tree, Case) == (index == len(lines) - 1):
                raise ExpressionError(_LAST_LINE, line, Span(0, len(line)))
        except ExpressionError as error:
            error.line = index
            raise
        if not isinstance(tree, Case):
            return FirstHit(tuple(cases), tree)
        cases.append(tree)
    raise ExpressionError(_LAST_LINE, "", Span(0, 0))


class _Tokens(Lexer):
    """Hands on the tokens that were cut before."""

    def __init__(self, lexer_conf: object) -> None:
        del lexer_conf

    def lex(self, tokens: list[Token]) -> Iterator[Token]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return iter(tokens)


@cache
def _grammar() -> Lark:
    text = files("casewright.design.expressions").joinpath("grammar.lark").read_text("utf-8")
    return Lark(text, parser="lalr", lexer=_Tokens, start=["expression", "line"], transformer=Builder())


def _read(text: str, names: Names, start: str) -> Tree:
    if len(text) > MAX_CHARACTERS:
        raise ExpressionError(_TOO_LONG, text, Span(MAX_CHARACTERS, MAX_CHARACTERS))
    tokens: Any = lex(text, names)
    try:
        tree: Any = _grammar().parse(tokens, start=start)  # pyright: ignore[reportUnknownMemberType]
    except UnexpectedToken as error:
        raise _misplaced(error, tokens, text) from None
    assert isinstance(tree, Tree)
    _check_depth(tree, text)
    _check_brackets(tree, tokens, text)
    return tree


_TOO_LONG: Final = Words(
    zh=f"表达式超过 {MAX_CHARACTERS} 个字符。", en=f"the expression is over {MAX_CHARACTERS} characters long."
)
_TOO_DEEP: Final = Words(
    zh=f"表达式嵌套超过 {MAX_DEPTH} 层。", en=f"the expression is nested more than {MAX_DEPTH} deep."
)
_EMPTY: Final = Words(zh="表达式是空的。", en="the expression is empty.")
_ENDS_EARLY: Final = Words(zh="表达式不完整，后面还应有内容。", en="the expression ends too early.")
_UNCLOSED: Final = Words(zh="缺少右括号。", en="a closing bracket is missing.")
_MISPLACED: Final = Words(zh="这里不能这样写。", en="this does not fit here.")


def _misplaced(error: UnexpectedToken, tokens: Sequence[Token], text: str) -> ExpressionError:
    token = error.token
    assert isinstance(token, Token)
    before = [each.type for each in tokens if (each.end_pos or 0) <= (token.start_pos or 0)]
    if token.type == "COLUMN" and before[-1:] == ["COLLECTION"]:
        return ExpressionError(_FIELD_OF_SEARCH, text, Span(token.start_pos or 0, token.end_pos or 0))
    if token.type != "$END":
        return ExpressionError(_MISPLACED, text, Span(token.start_pos or 0, token.end_pos or 0))
    end = len(text.rstrip())
    if not end:
        return ExpressionError(_EMPTY, text, Span(0, 0))
    closing = {"RIGHT_ROUND", "RIGHT_SQUARE"} & set(error.accepts or ())
    return ExpressionError(_UNCLOSED if closing else _ENDS_EARLY, text, Span(end, end))


_FIELD_OF_SEARCH: Final = Words(
    zh="请给整个查找加上括号，例如“(newest …).字段”。",
    en="put brackets round the whole search, as in `(newest …).field`.",
)
_BRACKETS: Final = Words(
    zh="“where”“has”“by”的内容到此为止：请给整个查找加上括号，例如“(count of … where …) >= 3”。",
    en="what `where`, `has` or `by` says ends here: put brackets round the whole search, as in "
    "`(count of … where …) >= 3`.",
)
_MAY_FOLLOW: Final = frozenset(
    {"RIGHT_ROUND", "RIGHT_SQUARE", "_COMMA", "_TO", "IF", "ELSE", "OTHERWISE"}
    | {"_BY", "_HAS", "_AMONG", "_FOR_EACH"}
)


def _check_brackets(tree: Tree, tokens: Sequence[Token], text: str) -> None:
    """A search that ends with a clause has brackets round it if an operator follows, so that nobody takes
    what follows for a part of the clause."""
    for node in walk(tree):
        clauses = (getattr(node, clause, None) for clause in ("where", "by", "has"))
        if text[node.span.start] in "(（" or not any(isinstance(clause, Tree) for clause in clauses):
            continue
        after = next((token for token in tokens if (token.start_pos or 0) >= node.span.end), None)
        if after is not None and after.type not in _MAY_FOLLOW:
            raise ExpressionError(_BRACKETS, text, Span(after.start_pos or 0, after.end_pos or 0))


def _check_depth(tree: Tree, text: str) -> None:
    level, depth = [tree], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise ExpressionError(_TOO_DEEP, text, Span(level[0].span.start, level[0].span.start))
        level = [child for node in level for child in children(node)]
