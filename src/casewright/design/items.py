"""Splits documents into requirement items: one for each thing that a person would count as a requirement.

An item is a numbered clause, a list item, an acceptance criterion, a row of a table of requirements, fields,
rules, states or messages, a table that is a matrix or a lookup, or a paragraph. Nothing that a document says
is lost: what is not to be tested comes out as background, out of scope or an open question. Headings,
captions, tables of contents and the labels in drawings are no items. Sentences that introduce a list ('the
caller sends:') are none either, unless they are a rule by themselves: they stand in the `section` and among
the sources of what they introduce. Comments of reviewers are not looked at.

How ids come about stands in `casewright.design.itemising.outline`.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence

from casewright.design.cases import RequirementItem
from casewright.design.itemising.drafts import Draft, Origin
from casewright.design.itemising.kinds import convention_of
from casewright.design.itemising.naming import unique_ids
from casewright.design.itemising.outline import parts
from casewright.design.itemising.prose import drafts_of
from casewright.documents.blocks import Document

_HASH_LENGTH = 16


def split(documents: Sequence[Document]) -> tuple[RequirementItem, ...]:
    """The items of all documents in reading order. The same documents give the same items; ids are unique
    over all of them."""
    taken: set[str] = set()
    items: list[RequirementItem] = []
    for number, document in enumerate(documents):
        made = drafts_of(parts(document), Origin(number), convention_of(_texts(document)))
        drafts = [draft for draft in made if any(draft.texts)]
        ids = unique_ids([draft.id for draft in drafts], document.name, taken)
        items.extend(_item(draft, id_) for draft, id_ in zip(drafts, ids, strict=True))
    return tuple(items)


def content_hash(text: str) -> str:
    """Tells whether a text says the same: 16 hexadecimal digits, whatever its line breaks and widths."""
    normalised = " ".join(unicodedata.normalize("NFKC", text).split())
    return hashlib.sha256(normalised.encode()).hexdigest()[:_HASH_LENGTH]


def _item(draft: Draft, id_: str) -> RequirementItem:
    text = "\n".join(text for text in draft.texts if text)
    return RequirementItem(
        id=id_,
        label=draft.label,
        kind=draft.kind,
        title=draft.title,
        text=text,
        section=draft.section,
        sources=(*draft.sources, *draft.context),
        content_hash=content_hash(text),
    )


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if block.text:
            yield block.text
        if block.table:
            yield from (" ".join(cell.text for cell in row) for row in block.table.rows)
