"""Lays the rows of an HTML table out on a grid, spans and all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from casewright.documents.blocks import Block, BlockKind, Cell, Mark, Place, Table
from casewright.documents.collecting import Collector
from casewright.documents.headers import header_rows
from casewright.documents.readers.html.elements import is_hidden, whole_number

_SECTIONS = ("thead", "tbody", "tfoot")
_WIDEST = 1000
"""The columns that browsers let one cell span."""


def is_mere_box(table: LexborNode) -> bool:
    """Whether the table has but one cell, as a frame around text: it is no table to its reader."""
    rows = 0
    for section in children(table):
        for row in children(section):
            if section.tag not in _SECTIONS or row.tag != "tr":
                continue
            rows += 1
            cells = sum(1 for cell in children(row) if cell.tag in ("td", "th"))
            if rows > 1 or cells != 1:
                return False
    return rows == 1


def children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


@dataclass(slots=True)
class _Origin:
    """A cell where it begins on the grid; rows and columns count from 0."""

    node: LexborNode
    row: int
    column: int
    height: int
    width: int


def join_blocks(blocks: Sequence[Block]) -> tuple[str, tuple[Mark, ...]]:
    """The text of a cell from the blocks in it, one a line, with the labels of its list items."""
    lines: list[str] = []
    marks: list[Mark] = []
    length = 0
    for block in blocks:
        text = f"{block.label} {block.text}" if block.label else block.text
        # The alternative text of a picture within a line is in that line already.
        if not text or (block.kind is BlockKind.PICTURE and lines and text in lines[-1]):
            continue
        shift = length + len(text) - len(block.text)
        marks.extend(
            Mark(kind=mark.kind, start=mark.start + shift, end=mark.end + shift) for mark in block.marks
        )
        lines.append(text)
        length += len(text) + 1
    return "\n".join(lines), tuple(marks)


class TableReader:
    """Reads one table. What stands in its cells and captions is read by the functions given."""

    def __init__(
        self,
        number: int,
        collector: Collector,
        read_cell: Callable[[LexborNode, Place], list[Block]],
        tell_of_hidden: Callable[[LexborNode], None],
    ) -> None:
        self._number = number
        self._collector = collector
        self._read_cell = read_cell
        self._tell_of_hidden = tell_of_hidden
        self._height = 0
        self.captions: list[tuple[str, tuple[Mark, ...]]] = []
        self.inner: list[Block] = []
        """Tables and pictures that stand in the cells."""

    def read(self, table: LexborNode) -> Table | None:
        """The table, or None when no row of it is seen."""
        head, *others = self._sections(table)
        origins = self._lay_out(head)
        named = self._height
        for section in others:
            origins.extend(self._lay_out(section))
        if not origins:
            return None
        rows = self._fill(origins)
        return Table(rows=rows, header_rows=named or self._named_by_cells(origins) or header_rows(rows))

    def _sections(self, table: LexborNode) -> list[list[LexborNode]]:
        """The rows of the head, of each body, of the foot."""
        head: list[LexborNode] = []
        bodies: list[list[LexborNode]] = []
        foot: list[LexborNode] = []
        for section in self._seen(table):
            if section.tag == "caption":
                text, marks = join_blocks(self._read_cell(section, Place()))
                self.captions.extend([(text, marks)] if text else [])
            elif section.tag in _SECTIONS:
                rows = [row for row in self._seen(section) if row.tag == "tr"]
                if section.tag == "tbody":
                    bodies.append(rows)
                else:
                    (head if section.tag == "thead" else foot).extend(rows)
        return [head, *bodies, foot]

    def _seen(self, node: LexborNode) -> Iterator[LexborNode]:
        for child in children(node):
            if not child.is_element_node:
                continue
            if is_hidden(child.attributes):
                self._tell_of_hidden(child)
            else:
                yield child

    def _lay_out(self, rows: list[LexborNode]) -> list[_Origin]:
        """The cells of one section with their positions. Spans end where the section ends."""
        origins: list[_Origin] = []
        reaching: list[_Origin] = []
        """Cells of rows above that reach into the present one, by column."""
        first = self._height
        self._height += len(rows)
        for row, node in enumerate(rows, first):
            reaching = sorted(
                (origin for origin in reaching if origin.row + origin.height > row),
                key=lambda origin: origin.column,
            )
            begun: list[_Origin] = []
            column, passed = 0, 0
            for cell in self._seen(node):
                if cell.tag not in ("td", "th"):
                    continue
                while passed < len(reaching) and reaching[passed].column <= column:
                    column = max(column, reaching[passed].column + reaching[passed].width)
                    passed += 1
                begun.append(_spanning(cell, row, column, self._height - row))
                column += begun[-1].width
            origins.extend(begun)
            reaching.extend(origin for origin in begun if origin.height > 1)
        return origins

    def _fill(self, origins: list[_Origin]) -> tuple[tuple[Cell, ...], ...]:
        # Columns in which no cell begins are but the reach of an ample colspan.
        width = max(origin.column for origin in origins) + 1
        self._collector.count_cells(width * self._height)
        grid: list[list[Cell | None]] = [[None] * width for _ in range(self._height)]
        for origin in origins:
            for position in self._positions(origin, width):
                row, column, cell = position
                if grid[row][column] is None:
                    grid[row][column] = cell
        return tuple(
            tuple(cell or Cell(text="", place=self._place(row, column)) for column, cell in enumerate(cells))
            for row, cells in enumerate(grid)
        )

    def _positions(self, origin: _Origin, width: int) -> Iterator[tuple[int, int, Cell]]:
        place = self._place(origin.row, origin.column)
        blocks = self._read_cell(origin.node, place)
        self.inner.extend(b for b in blocks if b.kind in (BlockKind.TABLE, BlockKind.PICTURE))
        text, marks = join_blocks(blocks)
        across = min(origin.width, width - origin.column)
        for row in range(origin.row, origin.row + origin.height):
            for column in range(origin.column, origin.column + across):
                covered = (row, column) != (origin.row, origin.column)
                yield (
                    row,
                    column,
                    Cell(
                        text=text,
                        marks=marks,
                        place=self._place(row, column),
                        row_span=1 if covered else origin.height,
                        column_span=1 if covered else across,
                        covered=covered,
                    ),
                )

    def _place(self, row: int, column: int) -> Place:
        return Place(table=self._number, row=row + 1, column=column + 1)

    def _named_by_cells(self, origins: list[_Origin]) -> int:
        """The rows at the top that have nothing but `th`."""
        plain = [origin.row for origin in origins if origin.node.tag == "td"]
        return min(plain) if plain else 0


def _spanning(cell: LexborNode, row: int, column: int, rows_left: int) -> _Origin:
    attributes = cell.attributes
    width = whole_number(attributes.get("colspan"), 1)
    height = whole_number(attributes.get("rowspan"), 1)
    # A rowspan of 0 means as far as the section goes.
    height = min(height, rows_left) if height > 0 else rows_left if height == 0 else 1
    return _Origin(cell, row, column, height, min(max(width, 1), _WIDEST))
