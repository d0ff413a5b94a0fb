"""Tells by the look of a text what it is written in: HTML, Markdown, CSV, JSON, …"""

from __future__ import annotations

import codecs
import csv
import re
from itertools import islice

_GLANCE = 1 << 16
"""Bytes looked at: more than enough to see what a text is."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.05
_FEW_CONTROLS = 3
"""Such as a damaged text has; its reader says so."""
_MOST_UNREADABLE = 0.3

# Possessive, so that thousands of comments are walked once and not in every grouping.
_BEFORE = r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+"
_HTML_DOCUMENT = re.compile(_BEFORE + r"<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_HTML_TAG = re.compile(
    _BEFORE + r"<(?:head|body|title|meta|link|style|script|div|span|table|h[1-6]|p|ul|ol|dl|pre|br|hr|img"
    r"|section|article|main|header|nav|font|center|form|a|b|i|strong|em)(?:\s[^<>]*+)?/?>",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(
    r"""^\#{1,6}[ ]\S                       # a heading
      | ^(?:```|~~~)                        # a fence
      | ^[ ]{0,3}\|?[ :]*-{3,}[ :]*\|       # the line below a table's head
      | \*\*[^\s*][^*\n]{0,200}\*\*         # bold
      | \[[^\]\n]{1,200}\]\([^)\s]{1,200}\) # a link
      | ^>[ ]\S                             # a quote
    """,
    re.MULTILINE | re.VERBOSE,
)
_JSON_STRING = r'"(?:[^"\\]|\\.)*+"'
_JSON = re.compile(
    rf"\s*+(?:\{{\s*(?:{_JSON_STRING}\s*:|\}}\s*\Z)|\[\s*(?:\{{\s*[\"}}]|{_JSON_STRING}\s*[,\]]|\]\s*\Z))",
    re.DOTALL,
)
_HEADERS = re.compile(r"[\w-]{1,40}:")
_RELATED = re.compile(r"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_HEADERS_LENGTH = 4000
_ROWS = 30
_FEW_ROWS = 2
_FEW_COLUMNS = 2
_ENOUGH_ROWS = 4
"""Rows of two columns each that make a table; prose has two lines with one comma each easily."""


def glance(content: bytes) -> str:
    """The beginning of `content` as text, whatever it takes: what can't be decoded becomes U+FFFD."""
    head = content[:_GLANCE]
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    for encoding, zeros in (("utf-16-le", head[1:200:2]), ("utf-16-be", head[0:200:2])):
        if zeros.count(0) * 2 > len(zeros) and _only_odd_or_even(head[:200]):
            return head.decode(encoding, "replace")
    try:
        # Not final: the last character may be cut in two.
        return codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return head.decode("gb18030", "replace")


def _only_odd_or_even(head: bytes) -> bool:
    """Whether the NULs stand as in UTF-16 of Latin text, and not everywhere."""
    return min(head[0::2].count(0), head[1::2].count(0)) * 10 < len(head)


def is_noise(text: str) -> bool:
    """Whether this is no text at all but other data."""
    controls = len(_CONTROLS.findall(text))
    if controls > max(_FEW_CONTROLS, _MOST_CONTROLS * len(text)):
        return True
    return controls + text.count("\ufffd") > _MOST_UNREADABLE * len(text)


def is_html_document(text: str) -> bool:
    return _HTML_DOCUMENT.match(text) is not None


def is_html_fragment(text: str) -> bool:
    return _HTML_TAG.match(text) is not None


def is_markdown(text: str) -> bool:
    return _MARKDOWN.search(text) is not None


def is_json(text: str) -> bool:
    """`text` begins as a JSON object or list does."""
    return _JSON.match(text) is not None


def is_web_archive(text: str) -> bool:
    """A page saved with its pictures, as Word and wikis export it under the name of a .doc file."""
    return _HEADERS.match(text) is not None and _RELATED.search(text, 0, _HEADERS_LENGTH) is not None


def is_csv(text: str, delimiters: str) -> bool:
    """The first rows have the same number of columns, by one of the delimiters."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > _ENOUGH_ROWS and not text.endswith("\n"):
        # The glance may end in the middle of it.
        lines.pop()
    return any(_is_table(lines, delimiter) for delimiter in delimiters)


def _is_table(lines: list[str], delimiter: str) -> bool:
    try:
        rows = list(islice(csv.reader(lines, delimiter=delimiter), _ROWS))
    except csv.Error:
        return False
    width = len(rows[0]) if rows else 0
    if len(rows) < _FEW_ROWS or any(len(row) != width for row in rows):
        return False
    spaced = sum(cell.startswith(" ") for row in rows for cell in row[1:])
    if delimiter == "," and spaced * 2 > len(rows) * (width - 1):
        return False
    return width > _FEW_COLUMNS or (width == _FEW_COLUMNS and len(rows) >= _ENOUGH_ROWS)
