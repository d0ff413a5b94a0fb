"""Negation in descriptions: negated comparisons in plain words, and the words that turn a phrase around."""

from __future__ import annotations

import re

_NOT_ZH = (
    r"(?:不得|不能够?|不可以?|不应该?|不应当|不该|不准|不许|不要|不会|不允许|禁止|严禁|切勿|请勿|并未|从不|未|不)"
    r"(?:被)?(?:设|填|输)?(?:为|是|有)?"
)
_NOT_EN = (
    r"(?:\b(?:can|must|may|should|shall|will|do|does|is|are|need)\s*(?:not|n['’]t)|\bcan['’]t|\b(?:cannot|not|never|no))"
    r"(?:\s+(?:ever|be|have|has|contain|go))?\s+(?:any\s+)?"
)
_OVER_ZH = "大于|高于|超过|超出|多于|长于|大过|高过"
_UNDER_ZH = "小于|低于|少于|短于"
_OVER_EN = r"(?:more|greater|higher|larger|longer|bigger) than|above|over|exceed(?:s|ing)?|in excess of"
_UNDER_EN = r"(?:less|fewer|lower|smaller|shorter) than|below|under"
_EQUAL_ZH = r"\s*或?等于"
_EQUAL_EN = r"\s+or equal(?:\s+to)?"

_PLAIN = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (rf"{_NOT_ZH}(?:{_OVER_ZH}){_EQUAL_ZH}", "低于"),
        (rf"{_NOT_ZH}(?:{_UNDER_ZH}){_EQUAL_ZH}", "超过"),
        (rf"{_NOT_ZH}(?:{_OVER_ZH})", "不超过"),
        (rf"{_NOT_ZH}(?:{_UNDER_ZH})", "不低于"),
        (rf"{_NOT_EN}(?:{_OVER_EN}){_EQUAL_EN}", "less than"),
        (rf"{_NOT_EN}(?:{_UNDER_EN}){_EQUAL_EN}", "more than"),
        (rf"{_NOT_EN}(?:{_OVER_EN})(?!\w)", "at most"),
        (rf"{_NOT_EN}(?:{_UNDER_EN})(?!\w)", "at least"),
        (rf"(?:{_OVER_EN}){_EQUAL_EN}", "at least"),
        (rf"(?:{_UNDER_EN}){_EQUAL_EN}", "at most"),
    )
)

NEGATION = re.compile(
    r"不(?:得|能|可|应|该|准|许|允许|是|为|属于|在|介于|等于|包含|包括|要|会|必|需|一定|总是)|不\s*$|"
    r"[并而]非|非\s*$|禁止|严禁|切勿|请勿|没有|无需|无须|(?<![解删清免扣移排消])除(?!以)|"
    r"\b(?:not|never|cannot|none of|neither|nor|without|except|excluding|other than|apart from|no(?=\s+\w|\s*$))\b|"
    r"\b\w+n['’]t\b",
    re.IGNORECASE,
)
"""A negation that stands before a phrase of its clause turns the phrase around."""

REFUSED = re.compile(
    r"^[^¦]*?(?:(?:is|are|be)\s+(?:not\s+(?:allowed|permitted|accepted|valid|possible)|rejected|refused|forbidden|prohibited|invalid)|"
    r"不允许|不被?接受|不合法|不可以|不行|禁止|被?拒绝|无效|非法)",
    re.IGNORECASE,
)
"""What stands behind a phrase and says that just this is refused."""

_BORDER = re.compile(
    r"[,;。()¦]|为空|[且但并](?!非)|而(?!非)|(?<!\w)(?:and|but)(?!\w)",
    re.IGNORECASE,
)


def settled(text: str) -> str:
    """The text with its negated comparisons in plain words: '不得大于' → '不超过', 'must not be under' → 'at least'.

    A negated comparison is the opposite one: closed where the comparison was open, open where it was closed.
    """
    for pattern, plain in _PLAIN:
        text = pattern.sub(plain, text)
    return text


def before(text: str, start: int) -> str:
    """The words of the clause that stand before `start`."""
    borders = [match.end() for match in _BORDER.finditer(text, 0, start)]
    return text[borders[-1] if borders else 0 : start]


def behind(text: str, end: int) -> str:
    """The words of the clause that stand behind `end`."""
    border = _BORDER.search(text, end)
    return text[end : border.start() if border else len(text)]


def turned_around(text: str, start: int, end: int) -> bool:
    """Is the phrase at text[start:end] negated by words of its clause that are not part of it?"""
    return bool(NEGATION.search(before(text, start)) or REFUSED.search(behind(text, end)))
