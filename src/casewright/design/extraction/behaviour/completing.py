"""What the document says of a field elsewhere: 'amounts have at most two decimals', a table of its values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields as attributes
from dataclasses import replace

from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.fields.bounds import describe
from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.fields.rules import Rules
from casewright.design.extraction.text.listing import split_list
from casewright.design.extraction.text.numbers import NUMBER
from casewright.design.extraction.text.passages import Passage, plain
from casewright.design.extraction.text.tables import TableKind
from casewright.design.extraction.text.words import fold, quoted
from casewright.design.model.schema import InputType

_STATEMENT = re.compile(
    r"^(?P<names>[\w\u3400-\u9fff、 ]{2,40}?)(?:的?单位)?(?P<is>是|为|须为|应为|必须是|须|\b(?:is|are|has|have|must be)\b)\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    rf"^(?P<names>[\w\u3400-\u9fff、 ]{{2,40}}?)\s*(?P<rest>(?:(?:不|至少|最多|最少|至多|最大|最小|大于|小于|高于|低于|须|必须|应)[^\d,;。]{{0,6}}|"
    rf"\b(?:must|may|can|cannot|shall|should|is|are)\b(?: not)?(?: be)?[a-z ]{{0,24}}?\b)\s*{NUMBER}(?!\s*[节章条款]|\.\d).*)$",
    re.IGNORECASE,
)
"""A limit in a sentence of its own: '册数不得超过 8', 'Seats must not exceed 8'."""
_DATE_FORMAT = re.compile(r"(?:日期|dates?)[^。;]{0,12}?(YYYY[-/]MM[-/]DD)", re.IGNORECASE)


def complete_fields(operations: Sequence[Operation], passages: Sequence[Passage]) -> None:
    said = list(_statements(passages))
    limits = list(_limits(passages))
    listed = dict(_listed_values(passages))
    date_format = next(filter(None, (_DATE_FORMAT.search(passage.text) for passage in passages)), None)
    for operation in operations:
        for name, one in operation.fields.items():
            rules = _with_limits(one, _with_statements(one, said), limits)
            values = listed.get(fold(name)) or listed.get(fold(name.split()[-1]))
            if values and not rules.choices and rules.type in {None, InputType.CHOICE}:
                rules = replace(rules, type=InputType.CHOICE, choices=values)
            if rules.type is InputType.DATE and not rules.format:
                rules = replace(rules, format=date_format[1].upper() if date_format else "YYYY-MM-DD")
            operation.fields[name] = replace(one, rules=rules, required=one.required or rules.required)


def _statements(passages: Sequence[Passage]) -> Iterator[tuple[set[str], Rules]]:
    for passage in passages:
        if passage.table is not None or passage.skipped:
            continue
        for part in re.split(r"[。;]|\.(?=\s|$)", passage.text):
            match = _STATEMENT.match(part.strip())
            if match and len(match["rest"]) < 120:
                names = {fold(name) for name in split_list(match["names"])}
                names |= {name.removesuffix("s") for name in names}
                yield names, describe(match["rest"])


def _with_statements(one: Field, said: Sequence[tuple[set[str], Rules]]) -> Rules:
    rules = one.rules
    for names, more in said:
        if fold(one.name) in names and not more.unread:
            rules = _merged(rules, more)
    return rules


def _limits(passages: Sequence[Passage]) -> Iterator[tuple[set[str], str, str]]:
    """(names, the words behind them, the sentence)"""
    for passage in passages:
        for sentence in (
            map(plain, passage.sentences) if passage.table is None and not passage.skipped else ()
        ):
            text = re.sub(
                r"^\W*(?:[A-Z]*\d+(?:\.\d+)*\.?\s+)?(?:the |an? )?", "", sentence, flags=re.IGNORECASE
            )
            match = _LIMIT.match(text.rstrip(" 。."))
            if match and not quoted(sentence):
                names = {fold(name) for name in split_list(match["names"])}
                yield names | {name.removesuffix("s") for name in names}, match["rest"], sentence


def _with_limits(one: Field, rules: Rules, limits: Sequence[tuple[set[str], str, str]]) -> Rules:
    """A limit that is told again has to be the same; where its words were not understood the field is doubtful."""
    for names, words, sentence in limits:
        if fold(one.name) not in names:
            continue
        more, rules = describe(words), replace(rules, unread=list(rules.unread))
        for side in ("min", "max", "above", "below"):
            value = getattr(more, side)
            if value is not None:
                rules.bounded(side, value)
        if more.unread or more.exceptions or more.unsure_at or more.length:
            rules.unread.append(sentence)
    return rules


def _merged(rules: Rules, more: Rules) -> Rules:
    """What `rules` leaves open is taken from `more`."""
    new = {
        each.name: getattr(more, each.name)
        for each in attributes(Rules)
        if getattr(rules, each.name) in (None, "", ()) and getattr(more, each.name) not in (None, "", ())
    }
    return replace(rules, **new)


def _listed_values(passages: Sequence[Passage]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A column of words in a lookup table lists the values of the field that its header names."""
    for passage in passages:
        table = passage.table
        if table is None or table.kind is not TableKind.LOOKUP or passage.skipped:
            continue
        for number, header in enumerate(table.headers):
            values = tuple(dict.fromkeys(row[number] for row in table.rows if row[number]))
            words = all(len(value) <= 24 and not re.search(r"\d", value) for value in values)
            if len(values) > 1 and words:
                yield fold(header), values
