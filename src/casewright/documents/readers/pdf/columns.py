"""The reading order of a page: text columns found, and what stands in each put into rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from casewright.documents.readers.pdf.geometry import Box
from casewright.documents.readers.pdf.labels import has_label
from casewright.documents.readers.pdf.lines import Line
from casewright.documents.readers.pdf.tables import FoundTable


@dataclass(frozen=True, slots=True)
class Picture:
    box: Box
    page: int

    @property
    def x0(self) -> float:
        return self.box.x0

    @property
    def x1(self) -> float:
        return self.box.x1


Item = Line | FoundTable | Picture
Row = list[Line]
Band = tuple[list[Item], list[Item], list[Item]]
"""What crosses a gutter, and what stands to the left and right of it below that."""


@dataclass(frozen=True, slots=True)
class Stream:
    """What is read one after the other from top to bottom: rows of pieces, tables and pictures."""

    items: tuple[Row | FoundTable | Picture, ...]
    is_column: bool
    """Whether it stands beside another one; else its lines may run over the whole page."""


_GUTTER = 0.8
"""In sizes of the letters: the least space between two text columns."""
_FEWEST_LINES = 4
_FEWEST_KNOWN = 2
_NARROWEST = 11.0
"""In sizes of the letters: a narrower stretch of text is the column of a table, not of a page."""
_FULL = 0.65
_DEEPEST = 3


def streams(items: Sequence[Item], known: Sequence[float] = ()) -> list[Stream]:
    """The items of a page in reading order: a column after the one on its left, and both after whatever
    runs over them above. `known` are the gutters of other pages, which a few lines are enough for."""
    groups = _ordered(items, known, 0)
    return [Stream(tuple(_rows(group)), is_column) for group, is_column in groups if group]


def gutters(items: Sequence[Item]) -> list[float]:
    """The x between the text columns of a page; none where it has only one."""
    found = _split(items, ())
    if found is None:
        return []
    x, bands = found
    sides = [side for _, left, right in bands for side in (left, right) if _are_columns(left, right)]
    return [x, *(inner for side in sides for inner in gutters(side))]


def _ordered(items: Sequence[Item], known: Sequence[float], depth: int) -> list[tuple[list[Item], bool]]:
    """Groups of items, and whether each is a text column."""
    found = _split(items, known) if depth < _DEEPEST else None
    if found is None:
        return [(list(items), depth > 0)]
    x, bands = found
    fewest = _FEWEST_KNOWN if x in known else _FEWEST_LINES
    groups: list[tuple[list[Item], bool]] = []
    whole: list[Item] = []
    for crossing, left, right in bands:
        whole.extend(crossing)
        if _are_columns(left, right, fewest):
            groups.append((whole, depth > 0))
            groups.extend(_ordered(left, known, depth + 1))
            groups.extend(_ordered(right, known, depth + 1))
            whole = []
        else:
            whole.extend([*left, *right])
    return [*groups, (whole, depth > 0)]


def _split(items: Sequence[Item], known: Sequence[float]) -> tuple[float, list[Band]] | None:
    """The x that parts text columns, and what crosses it or stands beside it."""
    own = _candidates([item for item in items if isinstance(item, Line)])
    for x, fewest in [*((x, _FEWEST_LINES) for x in own), *((x, _FEWEST_KNOWN) for x in known)]:
        bands = _bands(items, x)
        if any(_are_columns(left, right, fewest) for _, left, right in bands):
            return x, bands
    return None


def _candidates(lines: Sequence[Line]) -> list[float]:
    """Up to three x at which the most pieces have free space between them and the next one to the right."""
    gaps = _gaps(lines)
    found: list[float] = []
    while len(gaps) >= _FEWEST_LINES and len(found) < 3:
        x, count = _most_common(gaps)
        if count < _FEWEST_LINES:
            break
        found.append(x)
        gaps = [gap for gap in gaps if not gap[0] <= x <= gap[1]]
    return found


def _gaps(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The free stretch to the right of each piece that has another one beside it."""
    by_top = sorted(lines, key=lambda line: line.top)
    tallest = max((line.bottom - line.top for line in lines), default=0.0)
    gaps: list[tuple[float, float]] = []
    first = 0
    for line in by_top:
        while by_top[first].top < line.top - tallest:
            first += 1
        nearest = None
        for other in by_top[first:]:
            if other.top >= line.bottom:
                break
            beside = other.bottom > line.top + 0.2 * line.size and other.x0 >= line.x1
            if beside and (nearest is None or other.x0 < nearest):
                nearest = other.x0
        if nearest is not None and nearest - line.x1 >= _GUTTER * line.size:
            gaps.append((line.x1, nearest))
    return gaps


def _most_common(gaps: Sequence[tuple[float, float]]) -> tuple[float, int]:
    """The middle of the stretch that lies in the most gaps, and in how many."""
    events = sorted([(start, 1) for start, _ in gaps] + [(end, -1) for _, end in gaps])
    count = best = 0
    middle = 0.0
    for (x, step), (following, _) in pairwise([*events, events[-1]]):
        count += step
        if count > best:
            best, middle = count, (x + following) / 2
    return middle, best


def _bands(items: Sequence[Item], x: float) -> list[Band]:
    """The bands of a page at the gutter `x`, from top to bottom."""
    bands: list[Band] = [([], [], [])]
    for item in sorted(items, key=lambda item: item.box.middle):
        crossing, left, right = bands[-1]
        if item.x0 < x - 1 and item.x1 > x + 1:
            if left or right:
                bands.append(([item], [], []))
            else:
                crossing.append(item)
        elif (item.x0 + item.x1) / 2 < x:
            left.append(item)
        else:
            right.append(item)
    return bands


def _are_columns(left: Sequence[Item], right: Sequence[Item], fewest: int = _FEWEST_LINES) -> bool:
    """Whether two stretches side by side are columns of running text, not of a table."""
    sides = [[item for item in side if isinstance(item, Line)] for side in (left, right)]
    if not all(_is_prose(side, fewest) for side in sides):
        return False
    starts = [_starts(side) for side in sides]
    if min(len(side) for side in starts) < 3:
        return True
    shared = sum(1 for y in starts[0] if any(abs(y - other) < 2 for other in starts[1]))
    return shared < 0.8 * max(len(side) for side in starts)


def _is_prose(lines: Sequence[Line], fewest: int) -> bool:
    if len(lines) < fewest:
        return False
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    size = sorted(line.size for line in lines)[len(lines) // 2]
    if x1 - x0 < _NARROWEST * size:
        return False
    running = sum(1 for line in lines if line.x1 - x0 >= _FULL * (x1 - x0) or has_label(line.text))
    return running * 2 >= len(lines)


def _starts(lines: Sequence[Line]) -> list[float]:
    """The base lines that follow a gap larger than that between most lines."""
    ordered = sorted(lines, key=lambda line: line.base)
    steps = [b.base - a.base for a, b in pairwise(ordered) if b.base - a.base > 1]
    usual = sorted(steps)[len(steps) // 3] if steps else 0.0
    return [ordered[0].base] + [b.base for a, b in pairwise(ordered) if b.base - a.base > 1.3 * usual]


def _rows(items: Sequence[Item]) -> list[Row | FoundTable | Picture]:
    """Pieces on one base line taken together; tables and pictures where their top is."""
    rows: list[Row | FoundTable | Picture] = []
    for item in sorted(items, key=_reading_height):
        last = rows[-1] if rows else None
        if isinstance(item, Line) and isinstance(last, list) and _on_one_line(last[0], item):
            last.append(item)
        else:
            rows.append([item] if isinstance(item, Line) else item)
    for row in rows:
        if isinstance(row, list):
            row.sort(key=lambda line: line.x0)
    return rows


def _reading_height(item: Item) -> float:
    return item.base if isinstance(item, Line) else item.box.top


def _on_one_line(a: Line, b: Line) -> bool:
    return abs(a.base - b.base) < 0.4 * min(a.size, b.size)
