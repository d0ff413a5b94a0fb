"""The pieces of which values are made: lines of first-hit lists, branches, caps and floors, roundings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from casewright.design.cases import Words
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.arithmetic import less
from casewright.design.expressions.environment import Environment
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.showing import show
from casewright.design.expressions.tree import ROUNDINGS, Function, Tree
from casewright.design.techniques.conditions import Walk
from casewright.design.techniques.distance import NOT_KNOWN
from casewright.design.techniques.subject import OperationSubject
from casewright.design.techniques.wants import Aim, holds, measured


@dataclass(frozen=True)
class Piece:
    """`text` is its part of the key; `aims` bring it about."""

    text: str
    words: Words
    aims: tuple[Aim, ...]


def pieces(operation: OperationSubject, walk: Walk, tree: Tree) -> Iterator[Piece]:
    """Of every node of the tree and of the lets and tables that it uses, where it counts."""
    for node, path in walk.nodes(tree):
        for piece in _of(operation, node):
            where = tuple(holds(operation, condition, truth=truth) for condition, truth in path)
            yield Piece(piece.text, piece.words, (*where, *piece.aims))


def _of(operation: OperationSubject, node: Tree) -> Iterator[Piece]:
    match node:
        case nodes.If():
            yield from _branches(operation, node)
        case nodes.FirstHit():
            yield from _lines(operation, node)
        case nodes.Apply(function=Function.MIN | Function.MAX) if len(node.arguments) > 1:
            yield from _arms(operation, node)
        case nodes.Apply() if node.function in ROUNDINGS:
            yield from _roundings(operation, node)
        case _:
            pass


def _branches(operation: OperationSubject, node: nodes.If) -> Iterator[Piece]:
    text = show(node.condition, operation.operation.names)
    for truth, words in (
        (True, Words(zh=f"“{text}”成立", en=f"`{text}` holds")),
        (False, Words(zh=f"“{text}”不成立", en=f"`{text}` doesn't hold")),
    ):
        yield Piece(words.en, words, (holds(operation, node.condition, truth=truth),))


def _lines(operation: OperationSubject, node: nodes.FirstHit) -> Iterator[Piece]:
    before: list[Aim] = []
    for case in node.cases:
        text = show(case.condition, operation.operation.names)
        words = Words(zh=f"首个成立的是“{text}”", en=f"the first that holds is `{text}`")
        yield Piece(words.en, words, (*before, holds(operation, case.condition)))
        before.append(holds(operation, case.condition, truth=False))
    text = show(node.otherwise, operation.operation.names)
    words = Words(zh=f"其他情况，取“{text}”", en=f"otherwise: `{text}`")
    yield Piece(words.en, words, tuple(before))


def _arms(operation: OperationSubject, node: nodes.Apply) -> Iterator[Piece]:
    """Each argument in turn is the one that counts, and no other is equal to it."""
    arguments = [compile_expression(argument) for argument in node.arguments]
    least = node.function is Function.MIN
    whole = show(node, operation.operation.names)
    for index, argument in enumerate(node.arguments):

        def far(environment: Environment, index: int = index) -> float:
            values = [each(environment) for each in arguments]
            chosen = values[index]
            beaten = 0
            for other, value in enumerate(values):
                ahead = less(chosen, value) if least else less(value, chosen)
                beaten += other != index and ahead is not True
            return float(beaten)

        text = show(argument, operation.operation.names)
        words = Words(zh=f"“{whole}”取“{text}”", en=f"`{whole}` is `{text}`")
        yield Piece(words.en, words, (measured(operation, node, far),))


_FRACTIONS = (
    ("below half", Words(zh="舍入前不足一半", en="less than half before rounding")),
    ("half", Words(zh="舍入前恰为一半", en="exactly half before rounding")),
    ("above half", Words(zh="舍入前超过一半", en="more than half before rounding")),
)


def _roundings(operation: OperationSubject, node: nodes.Apply) -> Iterator[Piece]:
    """What is cut off is less than, exactly, or more than half of the last digit."""
    value, step = (compile_expression(argument) for argument in node.arguments)
    whole = show(node, operation.operation.names)
    for place, words in _FRACTIONS:

        def far(environment: Environment, place: str = place) -> float:
            number, unit = value(environment), step(environment)
            if not isinstance(number, Fraction) or not isinstance(unit, Fraction) or not unit:
                return NOT_KNOWN
            return 0.0 if _place(number / unit % 1) == place else 1.0

        told = Words(zh=f"“{whole}”{words.zh}", en=f"`{whole}`: {words.en}")
        yield Piece(told.en, told, (measured(operation, node, far),))


def _place(cut: Fraction) -> str | None:
    half = Fraction(1, 2)
    return None if not cut else "below half" if cut < half else "half" if cut == half else "above half"
