"""Footnotes and endnotes of a .docx: numbered as the text comes to them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from casewright.documents.ooxml import Element
from casewright.documents.readers.docx.markup import ID

_KINDS = ("footnote", "endnote")


@dataclass(frozen=True, slots=True)
class Note:
    kind: str
    label: str
    content: Element


@dataclass(slots=True)
class Notes:
    """Labels are "[^1]", "[^2]", … for footnotes and "[^e1]", … for endnotes, in the text and on the note."""

    _contents: dict[tuple[str, str], Element]
    _labels: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    _counts: Counter[str] = field(default_factory=Counter[str])

    @classmethod
    def of(cls, footnotes: Element | None, endnotes: Element | None) -> Notes:
        """From the roots of footnotes.xml and endnotes.xml, where there are such."""
        contents: dict[tuple[str, str], Element] = {}
        for kind, root in zip(_KINDS, (footnotes, endnotes), strict=True):
            for element in root if root is not None else ():
                contents[kind, element.get(ID, "")] = element
        return cls(contents)

    def label(self, kind: str, id_: str) -> str:
        """How the text refers to a note, the same each time."""
        if (kind, id_) not in self._labels:
            self._counts[kind] += 1
            self._labels[kind, id_] = f"[^{'e' if kind == 'endnote' else ''}{self._counts[kind]}]"
        return self._labels[kind, id_]

    def referred(self) -> list[Note]:
        """The notes that the text refers to: in the order of their numbers, footnotes first."""
        notes: list[Note] = []
        for kind in _KINDS:
            for (of_kind, id_), label in self._labels.items():
                content = self._contents.get((kind, id_))
                if of_kind == kind and content is not None:
                    notes.append(Note(kind, label, content))
        return notes
