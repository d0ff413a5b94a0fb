"""Ranges as cells of tables write them: '2,000 元及以下', '700 to 799', 'over 7 days'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from casewright.design.extraction.formulas.amounts import DIGITS, UNITS
from casewright.design.extraction.text.numbers import number, plain

_N = rf"[$€£¥]?\s*(?:{DIGITS})\s*(?:%|{UNITS})?\s*(?:\([^()]{{0,12}}\))?"
_INCLUDED = re.compile(r"\((?:含|包含|inclusive|included|incl\.?)", re.IGNORECASE)
_EXCLUDED = re.compile(r"\((?:不含|不包含|exclusive|excluded|excl\.?)", re.IGNORECASE)
_ANY = re.compile(
    r"(?:不论|无论|不限|任意|任何|所有|全部|any|all|every|regardless)[\w\u3400-\u9fff ]{0,12}|[-*]",
    re.IGNORECASE,
)
_ONE_SIDED: tuple[tuple[str, str, bool | None], ...] = (
    (rf"(?P<n>{_N})\s*(?:\(含\)|及|或|含|及其)\s*以上", "low", True),
    (rf"(?P<n>{_N})\s*(?:\(含\)|及|或|含|及其)\s*以下", "high", True),
    (
        rf"(?P<n>{_N})\s*(?:or more|and (?:above|over|more|up)(?! to\b|\s*[$€£¥\d])|or above|or over|upwards|\+)",
        "low",
        True,
    ),
    (
        rf"(?P<n>{_N})\s*(?:or (?:less|fewer|below|under)|and (?:below|under|less)(?!\s*[$€£¥\d]))",
        "high",
        True,
    ),
    (rf"(?P<n>{_N})\s*以上", "low", None),
    (rf"(?P<n>{_N})\s*以下", "high", None),
    (rf"(?P<n>{_N})\s*(?:以内|之内)", "high", True),
    (rf"(?:up to but not including|up to but excluding|不超过但不含)\s*(?P<n>{_N})", "high", False),
    (
        rf"(?:不超过|不高于|不大于|至多|最多|≤|<=|up to(?: and including)?|at most|no more than|not more than|within)\s*(?P<n>{_N})",
        "high",
        True,
    ),
    (
        rf"(?:不低于|不少于|不小于|至少|达到|≥|>=|at least|no less than|(?<![不未])满|from)\s*(?P<n>{_N})",
        "low",
        True,
    ),
    (rf"(?:超过|大于|高于|多于|>|over|more than|above|exceeding)\s*(?P<n>{_N})", "low", False),
    (
        rf"(?:不足|不满|未满|不到|低于|小于|少于|<|under|below|less than|fewer than)\s*(?P<n>{_N})",
        "high",
        False,
    ),
)
_COMPILED = tuple(
    (re.compile(pattern, re.IGNORECASE), side, included) for pattern, side, included in _ONE_SIDED
)
_SINGLE = re.compile(rf"(?P<n>[$€£¥]?\s*{DIGITS}\s*(?:%|{UNITS})?)", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"(?:从|from\s+|between\s+)?(?P<a>{_N})\s*(?P<above>以上)?\s*(?:[~-]|至|到|\bto\b|\bup to(?: and including)?\b|\band\b)\s*(?P<b>{_N})\s*(?P<below>以下)?",
    re.IGNORECASE,
)
_SMALL_WORDS = re.compile(r"[\s,、。]|\b(?:and|but|to|the|of|no)\b|且|但|至|之间|的|部分", re.IGNORECASE)


@dataclass(frozen=True)
class End:
    """One end of a range; `included` is None where the words leave it open."""

    value: Decimal
    included: bool | None


@dataclass(frozen=True)
class Range:
    low: End | None = None
    high: End | None = None

    def holds(self, value: Decimal) -> bool | None:
        """Does it hold the value? None: that is left open."""
        for end, outside in ((self.low, -1), (self.high, 1)):
            if end is None:
                continue
            if value == end.value:
                return end.included
            if (value > end.value) == (outside > 0):
                return False
        return True

    def ends(self) -> list[End]:
        return [end for end in (self.low, self.high) if end is not None]

    def condition(self, quantity: str) -> str:
        """As an expression; an end that is left open counts as not included."""
        if self.low and self.low == self.high:
            return f"{quantity} = {plain(self.low.value)}"
        parts: list[str] = []
        if self.low:
            parts.append(f"{quantity} {'>=' if self.low.included else '>'} {plain(self.low.value)}")
        if self.high:
            parts.append(f"{quantity} {'<=' if self.high.included else '<'} {plain(self.high.value)}")
        return " and ".join(parts)


def read_range(cell: str) -> Range | None:
    """The range of a cell; without ends where the cell says 'any'; None where it is no range."""
    text = cell.strip()
    if _ANY.fullmatch(text):
        return Range()
    single = _SINGLE.fullmatch(text)
    if single:
        end = _end(single["n"], included=True)
        return Range(end, end)
    between = _BETWEEN.match(text)
    if between and not _left(text[: between.start()] + text[between.end() :]):
        low = _end(between["a"], included=None if between["above"] else True)
        return Range(low, _end(between["b"], included=None if between["below"] else True))
    found: dict[str, End] = {}
    for pattern, side, included in _COMPILED:
        match = pattern.search(text)
        if match and side not in found:
            found[side] = _end(match["n"], included=included, after=text[match.end() : match.end() + 12])
            text = text[: match.start()] + " " + re.sub(r"^\s*\([^()]*\)", "", text[match.end() :])
    if not found or _left(text):
        return None
    return Range(found.get("low"), found.get("high"))


def _left(text: str) -> bool:
    return bool(_SMALL_WORDS.sub("", text))


def _end(said: str, *, included: bool | None, after: str = "") -> End:
    around = said + (after if after.lstrip().startswith("(") else "")
    if _EXCLUDED.search(around):
        included = False
    elif _INCLUDED.search(around):
        included = True
    match = re.search(DIGITS, said)
    assert match is not None
    return End(number(match[0]), included)


def settled(ranges: Sequence[Range]) -> tuple[list[Range], list[Decimal]]:
    """The ranges of one column with the ends that the neighbours settle, and the values that stay open: those
    that no neighbour settles and those that two ranges claim."""
    values = sorted({end.value for each in ranges for end in each.ends()})
    open_values: list[Decimal] = []
    result = list(ranges)
    for value in values:
        holds = [each.holds(value) for each in result]
        sure, unsure = holds.count(True), holds.count(None)
        if sure > 1:
            open_values.append(value)
        elif unsure:
            shut = any(end.value == value and end.included is False for each in ranges for end in each.ends())
            takes = not sure and unsure == 1 and shut
            if not sure and not takes:
                open_values.append(value)
            result = [_with(each, value, included=takes) for each in result]
    return result, open_values


def _with(one: Range, value: Decimal, *, included: bool) -> Range:
    def settle(end: End | None) -> End | None:
        if end is not None and end.value == value and end.included is None:
            return replace(end, included=included)
        return end

    return Range(settle(one.low), settle(one.high))


def covers_all(ranges: Sequence[Range]) -> bool:
    """Does every number lie in one of the ranges?"""
    edges = sorted({end.value for each in ranges for end in each.ends()})
    if not edges:
        return bool(ranges)
    middles = [(a + b) / 2 for a, b in pairwise(edges)]
    points = [edges[0] - 1, *edges, *middles, edges[-1] + 1]
    return all(any(each.holds(point) for each in ranges) for point in points)
