"""Reads what stands within a paragraph of Markdown: text, marks, pictures, the odd HTML tag."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from markdown_it.token import Token

from casewright.documents.blocks import Mark, MarkKind
from casewright.documents.marking import SCRIPTS, TAGS, MarkedText
from casewright.documents.readers.html.elements import BOUNDARIES

_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_ALTERNATIVE = re.compile(r"""\balt\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""")
_MARKS = {
    "strong": MarkKind.BOLD,
    "em": MarkKind.ITALIC,
    "s": MarkKind.STRUCK,
    "link": MarkKind.LINK,
}
_SILENT = frozenset({"image", "softbreak", "hardbreak", "link_open", "link_close", "html_inline"})


@dataclass(frozen=True, slots=True)
class Inline:
    """What a run of inline tokens says, with the alternative texts of the pictures in it; these are also
    in the text, since a picture may stand for a word."""

    text: str
    marks: tuple[Mark, ...]
    pictures: tuple[str, ...]
    only_pictures: bool


def read_inline(tokens: list[Token]) -> Inline:
    marked = MarkedText()
    pictures: list[str] = []
    for token in tokens:
        name, _, end = token.type.rpartition("_")
        if name in _MARKS:
            (marked.begin if end == "open" else marked.end)(_MARKS[name])
        elif token.type == "softbreak":
            marked.soft_break()
        elif token.type == "hardbreak":
            marked.hard_break()
        elif token.type == "code_inline":
            marked.begin(MarkKind.CODE)
            marked.add(token.content)
            marked.end(MarkKind.CODE)
        elif token.type == "html_inline":
            _tag(token.content, marked, pictures)
        elif token.type == "image":
            pictures.append(read_inline(token.children or []).text)
            marked.add(pictures[-1])
        else:
            marked.add(token.content)
    text, marks = marked.result()
    spoken = (token for token in tokens if token.type not in _SILENT)
    return Inline(text, marks, tuple(pictures), bool(pictures) and not any(t.content.strip() for t in spoken))


def _tag(source: str, marked: MarkedText, pictures: list[str]) -> None:
    """A tag in running text; a comment, or a tag that marks nothing, leaves no trace."""
    match = _TAG.match(source)
    if match is None:
        return
    name = match["name"].lower()
    if name == "br":
        marked.hard_break()
    elif name == "img":
        alternative = _ALTERNATIVE.search(source)
        text = html.unescape(alternative["double"] or alternative["single"] or "") if alternative else ""
        pictures.append(text)
        marked.add(text)
    elif name in BOUNDARIES:
        marked.new_line()
    elif name in SCRIPTS:
        marked.script = None if match["closing"] else SCRIPTS[name]
    elif name in TAGS:
        (marked.end if match["closing"] else marked.begin)(TAGS[name])
