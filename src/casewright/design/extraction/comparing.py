"""Comparisons in words: of a field with a number, of two fields, of a field with a limit that a table gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from casewright.design.extraction.bounds import describe
from casewright.design.extraction.fields import Field
from casewright.design.extraction.numbers import plain
from casewright.design.extraction.vocabulary import names_in
from casewright.design.extraction.words import CHINESE, mentions

UNKNOWN = "unknown"
EXCEPTION = re.compile(
    r"除(?!非)|除非|以外|不看|不检查|\b(?:unless|except|other than|but not|not looked at)\b", re.IGNORECASE
)
_EARLIER = re.compile(
    r"^(?P<a>.+?)\s*(?:is |lies )?(?P<how>earlier than|before|早于|先于|later than|after|晚于)\s*(?P<b>.+)$",
    re.IGNORECASE,
)
_COMPARED = {"above": ">", "below": "<", "min": ">=", "max": "<="}
_ALTERNATIVE = re.compile(r"\s*(?:;|,)?\s*(?:(?<!\w)or(?!\w)|或者|或)\s+|;\s*", re.IGNORECASE)
_LIMIT = re.compile(
    r"(?P<field>[^,。;]{2,20}?)(?:不得|不能|不可|不应)超过(?P<limit>[^,。;]{2,30})|"
    r"(?P<en>[\w ]{2,40}?) (?:must|may|can|shall) not (?:exceed|be (?:more|higher|greater) than) (?P<to>[\w ,.]{2,40})",
    re.IGNORECASE,
)


def fields_in(text: str, fields: Iterable[str]) -> list[str]:
    """The fields that a text names, by the whole name or by a word that only one of them has."""
    names = list(fields)
    return names_in(text, names) or hinted_fields(text, names)


def hinted_fields(text: str, names: Sequence[str]) -> list[str]:
    """The fields of which a text has a word that only one of them has ('金额' for 转账金额)."""
    words: dict[str, set[str]] = {}
    for name in names:
        parts = (
            [name[-2:], name[:2]]
            if CHINESE.search(name)
            else [part for part in name.split() if len(part) > 3]
        )
        for part in parts:
            words.setdefault(part, set()).add(name)
    single = {part: owners.pop() for part, owners in words.items() if len(owners) == 1}
    return list(dict.fromkeys(single[part] for part in names_in(text, single)))


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
        for side, sign in _COMPARED.items()
        if (value := getattr(rules, side)) is not None
    ]
    return found[0] if len(found) == 1 and not rules.unread and not rules.unsure_at else None


def alternatives(text: str, own: Mapping[str, Field]) -> str | None:
    """'unemployed; or employed for less than 6 months in the current job': each part by itself; what is not
    understood of them is `unknown`, so that the others still count."""
    parts = [
        part
        for part in _ALTERNATIVE.split(re.sub(r"\([^)]*\)", "", text).rstrip(". "))
        if part and part.strip()
    ]
    read = [_part(part.strip(), own) for part in parts]
    known = [each for each in read if each is not None]
    if not known or EXCEPTION.search(text):
        return None
    return " or ".join([*known, *([UNKNOWN] if len(known) < len(read) else [])])


def _part(text: str, own: Mapping[str, Field]) -> str | None:
    """A value of a choice alone, or with a comparison of a field of which the words are in the text."""
    owners = [(name, value) for name, one in own.items() for value in names_in(text, _words(one))]
    if len(owners) > 1:
        return None
    told = _loosely(text, own)
    if not owners:
        return told
    name, value = owners[0]
    if text.lower() == value.lower():
        return f"{name} = {value}"
    return f"({name} = {value} and {told})" if told and name not in told else None


def _words(one: Field) -> list[str]:
    return [value for value in one.rules.choices if len(value) > 1 and not re.fullmatch(r"[\d.,]+", value)]


def _loosely(text: str, own: Mapping[str, Field]) -> str | None:
    """A comparison with a number, of the one field whose words all stand in the text in any order."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    fits = [name for name in own if _is_subject(name, text, words)]
    if len(fits) != 1:
        return None
    rules = describe(text)
    found = [
        f"{fits[0]} {sign} {plain(value)}"
        for side, sign in _COMPARED.items()
        if (value := getattr(rules, side)) is not None
    ]
    return found[0] if len(found) == 1 and not rules.unsure_at else None


def _is_subject(name: str, text: str, words: set[str]) -> bool:
    """A name of several words may stand in any order; one of a single word has to begin the text."""
    if CHINESE.search(name):
        return text.startswith(name)
    parts = name.lower().split()
    if len(parts) > 1:
        return set(parts) <= words
    return text.lower().removeprefix("the ").startswith(f"{parts[0]} ")


def limits(text: str, own: Mapping[str, Field], columns: Mapping[str, str]) -> str | None:
    """'转账金额不得超过单笔限额': over the limit it is refused for certain; what else the clause says is not known."""
    for match in _LIMIT.finditer(text):
        said, limit = (match["field"] or match["en"]).strip(), (match["limit"] or match["to"]).strip()
        field = next((name for name in own if said.lower().endswith(name.lower())), None)
        column = next((name for name in columns if name == limit), None)
        if field and column:
            return f"{field} > {columns[column]} or {UNKNOWN}"
    return None
