"""Logic with three values. What is no truth, such as something missing, is unknown."""

from __future__ import annotations

from collections.abc import Iterable

from casewright.design.expressions.values import UNKNOWN, Held, Special, Value


def equal(first: Value, second: Value) -> bool | Special:
    """Missing equals only missing; values of different types differ."""
    if first is UNKNOWN or second is UNKNOWN:
        return UNKNOWN
    return first.__class__ is second.__class__ and first == second


def negated(truth: Held) -> bool | Special:
    return False if truth is True else True if truth is False else UNKNOWN


def any_of(truths: Iterable[Held]) -> bool | Special:
    """True if one is, unknown if one could be."""
    result: bool | Special = False
    for truth in truths:
        if truth is True:
            return True
        if truth is not False:
            result = UNKNOWN
    return result


def all_of(truths: Iterable[Held]) -> bool | Special:
    """False if one is, unknown if one could be."""
    result: bool | Special = True
    for truth in truths:
        if truth is False:
            return False
        if truth is not True:
            result = UNKNOWN
    return result
