"""The inputs that a document describes, in tables, lists and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from casewright.design.extraction.fields.bounds import describe
from casewright.design.extraction.fields.rules import Rules
from casewright.design.extraction.fields.type_words import common_words, with_first_digits
from casewright.design.extraction.text.passages import STRONG, Passage, plain
from casewright.design.extraction.text.tables import Column, ReadTable, TableKind
from casewright.design.extraction.text.words import fold, normalise, quoted
from casewright.design.model.schema import InputType
from casewright.documents.blocks import BlockKind

_YES = re.compile(r"^(?:是|y|yes|必填|必选|required|mandatory|always|true|√|✓|●)$", re.IGNORECASE)
_NO = re.compile(r"^(?:否|n|no|选填|可选|非必填|optional\b.*|false|-|×)$", re.IGNORECASE)
_SAME = re.compile(
    r"^(?:as|like|same as|see) (?:above|in|for|before)\b.*|^(?:同|与)上(?:述|一行)?.*|^同[\w\u3400-\u9fff]+$",
    re.IGNORECASE,
)
_FIELDS_FOLLOW = re.compile(
    r"field|input|enter|fill|provide|send|parameter|字段|填写|输入|录入|参数|提供", re.IGNORECASE
)
_DATE_NAME = re.compile(r"日期$|日$|(?<![a-z])date$", re.IGNORECASE)
_NAMED = re.compile(
    "^[-•·]?\\s*\ue000(?P<name>[^\ue001]{1,40})\ue001\\s*(?:[:-]|is\\b|为|是)\\s*(?P<rest>.+)$", re.DOTALL
)


@dataclass(frozen=True)
class Field:
    name: str
    rules: Rules
    says: str | None = None
    required: str | None = None
    """What the document says of it: 'yes', 'no', or the words of a condition."""
    ids: tuple[str, ...] = ()
    asked_for: str = ""
    """The words before it that may say for which value of another field it is asked."""
    not_asked_for: str = ""
    """The words that may say for which value of another field something else is asked instead."""
    shared: bool = True
    """Its bounds hold for every operation that has a field of this name."""
    used_by: tuple[str, ...] = ()
    """The operations that have it, where a column of the table says so."""


@dataclass(frozen=True)
class FieldSet:
    """Fields that stand together, and the passage that stands above them."""

    fields: tuple[Field, ...]
    passage: Passage
    intro: str = ""
    """The sentence above the table or list, with its emphasis."""


@dataclass
class Descriptions:
    """All values of choices in the document, to tell which sentence holds for one of them only."""

    values: dict[str, str] = field(default_factory=dict[str, str])
    """value → the field that has it"""

    def foreign_to(self, name: str) -> list[str]:
        own = {value for value, owner in self.values.items() if owner == name}
        return [value for value in self.values if value not in own and _telling(value)]


def _telling(value: str) -> bool:
    """Is the value a word that says which case is meant? A number or 'yes' is not."""
    return len(fold(value)) > 1 and fold(value) not in {"yes", "no"} and not re.fullmatch(r"[\d.,]+", value)


def read_field_sets(passages: Sequence[Passage]) -> list[FieldSet]:
    """Two readings: the first finds the values of choices, the second uses them to tell exceptions."""
    known = Descriptions()
    sets: list[FieldSet] = []
    for _ in range(2):
        sets = [_resolved(each, sets) for each in _field_sets(passages, known)]
        for each in sets:
            for one in each.fields:
                for value in one.rules.choices:
                    known.values.setdefault(value, one.name)
    return sets


def _resolved(fields: FieldSet, others: Sequence[FieldSet]) -> FieldSet:
    """'as above' takes the rules of the field before; 'as in 4.1' those of the field of that name."""
    done: list[Field] = []
    elsewhere = {one.name: one.rules for each in others for one in each.fields if not one.rules.same_as}
    for one in fields.fields:
        if one.rules.same_as and _ABOVE.search(one.rules.same_as) and done:
            done.append(replace(one, rules=done[-1].rules))
        elif one.rules.same_as and one.name in elsewhere:
            done.append(replace(one, rules=elsewhere[one.name]))
        else:
            done.append(one)
    return replace(fields, fields=tuple(done))


_ABOVE = re.compile(r"above|before|上")


def _described(text: str, name: str, known: Descriptions) -> Rules:
    rules = with_first_digits(describe(common_words(text), known.foreign_to(name)))
    rules.same_as = text if _SAME.match(normalise(text).strip("; ")) else ""
    if rules.type is None and _DATE_NAME.search(name):
        rules.type = InputType.DATE
    return rules


def _field_sets(passages: Sequence[Passage], known: Descriptions) -> Iterator[FieldSet]:
    intro = ""
    section: tuple[str, ...] = ()
    listed: list[tuple[Passage, Field]] = []
    for passage in passages:
        if passage.headings != section:
            intro, section = "", passage.headings
        if passage.block.kind is not BlockKind.LIST_ITEM and listed:
            yield FieldSet(tuple(each for _, each in listed), listed[0][0], intro)
            listed = []
        if passage.table is not None:
            if passage.table.kind is TableKind.FIELDS and not passage.skipped:
                yield FieldSet(tuple(_table_fields(passage, passage.table, known)), passage, intro)
        elif passage.block.kind is BlockKind.LIST_ITEM and not passage.skipped:
            found = _listed_field(passage, known)
            if found and (_FIELDS_FOLLOW.search(intro) or found.required == "yes"):
                listed.append((passage, found))
        elif passage.block.kind is BlockKind.PARAGRAPH:
            intro = passage.marked
    if listed:
        yield FieldSet(tuple(each for _, each in listed), listed[0][0], intro)


def _table_fields(passage: Passage, table: ReadTable, known: Descriptions) -> Iterator[Field]:
    for number, row in enumerate(table.rows):
        name = table.cell(row, Column.NAME).strip("* ")
        if not name:
            continue
        rules = _described(_cells(table, row), name, known)
        if rules.default is None and table.cell(row, Column.DEFAULT).strip("- —"):
            rules.default = table.cell(row, Column.DEFAULT)
        says = table.cell(row, Column.MESSAGE) or None
        required = table.cell(row, Column.REQUIRED)
        rules.default = rules.default or describe(required).default
        ids = passage.row_ids(number + table.header_rows)
        used_by = tuple(re.split(r"\s*[,;、\n]\s*", table.cell(row, Column.USED_BY)))
        yield Field(name, rules, says, _required(required), ids, used_by=tuple(filter(None, used_by)))


_NO_CELL = re.compile(r"^[-/]*$")


def _cells(table: ReadTable, row: tuple[str, ...]) -> str:
    kind, rules, rest = table.cell(row, Column.TYPE), list[str](), list[str]()
    for text, column, header in zip(row, table.columns, table.headers, strict=True):
        if _NO_CELL.match(text):
            continue
        if column is Column.RULE:
            bare_length = re.search(r"长度|length", header, re.IGNORECASE) and re.match(r"\d+(?:~|-|$)", text)
            rules.append(f"{header} {text}" if bare_length else text)
        elif column is None:
            rest.append(text)
    return "; ".join(part for part in (kind, *rules, *rest) if part)


def _required(cell: str) -> str | None:
    if not cell:
        return None
    first = re.split(r"[,;(。]", cell)[0].strip()
    if _YES.match(cell.strip()):
        return "yes"
    if _NO.match(first):
        return "no"
    return cell


def _listed_field(passage: Passage, known: Descriptions) -> Field | None:
    """'**number plate** – 2 to 8 characters, …' in a list."""
    match = _NAMED.match(passage.marked)
    if not match or STRONG.search(match["rest"]):
        return None
    name = match["name"].strip(" :")
    rules = _described(plain(match["rest"]), name, known)
    said = rules.same_as or rules.type or rules.length or rules.choices or rules.pattern
    said = said or rules.min is not None or rules.max is not None
    return Field(name, rules, None, rules.required, passage.ids) if said else None


def described_in(text: str, name: str, ids: tuple[str, ...], known: Iterable[str] = ()) -> Field:
    """A field from the words that follow its name in a sentence: '(a whole number, 1 to 90)'."""
    said = normalise(plain(text))
    rules = with_first_digits(describe(common_words(said), known))
    if rules.type is None and _DATE_NAME.search(name):
        rules.type = InputType.DATE
    values = quoted(said) or _either_or(said)
    if len(values) > 1 and rules.type in {None, InputType.CHOICE}:
        rules.type, rules.choices, rules.unread = InputType.CHOICE, tuple(dict.fromkeys(values)), []
    return Field(name, rules, None, rules.required, ids, shared=False)


def _either_or(text: str) -> list[str]:
    """'is approve (then …) or decline (then …)' → approve, decline."""
    match = re.match(r"\s*(?:is|are)\s+(\w+)\s+or\s+(\w+)\s*[.;]?\s*$", re.sub(r"\([^)]*\)", "", text))
    return [match[1], match[2]] if match else []
