"""Tables of a .docx: from cells that span and continue each other to a full grid."""

from __future__ import annotations

from dataclasses import dataclass, field

from casewright.documents.blocks import Cell, Mark, MarkKind, Place, Table
from casewright.documents.ooxml import Element
from casewright.documents.readers.docx.markup import TC, TR, VAL, W, children, has, integer, value
from casewright.documents.readers.docx.styles import Styles, is_shaded

_CONTINUES = frozenset({"", "continue", "cont"})


@dataclass(slots=True)
class Slot:
    """A cell as it stands in the grid: where it begins, how far it reaches. Counts from 0."""

    row: int
    column: int
    columns: int
    element: Element | None
    """None for a gap at the side of a ragged row."""
    rows: int = 1
    continuations: list[Element] = field(default_factory=list[Element])
    """Cells that this one covers; Word doesn't show what they hold."""
    text: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def stands_out(self) -> bool:
        """Whether it is bold all over or shaded."""
        if self.element is not None and is_shaded(self.element.find(W + "tcPr")):
            return True
        plain = list(self.text)
        for mark in self.marks:
            if mark.kind is MarkKind.BOLD:
                plain[mark.start : mark.end] = " " * (mark.end - mark.start)
        return not "".join(plain).strip()


@dataclass(slots=True)
class Layout:
    slots: list[Slot]
    height: int
    width: int
    declared_headers: int
    """Rows at the top that repeat on each page."""
    style_has_header: bool
    deleted_rows: list[Element]

    def table(self, place: Place) -> Table:
        """The grid, once the slots have their texts. `place` is that of the cells, without row and column."""
        grid: list[list[Cell]] = [[] for _ in range(self.height)]
        for row in grid:
            row.extend([Cell(text="")] * self.width)
        for slot in self.slots:
            for row in range(slot.row, slot.row + slot.rows):
                for column in range(slot.column, slot.column + slot.columns):
                    grid[row][column] = Cell(
                        text=slot.text,
                        marks=slot.marks,
                        place=Place(table=place.table, within=place.within, row=row + 1, column=column + 1),
                        row_span=slot.rows,
                        column_span=slot.columns,
                        covered=(row, column) != (slot.row, slot.column),
                    )
        return Table(rows=tuple(map(tuple, grid)), header_rows=self._header_rows())

    def _header_rows(self) -> int:
        if self.declared_headers or self.height < 2:
            return self.declared_headers
        top = [slot for slot in self.slots if slot.row == 0 and slot.text]
        rest = [slot for slot in self.slots if slot.row > 0 and slot.text]
        if not top:
            return 0
        if self.style_has_header:
            return 1
        looks = all(slot.stands_out for slot in top) and not all(slot.stands_out for slot in rest)
        return 1 if looks else 0


def lay_out(table: Element, styles: Styles) -> Layout:
    """The grid of a w:tbl, without texts. A column that no cell begins in is not there."""
    rows: list[Element] = []
    deleted: list[Element] = []
    for row in children(table):
        if row.tag == TR:
            properties = row.find(W + "trPr")
            gone = properties is not None and properties.find(W + "del") is not None
            (deleted if gone else rows).append(row)
    slots: list[Slot] = []
    above: dict[int, Slot] = {}
    width = 0
    ends: list[int] = []
    for index, row in enumerate(rows):
        above, end = _lay_row(row, index, above, slots)
        ends.append(end)
        width = max(width, end)
    slots.extend(Slot(row, end, width - end, None) for row, end in enumerate(ends) if end < width)
    return Layout(
        slots=slots,
        height=len(rows),
        width=_drop_empty_columns(slots, width),
        declared_headers=_declared_headers(rows),
        style_has_header=_style_has_header(table, styles),
        deleted_rows=deleted,
    )


def _lay_row(
    row: Element, index: int, above: dict[int, Slot], slots: list[Slot]
) -> tuple[dict[int, Slot], int]:
    """Adds the cells of a row to `slots`. `above` are the merged cells that reach down to it, by column;
    gives those that reach to its end, and its width in columns of Word's grid."""
    open_: dict[int, Slot] = {}
    end = 0
    for slot in _cells_of(row, index):
        end = slot.column + slot.columns
        upwards = None if slot.element is None else _merge(slot.element, "vMerge")
        anchor = above.get(slot.column)
        if slot.element is not None and upwards in _CONTINUES and anchor and anchor.columns == slot.columns:
            anchor.rows += 1
            anchor.continuations += [slot.element, *slot.continuations]
            open_[slot.column] = anchor
            continue
        slots.append(slot)
        if upwards is not None:
            open_[slot.column] = slot
    return open_, end


def _cells_of(row: Element, index: int) -> list[Slot]:
    """The cells of a row with the gaps at its sides; those merged sideways are one."""
    slots: list[Slot] = []
    column = 0
    if before := _beside(row, "gridBefore"):
        slots.append(Slot(index, 0, before, None))
        column = before
    for element in children(row):
        if element.tag != TC:
            continue
        span = max(integer(value(element.find(W + "tcPr"), W + "gridSpan"), 1), 1)
        if slots and slots[-1].element is not None and _merge(element, "hMerge") in _CONTINUES:
            slots[-1].columns += span
            slots[-1].continuations.append(element)
        else:
            slots.append(Slot(index, column, span, element))
        column += span
    if after := _beside(row, "gridAfter"):
        slots.append(Slot(index, column, after, None))
    return slots


def _beside(row: Element, name: str) -> int:
    return max(integer(value(row.find(W + "trPr"), W + name)), 0)


def _merge(cell: Element, name: str) -> str | None:
    """'restart', 'continue' or '' where a cell is merged in this direction, else None."""
    element = cell.find(f"{W}tcPr/{W}{name}")
    return None if element is None else element.get(VAL, "")


def _drop_empty_columns(slots: list[Slot], width: int) -> int:
    """Renumbers the columns so that a cell begins in each; gives their number."""
    starts = sorted({slot.column for slot in slots})
    rank = {column: index for index, column in enumerate(starts)}
    rank[width] = len(starts)
    for slot in slots:
        end = rank[slot.column + slot.columns]
        slot.column = rank[slot.column]
        slot.columns = end - slot.column
    return len(starts)


def _declared_headers(rows: list[Element]) -> int:
    for index, row in enumerate(rows):
        if not has(row.find(W + "trPr"), W + "tblHeader"):
            return index
    return len(rows)


def _style_has_header(table: Element, styles: Styles) -> bool:
    properties = table.find(W + "tblPr")
    look = properties.find(W + "tblLook") if properties is not None else None
    style = value(properties, W + "tblStyle")
    if look is None or style is None:
        return False
    first_row = look.get(W + "firstRow")
    if first_row is None:
        first_row = "1" if _bits(look.get(VAL)) & 0x20 else "0"
    return first_row in {"1", "true", "on"} and styles.first_row_stands_out(style)


def _bits(text: str | None) -> int:
    try:
        return int(text or "0", 16)
    except ValueError:
        return 0
