"""Tables without vertical rulings: rows of pieces that stand in the same columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from casewright.documents.blocks import Cell, Place
from casewright.documents.readers.pdf.cells import cell_text
from casewright.documents.readers.pdf.geometry import Box, Stroke
from casewright.documents.readers.pdf.lines import Joiner, Line
from casewright.documents.readers.pdf.tables import FoundTable, looks_like_header

_GUTTER = 0.9
"""In sizes of the letters: what must stay free between two columns in all rows."""
_FEWEST_ROWS = 3
_TALLEST_GAP = 3.0
"""In sizes of the letters, between the base lines of two rows of one table."""

Row = list[Line]


@dataclass(frozen=True, slots=True)
class Spread:
    """Rows `first` to `last` (excluded) of a stream that stand in columns starting at `starts`."""

    first: int
    last: int
    starts: tuple[float, ...]


def spreads(rows: Sequence[Row]) -> list[Spread]:
    """The parts of a stream, rows from top to bottom, that are set in columns."""
    found: list[Spread] = []
    index = 0
    while index < len(rows):
        spread = _spread_from(rows, index) if len(rows[index]) > 1 else None
        if spread is None:
            index += 1
        else:
            found.append(spread)
            index = spread.last
    return found


def _spread_from(rows: Sequence[Row], first: int) -> Spread | None:
    taken: list[tuple[float, float]] = []
    last = first
    while last < len(rows):
        row = rows[last]
        if last > first and row[0].base - rows[last - 1][0].base > _TALLEST_GAP * row[0].size:
            break
        more = _occupied(taken, row)
        if len(more) < 2 or (last - first > 1 and len(more) < len(taken)):
            break
        taken = more
        last += 1
    while last > first and _is_trailing(rows[last - 1], taken):
        last -= 1
    full = sum(1 for row in rows[first:last] if len(row) > 1)
    if full < _FEWEST_ROWS or full * 3 < last - first:
        return None
    taken = []
    for row in rows[first:last]:
        taken = _occupied(taken, row)
    return Spread(first, last, tuple(start for start, _ in taken))


def _is_trailing(row: Row, taken: Sequence[tuple[float, float]]) -> bool:
    return len(row) == 1 and row[0].x0 < taken[0][1]


def _occupied(taken: Sequence[tuple[float, float]], row: Row) -> list[tuple[float, float]]:
    """The stretches of x that have text, with `row` added; those nearer than a gutter run together."""
    gutter = _GUTTER * row[0].size
    result: list[tuple[float, float]] = []
    for start, end in sorted([*taken, *((line.x0, line.x1) for line in row)]):
        if result and start < result[-1][1] + gutter:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def aligned_table(
    rows: Sequence[Row], starts: Sequence[float], rules: Sequence[Stroke], page: int, joiner: Joiner
) -> FoundTable:
    """The rows of a spread as a table. A line without text in the first column goes on with the row above;
    where a ruling stands between most rows, rulings tell them."""
    groups, ruled = _by_first_column(rows, starts), _by_rules(rows, rules)
    if len(ruled) > 2 and len(ruled) * 2 > len(groups):
        groups = ruled
    box = Box(
        min(line.x0 for row in rows for line in row),
        rows[0][0].top,
        max(line.x1 for row in rows for line in row),
        rows[-1][0].bottom,
    )
    widths = _widths(rows, starts)
    cells: list[list[Cell]] = []
    bold: list[bool] = []
    for group in groups:
        columns: list[list[Line]] = [[] for _ in starts]
        for line in (line for row in group for line in row):
            columns[_column(line, starts)].append(line)
        cells.append(
            [
                Cell(text=cell_text(lines, width, joiner), place=Place(page=page))
                for lines, width in zip(columns, widths, strict=True)
            ]
        )
        bold.append(all(line.bold for row in group for line in row))
    header = (bold[0] and not all(bold)) or looks_like_header([cell.text for cell in cells[0]])
    return FoundTable(box, (*starts, box.x1), cells, int(header), page, page)


def _column(line: Line, starts: Sequence[float]) -> int:
    return max(bisect_right(starts, line.x0 + 1.0) - 1, 0)


def _widths(rows: Sequence[Row], starts: Sequence[float]) -> list[float]:
    """The width of the widest line of each column."""
    widths = [0.0] * len(starts)
    for line in (line for row in rows for line in row):
        column = _column(line, starts)
        widths[column] = max(widths[column], line.x1 - line.x0)
    return widths


def _by_rules(rows: Sequence[Row], rules: Sequence[Stroke]) -> list[list[Row]]:
    """Rows grouped by the rulings that run between them over the whole width."""
    left, right = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    between = sorted(
        rule.at
        for rule in rules
        if rows[0][0].base < rule.at < rows[-1][0].base and rule.start <= left + 3 and rule.end >= right - 3
    )
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault(bisect_right(between, row[0].base), []).append(row)
    return [groups[key] for key in sorted(groups)]


def _by_first_column(rows: Sequence[Row], starts: Sequence[float]) -> list[list[Row]]:
    limit = _widest_wrap(rows, starts)
    groups: list[list[Row]] = []
    for row in rows:
        is_close = bool(groups) and row[0].base - groups[-1][-1][0].base <= limit
        if groups and (is_close or not _has_first(row, starts)):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _has_first(row: Row, starts: Sequence[float]) -> bool:
    return row[0].x0 < starts[1] - 1.0


def _widest_wrap(rows: Sequence[Row], starts: Sequence[float]) -> float:
    """The distance of lines up to which a row goes on though it has text in the first column; 0 where the
    distances don't tell. They do where many rows begin further below the last line than cells go on."""
    steps = [(b[0].base - a[0].base, _has_first(b, starts)) for a, b in pairwise(rows)]
    inside = [step for step, begins in steps if not begins]
    if not inside:
        return 0.0
    limit = 1.06 * max(inside)
    begun = [step for step, begins in steps if begins]
    return limit if sum(1 for step in begun if step > limit) * 4 >= len(begun) else 0.0
