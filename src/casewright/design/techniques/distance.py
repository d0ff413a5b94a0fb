"""How far a condition is from holding: the number that guides the search for data.

This is the branch distance of search-based testing (Korel 1990; Tracey 1998): a conjunction adds up its
parts, a disjunction takes the nearest, a comparison of numbers or moments grows with their difference.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from fractions import Fraction

from casewright.design.expressions import tree as nodes
from casewright.design.expressions.environment import Environment
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.tree import Kind, Order, Tree
from casewright.design.expressions.values import UNKNOWN, Value
from casewright.design.support import Definitions

Steer = Callable[[Environment], float]
"""0 where the condition has the wanted truth; below 1 a comparison is nearly there; unknown is worst."""

NOT_KNOWN = 1000.0
"""Of a condition whose truth isn't known: as far as can be."""
_OPPOSITE = {
    Order.EQUAL: Order.DIFFERENT,
    Order.DIFFERENT: Order.EQUAL,
    Order.LESS: Order.AT_LEAST,
    Order.AT_LEAST: Order.LESS,
    Order.GREATER: Order.AT_MOST,
    Order.AT_MOST: Order.GREATER,
}


def steer(tree: Tree, definitions: Definitions, wanted: bool) -> Steer:  # noqa: FBT001 - a truth value
    """Follows conditions that have names into `definitions`."""
    match tree:
        case nodes.Not():
            return steer(tree.operand, definitions, not wanted)
        case nodes.And() | nodes.Or():
            parts = [steer(part, definitions, wanted) for part in tree.parts]
            return _all_of(parts) if isinstance(tree, nodes.And) == wanted else _nearest_of(parts)
        case nodes.Name(kind=Kind.LET | Kind.DERIVED) if _is_condition(definitions.named.get(tree.name)):
            return steer(definitions.named[tree.name], definitions, wanted)
        case nodes.Compare() if not tree.ranks and not tree.ignoring_case:
            return _comparison(tree, wanted)
        case _:
            return _truth(tree, wanted)


def _is_condition(tree: Tree | None) -> bool:
    return isinstance(tree, nodes.Not | nodes.And | nodes.Or | nodes.Compare)


def _all_of(parts: list[Steer]) -> Steer:
    return lambda environment: sum(part(environment) for part in parts)


def _nearest_of(parts: list[Steer]) -> Steer:
    return lambda environment: min(part(environment) for part in parts)


def _truth(tree: Tree, wanted: bool) -> Steer:  # noqa: FBT001 - a truth value
    evaluate = compile_expression(tree)

    def measure(environment: Environment) -> float:
        value = evaluate(environment)
        return 0.0 if value is wanted else 1.0 if isinstance(value, bool) else NOT_KNOWN

    return measure


def _comparison(tree: nodes.Compare, wanted: bool) -> Steer:  # noqa: FBT001 - a truth value
    evaluate, left, right = (compile_expression(part) for part in (tree, tree.left, tree.right))
    order = tree.order if wanted else _OPPOSITE[tree.order]

    def measure(environment: Environment) -> float:
        value = evaluate(environment)
        if value is wanted:
            return 0.0
        if value is UNKNOWN:
            return NOT_KNOWN
        apart = gap(left(environment), right(environment))
        if apart is None or order is Order.DIFFERENT:
            return 1.0
        size = math.log1p(float(abs(apart)) + 0.01)
        return size / (size + 5) / 3

    return measure


def gap(left: Value, right: Value) -> Fraction | None:
    """`left − right` in units, days or minutes; None if the two have no difference."""
    first, second = position(left), position(right)
    if first is None or second is None or isinstance(left, datetime.time) != isinstance(right, datetime.time):
        return None
    return first - second


def position(value: Value) -> Fraction | None:
    """A number on an axis: a number itself, a date in days, a moment, time or duration in minutes."""
    match value:
        case Fraction():
            return value
        case datetime.datetime():
            return _minutes(value - datetime.datetime.min)  # noqa: DTZ901 - documents mean wall-clock time
        case datetime.date():
            return Fraction(value.toordinal())
        case datetime.time():
            return Fraction(value.hour * 3600 + value.minute * 60 + value.second, 60)
        case datetime.timedelta():
            return _minutes(value)
        case _:
            return None


def _minutes(duration: datetime.timedelta) -> Fraction:
    return Fraction(duration // datetime.timedelta(microseconds=1), 60_000_000)
