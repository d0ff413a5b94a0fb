"""The reasons for which something is refused, told as a list of alternatives: each part by itself; what is not
understood of them is `unknown`, so that the others still count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from casewright.design.extraction.fields.bounds import describe
from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.fields.negation import settled
from casewright.design.extraction.refusals.comparing import COMPARED, EXCEPTION, NEGATION
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.numbers import plain
from casewright.design.extraction.text.words import CHINESE, UNKNOWN, fold

_ALTERNATIVE = re.compile(r"\s*(?:;|,)?\s*(?:(?<!\w)or(?!\w)|或者|或)\s+|;\s*", re.IGNORECASE)
_SIGNS = (
    (">", r"above|over|more than|greater than|higher than|exceeds|exceeding|超过|高于|大于"),
    ("<", r"below|under|less than|lower than|fewer than|低于|小于|少于|不足"),
)
_BETWEEN = re.compile(
    rf"^(?:an? |the )?(?P<left>.+?)\s*(?:is |are )?(?P<sign>{'|'.join(words for _, words in _SIGNS)})\s*(?:the |his |her |its )?(?P<right>.+)$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:the )?(?:applicant|customer|person|member|user|guest|patient|passenger|employee|student|he|she|they)s?\s+"
    r"(?:is|are|would be)?\s*(?P<sign>under|over|younger than|older than)\s+(?P<years>\d+)$",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(
    r"(?:would be |is )?(?P<sign>over|under) (?P<years>\d+) (?:years old )?at the end of the (?P<term>[\w ]+)$",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"months?|个?月", re.IGNORECASE)
_YEARS = re.compile(r"years?|年", re.IGNORECASE)
_LITTLE = {"the", "of", "a", "an", "for", "his", "her", "its", "their", "current", "allowed"}


_AND = re.compile(
    r"且|同时|(?<!\w)and(?!\w)(?! (?:above|over|more|below|under|less|earlier|later))", re.IGNORECASE
)


def alternatives(
    text: str,
    own: Mapping[str, Field],
    computed: Mapping[str, Sequence[str]],
    columns: Mapping[str, str],
) -> str | None:
    """'unemployed; or employed for less than 6 months in the current job'. `computed`: the quantities that can be
    computed from the inputs → the lines that define them; `columns`: a column of a table → the expression for it."""
    if EXCEPTION.search(text):
        return None
    text = settled(text)
    if NEGATION.search(text) or _AND.search(text):
        return None
    told = re.sub(r"\([^)]*\)", "", text).rstrip(". ")
    parts = [part.strip() for part in _ALTERNATIVE.split(told) if part and part.strip()]
    read: list[str | None] = []
    subject: str | None = None
    for part in parts:
        found = equality(part, own) or _part(part, own, computed, subject, columns)
        subject = next(
            (name for name in own if found and re.search(rf"{re.escape(name)} [<>]", found)), subject
        )
        read.append(found)
    known = [each for each in read if each is not None]
    if not known:
        return None
    return " or ".join([*known, *([UNKNOWN] if len(known) < len(read) else [])])


_IS = re.compile(
    r"^(?:the )?(?P<field>.+?)\s*(?:(?<!\w)is(?!\w)|=|等于|为|是)\s*[“\"「`]?(?P<value>[^”\"」`]+?)[”\"」`]?$",
    re.IGNORECASE,
)


def equality(text: str, own: Mapping[str, Field]) -> str | None:
    """'cash on delivery is yes', '到账方式为普通'."""
    match = _IS.match(text)
    one = next((one for name, one in own.items() if match and fold(name) == fold(match["field"])), None)
    values = (
        [value for value in one.rules.choices if match and fold(value) == fold(match["value"])] if one else []
    )
    return f"{one.name} = {values[0]}" if one and values else None


def _part(
    text: str,
    own: Mapping[str, Field],
    computed: Mapping[str, Sequence[str]],
    subject: str | None,
    columns: Mapping[str, str],
) -> str | None:
    """A person's age, two quantities compared, a value of a choice alone or with a comparison."""
    found = _of_age(text, own) or _between(text, own, computed, columns)
    if found:
        return found
    owners = [(name, value) for name, one in own.items() for value in names_in(text, _words(one))]
    if len(owners) > 1:
        return None
    told = _loosely(text, own, subject)
    if not owners:
        return _loosely(text, own, None)
    name, value = owners[0]
    if text.lower() == value.lower():
        return f"{name} = {value}"
    return f"({name} = {value} and {told})" if told and name not in told else None


def _of_age(text: str, own: Mapping[str, Field]) -> str | None:
    """'the applicant is under 18'; '… over 75 at the end of the term', a term in months or years."""
    age = next((name for name in own if fold(name) in {"age", "年龄"}), None)
    if age is None:
        return None
    person, end = _PERSON.match(text), _AT_THE_END.search(text)
    if person:
        return (
            f"{age} {'<' if person['sign'].lower() in {'under', 'younger than'} else '>'} {person['years']}"
        )
    term = own.get(end["term"]) if end else None
    if end is None or term is None:
        return None
    unit = term.rules.unit or term.name
    years = term.name if _YEARS.search(unit) else f"{term.name} / 12" if _MONTHS.search(unit) else None
    return (
        f"{age} + {years} {'>' if end['sign'].lower() == 'over' else '<'} {end['years']}" if years else None
    )


def _between(
    text: str, own: Mapping[str, Field], computed: Mapping[str, Sequence[str]], columns: Mapping[str, str]
) -> str | None:
    """'loan amount above the highest amount of the band'; 'a score below band D', the lowest of a list of bands."""
    match = _BETWEEN.match(text)
    if match is None or re.search(r"\d", match["right"]):
        return None
    sign = next(sign for sign, words in _SIGNS if re.fullmatch(words, match["sign"], re.IGNORECASE))
    bottom = _bottom_of_band(match["left"], match["right"], computed) if sign == "<" else None
    if bottom:
        return bottom
    left = _resolved(match["left"], [*own, *computed])
    right = _resolved(match["right"], [*computed, *columns, *own])
    return f"{left} {sign} {columns.get(right, right)}" if left and right and left != right else None


def _bottom_of_band(left: str, right: str, computed: Mapping[str, Sequence[str]]) -> str | None:
    for name, lines in computed.items():
        match = re.fullmatch(rf"{re.escape(name)} (?P<value>\w+)", right.strip(), re.IGNORECASE)
        for line in lines if match else ():
            found = (
                re.match(rf'"{re.escape(match["value"])}" if (?P<of>[^<>=]+) >= (?P<least>[\d.]+)', line)
                if match
                else None
            )
            if found and set(left.lower().split()) & set(found["of"].lower().split()):
                return f"{found['of'].strip()} < {found['least']}"
    return None


def _resolved(words: str, names: Iterable[str]) -> str | None:
    """The name itself, or the one that shares the most words with the text, two at least."""
    wanted = set(re.findall(r"\w+", words.lower())) - _LITTLE
    scored: dict[str, int] = {}
    for name in names:
        if fold(name) == fold(words):
            return name
        scored[name] = len(wanted & set(name.lower().split()))
    best = max(scored.values(), default=0)
    fits = [name for name, score in scored.items() if score == best]
    return fits[0] if best > 1 and len(fits) == 1 else None


def _words(one: Field) -> list[str]:
    return [value for value in one.rules.choices if len(value) > 1 and not re.fullmatch(r"[\d.,]+", value)]


def _loosely(text: str, own: Mapping[str, Field], subject: str | None) -> str | None:
    """A comparison with a number, of the one field whose words all stand in the text in any order; else of the
    field that the alternative before spoke of, where the unit is in its name."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    fits = [name for name in own if _is_subject(name, text, words)]
    if not fits and subject and set(subject.lower().split()) & words:
        fits = [subject]
    if len(fits) != 1:
        return None
    rules = describe(text)
    found = [
        f"{fits[0]} {sign} {plain(value)}"
        for side, sign in COMPARED.items()
        if (value := getattr(rules, side)) is not None
    ]
    return found[0] if len(found) == 1 and not rules.unsure_at and not rules.unread else None


def _is_subject(name: str, text: str, words: set[str]) -> bool:
    """A name of several words may stand in any order; one of a single word has to begin the text."""
    if CHINESE.search(name):
        return text.startswith(name)
    parts = name.lower().split()
    if len(parts) > 1:
        return set(parts) <= words
    return text.lower().removeprefix("the ").startswith(f"{parts[0]} ")
