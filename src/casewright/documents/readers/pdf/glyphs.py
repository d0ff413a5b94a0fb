"""The characters of a PDF page with their places, faces and sizes, as pdfium tells them."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pypdfium2.raw as _bindings

from casewright.documents.readers.pdf.geometry import Upright

pdfium: Any = cast(Any, _bindings)  # generated bindings without types

_BOLD = re.compile(r"bold|heavy|black|semibold|demi(?!c)|(?<!ya)hei(?!ti.*light)|黑体|粗", re.IGNORECASE)
_NOT_BOLD = re.compile(r"regular|roman(?!ps)|light|book|thin", re.IGNORECASE)
_BOLD_WEIGHTS = (600, 950)
_PICTOGRAMS = re.compile(r"wingdings|webdings", re.IGNORECASE)
_MONO = re.compile(r"courier|mono|consol|menlo|typewriter|nimbusmon|cmtt", re.IGNORECASE)
_FIXED_PITCH = 1
_SPACE = 0x20
_SLANT = 5.0
"""In degrees: text turned further from the four directions is slanted."""
_INVISIBLE = 3
_FORCE_BOLD = 1 << 18
_FILL_AND_STROKE = 2
READABLE_SIZES = (1.5, 5_000.0)
"""In points; smaller text can't be read by anybody on paper, larger is a fault of the file."""

_PIECES: dict[str, str] = {
    "\x02": "-",  # pdfium's sign for a hyphen at the end of a line
    "\x00": "",
    "\ufeff": "",
    "\u200b": "",
    "\u00a0": " ",
    "\u2011": "-",
    "\u2028": " ",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}


@dataclass(frozen=True, slots=True)
class Font:
    name: str
    bold: bool = False
    mono: bool = False
    pictograms: bool = False
    """Its letters are drawn as arrows, ticks and bullets."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """How one text object of a page is set. `size` is in points as seen on the page; `quarter` the direction
    of its text in steps of 90° anticlockwise, None for a slanted one. The origin is that of its first
    character, in the page's own coordinates."""

    font: Font
    size: float
    bold: bool
    invisible: bool
    quarter: int | None
    origin: tuple[float, float]


@dataclass(slots=True, eq=False)
class Glyph:
    """One character. `base` is the y of the line it stands on."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    face: Face
    spaced: bool = False
    """pdfium takes the gap before it for a space."""

    @property
    def top(self) -> float:
        return self.base - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.2 * self.size


@dataclass(slots=True)
class PageText:
    """What stands on one page: upright glyphs, those turned by quarters (each direction in a frame of its
    own), and the text that is slanted, that nobody sees, or that can't be told."""

    frame: Upright
    glyphs: list[Glyph] = field(default_factory=list[Glyph])
    turned: list[list[Glyph]] = field(default_factory=list[list[Glyph]])
    slanted: str = ""
    hidden: list[Glyph] = field(default_factory=list[Glyph])
    garbled: int = 0


_Raw = tuple[str, Face, float, float, float, float, bool]
"""Text, face, left, low, right, high in the page's own coordinates, and `Glyph.spaced`."""


def read_glyphs(page: Any, textpage: Any) -> PageText:
    """All characters of an open page, in the order of its content."""
    sheet = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, sheet)
    sides = (float(sheet.left), float(sheet.bottom), float(sheet.right), float(sheet.top))
    raws = _raw_glyphs(textpage)
    counts = Counter(raw[1].quarter for raw in raws if raw[1].quarter is not None)
    main = counts.most_common(1)[0][0] if counts else 0
    frames = [Upright(*sides, quarter) for quarter in range(4)]
    text = PageText(frames[main])
    turned: dict[int, list[Glyph]] = {}
    slanted: list[str] = []
    for raw in raws:
        quarter = raw[1].quarter
        glyph = _placed(raw, frames[main if quarter is None else quarter])
        text.garbled += _is_garbled(raw[0])
        if _is_hidden(raw, sides):
            text.hidden.append(glyph)
        elif quarter == main:
            text.glyphs.append(glyph)
        elif quarter is None:
            slanted.append(raw[0])
        else:
            turned.setdefault(quarter, []).append(glyph)
    text.turned = [turned[quarter] for quarter in sorted(turned)]
    text.slanted = " ".join("".join(slanted).split())
    return text


def _is_hidden(raw: _Raw, sides: tuple[float, float, float, float]) -> bool:
    """Whether nobody can see a character: drawn invisible, too small, or beside the page."""
    _, face, left, low, right, high, _ = raw
    inside = sides[0] <= (left + right) / 2 <= sides[2] and sides[1] <= (low + high) / 2 <= sides[3]
    return face.invisible or not READABLE_SIZES[0] <= face.size <= READABLE_SIZES[1] or not inside


def _placed(raw: _Raw, frame: Upright) -> Glyph:
    text, face, left, low, right, high, spaced = raw
    if frame.quarter == 0:
        return Glyph(
            text, left - frame.left, right - frame.left, frame.high - face.origin[1], face.size, face, spaced
        )
    box = frame.box(left, low, right, high)
    return Glyph(text, box.x0, box.x1, frame.point(*face.origin)[1], face.size, face, spaced)


def _raw_glyphs(textpage: Any) -> list[_Raw]:
    """The characters that the page draws, in its order. Spaces that pdfium adds are only noted with the
    next character, as their own place is not exact; line ends are told by place."""
    page = textpage.raw  # the bare pointer: the wrapper costs a call for each character
    unicode_of, object_of, box_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetTextObject,
        pdfium.FPDFText_GetLooseCharBox,
    )
    box = pdfium.FS_RECTF()
    faces: dict[int, Face] = {}
    fonts: dict[int, Font] = {}
    raws: list[_Raw] = []
    spaced = False
    for index in range(int(pdfium.FPDFText_CountChars(page))):
        handle = object_of(page, index)
        if not handle:
            spaced = False
            continue
        code = unicode_of(page, index)
        if code == _SPACE and pdfium.FPDFText_IsGenerated(page, index) == 1:
            spaced = True
            continue
        address = ctypes.addressof(handle.contents)
        face = faces.get(address)
        if face is None:
            face = faces[address] = _face(page, index, handle, fonts)
        box_of(page, index, box)
        raws.append((clean(code, face.font), face, box.left, box.bottom, box.right, box.top, spaced))
        spaced = False
    return raws


def _face(page: Any, index: int, handle: Any, fonts: dict[int, Font]) -> Face:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(page, index, matrix)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(page, index, x, y)
    mode = int(pdfium.FPDFTextObj_GetTextRenderMode(handle))
    direction = math.degrees(math.atan2(matrix.b, matrix.a))
    nearest = round(direction / 90)
    font = _font(pdfium.FPDFTextObj_GetFont(handle), fonts)
    size = abs(float(pdfium.FPDFText_GetFontSize(page, index))) * math.hypot(matrix.c, matrix.d)
    return Face(
        font=font,
        size=size if math.isfinite(x.value) and math.isfinite(y.value) else 0.0,
        bold=font.bold or mode == _FILL_AND_STROKE,
        invisible=mode == _INVISIBLE,
        quarter=nearest % 4 if abs(direction - 90 * nearest) < _SLANT else None,
        origin=(x.value, y.value),
    )


def _font(handle: Any, fonts: dict[int, Font]) -> Font:
    if not handle:
        return Font("")
    address = ctypes.addressof(handle.contents)
    font = fonts.get(address)
    if font is None:
        name = " ".join(_font_names(handle))
        fixed = int(pdfium.FPDFFont_GetFlags(handle)) & _FIXED_PITCH > 0
        font = fonts[address] = Font(
            name=name,
            bold=_is_bold(handle, name),
            mono=fixed or _MONO.search(name) is not None,
            pictograms=_PICTOGRAMS.search(name) is not None,
        )
    return font


def _font_names(font: Any) -> Iterator[str]:
    """The name and the family, as far as they are told."""
    for name_of in (pdfium.FPDFFont_GetBaseFontName, pdfium.FPDFFont_GetFamilyName):
        buffer = ctypes.create_string_buffer(256)
        name_of(font, buffer, 256)
        try:
            yield buffer.value.decode("utf-8")
        except UnicodeDecodeError:
            yield buffer.value.decode("gb18030", "replace")


def _is_bold(font: Any, name: str) -> bool:
    """By its name, else by the weight told; files that keep the name back also make up the weight."""
    if _BOLD.search(name):
        return True
    if _NOT_BOLD.search(name):
        return False
    if int(pdfium.FPDFFont_GetFlags(font)) & _FORCE_BOLD:
        return True
    return _BOLD_WEIGHTS[0] <= int(pdfium.FPDFFont_GetWeight(font)) <= _BOLD_WEIGHTS[1]


def clean(code: int, font: Font) -> str:
    """A character as it should stand in text: ligatures taken apart, compatibility forms of Chinese
    characters replaced by the plain ones, pictograms shown as a bullet, control characters dropped."""
    character = chr(code)
    if character in _PIECES:
        return _PIECES[character]
    if font.pictograms and code < 0x100 and not character.isspace():
        return "•"
    if 0xF020 <= code <= 0xF0FF:
        return "•"  # Symbol and Wingdings, moved to the private area by Word
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF:
        return unicodedata.normalize("NFKC", character)
    if code < 32 or 0x7F <= code < 0xA0:
        return " " if character.isspace() else ""
    return character


def _is_garbled(text: str) -> bool:
    return not text or (text >= "\ud800" and (text[0] == "\ufffd" or unicodedata.category(text[0]) == "Co"))
