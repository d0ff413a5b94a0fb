"""The shape of records: what is kept in collections, each with a key."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from casewright.design.model.basics import Expression, From, InputType, Part, YesNo

GIVEN = "given"
COUNTED = "counts from 1"


class RecordField(Part):
    """Of a `type`, or with `is a` a pointer to a record of that collection.

    `starts`: its value where a record is created without one.
    """

    type: InputType | None = None
    is_a: str | None = Field(default=None, validation_alias="is a", serialization_alias="is a")
    of: tuple[str, ...] = ()
    may_be_missing: YesNo = Field(
        default="no", validation_alias="may be missing", serialization_alias="may be missing"
    )
    starts: Expression | None = None
    scale: int | None = None
    unit: str = ""
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Record(Part):
    """A collection of records of one kind.

    `key`: 'given' (set when a record is created, of the type of the input of that name, else a text),
    'counts from 1' (never used twice, not used up by refusals), or a field that is given. Without a key the
    records are counted. `derived` is read like a field, at the moment when it is asked for.
    """

    key: dict[str, Literal["given", "counts from 1"] | RecordField] = {}
    ignoring_case: YesNo = Field(
        default="no", validation_alias="ignoring case", serialization_alias="ignoring case"
    )
    fields: dict[str, RecordField] = {}
    state: tuple[str, ...] = ()
    """The first is the state at creation, unless something else is said there."""
    derived: dict[str, Expression] = {}
    part_of: str | None = Field(default=None, validation_alias="part of", serialization_alias="part of")
    """It has a field of that name and is removed with it."""
    starts_with: tuple[dict[str, str], ...] = Field(
        default=(), validation_alias="starts with", serialization_alias="starts with"
    )
    """Rows that are there at the start. Texts stand as they are, of what is pointed at its key."""
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")
