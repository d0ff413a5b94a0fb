"""The shape of a test model. Keys in YAML are the aliases (with spaces); expressions are text here and
are parsed by `casewright.design.model.compiled`.

An expression may hold the word `unknown`: there the document was not understood. The oracle carries it on
(three-valued logic), so that nothing that could depend on it is asserted. A person who knows replaces it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, cast

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from casewright.design.model.basics import NOBODY as NOBODY
from casewright.design.model.basics import (
    Cell,
    Expression,
    From,
    LengthText,
    OneOrMore,
    Part,
    YesNo,
)
from casewright.design.model.basics import InputType as InputType
from casewright.design.model.basics import Length as Length
from casewright.design.model.record_schema import Record
from casewright.design.model.step_schema import Clock, DueRule, InputGroup, SharedEffect, Step

SCHEMA_VERSION = 1
_IN_ORDER = "in order"
Effect = Step


class Figure(Part):
    """A number of the document, named once."""

    value: Expression = Field(validation_alias="is", serialization_alias="is")
    unit: str = ""
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


def _with_in_order(schema: JsonDict) -> None:
    """`in order: [...]` is another way to write `of` and `ordered`."""
    properties = cast("JsonDict", schema["properties"])
    properties["in order"] = properties["of"]
    schema["required"] = []


class Choice(Part):
    """An enumerated type; `ordered`: its values can be compared with <. In YAML also `{in order: [a, b]}`,
    or only the list of its values."""

    model_config = ConfigDict(json_schema_extra=_with_in_order)

    of: tuple[str, ...]
    ordered: bool = False
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")

    @model_validator(mode="before")
    @classmethod
    def _other_spellings(cls, data: Any) -> Any:
        if isinstance(data, list):
            return {"of": cast("list[Any]", data)}
        if not isinstance(data, dict):
            return data
        given = cast("dict[str, Any]", data)
        if _IN_ORDER not in given or "of" in given:
            return given
        rest = {key: value for key, value in given.items() if key != _IN_ORDER}
        return {**rest, "of": given[_IN_ORDER], "ordered": True}


class LookupTable(Part):
    """Looked up by its keys: `table[a, b].column`. `any` as a key fits all; no row or a cell `missing`
    reads as missing."""

    keys: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Input(Part):
    """A field of an operation. What arrives is missing, of the wrong kind, breaks a rule, or is valid.

    `required`, `asked if`: expressions or yes/no; an input that isn't asked for reads as missing and is
    never invalid. `min`…`below` bound numbers; dates and times as text in their own notation.
    `scale`: digits after the point that are allowed; more break a rule (nothing is rounded).
    """

    type: InputType
    unit: str = ""
    required: Literal["yes", "no"] | Expression = "yes"
    asked_if: Expression | None = Field(
        default=None, validation_alias="asked if", serialization_alias="asked if"
    )
    if_left_out: Expression | None = Field(
        default=None, validation_alias="if left out", serialization_alias="if left out"
    )
    of: tuple[str, ...] = ()
    """The values of a choice, as written in the document; of a number, if only some are allowed."""
    also: dict[str, str] = {}
    min: Expression | None = None
    max: Expression | None = None
    above: Expression | None = None
    below: Expression | None = None
    scale: int | None = None
    multiple_of: Decimal | None = Field(
        default=None, validation_alias="multiple of", serialization_alias="multiple of"
    )
    length: LengthText | None = None
    trimmed: Literal["yes", "no"] = "no"
    """Outer spaces are not counted."""
    pattern: str | None = None
    """A regular expression for the whole text (the small dialect of `casewright.design.patterns`)."""
    format: str | None = None
    """How a date or time is written: 'YYYY-MM-DD', 'HH:MM', 'YYYY-MM-DD HH:MM'."""
    says: str | None = None
    """The message of the refusal when this input is invalid."""
    unsure_at: tuple[Expression, ...] = Field(
        default=(), validation_alias="unsure at", serialization_alias="unsure at"
    )
    """Values on which the document is ambiguous ('以上'): whether they are valid is unknown."""
    unsure_if: Expression | None = Field(
        default=None, validation_alias="unsure if", serialization_alias="unsure if"
    )
    """Where it holds the document has an exception that was not understood: nothing is known of validity."""
    unread: str | None = None
    """A sentence about the input that was not understood: whether a value that breaks no known rule is
    valid is unknown."""
    wrong_kind: Literal["breaks", "unknown"] = Field(
        default="breaks", validation_alias="wrong kind", serialization_alias="wrong kind"
    )
    """'unknown' where the document says nothing of values of the wrong kind."""
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Reject(Part):
    """A refusal. It changes nothing unless it has `then`. `say: None` with a known condition means that the
    document gives no message."""

    condition: Expression = Field(validation_alias="if", serialization_alias="if")
    say: str | None = None
    show: dict[str, Expression] = {}
    then: tuple[Step, ...] = ()
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Operation(Part):
    """`reject` is ordered: the first that holds decides. The text 'each invalid input' stands for one
    refusal for every input in the order of `inputs`, with the text that the input `says`.

    `find` and `let` values are those from before the first change, `find` may hold records; `answer` is read
    after the last change, `answer always` also with a refusal. A `let` that is a list is a first-hit list of
    'value if condition' with a last 'value otherwise'.
    """

    by: OneOrMore = ()
    """Who does it, told but not checked; what is checked stands in `may` or `reject`."""
    inputs: dict[str, Input] = {}
    input_groups: tuple[InputGroup, ...] = Field(
        default=(), validation_alias="input groups", serialization_alias="input groups"
    )
    find: dict[str, Expression] = {}
    let: dict[str, Expression | tuple[Expression, ...]] = {}
    state_of: Expression | None = Field(
        default=None, validation_alias="state of", serialization_alias="state of"
    )
    """The record whose state every answer shows, and which `state` and `may` look at."""
    own: Expression | None = None
    silent: Expression | None = None
    """Where it holds the document says nothing: the answer and what is left are unknown."""
    reject: tuple[Reject | Literal["each invalid input"], ...] = ()
    then: tuple[Step, ...] = ()
    answer: dict[str, Expression] = {}
    answer_always: dict[str, Expression] = Field(
        default={}, validation_alias="answer always", serialization_alias="answer always"
    )
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class States(Part):
    """The states of the one thing that the operations act on."""

    are: tuple[str, ...]
    starts: str
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Variable(Part):
    """A quantity that persists, or with `is a` a pointer to a record. `per` names a choice: one value for
    each of its values."""

    type: InputType | None = None
    is_a: str | None = Field(default=None, validation_alias="is a", serialization_alias="is a")
    of: tuple[str, ...] = ()
    may_be_missing: YesNo = Field(
        default="no", validation_alias="may be missing", serialization_alias="may be missing"
    )
    starts: Expression
    per: str | None = None
    scale: int | None = None
    unit: str = ""
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


ANY_STATE = "any"


class Grant(Part):
    """`only`: what is his own, or what is not."""

    states: tuple[str, ...] = Field(default=(ANY_STATE,), validation_alias="in", serialization_alias="in")
    only: Literal["own", "others"] | None = None


class ExampleStep(Part):
    """One call; an input that is empty is left out."""

    do: str
    actor: str | None = Field(default=None, validation_alias="as", serialization_alias="as")
    inputs: dict[str, str] = Field(default={}, validation_alias="with", serialization_alias="with")


class Example(Part):
    """A worked example of the document; it is run at every check and must agree. `after`: what is done
    first. `as above but`: the call of the example before, with these inputs changed."""

    do: str = ""
    actor: str | None = Field(default=None, validation_alias="as", serialization_alias="as")
    inputs: dict[str, str] = Field(default={}, validation_alias="with", serialization_alias="with")
    as_above_but: dict[str, str] | None = Field(
        default=None, validation_alias="as above but", serialization_alias="as above but"
    )
    after: tuple[ExampleStep, ...] = ()
    expect: dict[str, str] = {}
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


def written_out(examples: Sequence[Example]) -> tuple[Example, ...]:
    """The examples with 'as above but' replaced by what it stands for."""
    full: list[Example] = []
    for example in examples:
        if example.as_above_but is None or not full:
            full.append(example)
            continue
        above = full[-1]
        changed = {
            "do": example.do or above.do,
            "actor": example.actor if example.actor is not None else above.actor,
            "inputs": {**above.inputs, **example.as_above_but, **example.inputs},
            "after": example.after or above.after,
            "as_above_but": None,
        }
        full.append(example.model_copy(update=changed))
    return tuple(full)


class NotModelled(Part):
    """A sentence of a testable requirement that the model does not hold, and what it may concern."""

    text: str
    concerns: tuple[str, ...] = ()
    """Paths of elements, such as 'operations.转账.answer.手续费'; they are `unknown` in places."""
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Question(Part):
    """What the author has to be asked; becomes a clarification."""

    ask: dict[Literal["zh", "en"], str]
    kind: Literal["ambiguity", "gap", "contradiction", "not understood"] = "ambiguity"
    witness: str = ""
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Model(Part):
    """One feature. `text numbers`: is "12" in quotes a number; `whole decimals`: is 30.0 a whole number."""

    version: Literal[1] = Field(
        default=SCHEMA_VERSION, validation_alias="casewright model", serialization_alias="casewright model"
    )
    feature: str
    language: Literal["zh", "en"] = "en"
    message: str = "message"
    """The name of the output that carries the text of a refusal."""
    text_numbers: Literal["refused", "accepted", "unknown"] = Field(
        default="unknown", validation_alias="text numbers", serialization_alias="text numbers"
    )
    whole_decimals: Literal["refused", "accepted", "unknown"] = Field(
        default="unknown", validation_alias="whole decimals", serialization_alias="whole decimals"
    )
    roles: tuple[str, ...] = ()
    states: States | None = None
    terms: dict[str, tuple[str, ...]] = {}
    """Named groups of states or values."""
    figures: dict[str, Figure] = {}
    choices: dict[str, Choice] = {}
    tables: dict[str, LookupTable] = {}
    clock: Clock | None = None
    records: dict[str, Record] = {}
    state: dict[str, Variable] = {}
    derived: dict[str, Expression] = {}
    state_of: Expression | None = Field(
        default=None, validation_alias="state of", serialization_alias="state of"
    )
    """Whose state the answers show, for operations that don't say."""
    answer_always: dict[str, Expression] = Field(
        default={}, validation_alias="answer always", serialization_alias="answer always"
    )
    own: Expression | None = None
    """When what an operation is about belongs to the actor."""
    effects: dict[str, SharedEffect] = {}
    may: Mapping[str, Mapping[str, tuple[str, ...] | Grant]] = {}
    """operation → role → the states in which the role may do it ('any': in all). A role that is not listed,
    and `nobody` unless listed, never may. An operation that is not in `may` has no such check."""
    operations: dict[str, Operation]
    due: tuple[DueRule, ...] = ()
    examples: tuple[Example, ...] = ()
    not_modelled: tuple[NotModelled, ...] = Field(
        default=(), validation_alias="not modelled", serialization_alias="not modelled"
    )
    questions: tuple[Question, ...] = ()
