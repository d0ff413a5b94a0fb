"""The static types of expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class TypeKind(StrEnum):
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date-time"
    DURATION = "duration"
    ROW = "row"
    RECORD = "record"
    ANY = "any"


_NO_COLUMNS: Final[Mapping[str, Type]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Type:
    """`values` are those of a choice, from low to high if it is `ordered`; `columns` those of a row.

    `ANY` fits everything: the type of `unknown`, of `missing`, and of what could not be told.
    """

    kind: TypeKind
    values: tuple[str, ...] = ()
    ordered: bool = False
    columns: Mapping[str, Type] = field(default_factory=lambda: _NO_COLUMNS, hash=False)
    collection: str = ""
    """Of a record: where it is kept."""

    def __str__(self) -> str:
        return f"choice of {', '.join(self.values)}" if self.kind is TypeKind.CHOICE else self.kind.value


NUMBER: Final = Type(TypeKind.NUMBER)
TEXT: Final = Type(TypeKind.TEXT)
BOOLEAN: Final = Type(TypeKind.BOOLEAN)
DATE: Final = Type(TypeKind.DATE)
TIME: Final = Type(TypeKind.TIME)
DATE_TIME: Final = Type(TypeKind.DATE_TIME)
DURATION: Final = Type(TypeKind.DURATION)
ANY: Final = Type(TypeKind.ANY)


def choice_of(*values: str) -> Type:
    return Type(TypeKind.CHOICE, values)


def ordered_choice_of(*values: str) -> Type:
    return Type(TypeKind.CHOICE, values, ordered=True)


def row_of(columns: Mapping[str, Type]) -> Type:
    return Type(TypeKind.ROW, columns=columns)


def record_of(collection: str) -> Type:
    return Type(TypeKind.RECORD, collection=collection)


def union(first: Type, second: Type) -> Type | None:
    """The type of something that is either; None if no type holds both."""
    if first == second or second.kind is TypeKind.ANY:
        return first
    if first.kind is TypeKind.ANY:
        return second
    if first.kind is not second.kind:
        return None
    if first.kind is TypeKind.CHOICE:
        return _union_of_choices(first, second)
    if first.kind is TypeKind.RECORD:
        return first if first.collection == second.collection else None
    return _union_of_rows(first, second) if first.kind is TypeKind.ROW else first


def _union_of_choices(first: Type, second: Type) -> Type:
    for wide, narrow in ((first, second), (second, first)):
        if set(narrow.values) <= set(wide.values):
            return wide
    return choice_of(*dict.fromkeys(first.values + second.values))


def _union_of_rows(first: Type, second: Type) -> Type | None:
    columns: dict[str, Type] = {}
    for name in first.columns:
        both = union(first.columns[name], second.columns.get(name, ANY))
        if both is None:
            return None
        columns[name] = both
    return row_of(columns)
