"""Parses HTML, but nothing that is nested so deep that the parser would be at it for minutes."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from casewright.documents.errors import TooLarge
from casewright.documents.readers.html.elements import names

_STEP = re.compile(
    r"<!--(?:.*?-->|.*)|<(?:script|style)\b(?:.*?</(?:script|style)|.*)|<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)",
    re.I | re.S,
)
_UNENDED = names("""p li dt dd option tr td th thead tbody tfoot colgroup rt rp html head body
    area base br col embed hr img input link meta param source track wbr""")
"""Elements that needn't be ended, and those that have no end."""
_SLOPPINESS = 10
"""A page with elements left open may seem this many times deeper than it is."""


def parse(source: str, depth: int) -> LexborNode | None:
    """The body of the page. Raises TooLarge where elements are nested far deeper than `depth`: the time
    that the parser takes grows with length times depth."""
    open_elements = 0
    for match in _STEP.finditer(source):
        if match["tag"] is None or match["tag"].lower() in _UNENDED:
            continue
        open_elements = max(open_elements - 1, 0) if match["end"] else open_elements + 1
        if open_elements > depth * _SLOPPINESS:
            raise TooLarge(what="嵌套层数 / nesting", size=f"> {depth}", limit=depth)
    return LexborHTMLParser(source).body
