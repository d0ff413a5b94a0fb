"""Tables of a PDF: the texts of their cells, header rows told, parts on several pages joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casewright.documents.blocks import Cell, Place
from casewright.documents.readers.pdf.cells import FilledGrid, cell_text, inner_width
from casewright.documents.readers.pdf.geometry import Box
from casewright.documents.readers.pdf.lines import Joiner

_SAME_EDGE = 4.0
_HEADER_WORDS = re.compile(
    r"编号|序号|名称|字段|类型|说明|描述|备注|必填|长度|取值|默认|规则|条件|角色|状态|操作|结果|单位|参数|等级|级别"
    r"|\b(?:id|no|name|field|type|description|notes?|remarks?|required|length|values?|default|rule|condition"
    r"|role|state|status|action|result|unit|parameter|level|requirement|priority|version|date|author)s?\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class FoundTable:
    """A table on one page, not yet numbered. `columns` are the x of the lines between its columns."""

    box: Box
    columns: tuple[float, ...]
    rows: list[list[Cell]]
    header_rows: int
    page: int
    last_page: int

    @property
    def x0(self) -> float:
        return self.box.x0

    @property
    def x1(self) -> float:
        return self.box.x1


def finish(filled: FilledGrid, page: int, joiner: Joiner) -> FoundTable:
    """The table with the lines of every cell put together."""
    grid = filled.grid
    empty = Cell(text="", place=Place(page=page))
    rows = [[empty] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    for region, lines in zip(grid.regions, filled.lines, strict=True):
        left, right = grid.xs[region.column], grid.xs[region.column + region.columns]
        text = cell_text(lines, inner_width(lines, left, right), joiner)
        for row in range(region.row, region.row + region.rows):
            for column in range(region.column, region.column + region.columns):
                first = (row, column) == (region.row, region.column)
                rows[row][column] = Cell(
                    text=text,
                    place=Place(page=page),
                    row_span=region.rows if first else 1,
                    column_span=region.columns if first else 1,
                    covered=not first,
                )
    return FoundTable(grid.box, grid.xs, rows, _header_rows(filled, rows), page, page)


def _header_rows(filled: FilledGrid, rows: Sequence[Sequence[Cell]]) -> int:
    depth = max(cell.row_span for cell in rows[0])
    if len(rows) <= depth:
        return 0
    bold = _bold_rows(filled)
    if bold.get(0) and not bold.get(depth, False):
        return depth
    if filled.is_shaded(0) and not filled.is_shaded(depth):
        return depth
    own = [cell for cell in rows[0] if not cell.covered]
    if depth > 1 and any(cell.column_span > 1 for cell in own):
        return depth  # one name over several columns, beside names of one column each
    return depth if looks_like_header([cell.text for cell in own]) else 0


def _bold_rows(filled: FilledGrid) -> dict[int, bool]:
    """For every row where a cell with text begins: whether all of those are bold."""
    bold: dict[int, bool] = {}
    for region, lines in zip(filled.grid.regions, filled.lines, strict=True):
        if lines:
            bold[region.row] = bold.get(region.row, True) and all(line.bold for line in lines)
    return bold


def looks_like_header(texts: Sequence[str]) -> bool:
    """Whether the words of a first row name columns: short, and half of them words that usually do."""
    named = [text for text in texts if text]
    if len(named) < max(2, len(texts) - 1) or any(len(text) > 40 for text in named):
        return False
    return sum(bool(_HEADER_WORDS.search(text)) for text in named) * 2 >= len(named)


def continues(first: FoundTable, more: FoundTable) -> bool:
    """Whether `more`, at the top of the next page, has the column edges of `first`."""
    return len(first.columns) == len(more.columns) and all(
        abs((a - first.columns[0]) - (b - more.columns[0])) <= _SAME_EDGE
        for a, b in zip(first.columns, more.columns, strict=True)
    )


def append(first: FoundTable, more: FoundTable) -> None:
    """Adds the rows of `more` to `first`, without a header that is repeated."""
    repeated = 0
    for row, again in zip(first.rows, more.rows, strict=False):
        if [cell.text for cell in row] != [cell.text for cell in again]:
            break
        repeated += 1
    if not first.header_rows:
        first.header_rows = repeated
    again = first.header_rows if repeated >= first.header_rows else 0
    first.rows.extend(more.rows[again:])
    first.last_page = more.page


def numbered(table: FoundTable, number: int) -> tuple[tuple[Cell, ...], ...]:
    """The rows with every cell's place in the document's table `number`."""
    return tuple(
        tuple(
            cell.model_copy(
                update={
                    "place": Place(page=cell.place.page, table=number, row=row_number, column=column_number)
                }
            )
            for column_number, cell in enumerate(row, 1)
        )
        for row_number, row in enumerate(table.rows, 1)
    )
