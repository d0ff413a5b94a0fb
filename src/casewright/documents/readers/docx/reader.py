"""Reads .docx: headings, lists with Word's own numbers worked out, tables, text boxes, notes, comments.

What differs from what one might expect:

- `Block.label` holds the number that Word computes, as Word shows it ("3.1", "1.", "（一）", "第一章", "•");
  numbers that somebody typed stay in the text. In a cell the computed number stands in front of the text.
- A footnote is referred to as "[^1]" in the text, an endnote as "[^e1]"; the notes themselves are
  paragraphs at the end that have this as their label.
- Insertions are text, deletions are not, as if all changes were accepted. Hidden text is left out.
- Text boxes and pictures come after the paragraph that anchors them, tables in a cell and pictures in it
  after the whole table.
- Headers and footers are left out.

Notices: see `docx_notices`.
"""

from __future__ import annotations

from casewright.documents.blocks import BlockKind, Document
from casewright.documents.collecting import Collector
from casewright.documents.errors import Broken, EmptyDocument, NoText
from casewright.documents.limits import Limits
from casewright.documents.ooxml import Element, Package, open_package
from casewright.documents.readers.docx.markup import W
from casewright.documents.readers.docx.notes import Notes
from casewright.documents.readers.docx.numbering import Numbering
from casewright.documents.readers.docx.story import Storyteller
from casewright.documents.readers.docx.styles import Styles
from casewright.documents.reading import Progress


def read(content: bytes, name: str, limits: Limits, progress: Progress) -> Document:
    """See `Read`. Raises Broken, Encrypted, OldOffice, Dangerous, TooLarge, EmptyDocument or NoText."""
    package = open_package(content, limits)
    main = package.main_part("word/document.xml")
    root = package.xml(main)
    body = root.find(W + "body")
    if root.tag != W + "document" or body is None:
        raise Broken(detail=main)
    styles = Styles.of(_part(package, main, "styles"))
    numbering = Numbering(_part(package, main, "numbering"), styles)
    notes = Notes.of(_part(package, main, "footnotes"), _part(package, main, "endnotes"))
    collector = Collector(limits)
    story = Storyteller(collector, styles, numbering, notes)
    story.body(body, progress)
    story.notes()
    story.comments(_part(package, main, "comments"))
    document = collector.document(name, "docx")
    _require_text(document)
    progress(1.0)
    return document


def _part(package: Package, main: str, kind: str) -> Element | None:
    part = package.related(main, kind)
    return None if part is None else package.xml(part)


def _require_text(document: Document) -> None:
    pictures = sum(block.kind is BlockKind.PICTURE for block in document.blocks)
    for block in document.blocks:
        if block.text and block.kind is not BlockKind.PICTURE:
            return
        if block.table and any(cell.text for row in block.table.rows for cell in row):
            return
    if pictures:
        raise NoText(detail=f"{pictures} 张图片 / {pictures} pictures")
    raise EmptyDocument
