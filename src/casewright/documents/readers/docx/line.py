"""The text of one paragraph while it is read: its marks, and all that it holds besides text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from casewright.documents.blocks import Mark, MarkKind
from casewright.documents.ooxml import Element

_UNSEEN = str.maketrans({"\u200b": None, "\u2060": None, "\ufeff": None, "\u00ad": None, "\u00a0": " "})
_NUMBER = re.compile(
    r"\s*[A-Za-z]{1,12}([-_.][A-Za-z]{1,12}){0,4}[-_.]?\d{1,6}([-_.]\d{1,6}){0,6}[.:、：]?\s*"
)
_ORDER = tuple(MarkKind)


@dataclass(frozen=True, slots=True)
class Picture:
    description: str
    """The alternative text that its author gave; may be empty."""


@dataclass(frozen=True, slots=True)
class TextBox:
    content: Element


Attachment = Picture | TextBox


@dataclass(slots=True)
class Aside:
    """Text that the paragraph does not say: deleted or hidden. `at` is where it stood."""

    at: int
    text: str
    closed: bool = False
    """What follows is another one, even in the same place."""


@dataclass(slots=True)
class Line:
    """A text under construction. Neighbouring pieces that are set alike share one mark."""

    deleted: list[Aside] = field(default_factory=list[Aside])
    hidden: list[Aside] = field(default_factory=list[Aside])
    attachments: list[Attachment] = field(default_factory=list[Attachment])
    comments: list[str] = field(default_factory=list[str])
    notes: list[str] = field(default_factory=list[str])
    """The labels of the footnotes and endnotes that it refers to."""
    has_contents: bool = False
    """A part of a table of contents was left out."""
    has_foreign: bool = False
    """A part of another document stands here that can't be read."""
    _parts: list[str] = field(default_factory=list[str])
    _length: int = 0
    _marks: dict[MarkKind, list[list[int]]] = field(default_factory=dict[MarkKind, list[list[int]]])

    def add(self, text: str, kinds: Iterable[MarkKind] = ()) -> None:
        text = text.translate(_UNSEEN)
        if not text:
            return
        start, self._length = self._length, self._length + len(text)
        self._parts.append(text)
        for kind in kinds:
            spans = self._marks.setdefault(kind, [])
            if spans and spans[-1][1] == start:
                spans[-1][1] = self._length
            else:
                spans.append([start, self._length])

    def delete(self, text: str) -> None:
        self._put_aside(self.deleted, text)

    def hide(self, text: str) -> None:
        self._put_aside(self.hidden, text)

    def _put_aside(self, asides: list[Aside], text: str) -> None:
        if asides and asides[-1].at == self._length and not asides[-1].closed:
            asides[-1].text += text
        else:
            asides.append(Aside(self._length, text))

    def end_paragraph(self) -> None:
        """What is deleted or hidden in the next paragraph is told apart from that in this one."""
        for asides in (self.deleted, self.hidden):
            if asides:
                asides[-1].closed = True

    def comment(self, id_: str) -> None:
        if id_ not in self.comments:
            self.comments.append(id_)

    def take_number(self) -> str:
        """Puts a number that is hidden in front of the text into the text, and gives it.

        Tools that manage requirements in Word hide their tags so ("SSR1 "). A number can't be an
        instruction to whoever reads the text, and without it the requirement has no name.
        """
        if not self.hidden or not any(part.strip() for part in self._parts):
            return ""
        first = self.hidden[0]
        if first.at > 0 or not _NUMBER.fullmatch(first.text):
            return ""
        del self.hidden[0]
        number = first.text.strip()
        self._parts.insert(0, f"{number} ")
        self._shift(len(number) + 1)
        return number

    def _shift(self, by: int) -> None:
        self._length += by
        for spans in self._marks.values():
            for span in spans:
                span[0] += by
                span[1] += by

    def result(self) -> tuple[str, tuple[Mark, ...]]:
        """The text without white space around it, and its marks in order of their beginning."""
        whole = "".join(self._parts)
        text = whole.strip()
        before = len(whole) - len(whole.lstrip())
        marks: list[Mark] = []
        for kind in _ORDER:
            for start, end in self._marks.get(kind, ()):
                start, end = max(start - before, 0), min(end - before, len(text))
                if start < end:
                    marks.append(Mark(kind=kind, start=start, end=end))
        return text, tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))
