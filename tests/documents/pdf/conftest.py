"""Draws small PDFs for the tests of the reader, and reads them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from casewright.documents.blocks import Block, BlockKind, Document
from casewright.documents.limits import Limits
from casewright.documents.readers.pdf.reader import read

HAN = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(HAN))


class Paper:
    """Pages that are drawn on from the top left; lengths in points."""

    def __init__(self, size: tuple[float, float] = A4) -> None:
        self.width, self.height = size
        self._file = io.BytesIO()
        self.canvas: Any = Canvas(self._file, pagesize=size)

    def text(self, x: float, y: float, text: str, size: float = 11, font: str = "Helvetica") -> Paper:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)
        return self

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        size: float = 11,
        font: str = "Helvetica",
        leading: float = 1.25,
    ) -> float:
        """Draws lines below each other; returns the y of the last one."""
        for index, line in enumerate(lines):
            self.text(x, y + index * size * leading, line, size, font)
        return y + (len(lines) - 1) * size * leading

    def paragraph(
        self, x: float, y: float, text: str, width: float, size: float = 11, font: str = "Helvetica"
    ) -> float:
        """Draws a text wrapped to a width; returns the y of its last line."""
        return self.lines(x, y, simpleSplit(text, font, size, width), size, font)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Paper:
        self.canvas.grid(list(xs), [self.height - y for y in ys])
        return self

    def stroke(self, x0: float, y0: float, x1: float, y1: float) -> Paper:
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)
        return self

    def table(
        self, x: float, y: float, rows: Sequence[Sequence[str]], column: float = 110, row: float = 20
    ) -> float:
        """Draws a ruled table of one-line cells; returns the y of its lower side."""
        xs = [x + index * column for index in range(len(rows[0]) + 1)]
        ys = [y + index * row for index in range(len(rows) + 1)]
        self.grid(xs, ys)
        for number, cells in enumerate(rows):
            for left, cell in zip(xs, cells, strict=False):
                font = HAN if any(ord(character) > 0x2E80 for character in cell) else "Helvetica"
                self.text(left + 4, ys[number] + 14, cell, 10, font)
        return ys[-1]

    def picture(self, x: float, y: float, width: float, height: float) -> Paper:
        """Draws a grey picture with its upper left corner at x, y."""
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        image = ImageReader(Image.new("L", (8, 8), 128))
        self.canvas.drawImage(image, x, self.height - y - height, width, height)
        return self

    def page(self) -> Paper:
        self.canvas.showPage()
        return self

    def content(self) -> bytes:
        self.canvas.save()
        return self._file.getvalue()

    def document(self, limits: Limits | None = None) -> Document:
        return read(self.content(), "paper.pdf", limits or Limits(), lambda share: None)


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture(scope="session")
def new_paper() -> Callable[..., Paper]:
    return Paper


@pytest.fixture
def shown() -> Callable[[Document], list[tuple[str, str]]]:
    """A document as (kind, text) pairs; a list item's label and a space stand before its text."""

    def show(block: Block) -> tuple[str, str]:
        if block.kind is BlockKind.TABLE and block.table is not None:
            return "table", " / ".join(" | ".join(row) for row in block.table.texts())
        return block.kind.value, f"{block.label} {block.text}".strip()

    return lambda document: [show(block) for block in document.blocks]
