"""Gathers the blocks of a document while it is read, and refuses what goes over the limits."""

from __future__ import annotations

from dataclasses import dataclass

from casewright.documents.blocks import Block, BlockKind, Document, Mark, Notice, Place, Table
from casewright.documents.errors import EmptyDocument, TooLarge
from casewright.documents.limits import Limits


@dataclass(slots=True)
class _Counts:
    cells: int = 0
    tables: int = 0


class Collector:
    """The blocks so far, in reading order, numbered as they come."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._counts = _Counts()
        self.blocks: list[Block] = []
        self.notices: list[Notice] = []
        self._comments: list[Block] = []

    def aside(self) -> Collector:
        """A collector for what a table cell holds, which counts cells and tables along with this one."""
        other = Collector(self._limits)
        other._counts = self._counts
        return other

    def add(
        self,
        kind: BlockKind,
        text: str = "",
        *,
        place: Place,
        level: int = 0,
        label: str = "",
        marks: tuple[Mark, ...] = (),
        table: Table | None = None,
    ) -> None:
        """Appends a block. Raises TooLarge at one more than `limits.blocks`."""
        index = len(self.blocks)
        if index >= self._limits.blocks:
            raise TooLarge(what="内容块数 / blocks", size=f"> {index}", limit=self._limits.blocks)
        block = Block(
            index=index,
            kind=kind,
            text=text,
            place=place,
            level=level,
            label=label,
            marks=marks,
            table=table,
        )
        self.blocks.append(block)

    def comment(self, text: str, place: Place) -> None:
        index = len(self._comments)
        self._comments.append(Block(index=index, kind=BlockKind.COMMENT, text=text, place=place))

    def notice(self, code: str, *, zh: str, en: str, place: Place) -> None:
        self.notices.append(Notice(code=code, zh=zh, en=en, place=place))

    def next_table(self) -> int:
        """The number of the table that is about to be read, from 1."""
        self._counts.tables += 1
        return self._counts.tables

    def count_cells(self, number: int) -> None:
        """Counts cells that are about to be made. Raises TooLarge over `limits.cells`."""
        self.check_cells(number)
        self._counts.cells += number

    def check_cells(self, number: int) -> None:
        """Raises TooLarge where so many more cells would go over `limits.cells`."""
        cells = self._counts.cells + number
        if cells > self._limits.cells:
            raise TooLarge(what="单元格数 / cells", size=cells, limit=self._limits.cells)

    def document(self, name: str, type_: str) -> Document:
        """The document. Raises EmptyDocument when no block was added."""
        if not self.blocks:
            raise EmptyDocument
        return Document(
            name=name,
            type=type_,
            blocks=tuple(self.blocks),
            comments=tuple(self._comments),
            notices=tuple(self.notices),
        )
