"""Units of time, mass and length: two of one family in one rule are not compared as if they were the same."""

from __future__ import annotations

import re

_FAMILIES = (
    {
        "second": r"秒钟?|seconds?|secs?",
        "minute": r"分钟|minutes?|mins?",
        "hour": r"个?小时|hours?|hrs?",
        "day": r"天|日|days?",
        "week": r"个?星期|周(?!岁)|weeks?",
        "month": r"个月|months?",
        "year": r"年(?!龄)|周岁|岁|years?",
    },
    {
        "gram": r"克|g|grams?",
        "kilogram": r"千克|公斤|kg|kilos?|kilograms?",
        "tonne": r"吨|t|tons?|tonnes?",
    },
    {
        "millimetre": r"毫米|mm",
        "centimetre": r"厘米|cm",
        "metre": r"米|m|met(?:re|er)s?",
        "kilometre": r"千米|公里|km",
    },
)
_NUMBER = r"(?:\d|(?<![\u3400-\u9fff])[一二两三四五六七八九十百半])\s*"
_COMPILED = tuple(
    {
        name: re.compile(rf"(?:{_NUMBER}|[(])(?:{words})(?![a-z])", re.IGNORECASE)
        for name, words in family.items()
    }
    for family in _FAMILIES
)
_NAMED = re.compile(
    r"\b(seconds|minutes|hours|days|weeks|months|years)\b|(秒数|分钟数|小时数|天数|周数|月数|年数)",
    re.IGNORECASE,
)


def differ(*texts: str) -> bool:
    """Do the texts measure in two units of one family, such as minutes and hours?"""
    whole = " ".join(f"{text} {' '.join(_spelled(text))}" for text in texts)
    return any(sum(bool(unit.search(whole)) for unit in family.values()) > 1 for family in _COMPILED)


def _spelled(text: str) -> list[str]:
    """A quantity that is called by its unit ('minutes', '天数') is measured in it."""
    return [f"({(english or chinese.removesuffix('数'))})" for english, chinese in _NAMED.findall(text)]
