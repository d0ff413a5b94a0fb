"""Comparisons in words: of a field with a number, of two fields, of a field with a limit that a table gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from casewright.design.extraction.fields.bounds import describe
from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.numbers import plain
from casewright.design.extraction.text.words import UNKNOWN, mentions

EXCEPTION = re.compile(
    r"(?<![解删清免扣移排])除(?!非)|除非|以外|不看|不检查|\b(?:unless|except|other than|but not|not looked at)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"^(?P<a>.+?)\s*(?:is |lies )?(?P<how>earlier than|before|早于|先于|later than|after|晚于)\s*(?P<b>.+)$",
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
    sign = "<" if match["how"].lower() in {"earlier than", "before", "早于", "先于"} else ">"
    return f"{one[0]} {sign} {other[0]}"


_MINUTES = {
    "minute": 1,
    "minutes": 1,
    "分钟": 1,
    "hour": 60,
    "hours": 60,
    "小时": 60,
    "day": 1440,
    "days": 1440,
    "天": 1440,
}


def duration(text: str, durations: Mapping[str, tuple[str, str]]) -> str | None:
    """'stay of more than 30 days' where the document says what a stay is."""
    for term, (expression, unit) in durations.items():
        if not mentions(text, term):
            continue
        match = re.search(
            r"(more than|over|beyond|longer than|超过)\s*(\d+)\s*(minutes?|hours?|days?|分钟|小时|天)", text
        )
        if match and unit in _MINUTES:
            limit = Decimal(match[2]) * _MINUTES[match[3]] / _MINUTES[unit]
            return f"{expression} > {plain(limit.normalize())}"
    return None


def comparison(text: str, own: Mapping[str, Field]) -> str | None:
    """'net monthly income below 1,200 euros': a field, a comparison with a number, and nothing else."""
    named = names_in(text, own)
    if len(named) != 1 or EXCEPTION.search(text) or re.search(r"\bor\b|\band\b|或|且|并", text):
        return None
    start = text.lower().find(named[0].lower())
    rules = describe(text[start + len(named[0]) :])
    found = [
        f"{named[0]} {sign} {plain(value)}"
        for side, sign in COMPARED.items()
        if (value := getattr(rules, side)) is not None
    ]
    return found[0] if len(found) == 1 and not rules.unread and not rules.unsure_at else None


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
