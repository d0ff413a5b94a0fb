"""Puts together a text whose parts are set in bold, struck through and so on."""

from __future__ import annotations

import re
from collections import defaultdict

from casewright.documents.blocks import Mark, MarkKind
from casewright.documents.lines import joint

_UNSEEN = str.maketrans({"\u200b": None, "\u2060": None, "\ufeff": None, "\u00ad": None, "\u00a0": " "})
_LINE_ENDS = re.compile(r"[ \t\r\f]*\n[ \t\n\r\f]*")
_BLANKS = re.compile(r"[ \t\r\f\u00a0]+")
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")

SCRIPTS = {"sup": _RAISED, "sub": _LOWERED}
"""How HTML names text above and below the line: 10<sup>6</sup> is not 106."""

TAGS: dict[str, MarkKind] = {
    "strong": MarkKind.BOLD,
    "b": MarkKind.BOLD,
    "em": MarkKind.ITALIC,
    "i": MarkKind.ITALIC,
    "code": MarkKind.CODE,
    "kbd": MarkKind.CODE,
    "samp": MarkKind.CODE,
    "tt": MarkKind.CODE,
    "a": MarkKind.LINK,
    "ins": MarkKind.INSERTED,
    "del": MarkKind.STRUCK,
    "s": MarkKind.STRUCK,
    "strike": MarkKind.STRUCK,
}
"""How HTML names the marks."""


class MarkedText:
    """A text under construction. A mark begins at the first character added after `begin`, so that it
    holds none of the space before."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last = ""
        self._gap = ""
        self._open: dict[MarkKind, list[int | None]] = defaultdict(list)
        """Where the open marks of each kind begin; None until a character has come."""
        self._waiting: set[MarkKind] = set()
        self._marks: list[Mark] = []
        self.script: dict[int, int] | None = None
        """One of SCRIPTS while text above or below the line is added."""

    def begin(self, kind: MarkKind) -> None:
        self._open[kind].append(None)
        self._waiting.add(kind)

    def end(self, kind: MarkKind) -> None:
        """Ends the innermost open mark of this kind; an end without a beginning means nothing. Of bold
        within bold only the outer one is kept."""
        starts = self._open[kind]
        start = starts.pop() if starts else None
        if start is not None and start < self._length and not starts:
            self._marks.append(Mark(kind=kind, start=start, end=self._length))

    def add(self, text: str) -> None:
        """Appends `text` as it is; a soft break before it is settled by what it begins with."""
        text = text.translate(_UNSEEN)
        if not text:
            return
        if self.script and all(ord(character) in self.script for character in text):
            text = text.translate(self.script)
        if self._gap:
            gap, self._gap = self._gap, ""
            if self._length and not self._last.isspace():
                self._put(gap if gap == " " else joint(self._last, text))
            text = text.lstrip(" \t")
        if text:
            self._start_marks()
            self._put(text)

    def _start_marks(self) -> None:
        for kind in self._waiting:
            starts = self._open[kind]
            for at in range(len(starts) - 1, -1, -1):
                if starts[at] is not None:
                    break
                starts[at] = self._length
        self._waiting.clear()

    def soft_break(self) -> None:
        """A line ends here that the reader of the page doesn't see end."""
        self._gap = "\n"

    def hard_break(self) -> None:
        """A line ends here; no space stays around the newline."""
        if self._length:
            kept = self._parts[-1].rstrip(" \t")
            self._length -= len(self._parts[-1]) - len(kept)
            self._parts[-1] = kept
            self._put("\n")
        self._gap = " "

    def new_line(self) -> None:
        """What follows begins on a line of its own."""
        if self._last != "\n":
            self.hard_break()

    def flow(self, text: str) -> None:
        """Appends text in which, as in HTML, any run of white space is one space; none stands between
        Chinese and Chinese where the line merely ended."""
        for number, piece in enumerate(_LINE_ENDS.split(text)):
            if number:
                self._gap = "\n"
            if piece:
                self._words(_BLANKS.sub(" ", piece))

    def _words(self, piece: str) -> None:
        words = piece.strip(" ")
        if piece[0] == " " and not self._gap:
            self._gap = " "
        if words:
            self.add(words)
            if piece[-1] == " ":
                self._gap = " "

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)
            self._last = text[-1]

    def result(self) -> tuple[str, tuple[Mark, ...]]:
        """The text without white space around it, and its marks in order of their beginning."""
        for kind, starts in self._open.items():
            del starts[1:]
            self.end(kind)
        whole = "".join(self._parts)
        text = whole.strip()
        before = len(whole) - len(whole.lstrip())
        marks: list[Mark] = []
        for mark in self._marks:
            start, end = max(mark.start - before, 0), min(mark.end - before, len(text))
            # A line's end may have taken away spaces that the mark had at its own end.
            end = start + len(text[start:end].rstrip())
            if start < end:
                marks.append(Mark(kind=mark.kind, start=start, end=end))
        return text, tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))
