"""What the operators on texts do. All are total: of what is no text the answer is `UNKNOWN`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from casewright.design.expressions.tree import CharacterClass, Side
from casewright.design.expressions.values import MISSING, UNKNOWN, Value


def length(value: Value) -> Value:
    """In characters (code points)."""
    return Fraction(len(value)) if isinstance(value, str) else UNKNOWN


def trimmed(value: Value) -> Value:
    """Without outer spaces. Other white space at an end: the document would have to say."""
    if not isinstance(value, str):
        return UNKNOWN
    cut = value.strip(" ")
    return cut if cut == cut.strip() else UNKNOWN


def folded(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value


def count_of(classes: Sequence[CharacterClass], value: Value) -> Value:
    """How many characters are in one of the classes."""
    if not isinstance(value, str):
        return UNKNOWN
    return Fraction(sum(any(character in kind for kind in classes) for character in value))


def kinds_of(classes: Sequence[CharacterClass], value: Value) -> Value:
    """How many of the classes occur."""
    if not isinstance(value, str):
        return UNKNOWN
    return Fraction(sum(any(character in kind for character in value) for kind in classes))


def part_of(value: Value, side: Side, mark: Value) -> Value:
    """What stands before or after the first `mark`; missing where there is none."""
    if not isinstance(value, str) or not isinstance(mark, str):
        return UNKNOWN
    before, found, after = value.partition(mark) if mark else (value, "", "")
    if not found:
        return MISSING
    return before if side is Side.BEFORE else after
