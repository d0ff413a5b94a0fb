"""Bullets and numbers in front of list items, and the numbers of headings, as they are typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

BULLETS = "⚫⬤•◦▪▫●○■□◆◇▶►▸➢➤✓✔✗‣⁃∙\uf0b7"
_HAN_DIGITS = "一二三四五六七八九十百"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

_LABEL = re.compile(
    rf"""(?P<label>
        [{BULLETS}] (?=\s*\S)
      | [-*–—·o] (?=\s+\S) | [-*·] (?=[\u3400-\u9fff])
      | [①-⑳⑴-⒇❶-❿] (?=\s*\S)
      | [(（\[【] (?: \d{{1,3}} | [A-Za-z] | [ivxIVX]{{2,5}} | [{_HAN_DIGITS}]{{1,3}} ) [)）\]】] (?=\s*\S)
      | \d{{1,3}} (?: [)）、．] (?=\s*\S) | ， (?=\D) | \. (?=\s+\S | [^\W\d_]) )
      | [A-Za-z] (?: [)）、] (?=\s*\S) | \. (?=\s+\S) )
      | [ivx]{{2,5}} (?: [)）] (?=\s*\S) | \. (?=\s+\S) )
      | [{_HAN_DIGITS}]{{1,3}} [、．] (?=\s*\S)
    )\s*(?P<text>.+)""",
    re.VERBOSE | re.DOTALL,
)

_HEADING_NUMBER = re.compile(
    rf"""(?:
        (?P<decimal>\d{{1,3}}(?:[.．]\d{{1,3}})*) (?: [.．、]?\s+ | [.．、]? (?=[\u3400-\u9fff]) )
      | 第\s*[{_HAN_DIGITS}\d]{{1,4}}\s*(?P<rank>[编篇部章节])
      | (?P<part>[{_HAN_DIGITS}]{{1,3}})、
      | [(（](?P<section>[{_HAN_DIGITS}]{{1,3}})[)）]
      | (?P<word> (?:Chapter|Part|Appendix|Annex)\s+(?:\d+|[A-Z]|[IVX]+)\b | 附录\s*[A-Z\d{_HAN_DIGITS}]? )
      | (?P<letter>[A-Z](?:\.\d{{1,3}})+) \s+
    )\s*(?=\S|$)""",
    re.VERBOSE,
)
_AROUND = re.compile(r"[()（）\[\]【】.．、，]")
_RANKS = {"编": 1, "篇": 1, "部": 1, "章": 1, "节": 2}


@dataclass(frozen=True, slots=True)
class Label:
    """A list item's text split. `family` is the shape of the label, `number` its place in a row of them,
    1 for a bullet."""

    label: str
    text: str
    family: str
    number: int

    @property
    def is_bullet(self) -> bool:
        return self.label in BULLETS or self.label in "·*–—-o"


def split_label(text: str) -> Label | None:
    """The bullet or number in front of a list item, None where there is none."""
    match = _LABEL.match(text)
    if match is None:
        return None
    label = match["label"].strip()
    core = _AROUND.sub("", label)
    shape = label.replace(core, "#", 1) if core else label
    family, number = _family(core)
    return Label(label, match["text"], shape + family, number)


def has_label(text: str) -> bool:
    return _LABEL.match(text) is not None


def _family(core: str) -> tuple[str, int]:
    if core.isdecimal():
        return "1", int(core)
    if len(core) == 1 and "①" <= core <= "⑳":
        return "①", ord(core) - ord("①") + 1
    if core and all(character in _HAN_DIGITS for character in core):
        return "一", han_number(core)
    if len(core) == 1 and core.isascii() and core.isalpha() and core not in "o":
        return ("a" if core.islower() else "A"), ord(core.lower()) - ord("a") + 1
    if core and all(character in _ROMAN for character in core.lower()):
        return "i", _roman(core.lower())
    return core, 1


def han_number(digits: str) -> int:
    """The value of a Chinese numeral up to 99; a larger one is told as 100."""
    if "百" in digits:
        return 100
    tens, ten, ones = digits.rpartition("十")
    value = {character: number for number, character in enumerate(_HAN_DIGITS[:9], 1)}
    if not ten:
        return value.get(ones[-1:], 1)
    return 10 * (value.get(tens, 1) if tens else 1) + value.get(ones, 0)


def _roman(digits: str) -> int:
    values = [_ROMAN[digit] for digit in digits]
    return sum(
        -value if value < max(values[index + 1 :], default=0) else value for index, value in enumerate(values)
    )


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """The typed number of a heading. `depth` counts from 1 within its `family`: 2 for '3.2' and '第二节'."""

    family: str
    depth: int


def heading_number(text: str) -> HeadingNumber | None:
    match = _HEADING_NUMBER.match(text)
    if match is None:
        return None
    if match["decimal"]:
        return HeadingNumber("decimal", len(re.split("[.．]", match["decimal"])))
    if match["letter"]:
        return HeadingNumber("decimal", match["letter"].count(".") + 1)
    if match["rank"]:
        return HeadingNumber("chapter", _RANKS[match["rank"]])
    if match["word"]:
        return HeadingNumber("appendix", 1)
    return HeadingNumber("han", 2 if match["section"] else 1)
