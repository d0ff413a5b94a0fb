"""The outline of a PDF: which headings its author's program knew, and how deep they are."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from casewright.documents.readers.pdf.glyphs import pdfium
from casewright.documents.readers.pdf.headings import plain_title

_DEEPEST = 9
_MOST = 20_000


def read_bookmarks(document: Any) -> dict[int, dict[str, int]]:
    """Page (from 1) → plain title → level (from 1)."""
    found: dict[int, dict[str, int]] = {}
    for count, (bookmark, level) in enumerate(_walk(document, None, 1)):
        if count >= _MOST:
            break
        page = _page(document, bookmark)
        title = plain_title(_title(bookmark))
        if page is not None and title:
            found.setdefault(page, {}).setdefault(title, level)
    return found


def _walk(document: Any, parent: Any, level: int) -> Iterator[tuple[Any, int]]:
    bookmark = pdfium.FPDFBookmark_GetFirstChild(document, parent)
    seen: set[int] = set()
    while bookmark:
        address = ctypes.addressof(bookmark.contents)
        if address in seen:
            return  # a damaged outline that goes round in circles
        seen.add(address)
        yield bookmark, level
        if level < _DEEPEST:
            yield from _walk(document, bookmark, level + 1)
        bookmark = pdfium.FPDFBookmark_GetNextSibling(document, bookmark)


def _page(document: Any, bookmark: Any) -> int | None:
    destination = pdfium.FPDFBookmark_GetDest(document, bookmark)
    if not destination:
        return None
    index = int(pdfium.FPDFDest_GetDestPageIndex(document, destination))
    return index + 1 if index >= 0 else None


def _title(bookmark: Any) -> str:
    size = int(pdfium.FPDFBookmark_GetTitle(bookmark, None, 0))
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFBookmark_GetTitle(bookmark, buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\x00")
