"""Glyphs put together into lines of text, and lines into running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casewright.documents.readers.pdf.geometry import Box
from casewright.documents.readers.pdf.glyphs import Glyph
from casewright.documents.readers.pdf.labels import BULLETS
from casewright.documents.readers.pdf.rows import rows_of

_WORD_GAP = 0.16
"""In sizes of the letters: a wider gap between Latin letters is a space."""
_HAN_GAP = 0.6
"""The same beside a Chinese character, where typesetters widen the gap to Latin letters."""
_OVERHANG = 0.2
"""By how much the box of a slanted letter may reach into the space behind it."""
_PIECE_GAP = 0.9
"""A wider gap ends a piece: it may be the space between two columns."""
_LABEL_GAP = 4.0
"""A bullet or number belongs to the text behind it, up to this gap."""

_HAN = re.compile(r"[\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_SHORT_LABEL = re.compile(rf"[{BULLETS}·*–—o-]|[(（]?(?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{1,5}})[.)）、:]|[①-⑳]")
_BROKEN_WORD = re.compile(r"(\w*[^\W\d_])-$")
_TAIL = re.compile(r"(?<=\S)[-/_–]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text on one base line. `size` is that of most of its letters."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    mono: bool = False

    @property
    def top(self) -> float:
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.2 * self.size

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)


def is_han(character: str) -> bool:
    """A Chinese character or punctuation mark, beside which no space is written."""
    return bool(_HAN.match(character))


def pieces(glyphs: Iterable[Glyph]) -> list[Line]:
    """Rows cut at wide gaps, from top to bottom and left to right."""
    return [line for row in rows_of(glyphs) for line in _pieces_of(row)]


def _pieces_of(row: Sequence[Glyph]) -> list[Line]:
    lines: list[Line] = []
    current: list[Glyph] = []
    end: float | None = None
    for glyph in row:
        if glyph.text.isspace():
            current.append(glyph)
            continue
        if end is not None and _ends_piece(current, glyph.x0 - end, glyph.size):
            lines.append(line_of(current))
            current, end = [], None
        end = glyph.x1 if end is None else max(end, glyph.x1)
        current.append(glyph)
    if end is not None:
        lines.append(line_of(current))
    return lines


def _ends_piece(current: Sequence[Glyph], gap: float, size: float) -> bool:
    if gap <= _PIECE_GAP * size:
        return False
    if len(current) > 9 or gap > _LABEL_GAP * size:
        return True
    return not _SHORT_LABEL.fullmatch("".join(glyph.text for glyph in current).strip())


def line_of(row: Sequence[Glyph]) -> Line:
    """A row of glyphs, at least one of them not a space, as text with its spaces."""
    parts: list[str] = []
    last: Glyph | None = None
    spaced = False
    inked: list[Glyph] = []
    for glyph in row:
        if glyph.text.isspace():
            spaced = True
            continue
        if last is not None and _is_shadow(last, glyph):
            continue
        if last is not None and (spaced or _has_gap(last, glyph)):
            parts.append(" ")
        parts.append(glyph.text)
        inked.append(glyph)
        last, spaced = glyph, False
    size = _usual_size(inked)
    full = [glyph for glyph in inked if abs(glyph.size - size) < 0.1]
    return Line(
        text=_repaired("".join(parts)),
        x0=min(glyph.x0 for glyph in inked),
        x1=max(glyph.x1 for glyph in inked),
        base=full[0].base,
        size=size,
        bold=_is_bold(inked),
        mono=_is_mono(inked),
    )


def _is_bold(glyphs: Sequence[Glyph]) -> bool:
    """Whether all letters are; the number in front of a heading is often set in another font."""
    letters = [glyph for glyph in glyphs if glyph.text[0].isalpha()] or glyphs
    return sum(glyph.face.bold for glyph in letters) >= 0.95 * len(letters)


def _is_mono(glyphs: Sequence[Glyph]) -> bool:
    """Whether the letters are those of a typewriter; Chinese characters, all of one width, tell nothing."""
    letters = [glyph for glyph in glyphs if not is_han(glyph.text[0])]
    return len(letters) * 2 > len(glyphs) and all(glyph.face.font.mono for glyph in letters)


def _is_shadow(last: Glyph, glyph: Glyph) -> bool:
    """The same character printed twice to look bold; not the two parts of a ligature, of one place too."""
    return (
        last.text == glyph.text
        and last.face is not glyph.face
        and abs(last.x0 - glyph.x0) < 0.12 * glyph.size
    )


def _has_gap(last: Glyph, glyph: Glyph) -> bool:
    han = is_han(last.text[-1]) or is_han(glyph.text[0])
    gap = (glyph.x0 - last.x1) / min(last.size, glyph.size)
    if glyph.spaced and not han and gap > -_OVERHANG:
        return True
    return gap > (_HAN_GAP if han else _WORD_GAP)


def _usual_size(glyphs: Sequence[Glyph]) -> float:
    counts: dict[float, int] = {}
    for glyph in glyphs:
        counts[glyph.size] = counts.get(glyph.size, 0) + 1
    return max(counts, key=lambda size: (counts[size], size))


def _repaired(text: str) -> str:
    """Halves of surrogate pairs joined, lone ones replaced."""
    if text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def merged(row: Sequence[Line]) -> Line:
    """The pieces of a row, from left to right, as one line."""
    if len(row) == 1:
        return row[0]
    longest = max(row, key=lambda line: len(line.text))
    return Line(
        text=" ".join(line.text for line in row),
        x0=min(line.x0 for line in row),
        x1=max(line.x1 for line in row),
        base=longest.base,
        size=longest.size,
        bold=all(line.bold for line in row if any(map(str.isalpha, line.text))),
        mono=all(line.mono for line in row),
    )


@dataclass(frozen=True, slots=True)
class Joiner:
    """Puts the lines of a paragraph together. `words` are those of the document, in lower case; they tell
    a hyphen that belongs to a word from one that only breaks it."""

    words: frozenset[str]

    def join(self, text: str, more: str) -> str:
        if not text or not more:
            return text + more
        if text.endswith("\u00ad"):
            return text[:-1] + more
        if is_han(text[-1]) or is_han(more[0]):
            return text + more
        broken = _BROKEN_WORD.search(text)
        if broken:
            return self._unbroken(text, more, broken.group(1))
        if _TAIL.search(text):
            return text + more
        return f"{text} {more}"

    def _unbroken(self, text: str, more: str, head: str) -> str:
        rest = re.match(r"[^\W\d_]*", more)
        tail = rest.group() if rest else ""
        whole, hyphened = (head + tail).lower(), f"{head}-{tail}".lower()
        if not tail[:1].islower() or (hyphened in self.words and whole not in self.words):
            return text + more
        return text[:-1] + more


def words_of(lines: Iterable[Line]) -> frozenset[str]:
    """The words that stand unbroken on a line, those with hyphens as they are."""
    found: set[str] = set()
    for line in lines:
        found.update(word.strip(".,;:!?()[]\"'“”").lower() for word in line.text.split()[:-1])
    return frozenset(found)


def usual_size(lines: Iterable[Line]) -> float:
    """The size of most letters, in half points; 0 where there are none."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size * 2) / 2] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def is_full(line: Line, right: float, following: Line) -> bool:
    """Whether the line ends because `following`'s first word had no room before `right` any more."""
    return line.x1 + room_for(following) > right


def room_for(following: Line) -> float:
    """How much room the first word of a line would have needed at the end of the one before."""
    first = following.text.split(maxsplit=1)[0]
    if is_han(first[0]):
        return 2.2 * following.size  # one character, and a mark that may not begin a line
    latin = re.match(r"[^\u2e80-\u9fff\uf900-\uffef]+", first)
    letters = len(latin.group()) if latin else len(first)
    return (following.x1 - following.x0) * letters / len(following.text) + 0.2 * following.size
