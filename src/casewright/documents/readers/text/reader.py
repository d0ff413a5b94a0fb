"""Reads plain text by its layout: blank lines, numbers, bullets, underlines, bars and tabs."""

from __future__ import annotations

from dataclasses import dataclass

from casewright.documents.blocks import BlockKind, Cell, Document, Place, Table
from casewright.documents.collecting import Collector
from casewright.documents.encodings import decode
from casewright.documents.headers import header_rows
from casewright.documents.limits import Limits
from casewright.documents.lines import Lines, begins_item, is_wide, joint
from casewright.documents.readers.text import lines as text_lines
from casewright.documents.reading import Progress

_WRAPPED = 50
"""Columns of the longest line from which on lines are taken to be broken for their length."""
_FULL = 0.7
"""A line at least this share as long as the longest one around it was broken for its length."""
_SENTENCE_ENDS = ("。", "；", "：", "！", "？", ":", "”。", "…")


def read(content: bytes, name: str, limits: Limits, progress: Progress) -> Document:
    """Raises EmptyDocument, Broken (no text) or TooLarge (blocks, cells)."""
    text = decode(content).replace("\f", "\n").replace("\v", "\n")
    collector = Collector(limits)
    _Text(Lines(text), collector, progress).read()
    progress(1.0)
    return collector.document(name, "text")


@dataclass(slots=True)
class _Piece:
    """A paragraph or list item that may go on in the next line."""

    kind: BlockKind
    parts: list[str]
    first: int
    last: int
    indentation: int
    level: int
    label: str = ""


class _Text:
    def __init__(self, lines: Lines, collector: Collector, progress: Progress) -> None:
        self._lines = lines
        self._collector = collector
        self._progress = progress
        self._stripped = [lines[number].strip() for number in range(len(lines))]
        self._longest = _longest_around(self._stripped)
        self._piece: _Piece | None = None
        self._items: list[_Piece] = []
        """The list items that are open, outermost first."""
        self._heading_end = 0
        """The line after the last heading."""

    def read(self) -> None:
        at = 0
        while at < len(self._stripped):
            after = self._table(at) or self._heading(at)
            if after is None:
                after = at + 1
                self._line(at)
            if at // 4096 != after // 4096:
                self._progress(after / len(self._stripped))
            at = after
        self._finish()

    def _at(self, number: int) -> str:
        return self._stripped[number] if 0 <= number < len(self._stripped) else ""

    def _finish(self) -> None:
        piece, self._piece = self._piece, None
        if piece is not None:
            place = self._lines.place(piece.first, piece.last + 1)
            text = "".join(piece.parts)
            self._collector.add(piece.kind, text, place=place, level=piece.level, label=piece.label)

    def _heading(self, at: int) -> int | None:
        """Adds the heading at this line; gives the line after it, or None where there is none."""
        line = self._at(at)
        level = self._underlined(at)
        after = at + 2
        if level is None:
            found = text_lines.heading(line) if line else None
            if found is None or self._is_other(at, found):
                return None
            level, after = found.level, at + 1
        self._finish()
        self._items.clear()
        self._heading_end = after
        self._collector.add(BlockKind.HEADING, line, place=self._lines.place(at, after), level=level)
        return after

    def _underlined(self, at: int) -> int | None:
        """The level of a heading by the line drawn below it, which must fit to a short line alone."""
        line, below = self._at(at), self._at(at + 1)
        level = text_lines.underline_level(below) if line and below else None
        alone = not self._at(at - 1) or text_lines.is_rule(self._at(at - 1))
        if level is None or not alone or text_lines.is_rule(line) or "|" in line:
            return None
        size = text_lines.width(line)
        return level if size <= 80 and len(below) * 2 >= min(size, 40) else None

    def _is_other(self, at: int, found: text_lines.Heading) -> bool:
        """Whether the line is no heading after all: there is text right above one that must stand alone, or
        '1. …', '一、…' is one of a list, as another such line next to it or above tells."""
        if found.alone and self._at(at - 1) and self._heading_end != at:
            return True
        if not found.style:
            return False
        for step in (-1, 1):
            near = self._at(at + step) or self._at(at + 2 * step)
            other = text_lines.heading(near) if near else None
            if other is not None and other.style == found.style:
                return True
        indentation = text_lines.indentation(self._lines[at])
        return any(
            item.indentation == indentation and text_lines.follows(item.label, self._at(at))
            for item in self._items
        )

    def _line(self, at: int) -> None:
        line = self._at(at)
        if not line or text_lines.is_rule(line):
            self._finish()
            return
        indentation = text_lines.indentation(self._lines[at])
        item = text_lines.item(line)
        piece = self._piece
        if item is None and piece is not None and self._goes_on(piece, at):
            above = piece.parts[-1]
            gap = "" if above.endswith("-") and line[0].islower() else joint(above, line)
            piece.parts += [gap, line]
            piece.last = at
            return
        self._finish()
        if item is not None:
            self._close_items(indentation)
            level = len(self._items)
            self._piece = _Piece(BlockKind.LIST_ITEM, [item.rest], at, at, indentation, level, item.label)
            self._items.append(self._piece)
        else:
            self._close_items(indentation)
            self._piece = _Piece(BlockKind.PARAGRAPH, [line], at, at, indentation, len(self._items))

    def _close_items(self, indentation: int) -> None:
        while self._items and self._items[-1].indentation >= indentation:
            self._items.pop()

    def _goes_on(self, piece: _Piece, at: int) -> bool:
        """Whether this line is but the rest of the one above that was too long."""
        line, above = self._at(at), self._at(at - 1)
        if begins_item(line):
            return False
        longest = self._longest[at]
        # A full stop ends an English sentence anywhere in a line, but few Chinese lines that go on.
        ended = above.endswith(_SENTENCE_ENDS if is_wide(above[-1]) else ":")
        hanging = (
            piece.kind is BlockKind.LIST_ITEM
            and text_lines.indentation(self._lines[at]) > piece.indentation
            and not ended
        )
        return hanging or (longest >= _WRAPPED and not ended and text_lines.width(above) >= longest * _FULL)

    def _table(self, at: int) -> int | None:
        """Adds the table that begins at this line; gives the line after it, or None."""
        rows: list[tuple[int, list[str]]] = []
        border: int | None = None
        end = at
        while line := self._at(end):
            if text_lines.is_border(line):
                if not rows and end > at:
                    break
                border = len(rows) if rows and border is None else border
            else:
                cells = text_lines.row(line)
                if cells is None or (rows and len(cells) != len(rows[0][1])):
                    break
                rows.append((end, cells))
            end += 1
        if len(rows) < 2:
            return None
        self._finish()
        self._items.clear()
        self._collector.count_cells(len(rows) * len(rows[0][1]))
        number = self._collector.next_table()
        grid = tuple(
            tuple(
                Cell(text=text, place=Place(line=line + 1, table=number, row=row, column=column))
                for column, text in enumerate(cells, 1)
            )
            for row, (line, cells) in enumerate(rows, 1)
        )
        named = border if border is not None and border < len(rows) else header_rows(grid)
        place = self._lines.place(at, end).model_copy(update={"table": number})
        self._collector.add(BlockKind.TABLE, place=place, table=Table(rows=grid, header_rows=named))
        return end


def _longest_around(lines: list[str]) -> list[int]:
    """For each line the width of the longest one in its run of lines without a blank one."""
    longest = [0] * len(lines)
    first = 0
    for at in range(len(lines) + 1):
        if at == len(lines) or not lines[at]:
            most = max((text_lines.width(line) for line in lines[first:at]), default=0)
            longest[first:at] = [most] * (at - first)
            first = at + 1
    return longest
