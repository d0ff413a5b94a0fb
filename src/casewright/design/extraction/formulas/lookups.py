"""Tables of values that the document gives, as tables of the model, and what is answered out of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.fields.bounds import describe
from casewright.design.extraction.fields.rules import Rules
from casewright.design.extraction.text.listing import is_dash, names_in
from casewright.design.extraction.text.numbers import NUMBER, number, plain
from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.tables import ReadTable, TableKind
from casewright.design.extraction.text.words import fold, mentions
from casewright.design.model.schema import LookupTable

_AMOUNT = re.compile(
    rf"^[$€£¥]?\s*(?P<n>{NUMBER})\s*(?P<u>%|[元册天次个]|)(?:\s*(?:per|/|每)\s*\w+)?$", re.IGNORECASE
)
_OVER = re.compile(
    r"over the limit|above the limit|exceeds? the limit|超过.{0,6}(?:限额|上限)|超出.{0,6}(?:限额|上限)",
    re.IGNORECASE,
)
_COMBINATION = re.compile(
    r"组合.{0,6}不(?:支持|存在|允许)|不支持.{0,4}组合|combination.{0,12}not (?:supported|available|possible|allowed)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Lookup:
    name: str
    table: LookupTable
    header: str
    """The heading of the values; of a matrix what stands in its corner."""
    ranges: tuple[str, ...] = ()
    """Columns of ranges ('Seats allowed': '1 to 10'); each stands in the table as two, `least` and `most`."""

    def row(self) -> str:
        return f"{self.name}[{', '.join(self.table.keys)}]"


def read_lookups(passages: Sequence[Passage], operations: Sequence[Operation]) -> list[Lookup]:
    fields = {name: one.rules.choices for operation in operations for name, one in operation.fields.items()}
    found: list[Lookup] = []
    taken = {fold(name) for name in fields} | {fold(operation.name) for operation in operations}
    for passage in passages:
        table = passage.table
        if table is None or table.kind is not TableKind.LOOKUP or passage.skipped:
            continue
        lookup = _by_columns(passage, table, fields) or _matrix(passage, table, fields)
        if lookup is not None:
            name = _free(lookup.name, taken)
            taken.add(fold(name))
            found.append(replace(lookup, name=name))
    return found


def _free(name: str, taken: set[str]) -> str:
    base = re.sub(r"[^\w\u3400-\u9fff ]", "", name).strip() or "table"
    candidates = [base, *(f"{base} {count}" for count in range(2, 100))]
    return next(name for name in candidates if fold(name) not in taken)


def _by_columns(passage: Passage, table: ReadTable, fields: Mapping[str, Sequence[str]]) -> Lookup | None:
    """The first columns are inputs, the rest their values."""
    known = {fold(name): name for name in fields}
    keys: list[str] = []
    for header in table.headers:
        if fold(header) not in known:
            break
        keys.append(known[fold(header)])
    columns = table.headers[len(keys) :]
    if not keys or not columns or len(set(columns)) != len(columns) or not all(columns):
        return None
    if any(value not in fields[key] for row in table.rows for key, value in zip(keys, row, strict=False)):
        return None
    read = [
        _column_of([row[number] for row in table.rows]) for number in range(len(keys), len(table.headers))
    ]
    names = [
        name
        for header, column in zip(columns, read, strict=True)
        for name in ([least(header), most(header)] if column.ranged else [header])
    ]
    rows = tuple(
        (*row[: len(keys)], *(cell for column in read for cell in column.cells[number]))
        for number, row in enumerate(table.rows)
    )
    title = passage.headings[-1] if passage.headings else columns[0]
    ranges = tuple(header for header, column in zip(columns, read, strict=True) if column.ranged)
    told = LookupTable(keys=tuple(keys), columns=tuple(names), rows=rows, source=passage.ids)
    return Lookup(title, told, title, ranges)


def least(header: str) -> str:
    return f"{header} least"


def most(header: str) -> str:
    return f"{header} most"


@dataclass(frozen=True)
class _Column:
    cells: tuple[tuple[str, ...], ...]
    """For each row the expressions of its cell: one, or the two ends of a range."""
    ranged: bool = False


def _column_of(texts: Sequence[str]) -> _Column:
    """Numbers (another kind of cell among them is `unknown`), ranges, or words."""
    said = [text for text in texts if text and not is_dash(text)]
    rules = [describe(text) for text in said]
    if said and all(each.min is not None and each.max is not None for each in rules):
        ends = dict(zip(said, rules, strict=True))
        return _Column(tuple(_ends(ends.get(text)) for text in texts), ranged=True)
    numbers = [text for text in said if _AMOUNT.match(text)]
    if len(numbers) * 2 >= len(said):
        return _Column(
            tuple((_cell(text) if text in numbers or text not in said else "unknown",) for text in texts)
        )
    return _Column(tuple((_cell(text),) for text in texts))


def _ends(rules: Rules | None) -> tuple[str, str]:
    if rules is None or rules.min is None or rules.max is None:
        return "missing", "missing"
    return plain(rules.min), plain(rules.max)


def _matrix(passage: Passage, table: ReadTable, fields: Mapping[str, Sequence[str]]) -> Lookup | None:
    """Values of one input down, of another across."""
    down = _field_with([row[0] for row in table.rows], fields)
    across = _field_with(table.headers[1:], fields)
    if down is None or across is None or down == across or len(table.headers) < 3:
        return None
    rows = tuple(
        (row[0], header, _cell(value))
        for row in table.rows
        for header, value in zip(table.headers[1:], row[1:], strict=True)
    )
    column = re.sub(r"\bin .*$|\(.*\)", "", table.headers[0]).strip() or "value"
    return Lookup(
        f"{column} table",
        LookupTable(keys=(down, across), columns=(column,), rows=rows, source=passage.ids),
        column,
    )


def _field_with(values: Sequence[str], fields: Mapping[str, Sequence[str]]) -> str | None:
    return next(
        (name for name, own in fields.items() if values and all(value in own for value in values)), None
    )


def _cell(text: str) -> str:
    if is_dash(text) or not text:
        return "missing"
    match = _AMOUNT.match(text)
    if match:
        return plain(number(match["n"])) + ("%" if match["u"] == "%" else "")
    return '"' + text.replace('"', "'") + '"'


def columns_for(lookups: Sequence[Lookup], operation: Operation) -> dict[str, str]:
    """The columns of numbers that the operation's inputs lead to, by name, where a name is of one table only."""
    found: dict[str, list[str]] = {}
    for lookup in lookups:
        if all(key in operation.fields for key in lookup.table.keys):
            for column in lookup.table.columns:
                if _only_numbers(lookup, column):
                    found.setdefault(column, []).append(f"{lookup.row()}.{column}")
    return {column: each[0] for column, each in found.items() if len(each) == 1}


def answers_from(lookups: Sequence[Lookup], operation: Operation) -> dict[str, str]:
    """Outputs that are a column of a table whose keys are all inputs of the operation."""
    columns = {fold(column): expression for column, expression in columns_for(lookups, operation).items()}
    return {name: columns[fold(name)] for name in operation.outputs if fold(name) in columns}


def _only_numbers(lookup: Lookup, column: str) -> bool:
    at = len(lookup.table.keys) + lookup.table.columns.index(column)
    return all(row[at] == "missing" or not row[at].startswith('"') for row in lookup.table.rows)


def outside_range(name: str, lookups: Sequence[Lookup], operation: Operation) -> str | None:
    """'seats outside the allowed range': the column of ranges that is about the field."""
    fits = [
        f"({name} < {lookup.row()}.{least(header)} or {name} > {lookup.row()}.{most(header)})"
        for lookup in lookups
        for header in lookup.ranges
        if mentions(header, name) and all(key in operation.fields for key in lookup.table.keys)
    ]
    return fits[0] if len(fits) == 1 else None


def over_limit(text: str, lookups: Sequence[Lookup], operation: Operation) -> str | None:
    """'The amount is over the limit for this category': a column called a limit, by the field that is named."""
    if not _OVER.search(text):
        return None
    named = names_in(text, operation.fields)
    fits = [
        f"{name} > {lookup.row()}.{column}"
        for lookup in lookups
        if len(lookup.table.keys) == 1 and lookup.table.keys[0] in named
        for column in lookup.table.columns
        if re.search(r"limit|上限|限额", column, re.IGNORECASE) and _only_numbers(lookup, column)
        for name in named
        if name not in lookup.table.keys
    ]
    return fits[0] if len(fits) == 1 else None


_TOO_OLD = re.compile(r"\btoo old\b|过期太久|太久", re.IGNORECASE)
_AGE_LIMIT = re.compile(
    r"(?:up to|no more than|at most|not (?:be )?(?:more|older) than)\s+(?P<n>\d+)\s+(?P<unit>days?|weeks?|months?|years?)\s+old",
    re.IGNORECASE,
)


def too_old(text: str, operation: Operation) -> str | None:
    """'The expense is too old', where the section says 'may be up to 60 days old' and one input counts days."""
    if not _TOO_OLD.search(text):
        return None
    for passage in operation.home:
        match = _AGE_LIMIT.search(passage.text)
        fits = [name for name in operation.fields if match and match["unit"].rstrip("s") in name.lower()]
        if match and len(fits) == 1:
            return f"{fits[0]} > {match['n']}"
    return None


def missing_combination(text: str, lookups: Sequence[Lookup], operation: Operation) -> str | None:
    """'渠道与认证方式的组合不支持': no row of the table whose keys the text names."""
    if not _COMBINATION.search(text):
        return None
    fits = [
        lookup
        for lookup in lookups
        if len(lookup.table.keys) > 1
        and all(key in operation.fields and mentions(text, key) for key in lookup.table.keys)
    ]
    return f"{fits[0].row()} missing" if len(fits) == 1 else None
