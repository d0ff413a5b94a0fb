"""Reads HTML pages: headings, paragraphs, lists, tables, code and quotes as they are seen."""

from __future__ import annotations

import re

from casewright.documents.blocks import Document, Place
from casewright.documents.collecting import Collector
from casewright.documents.encodings import decode
from casewright.documents.errors import EmptyDocument
from casewright.documents.limits import Limits
from casewright.documents.nesting import Nesting
from casewright.documents.readers.html.parsing import parse
from casewright.documents.readers.html.walk import HtmlWalk
from casewright.documents.reading import Progress

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*(?P<html>[\w-]+)|<\?xml[^>]{0,100}?encoding="(?P<xml>[\w-]+)""",
    re.I,
)
_HEAD = 4096
"""Bytes in which the name of the encoding is looked for."""


def read(content: bytes, name: str, limits: Limits, progress: Progress) -> Document:
    """Raises EmptyDocument, Broken (no text) or TooLarge (blocks, cells, nesting)."""
    text = decode(content, _declared(content))
    body = parse(text, limits.depth)
    progress(0.3)
    if body is None:
        raise EmptyDocument
    collector = Collector(limits)
    nesting = Nesting(collector)

    def place() -> Place:
        return Place(paragraph=len(collector.blocks) + 1, within=nesting.within)

    HtmlWalk(nesting, place, limits.depth).through(body)
    progress(1.0)
    return collector.document(name, "html")


def _declared(content: bytes) -> str:
    match = _CHARSET.search(content[:_HEAD])
    return (match["html"] or match["xml"]).decode("ascii") if match else ""
