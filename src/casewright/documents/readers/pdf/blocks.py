"""From passages, tables and pictures to numbered blocks."""

from __future__ import annotations

from collections.abc import Sequence

from casewright.documents.blocks import Block, BlockKind, Place, Table
from casewright.documents.errors import TooLarge
from casewright.documents.limits import Limits
from casewright.documents.readers.pdf.columns import Picture
from casewright.documents.readers.pdf.flow import Part
from casewright.documents.readers.pdf.headings import Bookmarks, headings
from casewright.documents.readers.pdf.passages import Passage, Shape
from casewright.documents.readers.pdf.tables import FoundTable, numbered

_DEEPER = 0.7
"""In sizes of the letters: a list item further to the right than this is a level deeper."""


def blocks_of(parts: Sequence[Part], shape: Shape, bookmarks: Bookmarks, limits: Limits) -> list[Block]:
    """The blocks in order; raises `TooLarge` for too many blocks or table cells."""
    if len(parts) > limits.blocks:
        raise TooLarge(what="段落数 / blocks", size=len(parts), limit=limits.blocks)
    cells = sum(len(row) for part in parts if isinstance(part, FoundTable) for row in part.rows)
    if cells > limits.cells:
        raise TooLarge(what="单元格数 / cells", size=cells, limit=limits.cells)
    levels = headings([part for part in parts if isinstance(part, Passage)], shape, bookmarks)
    numbering = _Numbering()
    return [numbering.block(index, part, levels.get(id(part))) for index, part in enumerate(parts)]


class _Numbering:
    """Counts paragraphs and tables, and knows the indents of the lists that are open."""

    def __init__(self) -> None:
        self._paragraphs = 0
        self._tables = 0
        self._indents: list[float] = []

    def block(self, index: int, part: Part, heading_level: int | None) -> Block:
        if isinstance(part, Picture):
            return Block(index=index, kind=BlockKind.PICTURE, place=Place(page=part.page))
        if isinstance(part, FoundTable):
            self._tables += 1
            place = Place(page=part.page, table=self._tables)
            table = Table(rows=numbered(part, self._tables), header_rows=part.header_rows)
            return Block(index=index, kind=BlockKind.TABLE, place=place, table=table)
        self._paragraphs += 1
        place = Place(page=part.page, paragraph=self._paragraphs)
        label, text = "", part.text
        if part.label is not None and (heading_level is None or part.label.is_bullet):
            label, text = part.label.label, part.label.text
        kind, level = self._kind(part, heading_level)
        return Block(index=index, kind=kind, text=text, place=place, level=level, label=label)

    def _kind(self, passage: Passage, heading_level: int | None) -> tuple[BlockKind, int]:
        """The kind and level of a passage; opens and closes lists."""
        if heading_level is not None:
            self._indents = []
            return BlockKind.HEADING, heading_level
        if passage.label is not None:
            return BlockKind.LIST_ITEM, self._list_level(passage)
        if self._indents and passage.indent < self._indents[0] + _DEEPER * passage.size:
            self._indents = []
        return (BlockKind.CODE if passage.is_code else BlockKind.PARAGRAPH), 0

    def _list_level(self, passage: Passage) -> int:
        """How many open lists begin further to the left."""
        step = _DEEPER * passage.size
        while self._indents and self._indents[-1] > passage.indent + step:
            self._indents.pop()
        if not self._indents or passage.indent > self._indents[-1] + step:
            self._indents.append(passage.indent)
        return len(self._indents) - 1
