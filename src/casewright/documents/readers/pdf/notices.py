"""What a reader of a PDF's blocks must know about the original, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casewright.documents.blocks import Notice, Place
from casewright.documents.readers.pdf.pages import PageContent

_LONGEST_QUOTE = 200
_QUOTES = 5


def page_notices(page: PageContent) -> Iterator[Notice]:
    """'scanned page', 'recognised text', 'unreadable text', 'hidden text', 'slanted text' or 'picture'."""
    number, place = page.number, Place(page=page.number)
    if page.is_pictured:
        yield Notice(
            code="scanned page",
            zh=f"第 {number} 页是图片，没有文字，需要先做文字识别（OCR）。",
            en=f"Page {number} is a picture without text; it needs text recognition (OCR).",
            place=place,
        )
        return
    if page.is_recognised:
        yield Notice(
            code="recognised text",
            zh=f"第 {number} 页是扫描图，文字来自文字识别层，可能有误。",
            en=f"Page {number} is a scan; its text comes from text recognition and may have errors.",
            place=place,
        )
    if page.is_garbled:
        yield Notice(
            code="unreadable text",
            zh=f"第 {number} 页的字体没有字符编码信息，文字可能是乱码，需要先做文字识别（OCR）。",
            en=f"A font on page {number} doesn't tell its characters; the text may be garbled and needs OCR.",
            place=place,
        )
    if page.hidden:
        yield Notice(
            code="hidden text",
            zh=f"第 {number} 页有看不见的文字，未读取：{_quote(page.hidden)}",
            en=f"Page {number} has text that can't be seen; it was left out: {_quote(page.hidden)}",
            place=place,
        )
    if page.slanted:
        yield Notice(
            code="slanted text",
            zh=f"第 {number} 页有斜排文字（如水印），未读取：{_quote(page.slanted)}",
            en=f"Page {number} has slanted text (a watermark?); it was left out: {_quote(page.slanted)}",
            place=place,
        )
    for _ in page.pictures:
        yield Notice(
            code="picture",
            zh=f"第 {number} 页有图片，其中的内容未读取。",
            en=f"Page {number} has a picture; what it shows was not read.",
            place=place,
        )


def margins_notice(texts: Sequence[str]) -> Notice:
    quoted = "; ".join(_quote(text) for text in texts[:_QUOTES])
    return Notice(
        code="running header",
        zh=f"每页重复的页眉、页脚和页码未读取：{quoted}",
        en=f"Headers, footers and page numbers that repeat on the pages were left out: {quoted}",
    )


def contents_notice(entries: int) -> Notice:
    return Notice(
        code="table of contents",
        zh=f"目录（{entries} 条）未读取，其中的标题见正文。",
        en=f"The table of contents ({entries} entries) was left out; its headings stand in the text.",
    )


def _quote(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
