"""Rows to begin with, from algebra: laid over the parameters that no constraint speaks of."""

from __future__ import annotations

from casewright.design.combining import arrays
from casewright.design.combining.completing import Completer
from casewright.design.combining.galois import field_of_at_least
from casewright.design.combining.space import Space

MOST_ROWS = 2000


def begun(completer: Completer, strength: int) -> list[int]:
    """Rows of the array for the highest number of values; none where algebra has nothing to offer.

    A parameter with fewer values than the array has symbols leaves a cell open where the symbol is not one of
    its own; one under a constraint has all its cells open.
    """
    space = completer.space
    free = sorted(
        (each for each in space.parameters if each not in completer.part_of and space.levels[each] > 1),
        key=lambda parameter: -space.levels[parameter],
    )
    if len(free) <= strength:
        return []
    return _laid(space, free, _array(space.levels[free[0]], len(free), strength))


def _array(levels: int, columns: int, strength: int) -> arrays.Array:
    if strength == 2 and levels == 2:
        return arrays.binary(columns)
    field = field_of_at_least(levels)
    if strength == 1 or field is None or field.order**strength > MOST_ROWS:
        return []
    return arrays.pairwise(field, columns) if strength == 2 else arrays.orthogonal(field, strength)


def _laid(space: Space, parameters: list[int], array: arrays.Array) -> list[int]:
    rows: list[int] = []
    for symbols in array:
        row = 0
        for parameter, symbol in zip(parameters, symbols, strict=False):
            if symbol < space.levels[parameter]:
                row |= 1 << space.first[parameter] + symbol
        if row:
            rows.append(row)
    return rows
