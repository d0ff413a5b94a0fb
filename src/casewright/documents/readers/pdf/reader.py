"""Reads PDF files: text in reading order with headings, lists, ruled and aligned tables, and pictures noted.

Notices: 'running header', 'table of contents', 'scanned page', 'recognised text', 'unreadable text',
'hidden text', 'slanted text', 'picture'.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, cast

import pypdfium2

from casewright.documents.blocks import Block, BlockKind, Document, Notice, Place
from casewright.documents.errors import Broken, EmptyDocument, Encrypted, NoText, TooLarge
from casewright.documents.limits import Limits
from casewright.documents.readers.pdf.blocks import blocks_of
from casewright.documents.readers.pdf.bookmarks import read_bookmarks
from casewright.documents.readers.pdf.columns import Picture
from casewright.documents.readers.pdf.comments import read_comments
from casewright.documents.readers.pdf.flow import flow, shape_of
from casewright.documents.readers.pdf.fonts import stand_in
from casewright.documents.readers.pdf.lines import usual_size
from casewright.documents.readers.pdf.margins import PageLines, take_contents, take_margins
from casewright.documents.readers.pdf.notices import contents_notice, margins_notice, page_notices
from casewright.documents.readers.pdf.pages import PageContent, read_page, show_as_picture
from casewright.documents.reading import Progress

_library: Any = cast(Any, pypdfium2)
_TAIL = 64 * 1024
_PAGES_SHARE = 0.9
_UNREADABLE = 0.8


def read(content: bytes, name: str, limits: Limits, progress: Progress) -> Document:
    """The document that a PDF holds.

    Raises `EmptyDocument`, `Encrypted`, `Broken`, `TooLarge`, or `NoText` where pages show something but
    none has text.
    """
    with _opened(content) as pdf:
        pages, comments = _read_pages(pdf, limits, progress)
        bookmarks = read_bookmarks(pdf)
    notices = _take_repeated(pages)
    _check_text(pages)
    for page in pages:
        if page.is_pictured:
            show_as_picture(page)
        notices.extend(page_notices(page))
    shape = shape_of(pages)
    blocks = blocks_of(flow(pages, shape), shape, bookmarks, limits)
    progress(1.0)
    return Document(
        name=name, type="pdf", blocks=tuple(blocks), comments=tuple(comments), notices=tuple(notices)
    )


@contextmanager
def _opened(content: bytes) -> Generator[Any, None, None]:
    """The open pdfium document; raises what is wrong with the file as a whole."""
    if not content.strip(b"\x00\t\r\n\f "):
        raise EmptyDocument
    tail = content[-_TAIL:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        # pdfium would repair it and give the pages that happen to be there.
        raise Broken(detail="PDF 不完整 / the PDF has no end")
    stand_in()
    try:
        pdf = _library.PdfDocument(content)
    except _library.PdfiumError as error:
        if "password" in str(error).lower():
            raise Encrypted from error
        raise Broken(detail="不是有效的 PDF / not a valid PDF") from error
    try:
        yield pdf
    finally:
        pdf.close()


def _read_pages(pdf: Any, limits: Limits, progress: Progress) -> tuple[list[PageContent], list[Block]]:
    """The content of every page, and the comments."""
    count = len(pdf)
    if count == 0:
        raise EmptyDocument
    if count > limits.pages:
        raise TooLarge(what="页数 / pages", size=count, limit=limits.pages)
    pages: list[PageContent] = []
    comments: list[Block] = []
    for index in range(count):
        with _page(pdf, index) as (page, textpage):
            pages.append(read_page(page, textpage, index + 1))
            for text in read_comments(page):
                place = Place(page=index + 1)
                comments.append(Block(index=len(comments), kind=BlockKind.COMMENT, text=text, place=place))
        progress(_PAGES_SHARE * (index + 1) / count)
    return pages, comments


@contextmanager
def _page(pdf: Any, index: int) -> Generator[tuple[Any, Any], None, None]:
    try:
        page = pdf[index]
    except _library.PdfiumError as error:
        raise Broken(detail=f"第 {index + 1} 页 / page {index + 1}") from error
    try:
        textpage = page.get_textpage()
        try:
            yield page, textpage
        finally:
            textpage.close()
    finally:
        page.close()


def _check_text(pages: Sequence[PageContent]) -> None:
    """Raises where there is nothing to read."""
    with_text = [page for page in pages if page.has_text]
    pictured = [page for page in pages if page.is_pictured]
    if not with_text and pictured:
        raise NoText(detail=f"{len(pictured)} 页扫描图 / {len(pictured)} scanned pages")
    if not with_text:
        raise EmptyDocument
    if all(page.garbled_share > _UNREADABLE for page in with_text):
        raise NoText(detail="字体没有字符编码 / the fonts don't tell their characters")


def _take_repeated(pages: Sequence[PageContent]) -> list[Notice]:
    """Takes running headers and the table of contents off the pages."""
    _take_backgrounds(pages)
    body_size = usual_size(line for page in pages for line in page.lines)
    lines = [PageLines(page.number, page.height, page.lines) for page in pages]
    turned = [PageLines(page.number, page.width, [*chain(*page.turned)]) for page in pages]
    texts = take_margins(lines, body_size) + take_margins(turned, body_size)
    entries = take_contents(lines)
    if not any(rest.lines for rest in [*lines, *turned]) and not any(
        page.tables or page.picture_share for page in pages
    ):
        return []  # pages that all say the same, and nothing else
    for page, upright, sideways in zip(pages, lines, turned, strict=True):
        page.lines = upright.lines
        kept = set(map(id, sideways.lines))
        page.turned = [[line for line in some if id(line) in kept] for some in page.turned]
    notices = [margins_notice(texts)] if texts else []
    return [*notices, contents_notice(entries)] if entries else notices


def _take_backgrounds(pages: Sequence[PageContent]) -> None:
    """Takes off the pages what lies at the same place on most of them: letterheads, backgrounds."""
    places = Counter(_rounded(picture) for page in pages for picture in page.pictures if page.has_text)
    for page in pages:
        if page.has_text:
            page.pictures = [
                picture
                for picture in page.pictures
                if places[_rounded(picture)] < max(3, len(pages) / 2) and not page.is_recognised
            ]


def _rounded(picture: Picture) -> tuple[int, ...]:
    box = picture.box
    return tuple(round(side) for side in (box.x0, box.top, box.x1, box.bottom))
