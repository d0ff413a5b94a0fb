"""Tree to text, as a tester would write it."""

from __future__ import annotations

from datetime import timedelta
from enum import IntEnum
from fractions import Fraction
from functools import singledispatchmethod
from typing import Final

from casewright.design.expressions import record_tree as records
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.errors import ExpressionError
from casewright.design.expressions.literals import write_quoted, write_value
from casewright.design.expressions.names import Names
from casewright.design.expressions.parsing import parse
from casewright.design.expressions.record_tree import Pick, Quantifier
from casewright.design.expressions.scopes import meaning
from casewright.design.expressions.static_types import ANY, Type
from casewright.design.expressions.tree import Kind, Operator, Tree


class _Level(IntEnum):
    """How closely a form holds together; a looser one needs brackets within a closer one."""

    CHOOSING = 0
    SEARCH = 1
    """A search that ends with a clause: what follows would be read as a part of that."""
    OR = 2
    AND = 3
    NOT = 4
    COMPARISON = 5
    SUM = 6
    PRODUCT = 7
    SIGNED = 8
    POWER = 9
    TIGHT = 10
    ATOM = 11


_LEVELS: Final[dict[type[Tree], _Level]] = {
    nodes.If: _Level.CHOOSING,
    nodes.FirstHit: _Level.CHOOSING,
    nodes.Or: _Level.OR,
    nodes.And: _Level.AND,
    nodes.Not: _Level.NOT,
    nodes.Compare: _Level.COMPARISON,
    nodes.TextCompare: _Level.COMPARISON,
    nodes.Member: _Level.COMPARISON,
    nodes.Is: _Level.COMPARISON,
    nodes.SomeInput: _Level.COMPARISON,
    nodes.ActorMay: _Level.COMPARISON,
    nodes.Negative: _Level.SIGNED,
    nodes.CountOf: _Level.TIGHT,
    nodes.KindsOf: _Level.TIGHT,
    nodes.PartOf: _Level.TIGHT,
    nodes.Between: _Level.TIGHT,
}

_OPERATORS: Final = {
    Operator.PLUS: _Level.SUM,
    Operator.MINUS: _Level.SUM,
    Operator.TIMES: _Level.PRODUCT,
    Operator.DIVIDED_BY: _Level.PRODUCT,
    Operator.RAISED_TO: _Level.POWER,
}


def show(tree: Tree, names: Names, beside: Type = ANY) -> str:
    """A text that `parse(text, names, beside)` reads as `tree`: names and words are in quotes only where
    they would be read otherwise. A first-hit list is shown as one expression (see `show_lines`)."""
    plain = _Plain(names).show(tree)
    try:
        if parse(plain, names, beside) == tree:
            return plain
    except ExpressionError:
        pass  # a name that needs its quotes
    return _Quoted(names).show(tree)


def show_lines(tree: nodes.FirstHit, names: Names) -> tuple[str, ...]:
    """The lines of a first-hit list."""
    lines = [f"{_in_line(case.value, names)} if {_in_line(case.condition, names)}" for case in tree.cases]
    return (*lines, f"{_in_line(tree.otherwise, names)} otherwise")


def _in_line(tree: Tree, names: Names) -> str:
    text = show(tree, names)
    return f"({text})" if _level(tree) is _Level.CHOOSING else text


def _level(tree: Tree) -> _Level:
    match tree:
        case nodes.Literal(value=Fraction() as number):
            if number.denominator != 1 and "/" in write_value(number):
                return _Level.PRODUCT
            return _Level.SIGNED if number < 0 else _Level.ATOM
        case nodes.Literal(value=timedelta() as duration):
            return _Level.SIGNED if duration < timedelta(0) else _Level.ATOM
        case nodes.Arithmetic():
            return _OPERATORS[tree.operator]
        case nodes.Apply():
            return _Level.TIGHT if tree.function in nodes.PREFIXES else _Level.ATOM
        case nodes.Not(operand=nodes.Member()):
            return _Level.COMPARISON
        case nodes.Not(operand=records.Quantified(quantifier=Quantifier.ANY) as operand):
            return _level(operand)
        case records.Quantified() | records.CountRecords() | records.Search() | records.PositionOf():
            clauses = (getattr(tree, name, None) for name in ("where", "by", "has"))
            return _Level.SEARCH if any(isinstance(it, Tree) for it in clauses) else _Level.TIGHT
        case records.Summarised():
            return _Level.SEARCH if tree.where is not None else _Level.TIGHT
        case _:
            return _LEVELS.get(type(tree), _Level.ATOM)


class _Plain:
    """Names and words as they are."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._scanned = names.scanned

    def meaning(self, name: str) -> Tree | None:
        return meaning(name, self._scanned, self._names.records)

    def inside(self, collection: str, tree: Tree, least: _Level) -> str:
        """What is said of each record of `collection`."""
        before = self._scanned
        self._scanned = (*before, collection)
        shown = self.within(tree, least)
        self._scanned = before
        return shown

    def name(self, name: str) -> str:
        return name

    def word(self, word: str) -> str:
        return word

    def within(self, tree: Tree, least: _Level) -> str:
        text = self.show(tree)
        return text if _level(tree) >= least else f"({text})"

    def list(self, trees: tuple[Tree, ...]) -> str:
        return ", ".join(self.show(tree) for tree in trees)

    @singledispatchmethod
    def show(self, tree: Tree) -> str:
        raise TypeError(f"{type(tree).__name__} is not shown for itself")

    @show.register
    def _(self, tree: nodes.Literal) -> str:
        return write_value(tree.value)

    @show.register
    def _(self, tree: nodes.Word) -> str:
        return self.word(tree.text)

    @show.register
    def _(self, tree: nodes.Name) -> str:
        declared = self._names.readable.get(tree.name)
        if tree.kind is Kind.INPUT and (
            self.meaning(tree.name) is not None or declared is None or declared[0] is not Kind.INPUT
        ):
            return f"sent {self.name(tree.name)}"
        return self.name(tree.name)

    @show.register
    def _(self, tree: nodes.Keyed) -> str:
        return f"{self.name(tree.name)}[{self.show(tree.key)}]"

    @show.register
    def _(self, tree: nodes.LookUp) -> str:
        return f"{self.name(tree.table)}[{self.list(tree.keys)}]"

    @show.register
    def _(self, tree: nodes.Column) -> str:
        if isinstance(tree.row, records.Scanned) and self.meaning(tree.column) == tree:
            return self.name(tree.column)
        return f"{self.within(tree.row, _Level.ATOM)}.{self.name(tree.column)}"

    @show.register
    def _(self, tree: nodes.Negative) -> str:
        return f"-{self.within(tree.operand, _Level.SIGNED)}"

    @show.register
    def _(self, tree: nodes.Arithmetic) -> str:
        level = _level(tree)
        if level is _Level.POWER:
            return f"{self.within(tree.left, _Level.TIGHT)} ^ {self.within(tree.right, _Level.SIGNED)}"
        right = self.within(tree.right, _Level(level + 1))
        return f"{self.within(tree.left, level)} {tree.operator} {right}"

    @show.register
    def _(self, tree: nodes.Compare) -> str:
        left, right = self.within(tree.left, _Level.SUM), self.within(tree.right, _Level.SUM)
        return f"{left} {tree.order} {right}" + (" ignoring case" if tree.ignoring_case else "")

    @show.register
    def _(self, tree: nodes.TextCompare) -> str:
        left, right = self.within(tree.left, _Level.SUM), self.within(tree.right, _Level.SUM)
        return f"{left} {tree.test} {right}" + (" ignoring case" if tree.ignoring_case else "")

    @show.register
    def _(self, tree: nodes.Member) -> str:
        return f"{self.within(tree.operand, _Level.SUM)} in {self.group(tree)}"

    def group(self, tree: nodes.Member) -> str:
        return f"[{self.list(tree.items)}]" if tree.term is None else self.name(tree.term)

    @show.register
    def _(self, tree: nodes.Not) -> str:
        operand = tree.operand
        if isinstance(operand, records.Quantified) and operand.quantifier is Quantifier.ANY:
            return self.quantified("no", operand)
        if isinstance(operand, nodes.Member):
            return f"{self.within(operand.operand, _Level.SUM)} not in {self.group(operand)}"
        return f"not {self.within(operand, _Level.NOT)}"

    @show.register
    def _(self, tree: nodes.And) -> str:
        return " and ".join(self.within(part, _Level.NOT) for part in tree.parts)

    @show.register
    def _(self, tree: nodes.Or) -> str:
        return " or ".join(self.within(part, _Level.AND) for part in tree.parts)

    @show.register
    def _(self, tree: nodes.If) -> str:
        value, condition = self.within(tree.value, _Level.OR), self.within(tree.condition, _Level.OR)
        return f"{value} if {condition} else {self.show(tree.otherwise)}"

    @show.register
    def _(self, tree: nodes.FirstHit) -> str:
        cases = [
            f"{self.within(case.value, _Level.OR)} if {self.within(case.condition, _Level.OR)}"
            for case in tree.cases
        ]
        return " else ".join([*cases, self.show(tree.otherwise)])

    @show.register
    def _(self, tree: nodes.Apply) -> str:
        if tree.function in nodes.PREFIXES:
            return f"{tree.function} {self.within(tree.arguments[0], _Level.TIGHT)}"
        return f"{tree.function}({self.list(tree.arguments)})"

    @show.register
    def _(self, tree: nodes.CountOf) -> str:
        return f"count of {_classes(tree.classes)} in {self.within(tree.text, _Level.TIGHT)}"

    @show.register
    def _(self, tree: nodes.KindsOf) -> str:
        return f"kinds of {_classes(tree.classes)} in {self.within(tree.text, _Level.TIGHT)}"

    @show.register
    def _(self, tree: nodes.PartOf) -> str:
        text, mark = self.within(tree.text, _Level.TIGHT), self.within(tree.mark, _Level.TIGHT)
        return f"part of {text} {tree.side} {mark}"

    @show.register
    def _(self, tree: nodes.Is) -> str:
        return f"{self.within(tree.operand, _Level.SUM)} {tree.test}"

    @show.register
    def _(self, tree: nodes.SomeInput) -> str:
        return f"some input {tree.test}"

    @show.register
    def _(self, tree: nodes.ActorMay) -> str:
        return f"actor may {tree.refusal}"

    @show.register
    def _(self, tree: nodes.Duration) -> str:
        return f"{self.within(tree.amount, _Level.ATOM)} {tree.unit}"

    @show.register
    def _(self, tree: nodes.Between) -> str:
        start, end = self.within(tree.start, _Level.SUM), self.within(tree.end, _Level.TIGHT)
        return f"{tree.unit} from {start} to {end}"

    # records

    @show.register
    def _(self, tree: records.Scanned) -> str:
        return self.name(tree.collection)

    @show.register
    def _(self, tree: records.ByKey) -> str:
        return f"{self.name(tree.collection)}[{self.list(tree.keys)}]"

    def clauses(self, tree: records.Search | records.PositionOf) -> str:
        by = "" if tree.by is None else f" by {self.inside(tree.collection, tree.by, _Level.SIGNED)}"
        return self.where(tree.collection, tree.where) + by

    def where(self, collection: str, tree: Tree | None) -> str:
        return "" if tree is None else f" where {self.inside(collection, tree, _Level.OR)}"

    @show.register
    def _(self, tree: records.Search) -> str:
        return f"{_pick(tree)} {self.name(tree.collection)}{self.clauses(tree)}"

    @show.register
    def _(self, tree: records.PositionOf) -> str:
        record = self.within(tree.record, _Level.SUM)
        return f"position of {record} among {self.name(tree.collection)}{self.clauses(tree)}"

    @show.register
    def _(self, tree: records.Quantified) -> str:
        return self.quantified(tree.quantifier, tree)

    def quantified(self, quantifier: str, tree: records.Quantified) -> str:
        has = "" if tree.has is None else f" has {self.inside(tree.collection, tree.has, _Level.OR)}"
        return f"{quantifier} {self.name(tree.collection)}{self.where(tree.collection, tree.where)}{has}"

    @show.register
    def _(self, tree: records.CountRecords) -> str:
        return f"count of {self.name(tree.collection)}{self.where(tree.collection, tree.where)}"

    @show.register
    def _(self, tree: records.Summarised) -> str:
        columns = _columns(tree.value, tree.collection)
        if columns:
            value = ".".join([self.name(tree.collection), *map(self.name, columns)])
        else:
            value = f"({self.inside(tree.collection, tree.value, _Level.CHOOSING)})"
            value += f" for each {self.name(tree.collection)}"
        return f"{tree.summary} {value}{self.where(tree.collection, tree.where)}"

    @show.register
    def _(self, tree: records.Overlaps) -> str:
        ends = (tree.first_start, tree.first_end, tree.second_start, tree.second_end)
        first, until, second, last = (self.within(end, _Level.SUM) for end in ends)
        gap = "" if tree.gap is None else f", gap {self.within(tree.gap, _Level.SUM)}"
        return f"overlaps({first} to {until}, {second} to {last}, {tree.ends}{gap})"


class _Quoted(_Plain):
    """Names and words in quotes, so that nothing else can be meant."""

    def name(self, name: str) -> str:
        return write_quoted(name, "'")

    def word(self, word: str) -> str:
        return write_quoted(word, '"')


def _classes(classes: tuple[nodes.CharacterClass, ...]) -> str:
    return str(classes[0]) if len(classes) == 1 else f"({', '.join(map(str, classes))})"


def _columns(tree: Tree, collection: str) -> list[str]:
    """'a', 'b' of `collection.a.b`; nothing of any other value."""
    names: list[str] = []
    while isinstance(tree, nodes.Column):
        names.insert(0, tree.column)
        tree = tree.row
    return names if tree == records.Scanned(collection) else []


def _pick(tree: records.Search) -> str:
    if tree.place > 1:
        teen = tree.place % 100 in (11, 12, 13)
        return f"{tree.place}{'th' if teen else _ENDINGS.get(tree.place % 10, 'th')}"
    if tree.by is not None or tree.pick is Pick.ONLY:
        return tree.pick
    return "newest" if tree.pick is Pick.LAST else "oldest"


_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}
