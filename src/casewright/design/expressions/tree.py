"""What an expression is made of. Every node knows the characters that it was read from."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

from casewright.design.expressions.values import Value


class Span(NamedTuple):
    """Characters of the text, from 0, `end` excluded. In a first-hit list each line counts for itself."""

    start: int
    end: int


class Kind(StrEnum):
    """What a name was declared as."""

    INPUT = "input"
    LET = "let"
    FIGURE = "figure"
    VARIABLE = "variable"
    DERIVED = "derived"
    STATE = "state"
    ACTOR = "actor"
    CLOCK = "clock"
    LOCAL = "local"
    """A parameter or `let` of an effect, or what a step names with `as`."""


class Order(StrEnum):
    EQUAL = "="
    DIFFERENT = "!="
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="


class TextTest(StrEnum):
    CONTAINS = "contains"
    STARTS_WITH = "starts with"
    ENDS_WITH = "ends with"


class Operator(StrEnum):
    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    DIVIDED_BY = "/"
    RAISED_TO = "^"


class Function(StrEnum):
    MIN = "min"
    MAX = "max"
    ABS = "abs"
    FLOOR = "floor"
    CEIL = "ceil"
    ROUND_HALF_UP = "round half up"
    ROUND_HALF_EVEN = "round half even"
    ROUND_UP = "round up"
    ROUND_DOWN = "round down"
    LENGTH = "length of"
    TRIMMED = "trimmed"
    WEEKDAY = "weekday of"


ROUNDINGS = frozenset(
    {Function.ROUND_HALF_UP, Function.ROUND_HALF_EVEN, Function.ROUND_UP, Function.ROUND_DOWN}
)
PREFIXES = frozenset({Function.LENGTH, Function.TRIMMED, Function.WEEKDAY})
"""Functions that are written before their operand, without brackets."""


class Unit(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"


class Side(StrEnum):
    BEFORE = "before"
    AFTER = "after"


class Test(StrEnum):
    """What can be asked of a value (`missing`, `exists`) or only of an input (the rest)."""

    __test__ = False

    MISSING = "missing"
    EXISTS = "exists"
    INVALID = "invalid"
    WRONG_KIND = "of wrong kind"
    BREAKS_RULE = "breaks a rule"
    MISSING_OR_WRONG_KIND = "missing or of wrong kind"


class Refusal(StrEnum):
    NEVER = "never"
    NOT_NOW = "not now"


@dataclass(frozen=True, slots=True)
class Tree:
    """A node. Two nodes are equal if they say the same, wherever they stand."""

    span: Span = field(default=Span(0, 0), compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Literal(Tree):
    """A number, date, time, text, yes or no, `missing` or `unknown`."""

    value: Value


@dataclass(frozen=True, slots=True)
class Word(Tree):
    """A value of a choice, a state or a role."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Tree):
    """Also the present state (`name` 'state') and who asks ('actor')."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Keyed(Tree):
    """`variable[key]`."""

    name: str
    key: Tree


@dataclass(frozen=True, slots=True)
class LookUp(Tree):
    """`table[a, b]`, a row."""

    table: str
    keys: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Column(Tree):
    """`row.column`."""

    row: Tree
    column: str


@dataclass(frozen=True, slots=True)
class Negative(Tree):
    operand: Tree


@dataclass(frozen=True, slots=True)
class Arithmetic(Tree):
    operator: Operator
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Compare(Tree):
    """`ranks` are the values of an ordered choice from low to high where two of them are compared."""

    order: Order
    left: Tree
    right: Tree
    ignoring_case: bool = False
    ranks: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class TextCompare(Tree):
    test: TextTest
    left: Tree
    right: Tree
    ignoring_case: bool = False


@dataclass(frozen=True, slots=True)
class Member(Tree):
    """`x in [a, b]`, or `x in term`: then `items` are the words of the term."""

    operand: Tree
    items: tuple[Tree, ...]
    term: str | None = None


@dataclass(frozen=True, slots=True)
class Not(Tree):
    """`x not in …` is the negation of `x in …`."""

    operand: Tree


@dataclass(frozen=True, slots=True)
class And(Tree):
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Or(Tree):
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class If(Tree):
    """`value if condition else otherwise`."""

    value: Tree
    condition: Tree
    otherwise: Tree


@dataclass(frozen=True, slots=True)
class Case(Tree):
    """A line of a first-hit list, 'value if condition'; it has no value of its own."""

    value: Tree
    condition: Tree


@dataclass(frozen=True, slots=True)
class FirstHit(Tree):
    """A list under a `let`: the value of the first case that holds, else `otherwise`."""

    cases: tuple[Case, ...]
    otherwise: Tree


@dataclass(frozen=True, slots=True)
class Apply(Tree):
    function: Function
    arguments: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class CountOf(Tree):
    """How many characters of `text` are in one of the classes."""

    classes: tuple[CharacterClass, ...]
    text: Tree


@dataclass(frozen=True, slots=True)
class KindsOf(Tree):
    """How many of the classes have at least one character in `text`."""

    classes: tuple[CharacterClass, ...]
    text: Tree


@dataclass(frozen=True, slots=True)
class PartOf(Tree):
    """What stands before or after the first `mark`; missing where the text has no mark."""

    text: Tree
    side: Side
    mark: Tree


@dataclass(frozen=True, slots=True)
class Is(Tree):
    """`x missing`, `x invalid`, …"""

    operand: Tree
    test: Test


@dataclass(frozen=True, slots=True)
class SomeInput(Tree):
    test: Test


@dataclass(frozen=True, slots=True)
class ActorMay(Tree):
    """`actor may never`, `actor may not now`."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Duration(Tree):
    """`3 days`, `n hours`."""

    amount: Tree
    unit: Unit


@dataclass(frozen=True, slots=True)
class Between(Tree):
    """`days from start to end`, a number."""

    unit: Unit
    start: Tree
    end: Tree


@dataclass(frozen=True, slots=True)
class CharacterClass:
    """`A-Z` (first and last character), or one of the characters of a text."""

    first: str = ""
    last: str = ""
    characters: str = ""

    def __contains__(self, character: str) -> bool:
        return character in self.characters or self.first <= character <= self.last

    def __str__(self) -> str:
        quoted = self.characters.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"' if self.characters else f"{self.first}-{self.last}"


AnyTree = TypeVar("AnyTree", bound=Tree)


@cache
def _members(kind: type[Tree]) -> tuple[str, ...]:
    return tuple(member.name for member in dataclasses.fields(kind))


def children(tree: Tree) -> Iterator[Tree]:
    """The operands, in the order in which they are written in the dataclass."""
    for name in _members(type(tree)):
        value = getattr(tree, name)
        if isinstance(value, Tree):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in cast("tuple[object, ...]", value) if isinstance(item, Tree))


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and everything in it, parents first."""
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(list(children(node))))


def with_children(tree: AnyTree, change: Callable[[Tree], Tree]) -> AnyTree:
    """The same node over changed operands."""
    changed: dict[str, Any] = {}
    for name in _members(type(tree)):
        value = getattr(tree, name)
        if isinstance(value, Tree):
            changed[name] = change(value)
        elif isinstance(value, tuple) and any(
            isinstance(item, Tree) for item in cast("tuple[object, ...]", value)
        ):
            changed[name] = tuple(change(item) for item in cast("tuple[Tree, ...]", value))
    return dataclasses.replace(tree, **changed) if changed else tree
