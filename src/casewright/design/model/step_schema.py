"""The shape of what happens: steps, effects that operations share, the clock and what it brings about."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from casewright.design.model.basics import Expression, From, InputType, OneOrMore, Part


class Step(Part):
    """One step of `then`, of one kind: `set`, `create`, `remove`, `for each`, `do`, or steps under `then`.

    All right sides of one `set` are read before anything changes. Targets: `state`, a variable,
    `variable[key]`, `variable[every]`, a field of a record.
    """

    when: Expression | None = None
    let: dict[str, Expression | tuple[Expression, ...]] = {}
    set: dict[str, Expression] = {}
    create: str | None = None
    name: str | None = Field(default=None, validation_alias="as", serialization_alias="as")
    """What the created record is called in what follows."""
    values: dict[str, Expression] = Field(default={}, validation_alias="with", serialization_alias="with")
    """Of the fields of what is created; of the parameters of what is done."""
    remove: Expression | None = None
    """A record; with a collection all its records for which `where` holds."""
    for_each: str | None = Field(default=None, validation_alias="for each", serialization_alias="for each")
    where: Expression | None = None
    by: Expression | None = None
    """The order in which the records are gone through; else that of their creation."""
    do: str | None = None
    then: tuple[Step, ...] = ()
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Parameter(Part):
    """What an effect is given: a value of a type or a record."""

    type: InputType | None = None
    is_a: str | None = Field(default=None, validation_alias="is a", serialization_alias="is a")
    of: tuple[str, ...] = ()


class SharedEffect(Part):
    """Steps that several operations, effects or due rules do."""

    takes: dict[str, Parameter] = {}
    let: dict[str, Expression | tuple[Expression, ...]] = {}
    then: tuple[Step, ...]
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class InputGroup(Part):
    """Inputs that are given together or not at all, or of which one has to be given."""

    all_or_none_of: tuple[str, ...] = Field(
        default=(), validation_alias="all or none of", serialization_alias="all or none of"
    )
    at_least_one_of: tuple[str, ...] = Field(
        default=(), validation_alias="at least one of", serialization_alias="at least one of"
    )
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Clock(Part):
    """`starts`: a date, a date-time, or a number that counts `unit`s.

    `moved by`: inputs ('operation.input') that say by how many units, `moved to by`: those that say to when.
    """

    unit: Literal["second", "minute", "hour", "day"] = "day"
    starts: Expression
    moved_by: OneOrMore = Field(default=(), validation_alias="moved by", serialization_alias="moved by")
    moved_to_by: OneOrMore = Field(
        default=(), validation_alias="moved to by", serialization_alias="moved to by"
    )
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class DueRule(Part):
    """What happens by itself when the clock comes to `at`, for each record for which `where` holds."""

    for_each: str | None = Field(default=None, validation_alias="for each", serialization_alias="for each")
    where: Expression | None = None
    at: Expression
    do: str | None = None
    values: dict[str, Expression] = Field(default={}, validation_alias="with", serialization_alias="with")
    then: tuple[Step, ...] = ()
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")
