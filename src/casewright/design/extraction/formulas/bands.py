"""Tables with ranges in their cells, and tables that stand sideways: what each of their columns is worth."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from casewright.design.extraction.formulas.amounts import DIGITS, UNITS, digits
from casewright.design.extraction.formulas.band_ranges import Range, covers_all, read_range, settled
from casewright.design.extraction.formulas.circumstances import joined
from casewright.design.extraction.formulas.lookups import Lookup
from casewright.design.extraction.formulas.terms import Scope, arithmetic
from casewright.design.extraction.text.listing import split_list
from casewright.design.extraction.text.numbers import plain
from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.tables import ReadTable, TableKind
from casewright.design.extraction.text.words import fold
from casewright.design.model.schema import LookupTable

_AMOUNT = re.compile(rf"[$€£¥]?\s*(?P<n>{DIGITS})\s*(?P<p>%)?\s*(?:{UNITS})?", re.IGNORECASE)
_FREE = re.compile(r"免费|免|无|free(?: of charge)?|none|nothing", re.IGNORECASE)
_LABEL = re.compile(r"[^\d\"]{1,40}|[A-Za-z]\w{0,8}")
_UNIT = re.compile(r"\s*\((?:[^()]*)\)|\s+(?:per|in|of the) .*$", re.IGNORECASE)
_REFUSALS = {TableKind.REFUSALS, TableKind.TRANSITIONS, TableKind.PERMISSIONS, TableKind.STATES}


@dataclass(frozen=True)
class BandTable:
    """What a table says of its columns: name → first-hit cases (condition, value); the rest is not known."""

    columns: Mapping[str, tuple[tuple[str, str], ...]]
    labels: Mapping[str, tuple[str, ...]]
    complete: bool
    """Every number is in one of the rows."""
    unknown_if: tuple[str, ...]
    ids: tuple[str, ...]


@dataclass
class _Keys:
    bands: dict[int, str] = field(default_factory=dict[int, str])
    """column → the quantity whose ranges stand in it"""
    choices: dict[int, str] = field(default_factory=dict[int, str])
    """column → the input whose values stand in it"""


def quantity_called(header: str, scope: Scope) -> str | None:
    """The quantity that a heading names, with or without its unit."""
    for name in (header, _UNIT.sub("", header)):
        found = scope.at(name, 0)
        if found and found[1] >= len(name.strip()):
            return found[0]
    return None


def short_header(header: str) -> str:
    """A heading without its unit: 'Fee (EUR)' → 'Fee', 'Interest rate per year' → 'Interest rate'."""
    return _UNIT.sub("", header).strip() or header


def read_bands(passage: Passage, scope: Scope, choices: Mapping[str, tuple[str, ...]]) -> BandTable | None:
    """None where no column holds ranges of a known quantity."""
    table = passage.table
    if table is None or passage.skipped or table.kind in _REFUSALS:
        return None
    keys = _keys(table, scope, choices)
    values = [at for at in range(len(table.headers)) if at not in keys.bands and at not in keys.choices]
    if not keys.bands or not values or len(set(table.headers)) != len(table.headers):
        return None
    conditions, unknown_if, complete = _conditions(table, keys)
    if conditions is None:
        return None
    columns: dict[str, tuple[tuple[str, str], ...]] = {}
    labels: dict[str, tuple[str, ...]] = {}
    for at in values:
        cells = [row[at] for row in table.rows]
        worth = [_worth(cell, table.headers[at], scope) for cell in cells]
        if all(each is None for each in worth) and all(_LABEL.fullmatch(cell) for cell in cells):
            worth = [f'"{cell}"' for cell in cells]
            labels[table.headers[at]] = tuple(dict.fromkeys(cells))
        if any(worth):
            known = (each or "unknown" for each in worth)
            columns[table.headers[at]] = tuple(zip(conditions, known, strict=True))
    return BandTable(columns, labels, complete, unknown_if, passage.ids) if columns else None


def _keys(table: ReadTable, scope: Scope, choices: Mapping[str, tuple[str, ...]]) -> _Keys:
    keys = _Keys()
    by_fold = {fold(name): name for name in choices}
    for at, header in enumerate(table.headers):
        cells = [row[at] for row in table.rows]
        name = by_fold.get(fold(header))
        if name and all(_listed(cell, choices[name]) is not None for cell in cells):
            keys.choices[at] = name
            continue
        quantity = quantity_called(header, scope)
        ranges = [read_range(cell) for cell in cells]
        if (
            quantity
            and all(ranges)
            and any(each and each.ends() and each.low != each.high for each in ranges)
        ):
            keys.bands[at] = quantity
    return keys


def _listed(cell: str, values: Sequence[str]) -> list[str] | None:
    """The values that a cell lists; empty for 'any'; None where it holds something else."""
    one = read_range(cell)
    if one is not None and not one.ends():
        return []
    parts = split_list(cell)
    return parts if parts and all(part in values for part in parts) else None


def _conditions(table: ReadTable, keys: _Keys) -> tuple[list[str] | None, tuple[str, ...], bool]:
    """The condition of each row, the conditions under which it is open which row counts, and whether every
    number of every group of choices is in a row."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(table.rows):
        groups.setdefault(tuple(row[at] for at in keys.choices), []).append(number)
    parts: list[list[str]] = [[] for _ in table.rows]
    for at, name in keys.choices.items():
        for number, row in enumerate(table.rows):
            listed = split_list(row[at])
            one = read_range(row[at])
            if one is None:
                parts[number].append(
                    f"{name} = {listed[0]}" if len(listed) == 1 else f"{name} in [{', '.join(listed)}]"
                )
    unknown_if: list[str] = []
    complete = len(keys.bands) == 1 and not keys.choices
    for at, quantity in keys.bands.items():
        for members in groups.values():
            ranges = [read_range(table.rows[number][at]) or Range() for number in members]
            guard = list(parts[members[0]][: len(keys.choices)])
            ranges, open_values = settled(ranges) if len(keys.bands) == 1 else (ranges, _unsettled(ranges))
            unknown_if += [joined([*guard, f"{quantity} = {plain(value)}"]) for value in open_values]
            complete = complete and covers_all(ranges)
            for number, one in zip(members, ranges, strict=True):
                parts[number] += [one.condition(quantity)] if one.ends() else []
    if sum(not part for part in parts) > 1:
        return None, (), False
    return [joined(part) for part in parts], tuple(unknown_if), complete


def _unsettled(ranges: Sequence[Range]) -> list[Decimal]:
    """Of several columns of ranges: the ends that are left open, and those that two ranges share."""
    return [
        end.value
        for one in ranges
        for end in one.ends()
        if end.included is None or sum(other.holds(end.value) is True for other in ranges) > 1
    ]


def _worth(cell: str, header: str, scope: Scope) -> str | None:
    """The amount of a cell, or the formula in it."""
    match = _AMOUNT.fullmatch(cell.strip())
    if match:
        percent = match["p"] or re.search(r"\(\s*%\s*\)", header)
        return digits(match["n"]) + ("%" if percent else "")
    if _FREE.fullmatch(cell.strip()):
        return "0"
    return arithmetic(cell, scope) if re.search(r"\d|×|\*", cell) else None


def read_sideways(passage: Passage, choices: Mapping[str, tuple[str, ...]], taken: set[str]) -> list[Lookup]:
    """Tables whose header row holds values of an input: each further row is a quantity by that input."""
    table = passage.table
    if table is None or passage.skipped or table.kind in _REFUSALS or len(table.headers) < 3:
        return []
    across = [name for name, values in choices.items() if set(table.headers[1:]) <= set(values)]
    if fold(table.headers[0]) in {fold(name) for name in across}:
        across = [name for name in across if fold(name) == fold(table.headers[0])]
    if len(across) != 1 or any(row[0] in values for values in choices.values() for row in table.rows):
        return []
    found: list[Lookup] = []
    for number, row in enumerate(table.rows):
        cells = [_AMOUNT.fullmatch(cell.strip()) for cell in row[1:]]
        if not row[0] or fold(row[0]) in taken:
            continue
        amounts = [digits(cell["n"]) + (cell["p"] or "") for cell in cells if cell]
        if len(amounts) == len(cells):
            rows = tuple(zip(table.headers[1:], amounts, strict=True))
            ids = passage.row_ids(number + table.header_rows)
            whole = LookupTable(keys=(across[0],), columns=(row[0],), rows=rows, source=ids)
            found.append(Lookup(f"{row[0]} table" if row[0].isascii() else f"{row[0]}表", whole, row[0]))
            taken.add(fold(row[0]))
    return found
