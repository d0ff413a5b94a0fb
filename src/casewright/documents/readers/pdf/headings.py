"""Which passages are headings, and how deep: by size and weight, typed numbers, and the file's bookmarks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from casewright.documents.readers.pdf.labels import heading_number
from casewright.documents.readers.pdf.lines import is_full, is_han
from casewright.documents.readers.pdf.passages import Passage, Shape

Bookmarks = Mapping[int, Mapping[str, int]]
"""Page → title (see `plain_title`) → level, from 1."""

_LONGEST = 120
_LONGEST_PLAIN = 60
"""Letters of a heading known by its number alone; a Chinese character counts for two."""
_MOST_LINES = 3
_CLOSED = re.compile(r"[。；;，,、]$")
_STOPPED = re.compile(r"[.:：!！?？]$")
_CAPTION = re.compile(r"(?:表|图|续表|table|figure|fig\.)\s*[\dA-Z]", re.IGNORECASE)
_FIRST_NUMBER = re.compile(r"(\d{1,3})[.．、]?(?:[.．](\d{1,3}))?")
_DEEPEST = 9
_MARKED = "bookmark"
_NUMBERED = ("chapter", "decimal", "han")


@dataclass(frozen=True, slots=True)
class _Style:
    """How a heading is set; a larger or bolder one stands above another."""

    size: float
    bold: bool

    def is_above(self, other: _Style) -> bool:
        if abs(self.size - other.size) > 0.4:
            return self.size > other.size
        return self.bold and not other.bold


@dataclass(frozen=True, slots=True)
class _Found:
    """A heading. `depth` is that of its bookmark or typed number, of the kind that `family` tells."""

    passage: Passage
    style: _Style
    family: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that later ones may stand under."""

    heading: _Found
    level: int

    def is_sibling(self, other: _Found) -> bool:
        mine = self.heading
        if mine.family or other.family:
            return (mine.family, mine.depth) == (other.family, other.depth)
        return not mine.style.is_above(other.style) and not other.style.is_above(mine.style)


def plain_title(text: str) -> str:
    """A heading without spaces and the number in front, to compare it with a bookmark."""
    text = re.sub(r"\s+", "", text).casefold()
    return re.sub(r"^(?:\d{1,3}(?:[.．]\d{1,3})*[.．、]?|第[^章节篇]{1,4}[章节篇])", "", text) or text


def headings(passages: Sequence[Passage], shape: Shape, bookmarks: Bookmarks) -> dict[int, int]:
    """The `id` of each passage that is a heading → its level from 1."""
    found: list[_Found] = []
    for index, passage in enumerate(passages):
        marked = bookmarks.get(passage.page, {}).get(plain_title(passage.text))
        if marked is None and not _is_heading(passage, passages[index + 1 : index + 12], shape):
            continue
        style = _Style(passage.size, passage.bold)
        number = heading_number(passage.text)
        if marked is not None:
            found.append(_Found(passage, style, _MARKED, marked))
        elif number is not None:
            found.append(_Found(passage, style, number.family, number.depth))
        else:
            found.append(_Found(passage, style))
    return _levels(found)


def _is_heading(passage: Passage, following: Sequence[Passage], shape: Shape) -> bool:
    text = passage.text
    if passage.is_code:
        return False
    if len(text) > _LONGEST or len(passage.lines) > _MOST_LINES or _CAPTION.match(text):
        return False
    if not any(character.isalpha() for character in text) or _CLOSED.search(text):
        return False
    if passage.size >= max(1.12 * shape.body_size, shape.body_size + 0.9):
        return not (_STOPPED.search(text) and _width(text) > _LONGEST_PLAIN)
    number = heading_number(text)
    if passage.label is not None and number is None:
        return False
    if _STOPPED.search(text):
        return False
    if passage.bold and not shape.body_bold:
        return len(passage.lines) <= 2 and _width(text) <= _LONGEST_PLAIN * 1.5
    return number is not None and _is_numbered_heading(passage, number.depth, following)


def _is_numbered_heading(passage: Passage, depth: int, following: Sequence[Passage]) -> bool:
    """Whether a passage set like the text is a heading by the number in front of it alone."""
    line = passage.lines[0]
    if len(passage.lines) > 1 or _width(passage.text) > _LONGEST_PLAIN:
        return False
    if following and passage.label is None and is_full(line, passage.right, following[0].lines[0]):
        return False
    number = _FIRST_NUMBER.match(passage.text)
    if number is None:
        return passage.label is None or passage.text[0] not in "(（"
    if depth > 1:
        return True
    for other in following:
        deeper = _FIRST_NUMBER.match(other.text)
        if deeper is not None:
            return deeper.group(1) == number.group(1) and deeper.group(2) == "1"
    return False


def _width(text: str) -> int:
    return sum(2 if is_han(character) else 1 for character in text)


def _levels(found: Sequence[_Found]) -> dict[int, int]:
    """Bookmarks and the main family of numbers give levels by themselves, one deeper under a title; other
    decimal numbers from the level of the first one on. Any other heading stands beside the last one like
    it, else right under the last one set larger."""
    found = _with_inner_numbers(found)
    main = _main_families(found)
    offsets = dict.fromkeys(main, _offset(found, main))
    levels: dict[int, int] = {}
    above: list[_Open] = []
    for heading in found:
        if heading.family in offsets:
            level = max(heading.depth + offsets[heading.family], 1)
            while above and above[-1].level >= level:
                above.pop()
        else:
            level = _relative_level(above, heading)
            if heading.family == "decimal":
                offsets["decimal"] = level - heading.depth
        above.append(_Open(heading, level))
        levels[id(heading.passage)] = min(level, _DEEPEST)
    return levels


def _relative_level(above: list[_Open], heading: _Found) -> int:
    """The level of a heading under those that are open; closes those that it ends."""
    siblings = [index for index, other in enumerate(above) if other.is_sibling(heading)]
    if siblings:
        level = above[siblings[-1]].level
        del above[siblings[-1] :]
        return level
    while above and (
        heading.style.is_above(above[-1].heading.style)
        or (not heading.family and not above[-1].heading.style.is_above(heading.style))
    ):
        above.pop()
    return above[-1].level + 1 if above else 1


def _with_inner_numbers(found: Sequence[_Found]) -> list[_Found]:
    """Numbers of depth 1 that are set smaller than others belong to a numbering of their own: the '1.',
    '2.' that begin anew under '5.3'."""
    largest: dict[str, float] = {}
    for heading in found:
        if heading.depth == 1:
            largest[heading.family] = max(largest.get(heading.family, 0.0), heading.style.size)
    return [
        replace(heading, family=f"inner {heading.family}")
        if heading.family in _NUMBERED
        and heading.depth == 1
        and heading.style.size < 0.93 * largest[heading.family]
        else heading
        for heading in found
    ]


def _main_families(found: Sequence[_Found]) -> frozenset[str]:
    """Bookmarks, appendices, and the family of numbers whose highest headings are set largest."""
    first: dict[str, _Found] = {}
    for heading in found:
        if heading.family in _NUMBERED:
            known = first.get(heading.family)
            if known is None or heading.depth < known.depth:
                first[heading.family] = heading
    main = ""
    for family, heading in first.items():
        if not main or heading.style.is_above(first[main].style):
            main = family
    return frozenset({_MARKED, "appendix", main} - {""})


def _offset(found: Sequence[_Found], main: frozenset[str]) -> int:
    """1 where the document begins with a heading set larger than all of the main families, else 0."""
    styles = [heading.style for heading in found if heading.family in main]
    has_title = bool(styles) and found[0].family not in main
    return int(has_title and all(found[0].style.is_above(style) for style in styles))
