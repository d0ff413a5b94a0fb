"""Documents that are too large, too deep or too long: refused with the limit, or read in time."""

from __future__ import annotations

import io
import runpy
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from reportlab.pdfgen.canvas import Canvas

from casewright.documents.blocks import Document
from casewright.documents.errors import (
    Broken,
    EmptyDocument,
    NoText,
    TookTooLong,
    TookTooMuchMemory,
    TooLarge,
)
from casewright.documents.limits import Limits

files = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("hostile_files.py"))))

_MILLION_CELLS = {
    "a.csv": ("1," * 999 + "1\n") * 1000,
    "a.html": "<table>" + ("<tr>" + "<td>1" * 1000) * 1000 + "</table>",
    "a.md": "|" + "a|" * 1000 + "\n|" + "-|" * 1000 + "\n" + ("|" + "1|" * 1000 + "\n") * 1000,
}


@pytest.mark.parametrize("name", _MILLION_CELLS)
def test_a_million_cells_of_text_are_refused(name: str) -> None:
    few = Limits(cells=50_000, memory=600 * 1024**2)
    files.refusal(_MILLION_CELLS[name].encode(), name, TooLarge, TookTooMuchMemory, limits=few)


def test_a_million_cells_of_a_sheet_are_refused() -> None:
    row = "".join(f'<c r="{column}{{0}}"><v>{{0}}</v></c>' for column in _columns(1000))
    rows = "".join(f'<row r="{n}">{row.format(n)}</row>' for n in range(1, 1001))
    files.refusal(files.xlsx(rows), "a.xlsx", TooLarge, limits=Limits(cells=50_000))


def test_cells_over_the_limit_are_refused_with_the_limit() -> None:
    error = files.refusal(_MILLION_CELLS["a.csv"].encode(), "a.csv", TooLarge)
    assert "cells is 301000, the limit is 300000" in error.message("en")
    assert "单元格数 为 301000" in error.message("zh")


def _columns(count: int) -> list[str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    pairs = ["", *letters, *(a + b for a in letters for b in letters)]
    return [first + last for first in pairs for last in letters][:count]


_ROW = (
    "<w:tbl><w:tr><w:trPr>{}</w:trPr>"
    "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<table><tr><td colspan=1000000 rowspan=1000000>x</td></tr></table>", "a.html"),
        (b"<table>" + b"<tr><td colspan=1000 rowspan=60000>x</td></tr>" * 2000 + b"</table>", "a.html"),
        (files.docx(_ROW.format("", "<w:gridSpan w:val='100000000'/>")), "a.docx"),
        (files.docx(_ROW.format("<w:gridBefore w:val='2000000000'/>", "")), "a.docx"),
        (
            files.xlsx(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
            "a.xlsx",
        ),
        (
            files.xlsx(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
            ),
            "a.xlsx",
        ),
    ],
    ids=["html span", "html many spans", "docx span", "docx gap", "xlsx merge", "xlsx corners"],
)
def test_a_cell_that_claims_millions_of_positions_costs_nothing(content: bytes, name: str) -> None:
    result = files.outcome(content, name)
    if isinstance(result, Document):
        assert (
            sum(len(row) for block in result.blocks if block.table for row in block.table.rows)
            <= files.LIMITS.cells
        )
    else:
        assert isinstance(result, files.REFUSED)


def test_more_blocks_than_allowed_are_refused() -> None:
    few = Limits(blocks=1000, seconds=30)
    files.refusal(b"words\n\n" * 1001, "a.md", TooLarge, limits=few)
    files.refusal(b"<p>words" * 1001, "a.html", TooLarge, limits=few)
    files.refusal(files.docx("<w:p><w:r><w:t>words</w:t></w:r></w:p>" * 1001), "a.docx", TooLarge, limits=few)


def test_more_pages_than_allowed_are_refused() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for _ in range(4):
        canvas.drawString(72, 700, "words")
        canvas.showPage()
    canvas.save()
    files.refusal(buffer.getvalue(), "a.pdf", TooLarge, limits=Limits(pages=3))


# Too deep

_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]"
_NO_STREAM = b"<</Length 0>>stream\n\nendstream"

_DEEP_TABLE = "<w:tbl><w:tr><w:tc>"
_DEEP_TABLE_END = "<w:p/></w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<div>" * 100_000 + b"deep", "a.html"),
        (b"<table><tr><td>" * 20_000 + b"deep", "a.html"),
        (b"<ul><li>x" * 20_000, "a.html"),
        (b"<b><i>" * 50_000 + b"deep", "a.html"),
        (b"> " * 10_000 + b"deep", "a.md"),
        (b">" * 10_000 + b"deep", "a.md"),
        (b"".join(b"  " * n + b"- x\n" for n in range(1000)), "a.md"),
        (b"- " * 10_000 + b"deep", "a.md"),
        (b"1. " * 5_000 + b"deep", "a.md"),
        (b"[" * 5_000 + b"deep" + b"](x)" * 5_000, "a.md"),
        (b"*a **a " * 10_000, "a.md"),
        (b"![[](" * 1_500, "a.md"),
        (b"`" * 50_000 + b" ` `` ``` " * 5_000, "a.md"),
        (files.docx(_DEEP_TABLE * 1000 + "<w:p/>" + _DEEP_TABLE_END * 1000), "a.docx"),
        (
            files.docx("<w:sdt><w:sdtContent>" * 10_000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 10_000),
            "a.docx",
        ),
        (files.docx(**{"customXml/item1.xml": "<a>" * 100_000 + "</a>" * 100_000}), "a.docx"),
        (files.xlsx(**{"docProps/app.xml": "<a>" * 100_000 + "</a>" * 100_000}), "a.xlsx"),
        (files.pdf_of(_CATALOGUE, b"[" * 100_000 + b"]" * 100_000), "a.pdf"),
        (
            files.pdf_of(_CATALOGUE, _ONE_PAGE, _PAGE + b"/Contents 4 0 R" + b"/A<<" * 50_000, _NO_STREAM),
            "a.pdf",
        ),
        (
            files.pdf_of(_CATALOGUE, *(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % n for n in range(3, 9000))),
            "a.pdf",
        ),
    ],
    ids=files.only_names,
)
def test_deep_nesting_is_refused_or_read_flat(content: bytes, name: str) -> None:
    result = files.outcome(content, name)
    if isinstance(result, Document):
        assert all(block.level <= files.LIMITS.depth for block in result.blocks)
    else:
        assert isinstance(result, (*files.REFUSED, EmptyDocument))
        assert "SIG" not in result.message("en")
        assert "Error" not in result.message("en")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"word " * 1_000_000, "a.txt"),
        (b"x" * 5_000_000, "a.txt"),
        (b"word " * 1_000_000, "a.md"),
        (b"x" * 5_000_000, "a.md"),
        (b"| " * 400_000, "a.md"),
        (b"x" * 5_000_000, "a.csv"),
        (b'"' + b"x" * 5_000_000, "a.csv"),
        (b"<p>" + b"word " * 1_000_000, "a.html"),
        (b"<p " + b"a=b " * 1_000_000, "a.html"),
        (b"<!--" + b"-" * 3_000_000, "a.html"),
        (files.docx(f"<w:p><w:r><w:t>{' '.join(map(str, range(700_000)))}</w:t></w:r></w:p>"), "a.docx"),
    ],
    ids=files.only_names,
)
def test_an_endless_line_is_read_or_refused_in_time(content: bytes, name: str) -> None:
    result = files.outcome(content, name)
    assert isinstance(result, (Document, *files.REFUSED, EmptyDocument))


def test_a_pdf_whose_pages_inflate_without_end_is_refused_or_read_in_time() -> None:
    words = b"BT /F1 12 Tf 72 700 Td (bomb) Tj ET\n"
    stream = zlib.compress(zlib.compress(words * 300_000, 9), 9)
    packed = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n" % len(stream) + stream
    font = b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    content = files.pdf_of(
        _CATALOGUE, _ONE_PAGE, _PAGE + font + b"/Contents 4 0 R>>", packed + b"\nendstream"
    )
    assert len(content) < 10_000
    result = files.outcome(content, "a.pdf")
    assert isinstance(result, Document | Broken | TooLarge | TookTooLong | TookTooMuchMemory)


def test_a_pdf_whose_page_tree_bites_its_tail_ends() -> None:
    content = files.pdf_of(_CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000>>")
    files.refusal(content, "a.pdf", Broken, TooLarge, EmptyDocument, NoText)
