"""Reads the quantities that a document defines: formulas, prices, fees, discounts, bands, and their roundings.

A part that was not understood is `unknown` in the lines of the definition: for the cases that it concerns where
that can be told, else for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.formulas.bands import BandTable, read_bands, read_sideways, short_header
from casewright.design.extraction.formulas.changes import Change, changes_of
from casewright.design.extraction.formulas.checks import checked
from casewright.design.extraction.formulas.circumstances import Circumstances, joined
from casewright.design.extraction.formulas.clauses import clauses_of
from casewright.design.extraction.formulas.counts import counted
from casewright.design.extraction.formulas.definition import Definition
from casewright.design.extraction.formulas.heads import Head, heads_in, intro_of, operands, tells
from casewright.design.extraction.formulas.letters import read_letters
from casewright.design.extraction.formulas.limits import uses
from casewright.design.extraction.formulas.lines import Piece, lines_of
from casewright.design.extraction.formulas.lookups import Lookup, columns_for
from casewright.design.extraction.formulas.meanings import Meanings
from casewright.design.extraction.formulas.powers import spelled, with_raised
from casewright.design.extraction.formulas.steps import Steps
from casewright.design.extraction.formulas.surcharges import charges, listed_cases, surcharges
from casewright.design.extraction.formulas.terms import Scope, arithmetic
from casewright.design.extraction.formulas.unread import Unread, points_at_table, unread_cells, unread_in
from casewright.design.extraction.formulas.worth import Worth
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.passages import STRONG, Passage, plain
from casewright.design.extraction.text.tables import TableKind
from casewright.design.extraction.text.words import UNKNOWN, fold
from casewright.design.model.schema import InputType

_NUMERIC = {InputType.DECIMAL, InputType.INTEGER, None}
_FOR_ALL = re.compile(
    r"打\s*\S{1,3}\s*折|减半|加收|加倍|双倍|翻倍|\d\s*%\s*(?:off|discount)|\boff\b|\bdoubled?\b|\bhalf\b|\bnothing\b|\btwice\b|\bpays? no\b|免费|不收费|全免|\bsurcharge\b|\bextra\b",
    re.IGNORECASE,
)
_EVERYTHING = re.compile(
    r"\b(?:everything|all (?:prices|fees|charges|amounts))\b|所有|全部|各项", re.IGNORECASE
)
_MODIFIER = re.compile(
    r"\s*(?:and |then )?\b(?:rounded|capped|in percent|at most|at least|up to a maximum|but|with a)\b|\s*(?:四舍五入|向[上下]取整|最多|最低|最高|不超过|但)",
    re.IGNORECASE,
)


_TABLES_OF_RULES = {TableKind.LOOKUP, TableKind.OTHER, TableKind.FIELDS}


def read_definitions(
    passages: Sequence[Passage], operations: Sequence[Operation], lookups: Sequence[Lookup]
) -> list[Definition]:
    return _Reader(passages, operations, lookups).definitions()


class _Reader:
    def __init__(
        self, passages: Sequence[Passage], operations: Sequence[Operation], lookups: Sequence[Lookup]
    ) -> None:
        self.passages = [with_raised(each) for each in passages]
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
        self.described = dict(self._descriptions())
        taken = {fold(name) for name in (*self.fields, *(each.name for each in lookups))}
        self.sideways = [one for each in self.passages for one in read_sideways(each, self.choices, taken)]
        self.bands = self._bands()
        self.heads = self._heads()
        self.percentages = self._percentages()
        self.scope = self._scope()
        self.meanings = self._meanings()
        self.about = self._circumstances()
        self.pieces: dict[str, list[Piece]] = {}
        self.taken: set[tuple[int, str]] = set()
        """(id of the passage, sentence) of what was read as part of a definition."""

    def definitions(self) -> list[Definition]:
        for head in self.heads:
            self._from_head(head)
        self._from_bands()
        self._from_surcharges()
        for name in self.scope.names.values():
            if name in self.wanted and name not in self.pieces:
                self._add(name, Piece((), Worth([("", UNKNOWN)]), ()))
        changes = {name: self._changes(name) for name in self.pieces}
        unread = self._unread_sentences()
        found = [self._definition(name, [*changes[name], *self._unread_of(name, unread)]) for name in changes]
        certain = {head.name for head in self.heads if head.certain}
        tables = [*self.lookups, *self.sideways]
        return _worth_telling(checked(found, self.fields, tables, self.passages), certain)

    def _descriptions(self) -> Iterator[tuple[str, str]]:
        """field → the row of the table, or the words, that describe it"""
        for passage in self.passages:
            for row in passage.table.rows if passage.table else ():
                name = row[0].strip("* `")
                if name in self.fields:
                    yield name, "; ".join(row[1:])
            bold = STRONG.match(passage.marked)
            if bold and bold[1] in self.fields:
                yield bold[1], passage.text.partition(bold[1])[2]

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

    def _percentages(self) -> list[str]:
        """The quantities that the document tells in percent, as numbers."""
        text = "\n".join(each.text for each in self.passages if tells(each))
        columns = {self._called(name) for _, one in self.bands for name in one.columns}
        told = [
            name
            for name in columns
            if re.search(rf"{re.escape(name)}s? (?:is )?in percent", text, re.IGNORECASE)
        ]
        return [*told, *(head.name for head in self.heads if re.search(r"in percent|以百分比", head.rest))]

    def _scope(self) -> Scope:
        names = {name: name for name in self.numbers}
        names |= self._columns()
        names |= {
            name: name for name in (self._called(each) for _, one in self.bands for each in one.columns)
        }
        names |= {head.name: head.name for head in self.heads if head.certain or _speaks_of_amounts(head)}
        names |= {name: name for name in (*self._surcharge_names(), *self.outputs) if name not in self.fields}
        return Scope(names)

    def _meanings(self) -> Meanings:
        columns = [name for _, one in self.bands for name in one.columns]
        headers = {name: self._called(name) for name in columns}
        percentages = {head.name for head in self.heads if head.name in self.percentages}
        percentages |= {name for name in headers.values() if self._told_in_percent(name)}
        return Meanings(self.scope, headers, percentages, self.fields, self.described)

    def _surcharge_names(self) -> list[str]:
        """Names that other formulas use, where a sentence charges an amount of that name."""
        text = "\n".join(each.text for each in self.passages if tells(each))
        return [name for name in sorted(self.wanted) if charges(text, name)]

    def _circumstances(self) -> Circumstances:
        labels = {self._called(name): words for _, one in self.bands for name, words in one.labels.items()}
        optional = [
            name for name, one in self.fields.items() if one.required == "no" and one.rules.default is None
        ]
        return Circumstances(
            self.choices,
            self.scope,
            [each.name for each in self.operations],
            labels,
            optional,
            {name: self.described.get(name, "") for name in self.numbers},
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
        text = spelled(_own_name_out(head.rest, head.name))
        lettered = read_letters(text, head.name, self.meanings.of)
        clauses = clauses_of(lettered.rest if lettered else text)
        scope = self.meanings.scope_for(head.name, clauses[0] if clauses else "")
        scope = Scope({**scope.names, **lettered.letters}) if lettered else scope
        worth, used = self._worth(head.name, clauses, scope)
        if worth is None:
            if head.certain:
                self.taken |= {(id(head.passage), sentence) for sentence in head.sentences[:1]}
                self._add(head.name, Piece((), Worth([("", UNKNOWN)]), head.passage.ids, head.passage))
            elif head.name in self.wanted:
                self._unread(head, clauses)
            return
        Steps(self.about, head.name).apply(worth, clauses[used:])
        read = head.sentences[:1] if worth.missed else head.sentences
        self.taken |= {(id(head.passage), sentence) for sentence in read}
        guards = self._guards([_title(head.passage), head.context])
        if guards is None:
            worth = Worth([("", UNKNOWN)])
        self._add(head.name, Piece(guards or (), worth, head.passage.ids, head.passage))

    def _unread(self, head: Head, clauses: Sequence[str]) -> None:
        """A quantity that other formulas use or that is answered, told in words that were not understood."""
        if any(re.search(r"\d|%", clause) for clause in clauses):
            self._add(head.name, Piece((), Worth([("", UNKNOWN)]), head.passage.ids, None))

    def _worth(self, name: str, clauses: Sequence[str], scope: Scope) -> tuple[Worth | None, int]:
        """What the first clauses say, and how many they are; a rest of a clause goes on as one of its own."""
        for count in (3, 2, 1):
            found = (
                counted(",".join(clauses[:count]), self.about, self.fields, self.described)
                if len(clauses) >= count
                else None
            )
            if found:
                return Worth([("", found)]), count
        listed = listed_cases(clauses, self.about)
        if listed:
            return Worth(listed[0]), listed[1]
        value = (self._days(clauses[0]) or arithmetic(clauses[0], scope)) if clauses else None
        if value is not None:
            return Worth([("", value)]), 1
        cut = _MODIFIER.search(clauses[0]) if clauses else None
        value = arithmetic(clauses[0][: cut.start()], scope) if cut and cut.start() else None
        if cut is None or value is None:
            return None, 0
        worth = Worth([("", value)])
        Steps(self.about, name).apply(worth, [clauses[0][cut.start() :].strip()])
        return worth, 1

    def _days(self, text: str) -> str | None:
        """The difference of two dates."""
        first, dash, second = (part.strip() for part in text.partition("-"))
        dates = {name for name, one in self.fields.items() if one.rules.type is InputType.DATE}
        return f"days from {second} to {first}" if dash and {first, second} <= dates else None

    def _from_bands(self) -> None:
        for at, band in self.bands:
            passage = self.passages[at]
            guards = self._guards([_title(passage), intro_of(passage, self.passages, at)])
            for header, read in band.columns.items():
                name = self._called(header)
                cases = [(condition, self._in_percent(name, value)) for condition, value in read]
                if name in self.fields:
                    continue
                rest = [] if band.complete else [("", UNKNOWN)]
                last = cases[-1] if not rest and not band.unknown_if else None
                lines = [*cases[:-1], ("", last[1])] if last else [*cases, ("", UNKNOWN)]
                worth = Worth(lines, list(band.unknown_if))
                if guards is None:
                    worth = Worth([("", UNKNOWN)])
                self._add(name, Piece(guards or (), worth, band.ids, passage))

    def _in_percent(self, name: str, value: str) -> str:
        """'5.4%' as 5.4 where the document speaks of that quantity as a number 'in percent'."""
        told = self._told_in_percent(name)
        return value.removesuffix("%") if told and re.fullmatch(r"[\d.]+%", value) else value

    def _told_in_percent(self, name: str) -> bool:
        return any(each.lower() in name.lower() for each in self.percentages)

    def _from_surcharges(self) -> None:
        names = self._surcharge_names()
        for passage in filter(tells, self.passages):
            for sentence in passage.sentences:
                found = list(surcharges(names, [(sentence, passage.ids)], self.about))
                for name, condition, amount, behind, ids in found:
                    self.taken.add((id(passage), sentence))
                    if name in self.pieces:
                        self._add(name, Piece((), Worth([("", UNKNOWN)]), ids))
                        continue
                    worth = Worth([(condition, amount), ("", "0")])
                    Steps(self.about, name).apply(worth, behind)
                    self._add(name, Piece((), worth, ids, self._passage_of(ids)))

    def _passage_of(self, ids: tuple[str, ...]) -> Passage | None:
        return next((each for each in self.passages if each.ids == ids), None)

    def _add(self, name: str, piece: Piece) -> None:
        self.pieces.setdefault(name, []).append(piece)

    def _definition(self, name: str, changes: Sequence[Change]) -> Definition:
        pieces = self.pieces[name]
        lines = lines_of(pieces, changes)
        ids = dict.fromkeys(
            each for ids in (*(one.ids for one in pieces), *(one.ids for one in changes)) for each in ids
        )
        used = [one for one in self.sideways if any(f"{one.name}[" in line for line in lines)]
        return Definition(name, lines, frozenset(), tuple(used), tuple(ids))

    def _changes(self, name: str) -> list[Change]:
        """What sentences outside its own passages say of the quantity."""
        pieces = self.pieces[name]
        longer = [*self.pieces, *self.scope.names, *self.fields]
        own = {id(piece.passage) for piece in pieces if piece.passage is not None}
        changes: list[Change] = []
        for passage in self.passages:
            for sentence in passage.sentences if tells(passage) and id(passage) not in own else ():
                found = list(changes_of(name, [(sentence, passage.ids)], longer, self.about))
                changes += found
                if any(change.value != UNKNOWN for change in found):
                    self.taken.add((id(passage), sentence))
        return [*changes, *self._said_of_all(pieces)]

    def _unread_sentences(self) -> list[Unread]:
        names = {name: {name, name.removesuffix("s")} for name in (*self.numbers, *self.pieces)}
        taken = {*self.taken, *self._intros()}
        return [
            *unread_in([*filter(tells, self.passages)], taken, names, self.about),
            *unread_cells([*self._unread_tables()], names, self.about),
        ]

    def _unread_tables(self) -> Iterator[Passage]:
        """Those of which no amounts were read."""
        read = self._tables_read()
        for passage in self.passages:
            table = passage.table
            if (
                table
                and not passage.skipped
                and table.kind in _TABLES_OF_RULES
                and not read & set(passage.ids)
            ):
                yield passage

    def _tables_read(self) -> set[str]:
        read = {each for lookup in (*self.lookups, *self.sideways) for each in lookup.table.source}
        return read | {each for _, band in self.bands for each in band.ids}

    def _intros(self) -> Iterator[tuple[int, str]]:
        """The sentences that only point at a table that was read."""
        read = self._tables_read()
        for passage, following in pairwise(self.passages):
            if following.table and read & set(following.ids) and passage.sentences:
                last = passage.sentences[-1]
                if points_at_table(last):
                    yield id(passage), last

    def _unread_of(self, name: str, unread: Sequence[Unread]) -> Iterator[Change]:
        """The sentences that were not read and may concern the quantity: those that name it or a term of its
        formula, and those of its section that name no quantity."""
        sections = {one.passage.headings for one in self.pieces[name] if one.passage is not None}
        values = [value for one in self.pieces[name] for _, value in one.worth.cases]
        for each in unread:
            ours = name in each.named or any(
                uses(value, term, self.scope) for term in each.named for value in values
            )
            if ours or (each.passage.headings in sections and not each.named & self.pieces.keys()):
                for condition in each.conditions:
                    yield Change(condition, UNKNOWN, ids=each.passage.ids)

    def _said_of_all(self, pieces: Sequence[Piece]) -> Iterator[Change]:
        """Discounts and surcharges in the same section that name no quantity: they may concern this one."""
        sections = {piece.passage.headings for piece in pieces if piece.passage is not None}
        taken = {id(each.passage) for all_of_it in self.pieces.values() for each in all_of_it}
        for passage in self.passages:
            if passage.headings not in sections or not tells(passage):
                continue
            for sentence in passage.sentences:
                if id(passage) in taken and not _EVERYTHING.search(sentence):
                    continue
                if _FOR_ALL.search(sentence) and not names_in(plain(sentence), list(self.pieces)):
                    guards = self.about.loose(sentence)
                    yield Change(joined(guards) if guards else "", UNKNOWN, ids=passage.ids)


def _title(passage: Passage) -> str:
    """The heading above, where it is short enough to be a title; a whole sentence restricts nothing."""
    return next((name for name in passage.headings[-1:] if len(name) <= (40 if name.isascii() else 12)), "")


def _worth_telling(found: Sequence[Definition], certain: set[str]) -> list[Definition]:
    """Without those of which nothing is known, unless others use them or the document has a formula for them."""
    used = {name for each in found for name in each.needs}
    return [each for each in found if each.lines != (UNKNOWN,) or each.name in used or each.name in certain]


def _speaks_of_amounts(head: Head) -> bool:
    return re.search(r"\d|每|首|[×*÷/+]|\b(?:times|plus|minus)\b", head.rest) is not None


def _own_name_out(text: str, name: str) -> str:
    """'免基础运费' in the words about 基础运费 itself is '免'."""
    return re.sub(rf"(?<=免){re.escape(name)}", "", text)
