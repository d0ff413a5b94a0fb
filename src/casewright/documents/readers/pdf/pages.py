"""One PDF page taken apart: pieces of text, tables, pictures, and what a reader of it must know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from casewright.documents.readers.pdf.cells import FilledGrid, fill, is_table
from casewright.documents.readers.pdf.columns import Picture
from casewright.documents.readers.pdf.drawings import Drawings, read_drawings
from casewright.documents.readers.pdf.geometry import Box, Stroke
from casewright.documents.readers.pdf.glyphs import READABLE_SIZES, Glyph, read_glyphs
from casewright.documents.readers.pdf.grids import joined, ruled_grids
from casewright.documents.readers.pdf.lines import Line, pieces

_LARGE_PICTURE = 0.05
_FEWEST_RULINGS = 4
_DRAWN_TEXT = 200
"""Pieces of paths on a page without text that make it a drawing rather than an empty page."""
_GARBLED_SHARE = 0.2
_MOST_PICTURES = 2_000
"""Of one page; more of them are the dots or tiles of one."""


@dataclass(slots=True)
class PageContent:
    """What is on a page. `picture_share` is that of its area under pictures."""

    number: int
    width: float
    height: float
    lines: list[Line]
    turned: list[list[Line]]
    tables: list[FilledGrid]
    pictures: list[Picture]
    rules: list[Stroke]
    hidden: str = ""
    slanted: str = ""
    picture_share: float = 0.0
    is_recognised: bool = False
    """Its text is an invisible layer over the picture of a scanned page."""
    garbled_share: float = 0.0
    """Of its characters, those that the fonts don't tell."""
    is_drawn: bool = False
    """Without text or pictures, but with many lines and curves."""

    @property
    def has_text(self) -> bool:
        return bool(self.lines or any(self.turned) or self.tables)

    @property
    def is_pictured(self) -> bool:
        """Whether it shows something, but has no text."""
        return not self.has_text and (self.picture_share > 0 or self.is_drawn)

    @property
    def is_garbled(self) -> bool:
        return self.garbled_share > _GARBLED_SHARE


def read_page(page: Any, textpage: Any, number: int) -> PageContent:
    """The content of an open pdfium page, whose text page is open too."""
    text = read_glyphs(page, textpage)
    drawings = read_drawings(page, text.frame)
    sheet = Box(0.0, 0.0, text.frame.width, text.frame.height)
    pictures = _merged(drawings.pictures)
    share = min(sum(box.area for box in pictures) / max(sheet.area, 1.0), 1.0)
    is_recognised = share > 0.5 and len(text.hidden) > len(text.glyphs)
    if is_recognised:
        layer = [glyph for glyph in text.hidden if READABLE_SIZES[0] <= glyph.size <= READABLE_SIZES[1]]
        text.glyphs, text.hidden = text.glyphs + layer, []
    count = len(text.glyphs) + sum(len(glyphs) for glyphs in text.turned)
    tables, glyphs = _tables(drawings, text.glyphs)
    content = PageContent(
        number=number,
        width=text.frame.width,
        height=text.frame.height,
        lines=pieces(glyphs),
        turned=[pieces(glyphs) for glyphs in text.turned],
        tables=tables,
        pictures=[],
        rules=joined(drawings.horizontal) if len(drawings.horizontal) >= 3 else [],
        hidden=_plain(text.hidden),
        slanted=text.slanted,
        picture_share=share,
        is_recognised=is_recognised,
        garbled_share=text.garbled / max(count, 1) if text.garbled > 3 else 0.0,
        is_drawn=not count and not pictures and drawings.segments > _DRAWN_TEXT,
    )
    large = [box for box in pictures if box.area >= _LARGE_PICTURE * sheet.area]
    content.pictures = [Picture(box, number) for box in large]
    return content


def show_as_picture(page: PageContent) -> None:
    """Makes one picture of a page without text."""
    page.pictures = [Picture(Box(0.0, 0.0, page.width, page.height), page.number)]


def _tables(drawings: Drawings, glyphs: list[Glyph]) -> tuple[list[FilledGrid], list[Glyph]]:
    """The ruled tables of a page and the glyphs outside of them."""
    if len(drawings.horizontal) + len(drawings.vertical) < _FEWEST_RULINGS:
        return [], glyphs
    tables: list[FilledGrid] = []
    for grid in ruled_grids(drawings.horizontal, drawings.vertical):
        filled, others = fill(grid, glyphs, drawings.shades)
        if is_table(filled):
            tables.append(filled)
            glyphs = others
    return tables, glyphs


def _merged(boxes: Sequence[Box]) -> list[Box]:
    """Pictures that touch taken as one: scanners and printers cut a picture into strips and tiles."""
    merged: list[Box] = []
    if len(boxes) > _MOST_PICTURES:
        return [reduce(Box.union, boxes)]
    for box in sorted(boxes, key=lambda box: (box.top, box.x0)):
        near = [other for other in merged if box.grown(2).common(other).area > 0]
        for other in near:
            merged.remove(other)
            box = box.union(other)
        merged.append(box)
    return merged


def _plain(glyphs: Sequence[Glyph]) -> str:
    return " ".join(line.text for line in pieces(glyphs))
