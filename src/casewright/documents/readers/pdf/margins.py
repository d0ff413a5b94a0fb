"""What repeats on the pages or only lists them: running headers, page numbers, the table of contents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casewright.documents.readers.pdf.lines import Line

_ZONE = 0.14
"""Of the page's height, at the top and at the bottom, in which running headers and footers stand."""
_SLOT = 4.0
_OUTERMOST = 3
"""Rows looked at from the top and from the bottom."""

_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page|p\.?|第)?\s*(?P<page>\d{1,4}|[ivxlc]{1,7})\s*页?\s*"
    r"(?:(?:of|/|共|，|,)\s*共?\s*(?:\d{1,4})\s*页?)?[-–—\s]*",
    re.IGNORECASE,
)
_ONLY_NUMBER = "#"
_TELLS_PAGE = re.compile(
    r"\bpage\s+\S+\b|第\s*\d+\s*页|\d\s*/\s*\d|\d\s+of\s+\d|[-–—|]\s*\d+(?:\s*[-–—|])?$", re.IGNORECASE
)
_COUNTED = re.compile(r"\d+|(?<=page )[ivxlc]+$", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|[·・]{4,}|_{6,}")
_ENTRY_END = re.compile(r"(?:\d{1,4}|[ivxlc]{1,7})$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:table\s+of\s+)?contents|目\s*[录次]", re.IGNORECASE)


@dataclass(slots=True)
class PageLines:
    """The pieces of text of one page outside its tables."""

    number: int
    height: float
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class _Row:
    page: int
    slot: int
    key: str
    text: str
    size: float
    bold: bool
    lines: tuple[Line, ...]

    @property
    def offsets(self) -> frozenset[int]:
        """Its numbers, less that of the page: the same on every page for a page number."""
        return frozenset(int(number) - self.page for number in re.findall(r"\d{1,4}", self.text))


def take_margins(pages: Sequence[PageLines], body_size: float) -> list[str]:
    """Takes running headers, footers and page numbers off the pages; returns their texts, each once.

    Such a row stands near the top or bottom at a height where at least half of the pages have one whose
    text, but for a page number, is also that of another page."""
    rows = [row for page in pages for row in _outer_rows(page)]
    alike: dict[tuple[int, str], list[_Row]] = defaultdict(list)
    for row in rows:
        for slot in (row.slot - 1, row.slot, row.slot + 1):
            alike[slot, row.key].append(row)
    repeated = [row for row in rows if _repeats(row, alike[row.slot, row.key], len(pages), body_size)]
    filled: dict[int, set[int]] = defaultdict(set)
    for row in repeated:
        for slot in (row.slot - 1, row.slot, row.slot + 1):
            filled[slot].add(row.page)
    dropped = [row for row in repeated if len(filled[row.slot]) * 2 >= len(pages)]
    gone: dict[int, set[int]] = defaultdict(set)
    for row in dropped:
        gone[row.page].update(id(line) for line in row.lines)
    for page in pages:
        page.lines = [line for line in page.lines if id(line) not in gone[page.number]]
    return list({row.key: row.text for row in dropped}.values())


def _repeats(row: _Row, alike: Sequence[_Row], pages: int, body_size: float) -> bool:
    """Whether a row is the same on other pages, or counts them; not a heading like 'Use case 1' that every
    page begins with."""
    if pages == 1:
        found = _PAGE_NUMBER.fullmatch(row.text)
        return found is not None and found["page"] == "1"
    if len({other.page for other in alike}) < 2:
        return False
    if row.key == _ONLY_NUMBER or len({other.text for other in alike}) == 1:
        return True
    if _TELLS_PAGE.search(row.text):
        return True
    counts_pages = any(
        offset in other.offsets for offset in row.offsets for other in alike if other is not row
    )
    return counts_pages and not row.bold and row.size <= 1.12 * body_size


def _outer_rows(page: PageLines) -> list[_Row]:
    rows = [lines for _, lines in _rows(page.lines)]
    zone = _ZONE * page.height
    above = [row for row in rows[:_OUTERMOST] if row[0].base < zone]
    below = [row for row in rows[-_OUTERMOST:] if row[0].base > page.height - zone]
    return [_row(page, row) for row in [*above, *below]]


def _row(page: PageLines, lines: list[Line]) -> _Row:
    text = " ".join(line.text for line in lines)
    key = (
        _ONLY_NUMBER if _PAGE_NUMBER.fullmatch(text) else _COUNTED.sub("#", " ".join(text.split())).casefold()
    )
    return _Row(
        page=page.number,
        slot=round(lines[0].base / _SLOT),
        key=key,
        text=text,
        size=max(line.size for line in lines),
        bold=all(line.bold for line in lines),
        lines=tuple(lines),
    )


def take_contents(pages: Iterable[PageLines]) -> int:
    """Takes the entries of a table of contents, and its title, off the pages; returns how many entries."""
    entries = 0
    in_contents = False
    for page in pages:
        rows = _rows(page.lines)
        listed = [bool(_LEADERS.search(text) and _ENTRY_END.search(text)) for text, _ in rows]
        titled = [bool(_CONTENTS.fullmatch(text.strip())) for text, _ in rows]
        if any(titled) or (in_contents and sum(listed) * 2 >= len(rows)):
            listed = [
                is_listed or (_has_page_at_end(lines) and (in_contents or any(titled[: index + 1])))
                for index, (is_listed, (_, lines)) in enumerate(zip(listed, rows, strict=True))
            ]
        if sum(listed) < 3 and not (in_contents and any(listed[:1])):
            in_contents = False
            continue
        gone = {
            id(line)
            for index, (_, lines) in enumerate(rows)
            if listed[index] or (titled[index] and any(listed[index + 1 : index + 3]))
            for line in lines
        }
        entries += sum(listed)
        in_contents = True
        page.lines = [line for line in page.lines if id(line) not in gone]
    return entries


def _rows(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.base, line.x0)):
        if groups and abs(groups[-1][0].base - line.base) < 0.4 * line.size:
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        group.sort(key=lambda line: line.x0)
    return [(" ".join(line.text for line in group), group) for group in groups]


def _has_page_at_end(lines: Sequence[Line]) -> bool:
    return len(lines) > 1 and _ENTRY_END.fullmatch(lines[-1].text) is not None
