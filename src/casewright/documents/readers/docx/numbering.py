"""Word's own numbering, worked out: the "4.2.1" that stands in no text of the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from casewright.documents.ooxml import Element
from casewright.documents.readers.docx.markup import VAL, W, has, integer, value
from casewright.documents.readers.docx.numerals import numeral
from casewright.documents.readers.docx.styles import Numbered, Styles

BULLET = "•"
_ZERO_PADDED = re.compile(r"(0+)1\b")
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = range(9)


@dataclass(frozen=True, slots=True)
class Level:
    start: int
    format: str
    digits: int
    """Least number of digits of a decimal number."""
    text: str
    """With %1 … %9 for the numbers of the levels."""
    style: str | None
    """Paragraphs of this style stand on this level."""
    restarts_after: int
    """A paragraph on this level or a higher one (a smaller number) starts this level anew; -1: none."""
    all_decimal: bool


@dataclass(slots=True)
class List:
    """A w:num: one use of a definition, with what it changes."""

    definition: str
    starts: dict[int, int]
    levels: dict[int, Level]


@dataclass(slots=True)
class Definition:
    """A w:abstractNum. All its uses go on counting together."""

    levels: dict[int, Level]
    style_link: str | None
    """The numbering style that holds the levels in its stead."""
    counters: dict[int, int] = field(default_factory=dict[int, int])


@dataclass(frozen=True, slots=True)
class Number:
    label: str
    """As Word shows it, with what stands around: '3.1', '(b)', '第一章', '•'. Empty where nothing shows."""
    level: int


class Numbering:
    """Counts the paragraphs of a document as they come."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, Definition] = {}
        self._lists: dict[int, List] = {}
        self._started: set[tuple[int, int]] = set()
        for element in root if root is not None else ():
            if element.tag == W + "abstractNum":
                self._definitions[element.get(W + "abstractNumId", "")] = _definition(element)
            elif element.tag == W + "num":
                self._lists[integer(element.get(W + "numId"))] = _list(element)

    def next(self, numbered: Numbered, styles: Sequence[str]) -> Number | None:
        """The number of the next paragraph that is numbered so; `styles` are those whose link to a level
        decides where the paragraph names none. None when it is not in a list."""
        found = self._list(numbered.number)
        if found is None or numbered.number is None:
            return None
        used, definition = found
        levels = definition.levels | used.levels
        linked = next((i for style in styles for i, level in levels.items() if level.style == style), None)
        at = linked if linked is not None else numbered.level or 0
        if at not in levels:
            return None
        self._count(numbered.number, used, definition, levels, at)
        return Number(_label(levels, definition.counters, used.starts, at), at)

    def _list(self, number: int | None) -> tuple[List, Definition] | None:
        """The list of that number, and the definition that it comes to by way of numbering styles."""
        first = None
        seen: set[int] = set()
        while number is not None and number not in seen:
            seen.add(number)
            used = self._lists.get(number)
            definition = self._definitions.get(used.definition) if used else None
            if used is None or definition is None:
                return None
            first = first or used
            if definition.levels or definition.style_link is None:
                return first, definition
            number = self._styles.number_of(definition.style_link)
        return None

    def _count(
        self, number: int, used: List, definition: Definition, levels: dict[int, Level], at: int
    ) -> None:
        counters = definition.counters
        if at in used.starts and (number, at) not in self._started:
            counters[at] = used.starts[at]
        elif at in counters:
            counters[at] += 1
        else:
            counters[at] = used.starts.get(at, levels[at].start)
        self._started.add((number, at))
        for deeper in [level for level in counters if level > at]:
            if deeper not in levels or at <= levels[deeper].restarts_after:
                del counters[deeper]


def _label(levels: dict[int, Level], counters: dict[int, int], starts: dict[int, int], at: int) -> str:
    level = levels[at]
    if level.format == "bullet":
        return BULLET

    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        if index > at or index not in levels:
            return ""
        count = counters.get(index, starts.get(index, levels[index].start))
        if level.all_decimal:
            return str(count)
        if (digits := levels[index].digits) > 1:
            return f"{count:0{digits}}"
        return numeral(count, levels[index].format)

    return _PLACEHOLDER.sub(number, level.text).strip()


def _definition(element: Element) -> Definition:
    return Definition(_levels(element), value(element, W + "numStyleLink"))


def _list(element: Element) -> List:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in element.findall(W + "lvlOverride"):
        index = integer(override.get(W + "ilvl"), -1)
        start = value(override, W + "startOverride")
        if index in _LEVELS and start is not None:
            starts[index] = integer(start, 1)
        levels |= _levels(override)
    return List(value(element, W + "abstractNumId") or "", starts, levels)


def _levels(parent: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in parent.findall(W + "lvl"):
        index = integer(element.get(W + "ilvl"), -1)
        if index in _LEVELS:
            levels[index] = _level(element, index)
    return levels


def _level(element: Element, index: int) -> Level:
    format_, digits = _format(element)
    restart = value(element, W + "lvlRestart")
    return Level(
        start=integer(value(element, W + "start")),
        format=format_,
        digits=digits,
        text=value(element, W + "lvlText") or "",
        style=value(element, W + "pStyle"),
        restarts_after=index - 1 if restart is None else min(integer(restart), index) - 1,
        all_decimal=has(element, W + "isLgl"),
    )


def _format(level: Element) -> tuple[str, int]:
    """The name of the format and the least number of digits: Word writes "001, 002, …" as a custom one."""
    formats = list(level.iter(W + "numFmt"))
    for element in formats:
        if element.get(VAL) == "custom" and (match := _ZERO_PADDED.match(element.get(W + "format", ""))):
            return "decimal", len(match[1]) + 1
    usual = next((e.get(VAL) for e in formats if e.get(VAL) != "custom"), None)
    return usual or "decimal", 1
