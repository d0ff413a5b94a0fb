"""Comparisons in words: of a field with a number, of two fields, of a field with a limit that a table gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from casewright.design.extraction.fields.bounds import describe
from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.fields.negation import settled
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.numbers import plain
from casewright.design.extraction.text.units import converted, differ
from casewright.design.extraction.text.words import UNKNOWN, mentions

EXCEPTION = re.compile(
    r"(?<![解删清免扣移排])除(?!非)|除非|以外|不看|不检查|\b(?:unless|except|other than|but not|not looked at)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"^(?P<a>.+?)\s*(?:is |lies |falls )?(?P<not>not |不)?(?P<on>on or )?"
    r"(?P<how>earlier than|before|早于|先于|later than|after|晚于)\s*(?P<b>.+)$",
    re.IGNORECASE,
)
NEGATION = re.compile(
    r"不(?!足|低于|超过|少于|高于|大于|小于|晚于|早于)|未(?!满)|非|无(?!论)|没有|\b(?:not|no|never|neither|nor|without|cannot)\b|n't\b",
    re.IGNORECASE,
)
COMPARED = {"above": ">", "below": "<", "min": ">=", "max": "<="}
_ALSO_SAYS_SO = re.compile(
    r"(?:[\d.]+\s*)?(?:恰好|正好|刚好)?等于[^,;。]*(?:可以|允许)[^,;。]*|[\w ]*may be reached[\w ]*",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"(?P<field>[^,。;]{2,20}?)(?:不得|不能|不可|不应)超过(?P<limit>[^,。;]{2,30})|"
    r"(?P<en>[\w ]{2,40}?) (?:must|may|can|shall) not (?:exceed|be (?:more|higher|greater) than) (?P<to>[\w ,.]{2,40})",
    re.IGNORECASE,
)


def ordering(text: str, own: Mapping[str, Field]) -> str | None:
    """'exit time earlier than entry time'."""
    match = _EARLIER.match(re.split(r"[(,;]", text)[0].strip())
    if not match:
        return None
    one, other = names_in(match["a"], own), names_in(match["b"], own)
    if len(one) != 1 or len(other) != 1 or one == other:
        return None
    if not _only(match["a"], one[0]) or not _only(match["b"], other[0]):
        return None
    sign = "<" if match["how"].lower() in {"earlier than", "before", "早于", "先于"} else ">"
    if match["not"]:
        sign = {"<": ">=", ">": "<="}[sign]
    elif match["on"]:
        sign += "="
    return f"{one[0]} {sign} {other[0]}"


def _only(text: str, name: str) -> bool:
    """Is the text the name and nothing else that says something?"""
    rest = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
    return not _GLUE.sub("", rest).strip()


_GLUE = re.compile(
    r"\b(?:the|a|an|is|are|of|it|this|its|selected|given|chosen)\b|[的时则是该其所选\W]", re.IGNORECASE
)


_NOT_CHOSEN = re.compile(r"^\W*(?:(?:is|was|are) not\b|(?:未|没有?|不)(?:被)?(?:选|勾|填))", re.IGNORECASE)


def denied(value: str, text: str) -> bool:
    """Is the value said not to be the one, in front of it or right behind it: '未选择快递', 'express is not chosen'?"""
    plainly = settled(text)
    at = plainly.lower().find(value.lower())
    if at < 0:
        return NEGATION.search(plainly) is not None
    before = re.split(r"[,;。]", plainly[:at])[-1]
    return bool(NEGATION.search(before) or _NOT_CHOSEN.match(plainly[at + len(value) :]))


def duration(text: str, durations: Mapping[str, tuple[str, str]]) -> str | None:
    """'stay of more than 30 days' where the document says what a stay is."""
    for term, (expression, unit) in durations.items():
        if not mentions(text, term) or differ(text):
            continue
        match = re.search(
            r"(more than|over|beyond|longer than|超过)\s*(\d+)\s*(minutes?|hours?|days?|分钟|小时|天)", text
        )
        limit = converted(Decimal(match[2]), match[3], unit) if match else None
        if limit is not None:
            return f"{expression} > {plain(limit.normalize())}"
    return None


def comparison(text: str, own: Mapping[str, Field]) -> str | None:
    """'net monthly income below 1,200 euros': a field and a comparison with a number. What else the text says may
    be asked for besides: then it is refused only if that holds too, which is not known."""
    named = names_in(text, own)
    if len(named) != 1 or EXCEPTION.search(text) or re.search(r"\bor\b|\band\b|或|且|并|而", text):
        return None
    plainly = settled(text)
    start = plainly.lower().find(named[0].lower())
    before, behind = plainly[:start], plainly[start + len(named[0]) :]
    rules = describe(behind)
    found = [
        f"{named[0]} {sign} {plain(value)}"
        for side, sign in COMPARED.items()
        if (value := getattr(rules, side)) is not None
    ]
    if len(found) != 1 or rules.unsure_at or NEGATION.search(plainly):
        return None
    exact = not rules.unread and not _GLUE.sub("", before).strip() and not _rest_of(behind)
    return found[0] if exact else f"{found[0]} and {UNKNOWN}"


_SIGN_AND_NUMBER = re.compile(
    r"(?:大于等于|小于等于|大于|小于|超过|超出|低于|高于|少于|多于|不足|不到|未满|不满|至少|至多|最多|不超过|不低于|不少于|达到|满|>=|<=|>|<|"
    r"\b(?:is|are|than|more|less|fewer|greater|higher|lower|above|below|over|under|at least|at most|up to|exceeds?|or)\b|"
    r"[\d.,]+|(?<![\u3400-\u9fff])[一二三四五六七八九十百千万两]+)+",
    re.IGNORECASE,
)
_UNIT_WORD = re.compile(
    r"^\s*(?:元|块|秒钟|毫米|厘米|米|公里|千米|克|千克|公斤|吨|个小时|周|星期|岁|周岁|天|日|个月|月|年|小时|分钟|秒|次|条|件|张|个|人|位|册|份|%|[$€£]|"
    r"euros?|dollars?|pounds?|years?|months?|weeks?|days?|hours?|minutes?|seconds?|items?|times?|kg|km|characters?|points?|miles?|seats?|mm|cm|m|kg|g|t|grams?|kilograms?|tons?|tonnes?|met(?:re|er)s?|hrs?|mins?|(?:kilo|centi|milli)met(?:re|er)s?)?"
    r"(?:以上|以下|及以上|及以下|old)?\s*(?:时|的|,|\.|。)?\s*$",
    re.IGNORECASE,
)


def _rest_of(text: str) -> str:
    """What a text says beside a comparison, a number and its unit."""
    rest = _SIGN_AND_NUMBER.sub("", text).strip(" ,.。()")
    return "" if _UNIT_WORD.match(rest) else rest


def limits(text: str, own: Mapping[str, Field], columns: Mapping[str, str]) -> str | None:
    """'转账金额不得超过单笔限额': over the limit it is refused for certain; what else the clause says is not known."""
    for match in _LIMIT.finditer(text):
        said, limit = (match["field"] or match["en"]).strip(), (match["limit"] or match["to"]).strip()
        field = next((name for name in own if said.lower().endswith(name.lower())), None)
        column = next((name for name in columns if name == limit), None)
        if field and column:
            rest = (text[: match.start()] + text[match.end() :]).strip(" ,;。.")
            exact = not rest or _ALSO_SAYS_SO.fullmatch(rest)
            return f"{field} > {columns[column]}" + ("" if exact else f" or {UNKNOWN}")
    return None
