"""Whether the end of a range belongs to it ('inclusive', '不含'), and what makes a number in a phrase doubtful."""

from __future__ import annotations

import re

from casewright.design.extraction.text.numbers import number

ENDS = (
    r"(?:\s*[,(]?\s*(?P<ends>(?:both (?:ends |values |bounds )?(?:are )?)?(?:inclusive|exclusive|included|excluded)|"
    r"两端(?:都|均)?(?:可以|包含|含|不含|不包含)|(?:均|都)?(?:不含|不包含|包含|含)(?:本数|两端|边界|端点|本身)?)"
    r"(?=\s*(?:[),;。¦]|$))\)?)?"
)
_DOUBTFUL_ENDS = re.compile(
    r"\s*,?\s*\(?(?:[^,;()¦]{0,15}\b(?:inclusive|exclusive|included|excluded|excluding|including)\b"
    r"|[^,;()¦\d]{0,8}(?:含|除外)\s*(?:[),;。¦]|$|本数|边界|两端|端点))",
    re.IGNORECASE,
)
_MORE_OF_THE_NUMBER = re.compile(r"\d|\.\d|[万亿千百](?![克米瓦帕卡分])")
_GLUED = re.compile(
    r"[kmµ]?g|t|[kcm]?m|m?l|hrs?|h|secs?|s|ms|mins?|minutes?|hours?|days?|d|weeks?|months?|years?|[kmgt]b|px|pts?|"
    r"eur|usd|cny|rmb|gbp|yuan|x|chars?|characters?|digits?|letters?|items?|pcs|to|and",
    re.IGNORECASE,
)
"""Units that may stand at a number without a space."""
_SCALE_WORD = re.compile(
    r"(?:[千百]?[万亿]|[千百]|(?:hundred|thousand|lakh|million|mn|crore|billion|bn))$", re.IGNORECASE
)
_MILLIONS_WITH_MONEY = re.compile(r"[$€£¥]\s*[\d.,]+m$", re.IGNORECASE)


def included(words: str | None) -> bool | None:
    """Does the end belong to the range? None if nothing is said."""
    if not words:
        return None
    return not re.search(r"不|exclu", words, re.IGNORECASE)


def not_understood(match: re.Match[str]) -> bool:
    """Is there something at the numbers of the phrase that we cannot tell: a strange unit, half a number, ends that
    belong or not in words of their own, a scale of which it is open whether both numbers have it?"""
    said = match.groupdict()
    rest = match.string[match.end() :]
    return bool(
        _strange_unit(match, said.get("unit"))
        or (said.get("unit_a") and _strange_unit(match, said["unit_a"], "unit_a"))
        or _MORE_OF_THE_NUMBER.match(rest)
        or (not said.get("ends") and _DOUBTFUL_ENDS.match(rest))
        or _open_scale(said.get("a"), said.get("b"))
    )


def _strange_unit(match: re.Match[str], unit: str | None, group: str = "unit") -> bool:
    if not unit or not unit.isascii() or not unit.isalpha():
        return False
    before = match.string[: match.start(group)]
    if _MILLIONS_WITH_MONEY.search(before + unit):
        return True
    return before[-1:].isdigit() and not _GLUED.fullmatch(unit)


def _open_scale(low: str | None, high: str | None) -> bool:
    """'2 to 5 million', '1 至 5 万': from 2, or from 2 million? '500 至 2 万' can only mean one."""
    if not low or not high or not _SCALE_WORD.search(high.strip()) or _SCALE_WORD.search(low.strip()):
        return False
    base = number(_SCALE_WORD.sub("", high.strip()) or "1")
    return 0 < number(low) < base
