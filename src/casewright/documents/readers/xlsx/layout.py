"""Finds the tables on a worksheet: what belongs together, without the empty space around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from casewright.documents.blocks import Cell, Place, Table
from casewright.documents.cell_names import cell_name
from casewright.documents.headers import header_rows
from casewright.documents.readers.xlsx.sheet import Content, Merge, Sheet


@dataclass(frozen=True, slots=True)
class Line:
    """A text that stands alone in its row: a title, a remark."""

    content: Content
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table before it has a number. Only rows and columns in which a cell begins are in it."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    cells: dict[tuple[int, int], Content]
    merges: tuple[Merge, ...]


@dataclass(slots=True)
class _Seen:
    """What is left of a sheet without its hidden rows and columns."""

    rows: dict[int, dict[int, Content]] = field(default_factory=dict[int, dict[int, Content]])
    merges: dict[tuple[int, int], Merge] = field(default_factory=dict[tuple[int, int], Merge])
    """By the first cell of theirs that is seen."""


def hidden_parts(sheet: Sheet) -> tuple[list[int], list[int]]:
    """The hidden rows and the hidden columns in which something stands."""
    rows = sorted(row for row in sheet.hidden_rows if row in sheet.rows)
    filled: set[int] = set()
    if sheet.hidden_columns:
        for cells in sheet.rows.values():
            filled.update(cells)
    return rows, sorted(filled & sheet.hidden_columns)


def lay_out(sheet: Sheet) -> Iterator[Line | Grid]:
    """The tables and single lines of a sheet from top to bottom; an empty row ends a table."""
    seen = _seen(sheet)
    for rows in _runs_of_rows(seen, sorted(sheet.hidden_rows)):
        start = 0
        while start < len(rows) and _stands_alone(rows[start], rows[start:], seen):
            column, content = next(iter(seen.rows[rows[start]].items()))
            yield Line(content, rows[start], column)
            start += 1
        if start < len(rows):
            yield _grid(rows[start:], seen)


def _seen(sheet: Sheet) -> _Seen:
    """Without what is hidden. The text of a merged cell that begins there moves to what is seen of it."""
    seen = _Seen()
    covered: dict[int, dict[int, Content | None]] = {}
    for merge in sheet.merges:
        content = sheet.rows.get(merge.top, {}).get(merge.left)
        top = _first_seen(merge.top, merge.bottom, sheet.hidden_rows)
        left = _first_seen(merge.left, merge.right, sheet.hidden_columns)
        if content is not None and top is not None and left is not None:
            seen.merges[top, left] = Merge(top, left, merge.bottom, merge.right)
            covered.setdefault(top, {})[left] = content
    for row in sorted(sheet.rows.keys() | covered.keys()):
        if row in sheet.hidden_rows:
            continue
        cells = {**sheet.rows.get(row, {}), **covered.get(row, {})}
        shown = {
            column: content
            for column, content in sorted(cells.items())
            if content is not None and column not in sheet.hidden_columns
        }
        if shown:
            seen.rows[row] = shown
    return seen


def _first_seen(first: int, last: int, hidden: set[int]) -> int | None:
    return next((number for number in range(first, last + 1) if number not in hidden), None)


def _runs_of_rows(seen: _Seen, hidden: list[int]) -> Iterator[list[int]]:
    """The rows between empty ones. A merged cell bridges the rows that it covers, hidden rows don't part."""
    reach: dict[int, int] = {}
    for (top, _), merge in seen.merges.items():
        reach[top] = max(reach.get(top, top), merge.bottom)
    run: list[int] = []
    end = 0
    for row in seen.rows:
        between = row - end - 1
        out_of_sight = bisect_left(hidden, row) - bisect_right(hidden, end)
        if run and between > out_of_sight:
            yield run
            run = []
        run.append(row)
        end = max(end, row, reach.get(row, row))
    if run:
        yield run


def _stands_alone(row: int, rows: list[int], seen: _Seen) -> bool:
    """Whether the first of these rows is no row of a table: it has one text, and is above a table or in
    a column of text."""
    if len(seen.rows[row]) != 1:
        return False
    column = next(iter(seen.rows[row]))
    merge = seen.merges.get((row, column))
    return merge is None or merge.bottom == row or len(rows) == 1


def _grid(rows: list[int], seen: _Seen) -> Grid:
    cells = {(row, column): content for row in rows for column, content in seen.rows[row].items()}
    columns = sorted({column for _, column in cells})
    merges = tuple(seen.merges[position] for position in cells if position in seen.merges)
    return Grid(tuple(rows), tuple(columns), cells, merges)


def table_of(grid: Grid, sheet: Sheet, number: int, check_cells: Callable[[int], None]) -> Table:
    """The table with its merged cells filled. `check_cells` is told how many cells are made."""
    check_cells(len(grid.rows) * len(grid.columns))
    spans, covering = _spread(grid, check_cells)
    rows: list[tuple[Cell, ...]] = []
    for row in grid.rows:
        cells: list[Cell] = []
        for column in grid.columns:
            place = Place(sheet=sheet.name, table=number, row=row, column=column, cell=cell_name(row, column))
            origin = covering.get((row, column))
            content = grid.cells.get(origin or (row, column))
            height, width = spans.get((row, column), (1, 1))
            cells.append(
                Cell(
                    text=content.text if content else "",
                    marks=content.marks if content else (),
                    place=place,
                    row_span=height,
                    column_span=width,
                    covered=origin is not None,
                )
            )
        rows.append(tuple(cells))
    frozen = bisect_right(grid.rows, sheet.frozen_rows)
    named = frozen if 0 < frozen < len(rows) else header_rows(rows)
    return Table(rows=tuple(rows), header_rows=named)


_Position = tuple[int, int]


def _spread(
    grid: Grid, check_cells: Callable[[int], None]
) -> tuple[dict[_Position, tuple[int, int]], dict[_Position, _Position]]:
    """For the first cell of each merged range its rows and columns; for the others which one it is."""
    spans: dict[_Position, tuple[int, int]] = {}
    covering: dict[_Position, _Position] = {}
    filled = 0
    for merge in grid.merges:
        rows = grid.rows[bisect_left(grid.rows, merge.top) : bisect_right(grid.rows, merge.bottom)]
        columns = grid.columns[
            bisect_left(grid.columns, merge.left) : bisect_right(grid.columns, merge.right)
        ]
        filled += len(rows) * len(columns)
        check_cells(filled)
        origin = (merge.top, merge.left)
        spans[origin] = (len(rows), len(columns))
        covering.update(
            ((row, column), origin) for row in rows for column in columns if (row, column) != origin
        )
    return spans, covering
