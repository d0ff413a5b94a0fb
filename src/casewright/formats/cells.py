"""Texts made safe and unmistakable for a cell: control characters seen, lists numbered, formulas defused."""

from __future__ import annotations

import re
from collections.abc import Iterable

_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")

# A spreadsheet takes a cell that begins so for a formula or a command, some after leaving out blanks, and in
# Chinese and Japanese settings with full-width signs too. The apostrophe itself is in the list so that the
# one that `defused` puts in front can be taken away again without a doubt.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠']|[\t\r\n]")


def visible(text: str) -> str:
    """`text` with control characters as their pictures ('␀', '␡') and what is no character as '\ufffd'.

    Tab and line breaks stay. What comes out can stand in XML and be written as UTF-8.
    """
    return _INVISIBLE.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def lines(text: str) -> list[str]:
    """The lines of `text`, whichever line break it uses, made visible; at least one."""
    return [visible(line) for line in _LINE_BREAK.split(text)]


def one_line(text: str) -> str:
    """`text` on a single line: line breaks become blanks, blanks at the ends go."""
    return " ".join(lines(text)).strip()


def multi_line(text: str) -> str:
    """`text` with '\\n' for every line break."""
    return "\n".join(lines(text))


def numbered(texts: Iterable[str]) -> str:
    """One cell '1. …\\n2. …'. An empty text keeps its number; further lines of a text are indented, so
    that a number at the beginning of a line is always ours."""
    return "\n".join(_entry(number, text) for number, text in enumerate(texts, start=1))


def _entry(number: int, text: str) -> str:
    return f"{number}. " + "\n   ".join(lines(text)) if text else f"{number}."


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take the cell for more than text."""
    return _FORMULA.match(text) is not None


def defused(text: str) -> str:
    """`text` with an apostrophe in front if a spreadsheet could take it for a formula, or if it begins with
    an apostrophe itself. Whoever reads it back takes one leading apostrophe away."""
    return "'" + text if is_formula(text) else text
