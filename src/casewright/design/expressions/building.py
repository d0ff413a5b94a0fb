"""Makes nodes of what the grammar recognises. Each method is named after a rule in `grammar.lark`.

Tokens and nodes come in the order of the text, without the tokens whose names begin with `_`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from lark import Token, Transformer

from casewright.design.expressions import literals
from casewright.design.expressions import record_tree as records
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.tree import CharacterClass, Kind, Span, Tree
from casewright.design.expressions.values import MISSING, UNKNOWN, Value

_CONSTANTS: Final[dict[str, Value]] = {"yes": True, "no": False, "missing": MISSING, "unknown": UNKNOWN}
_CLASS: Final = re.compile(r'(?P<text>"(?:[^"\\]|\\.)*")|(?P<first>[^\s"(),])-(?P<last>[^\s"(),])', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Several:
    """A list of expressions, or what stands after `in`."""

    span: Span
    items: tuple[Tree, ...] = ()
    term: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands after 'where', 'has' or 'by'."""

    word: str
    tree: Tree

    @property
    def span(self) -> Span:
        return self.tree.span


Part = Tree | Token | Several | Clause


class Builder(Transformer[Token, Tree]):
    # literals and names

    def number(self, parts: list[Token]) -> Tree:
        return nodes.Literal(literals.read_number(parts[0]), span=_span(parts))

    def date(self, parts: list[Token]) -> Tree:
        return _literal(literals.read_date(parts[0]), parts)

    def time(self, parts: list[Token]) -> Tree:
        return _literal(literals.read_time(parts[0]), parts)

    def date_time(self, parts: list[Token]) -> Tree:
        return _literal(literals.read_date_time(parts[0]), parts)

    def text(self, parts: list[Token]) -> Tree:
        return nodes.Literal(literals.read_quoted(parts[0]), span=_span(parts))

    def constant(self, parts: list[Token]) -> Tree:
        return nodes.Literal(_CONSTANTS[parts[0]], span=_span(parts))

    def word(self, parts: list[Token]) -> Tree:
        return nodes.Word(str(parts[0]), span=_span(parts))

    def name(self, parts: list[Token]) -> Tree:
        return records.Bare(str(parts[0]), Kind[parts[0].type], span=_span(parts))

    def bare(self, parts: list[Token]) -> Tree:
        return records.Bare(str(parts[0]), span=_span(parts))

    def sent(self, parts: list[Token]) -> Tree:
        return nodes.Name(str(parts[0]), Kind.INPUT, span=_span(parts))

    def keyed(self, parts: tuple[Token, Token, Tree, Token]) -> Tree:
        return nodes.Keyed(str(parts[0]), parts[2], span=_span(parts))

    def look_up(self, parts: tuple[Token, Token, Several, Token]) -> Tree:
        return nodes.LookUp(str(parts[0]), parts[2].items, span=_span(parts))

    def column(self, parts: tuple[Tree, Token]) -> Tree:
        return nodes.Column(parts[0], str(parts[1]), span=_span(parts))

    # records

    def by_key(self, parts: tuple[Token, Token, Several, Token]) -> Tree:
        return records.ByKey(str(parts[0]), parts[2].items, span=_span(parts))

    def search(self, parts: list[Part]) -> Tree:
        pick, place = _pick(str(parts[0]))
        where, by = _clause(parts, "where"), _clause(parts, "by")
        return records.Search(pick, str(parts[1]), where, by, place, span=_span(parts))

    def position_of(self, parts: list[Part]) -> Tree:
        record = parts[1]
        assert isinstance(record, Tree)
        where, by = _clause(parts, "where"), _clause(parts, "by")
        return records.PositionOf(record, str(parts[2]), where, by, span=_span(parts))

    def any_record(self, parts: list[Part]) -> Tree:
        any_ = records.Quantifier.ANY
        return records.Quantified(any_, str(parts[1]), _clause(parts, "where"), span=_span(parts))

    def no_record(self, parts: list[Part]) -> Tree:
        return nodes.Not(self.any_record(parts), span=_span(parts))

    def every_record(self, parts: list[Part]) -> Tree:
        where, has = _clause(parts, "where"), _clause(parts, "has")
        return records.Quantified(records.Quantifier.EVERY, str(parts[1]), where, has, span=_span(parts))

    def count_records(self, parts: list[Part]) -> Tree:
        return records.CountRecords(str(parts[1]), _clause(parts, "where"), span=_span(parts))

    def summarised_field(self, parts: list[Part]) -> Tree:
        summary, collection, *columns = [part for part in parts if isinstance(part, Token)]
        value: Tree = records.Scanned(str(collection), span=_span([collection]))
        for column in columns:
            value = nodes.Column(value, str(column), span=_span([collection, column]))
        where = _clause(parts, "where")
        return records.Summarised(records.Summary(summary), value, str(collection), where, span=_span(parts))

    def summarised(self, parts: list[Part]) -> Tree:
        summary, value, collection, *_ = parts
        assert isinstance(value, Tree)
        where = _clause(parts, "where")
        return records.Summarised(
            records.Summary(str(summary)), value, str(collection), where, span=_span(parts)
        )

    def where(self, parts: list[Tree]) -> Clause:
        return Clause("where", parts[0])

    def has(self, parts: list[Tree]) -> Clause:
        return Clause("has", parts[0])

    def by(self, parts: list[Tree]) -> Clause:
        return Clause("by", parts[0])

    def period(self, parts: list[Tree]) -> Several:
        return Several(_span(parts), tuple(parts))

    def overlaps(self, parts: list[Part]) -> Tree:
        first, second = (part.items for part in parts if isinstance(part, Several))
        ends, gap = parts[4], parts[5]
        return records.Overlaps(
            first[0],
            first[1],
            second[0],
            second[1],
            records.Ends(str(ends)),
            gap if isinstance(gap, Tree) else None,
            span=_span(parts),
        )

    # arithmetic

    def bracketed(self, parts: tuple[Token, Tree, Token]) -> Tree:
        return replace(parts[1], span=_span(parts))

    def negative(self, parts: tuple[Token, Tree]) -> Tree:
        operand = parts[1]
        if isinstance(operand, nodes.Literal) and isinstance(operand.value, Fraction):
            return nodes.Literal(-operand.value, span=_span(parts))
        return nodes.Negative(operand, span=_span(parts))

    def arithmetic(self, parts: tuple[Tree, Token, Tree]) -> Tree:
        return nodes.Arithmetic(nodes.Operator(parts[1]), parts[0], parts[2], span=_span(parts))

    def applied(self, parts: tuple[Token, Token, Several, Token]) -> Tree:
        return nodes.Apply(nodes.Function(parts[0]), parts[2].items, span=_span(parts))

    def prefixed(self, parts: tuple[Token, Tree]) -> Tree:
        return nodes.Apply(nodes.Function(parts[0]), (parts[1],), span=_span(parts))

    def duration(self, parts: tuple[Tree, Token]) -> Tree:
        return nodes.Duration(parts[0], nodes.Unit(parts[1].rstrip("s") + "s"), span=_span(parts))

    def between(self, parts: tuple[Token, Tree, Tree]) -> Tree:
        return nodes.Between(nodes.Unit(parts[0].split()[0]), parts[1], parts[2], span=_span(parts))

    # text

    def count_of(self, parts: tuple[Token, Token, Tree]) -> Tree:
        return nodes.CountOf(_classes(parts[1]), parts[2], span=_span(parts))

    def kinds_of(self, parts: tuple[Token, Token, Tree]) -> Tree:
        return nodes.KindsOf(_classes(parts[1]), parts[2], span=_span(parts))

    def part_of(self, parts: tuple[Token, Tree, Token, Tree]) -> Tree:
        return nodes.PartOf(parts[1], nodes.Side(parts[2]), parts[3], span=_span(parts))

    # conditions

    def comparison(self, parts: list[Part]) -> Tree:
        left, order, right, *ignoring = parts
        assert isinstance(left, Tree)
        assert isinstance(right, Tree)
        return nodes.Compare(nodes.Order(order), left, right, bool(ignoring), span=_span(parts))

    def text_comparison(self, parts: list[Part]) -> Tree:
        left, test, right, *ignoring = parts
        assert isinstance(left, Tree)
        assert isinstance(right, Tree)
        return nodes.TextCompare(nodes.TextTest(test), left, right, bool(ignoring), span=_span(parts))

    def member(self, parts: tuple[Tree, Several]) -> Tree:
        return nodes.Member(parts[0], parts[1].items, parts[1].term, span=_span(parts))

    def not_member(self, parts: tuple[Tree, Several]) -> Tree:
        return nodes.Not(self.member(parts), span=_span(parts))

    def test(self, parts: tuple[Tree, Token]) -> Tree:
        return nodes.Is(parts[0], nodes.Test(parts[1]), span=_span(parts))

    def some_input(self, parts: list[Token]) -> Tree:
        return nodes.SomeInput(nodes.Test(parts[0].removeprefix("some input ")), span=_span(parts))

    def actor_may(self, parts: list[Token]) -> Tree:
        return nodes.ActorMay(nodes.Refusal(parts[0].removeprefix("actor may ")), span=_span(parts))

    def negation(self, parts: tuple[Token, Tree]) -> Tree:
        return nodes.Not(parts[1], span=_span(parts))

    def conjunction(self, parts: list[Part]) -> Tree:
        return nodes.And(tuple(part for part in parts if isinstance(part, Tree)), span=_span(parts))

    def disjunction(self, parts: list[Part]) -> Tree:
        return nodes.Or(tuple(part for part in parts if isinstance(part, Tree)), span=_span(parts))

    # choosing

    def expression(self, parts: list[Tree]) -> Tree:
        return parts[0]

    def conditional(self, parts: tuple[Tree, Token, Tree, Token, Tree]) -> Tree:
        return nodes.If(parts[0], parts[2], parts[4], span=_span(parts))

    def case(self, parts: tuple[Tree, Token, Tree]) -> Tree:
        return nodes.Case(parts[0], parts[2], span=_span(parts))

    def last_case(self, parts: tuple[Tree, Token]) -> Tree:
        return parts[0]

    # lists

    def list(self, parts: list[Tree]) -> Several:
        return Several(_span(parts), tuple(parts))

    def items(self, parts: tuple[Token, Several, Token]) -> Several:
        return Several(_span(parts), parts[1].items)

    def term(self, parts: list[Token]) -> Several:
        return Several(_span(parts), term=str(parts[0]))


def _span(parts: Sequence[Part]) -> Span:
    first, last = parts[0], parts[-1]
    start = (first.start_pos or 0) if isinstance(first, Token) else first.span.start
    end = (last.end_pos or 0) if isinstance(last, Token) else last.span.end
    return Span(start, end)


_PICKS: Final = {
    "first": records.Pick.FIRST,
    "oldest": records.Pick.FIRST,
    "last": records.Pick.LAST,
    "newest": records.Pick.LAST,
    "the": records.Pick.ONLY,
}


def _pick(word: str) -> tuple[records.Pick, int]:
    """Which one, and at which place; '2nd' is the second."""
    return (_PICKS[word], 1) if word in _PICKS else (records.Pick.FIRST, int(word[:-2]))


def _clause(parts: Sequence[Part], word: str) -> Tree | None:
    return next((part.tree for part in parts if isinstance(part, Clause) and part.word == word), None)


def _literal(value: Value | None, parts: Sequence[Token]) -> Tree:
    assert value is not None, "the lexer lets no other date or time pass"
    return nodes.Literal(value, span=_span(parts))


def _classes(token: Token) -> tuple[CharacterClass, ...]:
    return tuple(
        CharacterClass(characters=literals.read_quoted(match["text"]))
        if match["text"]
        else CharacterClass(match["first"], match["last"])
        for match in _CLASS.finditer(token)
    )
