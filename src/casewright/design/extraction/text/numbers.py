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

NUMBER = (
    r"(?:[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s*(?:[万亿千百](?![克米瓦帕卡分]))?"
    r"|[零一二两三四五六七八九十][零一二两三四五六七八九十百千万]*(?![克米瓦])|(?<!\w)(?:"
    + "|".join(_ENGLISH)
    + r")(?!\w))"
)
"""A regular expression for one number, without groups."""


def number(text: str) -> Decimal:
    """The number that a match of `NUMBER` stands for."""
    word = text.strip().replace(",", "")
    if word.lower() in _ENGLISH:
        return Decimal(_ENGLISH.index(word.lower()))
    match = re.fullmatch(r"([+-]?\d+(?:\.\d+)?)\s*([万亿千百]?)", word)
    if match:
        return Decimal(match[1]) * _SCALE.get(match[2], 1)
    return Decimal(str(cn2an.cn2an(word.replace("两", "二"), "smart")))


def plain(value: Decimal) -> str:
    """As an expression writes it: no exponent, no thousands separator; trailing zeros stay."""
    return format(value, "f")
