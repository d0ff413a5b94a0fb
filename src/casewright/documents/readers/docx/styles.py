"""Styles of a .docx: which paragraphs are headings, are numbered, are bold, by the style they have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from casewright.documents.blocks import MarkKind
from casewright.documents.ooxml import Element
from casewright.documents.readers.docx.markup import PPR, RPR, VAL, W, integer, is_on, value

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*(?:[1-9]|heading|标题|標題)", re.IGNORECASE)
_BODY_LEVEL = 9
_TOGGLES: dict[str, MarkKind | None] = {
    W + "b": MarkKind.BOLD,
    W + "i": MarkKind.ITALIC,
    W + "strike": MarkKind.STRUCK,
    W + "dstrike": MarkKind.STRUCK,
    W + "vanish": None,
}
_PLAIN: frozenset[MarkKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Numbered:
    """The `numPr` of a paragraph or a style; what it leaves out is None."""

    number: int | None
    level: int | None


@dataclass(frozen=True, slots=True)
class Style:
    id: str
    name: str
    based_on: str | None
    outline: int | None
    """0 for the highest heading, 9 for text of the body."""
    numbered: Numbered | None
    toggles: Mapping[str, bool]
    first_row_stands_out: bool


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run is set."""

    marks: frozenset[MarkKind]
    hidden: bool
    font: str


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What a paragraph is by its style and its own properties."""

    style: str
    heading: int | None
    """1 to 9."""
    numbered: Numbered | None
    """By the paragraph itself, completed by its style."""
    numbered_by: tuple[str, ...]
    """The styles that may be linked to a level of the list, the nearest first."""
    in_contents: bool
    """Set in a style of a table of contents."""


@dataclass(slots=True)
class Styles:
    _styles: dict[str, Style] = field(default_factory=dict[str, Style])
    _default: str = ""
    _chains: dict[str, tuple[Style, ...]] = field(default_factory=dict[str, tuple[Style, ...]])
    _toggled: dict[str, Mapping[str, bool]] = field(default_factory=dict[str, Mapping[str, bool]])

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """The styles in styles.xml; none where a document has no such part."""
        styles = cls()
        for element in root if root is not None else ():
            if element.tag != W + "style":
                continue
            style = _style(element)
            styles._styles[style.id] = style
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                styles._default = style.id
        return styles

    def chain(self, style: str) -> tuple[Style, ...]:
        """The style and those it is based on, the nearest first."""
        if style not in self._chains:
            self._chains[style] = tuple(self._ancestry(style))
        return self._chains[style]

    def _ancestry(self, style: str | None) -> Iterator[Style]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            found = self._styles[style]
            yield found
            style = found.based_on

    def paragraph(self, properties: Element | None) -> ParagraphLook:
        """`properties` is the paragraph's w:pPr."""
        style = value(properties, W + "pStyle") or self._default
        chain = self.chain(style)
        outline = _outline(properties)
        if outline is None:
            outline = next((s.outline for s in chain if s.outline is not None), _BODY_LEVEL)
        own = _numbered(properties)
        numbered = _completed(own, [s.numbered for s in chain if s.numbered])
        nearest = next((i for i, s in enumerate(chain) if s.numbered), 0)
        return ParagraphLook(
            style=style,
            heading=outline + 1 if 0 <= outline < _BODY_LEVEL else None,
            numbered=numbered,
            numbered_by=() if own and own.level is not None else tuple(s.id for s in chain[: nearest + 1]),
            in_contents=any(_CONTENTS.fullmatch(s.name) for s in chain),
        )

    def run(self, paragraph_style: str, properties: Element | None) -> RunLook:
        """`properties` is the run's w:rPr."""
        character_style, font = "", ""
        own: dict[str, bool] = {}
        for element in properties if properties is not None else ():
            tag = element.tag
            if tag in _TOGGLES:
                own[tag] = is_on(element)
            elif tag == W + "rStyle":
                character_style = element.get(VAL, "")
            elif tag == W + "rFonts":
                font = element.get(W + "ascii", "")
        return self._look(own, self._toggles(paragraph_style), self._toggles(character_style), font)

    def _toggles(self, style: str) -> Mapping[str, bool]:
        if style not in self._toggled:
            merged: dict[str, bool] = {}
            for link in reversed(self.chain(style)):
                merged.update(link.toggles)
            self._toggled[style] = merged
        return self._toggled[style]

    @staticmethod
    def _look(
        own: Mapping[str, bool], paragraph: Mapping[str, bool], character: Mapping[str, bool], font: str
    ) -> RunLook:
        if not (own or paragraph or character):
            return RunLook(_PLAIN, hidden=False, font=font)
        # A switch that both styles set is off: bold within bold stands out by being plain.
        on = [
            tag
            for tag in _TOGGLES
            if own.get(tag, paragraph.get(tag, False) is not character.get(tag, False))
        ]
        marks = frozenset(kind for tag in on if (kind := _TOGGLES[tag]) is not None)
        return RunLook(marks, hidden=W + "vanish" in on, font=font)

    def number_of(self, style: str) -> int | None:
        """The list that a style of the kind 'numbering' stands for."""
        return next((s.numbered.number for s in self.chain(style) if s.numbered), None)

    def first_row_stands_out(self, table_style: str) -> bool:
        """Whether a table style sets its first row in bold or shades it."""
        return any(style.first_row_stands_out for style in self.chain(table_style))


def _style(element: Element) -> Style:
    name = value(element, W + "name") or ""
    properties = element.find(PPR)
    outline = _outline(properties)
    if outline is None and (match := _HEADING.fullmatch(name.strip())):
        outline = int(match[1]) - 1
    run = element.find(RPR)
    return Style(
        id=element.get(W + "styleId", ""),
        name=name.strip(),
        based_on=value(element, W + "basedOn"),
        outline=outline,
        numbered=_numbered(properties),
        toggles={child.tag: is_on(child) for child in run if child.tag in _TOGGLES}
        if run is not None
        else {},
        first_row_stands_out=any(
            part.get(W + "type") == "firstRow"
            and (is_on(part.find(f"{RPR}/{W}b")) or is_shaded(part.find(W + "tcPr")))
            for part in element.findall(W + "tblStylePr")
        ),
    )


def is_shaded(cell_properties: Element | None) -> bool:
    """Whether a cell's w:tcPr gives it a ground other than white."""
    shading = cell_properties.find(W + "shd") if cell_properties is not None else None
    if shading is None:
        return False
    if shading.get(VAL, "clear").startswith("pct"):
        return True
    return shading.get(W + "fill", "auto").lower() not in {"auto", "ffffff", ""}


def _outline(properties: Element | None) -> int | None:
    level = value(properties, W + "outlineLvl")
    return None if level is None else integer(level, _BODY_LEVEL)


def _numbered(properties: Element | None) -> Numbered | None:
    element = properties.find(W + "numPr") if properties is not None else None
    if element is None:
        return None
    number, level = value(element, W + "numId"), value(element, W + "ilvl")
    if number is None and level is None:
        return None
    return Numbered(
        None if number is None else integer(number),
        None if level is None else min(max(integer(level), 0), 8),
    )


def _completed(own: Numbered | None, inherited: list[Numbered]) -> Numbered | None:
    """What the nearest leaves out, the list or the level, is taken from the next."""
    links = [own, *inherited] if own else inherited
    number = next((link.number for link in links if link.number is not None), None)
    level = next((link.level for link in links if link.level is not None), None)
    return None if number is None else Numbered(number, level)
