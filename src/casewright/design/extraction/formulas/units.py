"""The ways to write a unit, and which words speak of it."""

from __future__ import annotations

import re

_SAME_UNITS = (
    {"kg", "kilo", "kilogram", "千克", "公斤"},
    {"km", "kilometre", "kilometer", "千米", "公里"},
    {"hour", "h", "小时"},
    {"day", "天", "日"},
    {"minute", "min", "分钟"},
    {"month", "个月", "月"},
    {"year", "年"},
    {"mile", "mi"},
    {"g", "gram", "克"},
)


def same_units(word: str) -> set[str]:
    """The ways to write a unit: 'month' → month, 月, 个月."""
    return next((group for group in _SAME_UNITS if word in group), {word})


def has_word(text: str, words: set[str]) -> bool:
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    if latin and re.search(rf"(?<![a-z])(?:{latin})s?(?![a-z])", text, re.IGNORECASE):
        return True
    chinese = [word for word in words if not word.isascii()]
    return any(re.search(rf"(?<![千毫]){re.escape(word)}", text) for word in chinese)
