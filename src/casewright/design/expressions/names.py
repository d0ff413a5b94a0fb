"""The names that an expression may use, by what they were declared as."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final

from casewright.design.expressions.static_types import ANY, Type, choice_of
from casewright.design.expressions.tree import Kind

CLOCK_NAMES: Final = ("now", "today")

_NO_TYPES: Final[Mapping[str, Type]] = MappingProxyType({})
_NO_WORDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class KeyedVariable:
    """A variable with one value per key."""

    key: Type
    value: Type


@dataclass(frozen=True, slots=True)
class TableShape:
    """`reads` are the names that the formulas in its cells use."""

    keys: tuple[Type, ...]
    columns: Mapping[str, Type]
    reads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RecordShape:
    """`fields` are all that can be read of a record: its key, its fields, 'state' if it has states, and what
    is derived of it."""

    keys: tuple[Type, ...]
    fields: Mapping[str, Type]


_NO_RECORDS: Final[Mapping[str, RecordShape]] = MappingProxyType({})
_NO_KEYED: Final[Mapping[str, KeyedVariable]] = MappingProxyType({})
_NO_TABLES: Final[Mapping[str, TableShape]] = MappingProxyType({})


@dataclass(frozen=True)
class Names:
    """What is in scope. `choices`: choice type → its values; `terms`: named groups of words.

    Inputs, lets, figures, variables and derived values share one space of names; tables, terms and choice
    types have one each, because they are written where nothing else can stand.
    """

    inputs: Mapping[str, Type] = field(default_factory=lambda: _NO_TYPES)
    lets: Mapping[str, Type] = field(default_factory=lambda: _NO_TYPES)
    figures: Mapping[str, Type] = field(default_factory=lambda: _NO_TYPES)
    variables: Mapping[str, Type] = field(default_factory=lambda: _NO_TYPES)
    derived: Mapping[str, Type] = field(default_factory=lambda: _NO_TYPES)
    keyed: Mapping[str, KeyedVariable] = field(default_factory=lambda: _NO_KEYED)
    tables: Mapping[str, TableShape] = field(default_factory=lambda: _NO_TABLES)
    records: Mapping[str, RecordShape] = field(default_factory=lambda: _NO_RECORDS)
    scanned: tuple[str, ...] = ()
    """The collections whose records are gone through where the expression stands, the innermost last."""
    locals: Mapping[str, Type] = field(default_factory=lambda: _NO_TYPES)
    clock: Type | None = None
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_WORDS)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_WORDS)
    states: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @cached_property
    def readable(self) -> Mapping[str, tuple[Kind, Type]]:
        """Every name that has a value, with the states and the actor."""
        own: dict[str, tuple[Kind, Type]] = {"actor": (Kind.ACTOR, choice_of(*self.roles))}
        if self.clock is not None:
            own |= dict.fromkeys(CLOCK_NAMES, (Kind.CLOCK, self.clock))
        if self.states:
            own["state"] = (Kind.STATE, choice_of(*self.states))
        for kind, types in (
            (Kind.DERIVED, self.derived),
            (Kind.VARIABLE, self.variables),
            (Kind.FIGURE, self.figures),
            (Kind.LET, self.lets),
            (Kind.INPUT, self.inputs),
            (Kind.LOCAL, self.locals),
        ):
            own.update({name: (kind, of) for name, of in types.items()})
        return own

    @cached_property
    def columns(self) -> frozenset[str]:
        rows = [of.columns for _, of in self.readable.values()]
        tables = [table.columns for table in self.tables.values()]
        records = [record.fields for record in self.records.values()]
        return frozenset(name for columns in [*tables, *rows, *records] for name in columns)

    @cached_property
    def words(self) -> frozenset[str]:
        """The values of choices, the states and the roles."""
        typed = [*self.readable.values()]
        groups = [*self.choices.values(), *(of.values for _, of in typed)]
        keys = [keyed.key.values for keyed in self.keyed.values()]
        fields = [of.values for record in self.records.values() for of in record.fields.values()]
        return frozenset(
            word for group in [*groups, *keys, *fields, self.states, self.roles] for word in group
        )

    @cached_property
    def declared(self) -> frozenset[str]:
        """Everything that can be written where a value or a term is expected, but the words and the fields of
        records."""
        return frozenset([*self.readable, *self.keyed, *self.tables, *self.terms, *self.records])

    def fields_of(self, collections: frozenset[str]) -> frozenset[str]:
        return frozenset(field for name in collections for field in self.records[name].fields)

    def pattern_with_fields_of(self, collections: frozenset[str]) -> re.Pattern[str]:
        """Matches the longest name that is declared or a field of one of the collections."""
        if collections not in self._patterns:
            self._patterns[collections] = longest_of(self.declared | self.fields_of(collections))
        return self._patterns[collections]

    @cached_property
    def _patterns(self) -> dict[frozenset[str], re.Pattern[str]]:
        return {}

    @cached_property
    def collection_pattern(self) -> re.Pattern[str]:
        return longest_of(self.records)

    @cached_property
    def input_pattern(self) -> re.Pattern[str]:
        return longest_of(self.inputs)

    @cached_property
    def word_pattern(self) -> re.Pattern[str]:
        """Words that can be told from a number, date or operator by how they begin."""
        return longest_of(word for word in self.words if word[:1].isalpha())

    @cached_property
    def any_word_pattern(self) -> re.Pattern[str]:
        return longest_of(self.words)

    @cached_property
    def column_pattern(self) -> re.Pattern[str]:
        return longest_of(self.columns)

    def type_of(self, name: str) -> Type:
        return self.readable[name][1] if name in self.readable else ANY


def longest_of(names: Iterable[str]) -> re.Pattern[str]:
    """Matches the longest of the names; any white space in it fits any other; whole words only."""
    alternatives = (
        r"\s+".join(re.escape(part) for part in name.split()) + (r"(?!\w)" if name[-1].isalnum() else "")
        for name in sorted(names, key=len, reverse=True)
        if name.strip()
    )
    return re.compile("|".join(alternatives) or r"(?!)")
