"""Shows the values of spreadsheet cells as a person sees them: texts, numbers, dates, percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Context, Decimal
from enum import Enum, auto

from casewright.documents.blocks import Mark, MarkKind
from casewright.documents.marking import MarkedText
from casewright.documents.ooxml import Element

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FIXED_TEXT = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_DECIMALS = re.compile(r"[0#?]\.(0+)")
_DIGITS = Context(prec=15)
"""As many as a spreadsheet keeps: 0.1 + 0.2 is 0.3."""
_PLAIN_EXPONENT = 21
"""Larger and smaller numbers are shown with an exponent."""
_LARGEST_EXPONENT = 400
"""No spreadsheet has larger numbers: what is beyond was made by hand."""
_LAST_DAY = date.max.toordinal()
_MARK_ELEMENTS = {"b": MarkKind.BOLD, "i": MarkKind.ITALIC, "strike": MarkKind.STRUCK}


class Shown(Enum):
    """What a number format makes of a number."""

    NUMBER = auto()
    PERCENT = auto()
    DATE = auto()
    TIME = auto()
    MOMENT = auto()
    DURATION = auto()


@dataclass(frozen=True, slots=True)
class Style:
    shown: Shown = Shown.NUMBER
    decimals: int = 0
    """At least so many are shown."""
    marks: tuple[MarkKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell shows."""

    text: str
    marks: tuple[Mark, ...] = ()


# Formats that a file names by number alone; those from 27 on are dates and times in Chinese and Japanese.
_BUILT_IN = {
    2: Style(decimals=2), 4: Style(decimals=2), 7: Style(decimals=2), 8: Style(decimals=2),
    39: Style(decimals=2), 40: Style(decimals=2), 43: Style(decimals=2), 44: Style(decimals=2),
    9: Style(Shown.PERCENT), 10: Style(Shown.PERCENT, 2),
    22: Style(Shown.MOMENT), 46: Style(Shown.DURATION),
    **dict.fromkeys((14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), Style(Shown.DATE)),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), Style(Shown.TIME)),
}  # fmt: skip


def local_name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def is_on(value: str | None) -> bool:
    """Whether a flag of XML is set."""
    return value in ("1", "true", "on")


def style_of_format(code: str) -> Style:
    """What a format like `yyyy-mm-dd` or `0.00%` shows; only its part for positive numbers counts."""
    bare = _FIXED_TEXT.sub("", code.split(";")[0]).lower()
    if "[" in bare:
        return Style(Shown.DURATION)
    timed = "h" in bare or "s" in bare
    dated = "y" in bare or "d" in bare or ("m" in bare and not timed)
    if dated or timed:
        return Style(Shown.MOMENT if dated and timed else Shown.DATE if dated else Shown.TIME)
    decimals = _DECIMALS.search(bare)
    return Style(Shown.PERCENT if "%" in bare else Shown.NUMBER, len(decimals[1]) if decimals else 0)


def read_styles(root: Element | None) -> list[Style]:
    """The styles that cells refer to by number, from the part `styles.xml`."""
    if root is None:
        return []
    formats = {
        _number(element.get("numFmtId")): style_of_format(element.get("formatCode") or "")
        for element in root.iterfind("{*}numFmts/{*}numFmt")
    }
    fonts = [_marks(font) for font in root.iterfind("{*}fonts/{*}font")]
    styles: list[Style] = []
    for element in root.iterfind("{*}cellXfs/{*}xf"):
        format_ = _number(element.get("numFmtId"))
        font = _number(element.get("fontId"))
        style = formats.get(format_) or _BUILT_IN.get(format_) or Style()
        marks = fonts[font] if 0 <= font < len(fonts) else ()
        styles.append(Style(style.shown, style.decimals, marks))
    return styles


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else -1


def _marks(properties: Element | None) -> tuple[MarkKind, ...]:
    """The marks that font properties set."""
    if properties is None:
        return ()
    return tuple(
        _MARK_ELEMENTS[local_name(element)]
        for element in properties
        if local_name(element) in _MARK_ELEMENTS and element.get("val") not in ("0", "false")
    )


def unescape(text: str) -> str:
    """`_x000D_` is how a spreadsheet writes characters that XML can't hold; line ends become newlines."""
    if "_x" in text:
        text = _ESCAPE.sub(_unescaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "\ufffd" if code == 0 or 0xD800 <= code < 0xE000 else chr(code)


def rich_text(element: Element, marks: tuple[MarkKind, ...] = ()) -> Content:
    """The text of a string that may be in several fonts; `marks` are those of the whole cell."""
    marked = MarkedText()
    for kind in marks:
        marked.begin(kind)
    for text, kinds in _runs(element):
        for kind in kinds:
            marked.begin(kind)
        marked.add(unescape(text))
        for kind in reversed(kinds):
            marked.end(kind)
    return Content(*marked.result())


def _runs(element: Element) -> Iterator[tuple[str, tuple[MarkKind, ...]]]:
    for child in element:
        if local_name(child) == "t":
            yield child.text or "", ()
        elif local_name(child) == "r":
            text = "".join(part.text or "" for part in child.iterfind("{*}t"))
            yield text, _marks(child.find("{*}rPr"))


def plain(text: str, marks: tuple[MarkKind, ...]) -> Content:
    text = text.strip()
    if not text or not marks:
        return Content(text)
    return Content(text, tuple(Mark(kind=kind, start=0, end=len(text)) for kind in marks))


def number_text(source: str, style: Style, epoch: datetime) -> str:
    """What a cell with the number `source` shows; dates and times in ISO form."""
    try:
        number = _DIGITS.create_decimal(source)
    except ArithmeticError:
        return source
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return source
    if style.shown is Shown.PERCENT:
        return _decimal_text(number * 100, style.decimals) + "%"
    if style.shown is Shown.DURATION:
        return _duration_text(number)
    if style.shown is not Shown.NUMBER and 0 <= number < _LAST_DAY - epoch.toordinal():
        return _moment_text(number, style.shown, epoch)
    return _decimal_text(number, style.decimals)


def _decimal_text(number: Decimal, decimals: int) -> str:
    number = number.normalize(_DIGITS)
    if number and abs(number.adjusted()) >= _PLAIN_EXPONENT:
        return str(number)
    text = f"{number:f}"
    missing = decimals - len(text.partition(".")[2])
    if missing > 0:
        text = text + "0" * missing if "." in text else f"{text}.{'0' * missing}"
    return "0" if text == "-0" else text


def _duration_text(days: Decimal) -> str:
    seconds = int((abs(days) * 86400).to_integral_value())
    sign = "-" if days < 0 else ""
    hours, rest = divmod(seconds, 3600)
    return f"{sign}{hours}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")


def _moment_text(number: Decimal, shown: Shown, epoch: datetime) -> str:
    days = int(number)
    seconds = int(((number - days) * 86400).to_integral_value())
    if epoch.year == 1899 and 0 < days < 60:
        days += 1  # 1900 was no leap year, whatever spreadsheets count
    moment = epoch + timedelta(days=days, seconds=seconds)
    time = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    if shown is Shown.TIME:
        return time
    day = moment.date().isoformat()
    return day if shown is Shown.DATE else f"{day} {time}"
