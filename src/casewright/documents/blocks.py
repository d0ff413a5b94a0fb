"""What a document is made of once it is read: blocks with their places, whatever the format was."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE = "table"
    CODE = "code"
    QUOTE = "quote"
    PICTURE = "picture"
    COMMENT = "comment"


class MarkKind(StrEnum):
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    LINK = "link"
    INSERTED = "inserted"
    DELETED = "deleted"
    STRUCK = "struck"
    """Struck through by hand: still text, but no longer meant."""


class Mark(Frozen):
    """How the characters `start` to `end` (end excluded) of a text are set."""

    kind: MarkKind
    start: int
    end: int


class Place(Frozen):
    """Where a block stands in the original; each format fills the coordinates it has.

    Lines, pages, paragraphs, tables, rows and columns count from 1. `start` and `end` are character
    offsets, end excluded, in the decoded text of formats that are text.
    """

    page: int | None = None
    line: int | None = None
    end_line: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    start: int | None = None
    end: int | None = None
    within: str | None = None
    """What holds the block where it is not the body: 'text box 2', 'table 3, row 2, column 1', …"""


class Cell(Frozen):
    """One position of a table's grid. A merged cell fills every position that it covers with its text;
    all but its first one are `covered`."""

    text: str
    place: Place = Place()
    marks: tuple[Mark, ...] = ()
    row_span: int = 1
    column_span: int = 1
    covered: bool = False


class Table(Frozen):
    """A grid: every row has the same number of cells. The first `header_rows` rows name the columns."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0

    def texts(self) -> list[list[str]]:
        return [[cell.text for cell in row] for row in self.rows]


class Block(Frozen):
    """One piece of a document, in reading order.

    `text` is what a reader sees, without the number or bullet in front, which is `label` ("4.2.1", "(b)",
    "US-1", "•"). Deleted text is in no `text`; it is told by a notice. A table's `text` is empty.
    `level` is 1 for the highest heading, 0 for the outermost list.
    """

    index: int
    kind: BlockKind
    text: str = ""
    place: Place = Place()
    level: int = 0
    label: str = ""
    marks: tuple[Mark, ...] = ()
    table: Table | None = None


class Notice(Frozen):
    """Something about the original that a reader of the blocks must know: a scanned page, a deletion."""

    code: str
    """One of the words listed with the reader that gives it: 'scanned page', 'deleted text', 'picture', …"""
    zh: str
    en: str
    place: Place = Place()

    def text(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class Document(Frozen):
    """A document that was read. `blocks[i].index == i`; comments are kept apart from what it says."""

    name: str
    type: str
    """The row of the table in `casewright.documents.reading`: 'markdown', 'docx', …"""
    blocks: tuple[Block, ...]
    comments: tuple[Block, ...] = ()
    notices: tuple[Notice, ...] = ()

    def walk(self) -> Iterator[tuple[tuple[Block, ...], Block]]:
        """Every block with the headings above it, in one pass."""
        above: list[Block] = []
        for block in self.blocks:
            if block.kind is BlockKind.HEADING:
                while above and above[-1].level >= block.level:
                    above.pop()
                yield tuple(above), block
                above.append(block)
            else:
                yield tuple(above), block
