"""Words of data types as specifications write them ('整型', 长度 '2~20'), in the words that `bounds` reads."""

from __future__ import annotations

import re

from casewright.design.extraction.fields.compositions import AT_LEAST, AT_MOST, OVER, UNDER
from casewright.design.extraction.fields.negation import settled
from casewright.design.extraction.fields.rules import Rules

_TYPES = (
    (r"(?:长|短)?整型|整形", "整数"),
    (r"字符型|文本型|字符串型?", "文本"),
    (r"数值型|浮点型|实数型?|金额型", "小数"),
    (r"枚举型", "枚举"),
)
_TEXT = re.compile(r"文本|\b(?:text|string|varchar|char)\b", re.IGNORECASE)
_LENGTH = re.compile(
    rf"(?:长度|\blength)\s*(?:为|:|is|of)?\s*(?P<how>{AT_MOST}|{AT_LEAST}|{OVER}|{UNDER})?\s*(?:为|是)?\s*"
    r"(?P<n>\d+(?:\s*[~-]\s*\d+)?)(?!\s*(?:[\d个位字]|char|digit|letter))",
    re.IGNORECASE,
)
_OUTER_LENGTH = (
    (
        re.compile(r"最大长度\s*(?:为|:|是)?|\bmax(?:imum|\.)? length\s*(?:is|of|:)?", re.IGNORECASE),
        "length at most",
    ),
    (
        re.compile(r"最小长度\s*(?:为|:|是)?|\bmin(?:imum|\.)? length\s*(?:is|of|:)?", re.IGNORECASE),
        "length at least",
    ),
)
_PLACES = re.compile(r"(at most|up to|with|max(?:imum)?\.?) (\d+|two|three) places\b", re.IGNORECASE)
_ZERO_POINT = re.compile(r"[,;]\s*(?:当日|当天|同日)(?:为|是|记为?)\s*0(?![\d.])")
"""'当日为 0' tells from where one counts; it restricts nothing."""
_FIRST_DIGITS = re.compile(
    r"(?:首位|第一位)(?:数字)?(?:为|是)\s*(?P<a>\d)\s*$|^以?\s*(?P<b>\d+)\s*(?:开头|打头)$|^(?:starts?|starting|beginning) with (?:an? )?(?P<c>\d+)$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\[0-9\]\{(?P<count>\d+)\}")


def common_words(text: str) -> str:
    """A description with the types in everyday words; a bare length of a text is one of characters."""
    for pattern, word in _TYPES:
        text = re.sub(pattern, word, text)
    text = _PLACES.sub(r"\1 \2 decimal places", _ZERO_POINT.sub("", text))
    if not _TEXT.search(text):
        return text
    text = settled(text)
    for pattern, words in _OUTER_LENGTH:
        text = pattern.sub(words, text)
    return _LENGTH.sub(lambda match: f"{match['how'] or ''} {match['n']} characters".strip(), text)


def with_first_digits(rules: Rules) -> Rules:
    """'11 位数字,首位为 1': the second clause belongs to the pattern of the first."""
    digits = _DIGITS.fullmatch(rules.pattern or "")
    for clause in tuple(rules.unread):
        match = _FIRST_DIGITS.search(clause.strip()) if digits else None
        if digits and match:
            first = match["a"] or match["b"] or match["c"]
            rules.pattern = f"{first}[0-9]{{{int(digits['count']) - len(first)}}}"
            rules.unread.remove(clause)
            return rules
    return rules
