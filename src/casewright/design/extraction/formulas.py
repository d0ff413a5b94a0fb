"""Reads the quantities that a document defines: formulas, prices, fees, discounts, bands, and their roundings.

A part that was not understood is `unknown` in the lines of the definition: for the cases that it concerns where
that can be told, else for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casewright.design.extraction.bands import BandTable, read_bands, read_sideways, short_header
from casewright.design.extraction.circumstances import Circumstances, joined
from casewright.design.extraction.comparing import UNKNOWN
from casewright.design.extraction.fields import Field
from casewright.design.extraction.formula_changes import Change, changes_of
from casewright.design.extraction.formula_checks import checked
from casewright.design.extraction.formula_counts import counted
from casewright.design.extraction.formula_heads import Head, heads_in, intro_of, operands, tells
from casewright.design.extraction.formula_steps import Steps, Worth, clauses_of
from casewright.design.extraction.formula_surcharges import charges, listed_cases, surcharges
from casewright.design.extraction.formula_terms import Scope, arithmetic
from casewright.design.extraction.lookups import Lookup, columns_for
from casewright.design.extraction.naming import Operation
from casewright.design.extraction.passages import STRONG, Passage
from casewright.design.extraction.words import fold
from casewright.design.model.schema import InputType

_NUMERIC = {InputType.DECIMAL, InputType.INTEGER, None}
_MODIFIER = re.compile(
    r"\s*(?:and |then )?\b(?:rounded|capped|in percent|at most|at least|up to a maximum|but|with a)\b|\s*(?:四舍五入|向[上下]取整|最多|最低|最高|不超过|但)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Definition:
    """A quantity that the document defines."""

    name: str
    """As the document writes it."""
    lines: tuple[str, ...]
    """One expression, or first-hit lines 'value if condition' … 'value otherwise'."""
    needs: frozenset[str]
    """The names that the lines use: inputs and other definitions."""
    tables: tuple[Lookup, ...]
    """Further tables of the model that the lines look up."""
    ids: tuple[str, ...]
    """The requirement items that it rests on."""


@dataclass(frozen=True)
class _Piece:
    """What one place of the document says of a quantity; `guards`: the cases for which it says so."""

    guards: tuple[str, ...]
    worth: Worth
    ids: tuple[str, ...]
    passage: Passage | None = None


def read_definitions(
    passages: Sequence[Passage], operations: Sequence[Operation], lookups: Sequence[Lookup]
) -> list[Definition]:
    return _Reader(passages, operations, lookups).definitions()


class _Reader:
    def __init__(
        self, passages: Sequence[Passage], operations: Sequence[Operation], lookups: Sequence[Lookup]
    ) -> None:
        self.passages = passages
        self.operations = operations
        self.fields: dict[str, Field] = {}
        for operation in operations:
            for name, one in operation.fields.items():
                self.fields.setdefault(name, one)
        self.lookups = lookups
        self.choices = {
            name: one.rules.choices for name, one in self.fields.items() if one.rules.type is InputType.CHOICE
        }
        self.numbers = [
            name
            for name, one in self.fields.items()
            if one.rules.type in _NUMERIC and not one.rules.length and not one.rules.pattern
        ]
        self.outputs = [name for operation in operations for name in operation.outputs]
        self.spellings = self._spellings()
        taken = {fold(name) for name in (*self.fields, *(each.name for each in lookups))}
        self.sideways = [one for each in passages for one in read_sideways(each, self.choices, taken)]
        self.bands = self._bands()
        self.heads = self._heads()
        self.scope = self._scope()
        self.about = self._circumstances()
        self.pieces: dict[str, list[_Piece]] = {}

    def definitions(self) -> list[Definition]:
        for head in self.heads:
            self._from_head(head)
        self._from_bands()
        self._from_surcharges()
        for name in (*self.scope.names.values(), *self.wanted):
            if name in self.wanted and name not in self.pieces:
                self._add(name, _Piece((), Worth([("", UNKNOWN)]), ()))
        names = list(self.pieces)
        found = [self._definition(name, names) for name in names]
        return checked(
            [each for each in found if each is not None], self.fields, [*self.lookups, *self.sideways], self.passages
        )

    def _spellings(self) -> dict[str, str]:
        """How the document writes a name in its text (a heading of a table may have a capital)."""
        strong = [name for passage in self.passages for name in STRONG.findall(passage.marked)]
        return {fold(name): name for name in (*strong, *self.outputs)}

    def _called(self, header: str) -> str:
        for name in (header, short_header(header)):
            if fold(name) in self.spellings:
                return self.spellings[fold(name)]
        return header

    def _columns(self) -> dict[str, str]:
        """The columns of numbers of the document's tables, where a name is of one only."""
        found: dict[str, set[str]] = {}
        for operation in self.operations:
            for column, expression in columns_for(self.lookups, operation).items():
                found.setdefault(column, set()).add(expression)
        for one in self.sideways:
            found.setdefault(one.header, set()).add(f"{one.row()}.{one.header}")
        return {name: each.pop() for name, each in found.items() if len(each) == 1}

    def _bands(self) -> list[tuple[int, BandTable]]:
        """The tables with ranges by an input, or by a quantity that the document names in bold."""
        known = {name: name for name in self.numbers}
        named = {name: name for name in self.outputs if name not in self.fields}
        found: list[tuple[int, BandTable]] = []
        for at, passage in enumerate(self.passages):
            table = read_bands(passage, Scope({**named, **self._columns(), **known}), self.choices)
            if table is not None:
                found.append((at, table))
        return found

    def _heads(self) -> list[Head]:
        first = [head for head in heads_in(self.passages, self.outputs) if head.certain]
        wanted = {name for head in first for name in operands(head.rest)} | set(self.outputs)
        wanted -= {*self.fields, *self._columns()}
        self.wanted = wanted
        return [head for head in heads_in(self.passages, sorted(wanted)) if head.name not in self.fields]

    def _scope(self) -> Scope:
        names = {name: name for name in self.numbers}
        names |= self._columns()
        names |= {name: name for name in (self._called(each) for _, one in self.bands for each in one.columns)}
        names |= {head.name: head.name for head in self.heads if head.certain or _speaks_of_amounts(head)}
        names |= {name: name for name in self._surcharge_names()}
        return Scope(names)

    def _surcharge_names(self) -> list[str]:
        """Names that other formulas use, where a sentence charges an amount of that name."""
        text = "\n".join(each.text for each in self.passages if tells(each))
        return [name for name in sorted(self.wanted) if charges(text, name)]

    def _circumstances(self) -> Circumstances:
        labels = {
            self._called(name): words for _, one in self.bands for name, words in one.labels.items()
        }
        optional = [
            name for name, one in self.fields.items() if one.required == "no" and one.rules.default is None
        ]
        return Circumstances(
            self.choices, self.scope, [each.name for each in self.operations], labels, optional
        )

    def _guards(self, texts: Sequence[str]) -> tuple[str, ...] | None:
        """The cases that the words above or before it restrict it to; None where they also except some."""
        found: list[str] = []
        for text in texts:
            conditions = self.about.loose(text)
            if conditions is None:
                return None
            found += conditions
        return tuple(dict.fromkeys(found))

    def _from_head(self, head: Head) -> None:
        clauses = clauses_of(_own_name_out(head.rest, head.name))
        worth, used = self._worth(clauses)
        if worth is None:
            if head.certain:
                self._add(head.name, _Piece((), Worth([("", UNKNOWN)]), head.passage.ids, head.passage))
            elif head.name in self.wanted:
                self._unread(head, clauses)
            return
        Steps(self.about).apply(worth, clauses[used:])
        guards = self._guards([*head.passage.headings[-1:], head.context])
        if guards is None:
            worth = Worth([("", UNKNOWN)])
        self._add(head.name, _Piece(guards or (), worth, head.passage.ids, head.passage))

    def _unread(self, head: Head, clauses: Sequence[str]) -> None:
        """A quantity that other formulas use or that is answered, told in words that were not understood."""
        if any(re.search(r"\d|%", clause) for clause in clauses):
            self._add(head.name, _Piece((), Worth([("", UNKNOWN)]), head.passage.ids, None))

    def _worth(self, clauses: Sequence[str]) -> tuple[Worth | None, int]:
        """What the first clauses say, and how many they are; a rest of a clause goes on as one of its own."""
        for count in (3, 2, 1):
            found = counted(",".join(clauses[:count]), self.about, self.fields) if len(clauses) >= count else None
            if found:
                return Worth([("", found)]), count
        listed = listed_cases(clauses, self.about)
        if listed:
            return Worth(listed[0]), listed[1]
        value = (self._days(clauses[0]) or arithmetic(clauses[0], self.scope)) if clauses else None
        if value is not None:
            return Worth([("", value)]), 1
        cut = _MODIFIER.search(clauses[0]) if clauses else None
        value = arithmetic(clauses[0][: cut.start()], self.scope) if cut and cut.start() else None
        if cut is None or value is None:
            return None, 0
        worth = Worth([("", value)])
        Steps(self.about).apply(worth, [clauses[0][cut.start() :].strip()])
        return worth, 1

    def _days(self, text: str) -> str | None:
        """The difference of two dates."""
        first, dash, second = (part.strip() for part in text.partition("-"))
        dates = {name for name, one in self.fields.items() if one.rules.type is InputType.DATE}
        return f"days from {second} to {first}" if dash and {first, second} <= dates else None

    def _from_bands(self) -> None:
        for at, band in self.bands:
            passage = self.passages[at]
            guards = self._guards([*passage.headings[-1:], intro_of(passage, self.passages, at)])
            for header, cases in band.columns.items():
                name = self._called(header)
                if name in self.fields:
                    continue
                rest = [] if band.complete else [("", UNKNOWN)]
                last = cases[-1] if not rest and not band.unknown_if else None
                lines = [*cases[:-1], ("", last[1])] if last else [*cases, ("", UNKNOWN)]
                worth = Worth(lines, list(band.unknown_if))
                if guards is None:
                    worth = Worth([("", UNKNOWN)])
                self._add(name, _Piece(guards or (), worth, band.ids, passage))

    def _from_surcharges(self) -> None:
        sentences = [(text, each.ids) for each in self.passages if tells(each) for text in each.sentences]
        for name, condition, amount, behind, ids in surcharges(self._surcharge_names(), sentences, self.about):
            if name in self.pieces:
                self._add(name, _Piece((), Worth([("", UNKNOWN)]), ids))
                continue
            worth = Worth([(condition, amount), ("", "0")])
            Steps(self.about).apply(worth, behind)
            self._add(name, _Piece((), worth, ids, self._passage_of(ids)))

    def _passage_of(self, ids: tuple[str, ...]) -> Passage | None:
        return next((each for each in self.passages if each.ids == ids), None)

    def _add(self, name: str, piece: _Piece) -> None:
        self.pieces.setdefault(name, []).append(piece)

    def _definition(self, name: str, names: Sequence[str]) -> Definition | None:
        pieces = self.pieces[name]
        longer = [*names, *self.scope.names, *self.fields]
        own = {id(piece.passage) for piece in pieces if piece.passage is not None}
        changes = list(changes_of(name, list(self._elsewhere(own)), longer, self.about))
        lines = _lines(pieces, changes)
        ids = dict.fromkeys(
            each for ids in (*(one.ids for one in pieces), *(one.ids for one in changes)) for each in ids
        )
        used = [one for one in self.sideways if any(f"{one.name}[" in line for line in lines)]
        return Definition(name, lines, frozenset(), tuple(used), tuple(ids))

    def _elsewhere(self, own: set[int]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for passage in self.passages:
            if tells(passage) and id(passage) not in own:
                for sentence in passage.sentences:
                    yield sentence, passage.ids


def _speaks_of_amounts(head: Head) -> bool:
    return re.search(r"\d|每|首|[×*÷/+]|\b(?:times|plus|minus)\b", head.rest) is not None


def _own_name_out(text: str, name: str) -> str:
    """'免基础运费' in the words about 基础运费 itself is '免'."""
    return re.sub(rf"(?<=免){re.escape(name)}", "", text)


def _lines(pieces: Sequence[_Piece], changes: Sequence[Change]) -> tuple[str, ...]:
    """The pieces that hold for some cases first, then the one that holds for all; what is not known before."""
    open_ones = [piece for piece in pieces if not piece.guards]
    if len(open_ones) > 1 and len({tuple(one.worth.cases) for one in open_ones}) > 1:
        return (UNKNOWN,)
    unread = [change.condition for change in changes if change.value == UNKNOWN]
    unread += [joined(filter(None, (*one.guards, each))) for one in pieces for each in one.worth.unknown_if]
    if "" in unread or any(one.worth.cases == [("", UNKNOWN)] and not one.guards for one in pieces[:1] if len(pieces) == 1 and not changes):
        return (UNKNOWN,)
    cases = [*_clashes(changes)]
    cases += [(change.condition, change.value) for change in changes if change.value not in {None, UNKNOWN}]
    guarded = [piece for piece in pieces if piece.guards]
    cases += _clashing_guards(guarded)
    for piece in [*guarded, *open_ones[:1]]:
        worth = replace(piece.worth, cases=list(piece.worth.cases))
        for change in changes:
            if change.value is None:
                worth.split(change.condition, lambda value, less=change.points: _less(value, less))
        cases += [(joined(filter(None, (*piece.guards, own))), value) for own, value in worth.cases]
    return _written([*((each, UNKNOWN) for each in unread), *cases])


def _less(value: str, points: str) -> str:
    return value if value == UNKNOWN else f"{value} - {points}"


def _clashes(changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    fixed = [change for change in changes if change.value not in {None, UNKNOWN}]
    for at, one in enumerate(fixed):
        for other in fixed[:at]:
            if one.value != other.value:
                yield f"{one.condition} and {other.condition}", UNKNOWN


def _clashing_guards(pieces: Sequence[_Piece]) -> Iterator[tuple[str, str]]:
    """Two places that speak of cases which may be the same."""
    for at, one in enumerate(pieces):
        for other in pieces[:at]:
            if not _apart(one.guards, other.guards):
                yield joined((*one.guards, *other.guards)), UNKNOWN


def _apart(one: Sequence[str], other: Sequence[str]) -> bool:
    values: Mapping[str, str] = dict(guard.split(" = ", 1) for guard in one if " = " in guard)
    return any(
        field in values and values[field] != value
        for field, _, value in (guard.partition(" = ") for guard in other)
        if value
    )


def _written(cases: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Lines of the language; what stands behind the first case without a condition is never reached."""
    lines: list[str] = []
    for condition, value in dict.fromkeys(cases):
        if not condition:
            return (*lines, f"{value} otherwise") if lines else (value,)
        lines.append(f"{value} if {condition}")
    return (*lines, f"{UNKNOWN} otherwise") if any(known for known in cases if known[1] != UNKNOWN) else (UNKNOWN,)
