"""Numbers and units as requirements write them: 1,200 · 2.5 万 · 两位 · twelve."""

from __future__ import annotations

import re
from decimal import Decimal

import cn2an

_ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_SCALE = {"万": 10_000, "亿": 100_000_000, "千": 1_000, "百": 100}
_SCALE_WORDS = {
    "k": 1_000,
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "mn": 1_000_000,
    "crore": 10_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
_WORDS = "|".join(_SCALE_WORDS)
_SCALED = rf"(?:k(?![a-zA-Z0-9])|(?:\s*(?:{_WORDS.removeprefix('k|')})(?![a-zA-Z0-9]))+)"

NUMBER = (
    r"(?:[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
    rf"(?:{_SCALED}|\s*[千百]?[万亿](?![克米瓦帕卡分])|\s*[千百](?![克米瓦帕卡分]))?"
    r"|[零一二两三四五六七八九十][零一二两三四五六七八九十百千万]*(?![克米瓦])|(?<!\w)(?:"
    + "|".join(_ENGLISH)
    + rf")(?!\w)(?:{_SCALED})?)"
)
"""A regular expression for one number, without groups."""


def number(text: str) -> Decimal:
    """The number that a match of `NUMBER` stands for."""
    word = text.strip().replace(",", "").lower()
    match = re.fullmatch(
        rf"(?P<base>[+-]?\d+(?:\.\d+)?|[a-z]+?)\s*(?P<scale>[万亿千百]*|(?:\s*(?:{_WORDS}))*)", word
    )
    if match is None:
        return Decimal(str(cn2an.cn2an(word.replace("两", "二"), "smart")))
    base = match["base"]
    value = Decimal(_ENGLISH.index(base)) if base in _ENGLISH else Decimal(base)
    for scale in re.findall(rf"[万亿千百]|{_WORDS}", match["scale"]):
        value *= _SCALE.get(scale) or _SCALE_WORDS[scale]
    return value


def plain(value: Decimal) -> str:
    """As an expression writes it: no exponent, no thousands separator; trailing zeros stay."""
    return format(value, "f")
