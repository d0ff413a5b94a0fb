"""The shape of a test model. Keys in YAML are the aliases (with spaces); expressions are text here and
are parsed by `casewright.design.model.compiled`.

An expression may hold the word `unknown`: there the document was not understood. The oracle carries it on
(three-valued logic), so that nothing that could depend on it is asserted. A person who knows replaces it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

SCHEMA_VERSION = 1
NOBODY = "nobody"
"""The actor of a request that carries no role."""

Expression = str
Cell = str
"""A cell of a table is an expression too: a number, a word of a choice, 'missing', or a formula."""


def _words(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


def _as_words(ids: tuple[str, ...]) -> str | list[str]:
    joined = " ".join(ids)
    return joined if tuple(joined.split()) == ids else list(ids)


From = Annotated[
    tuple[str, ...],
    BeforeValidator(_words),
    PlainSerializer(_as_words),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""Ids of the requirement items that an element rests on; in YAML words with spaces between, or a list."""


def _one_or_more(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _as_one_or_more(values: tuple[str, ...]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


OneOrMore = Annotated[
    tuple[str, ...],
    BeforeValidator(_one_or_more),
    PlainSerializer(_as_one_or_more),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""In YAML one text or a list."""


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Figure(Part):
    """A number of the document, named once."""

    value: Expression = Field(validation_alias="is", serialization_alias="is")
    unit: str = ""
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Choice(Part):
    """An enumerated type; `ordered`: its values can be compared with <."""

    of: tuple[str, ...]
    ordered: bool = False
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class LookupTable(Part):
    """Looked up by its keys: `table[a, b].column`. `any` as a key fits all; no row or a cell `missing`
    reads as missing."""

    keys: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class InputType(StrEnum):
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date-time"


class Length(Part):
    """Bounds of a text's length in characters, both included; None: no bound on that side."""

    least: int | None = Field(None, ge=0)
    most: int | None = Field(None, ge=0)

    def __str__(self) -> str:
        least, most = ("" if end is None else str(end) for end in (self.least, self.most))
        return f"{least}..{most}"


def _length(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = _LENGTH.fullmatch(value)
    if match is None:
        raise ValueError("a length is written as 2..60, ..20, 5.. or 8")
    if match["exactly"]:
        return {"least": match["exactly"], "most": match["exactly"]}
    return {"least": match["least"] or None, "most": match["most"] or None}


_LENGTH: Final = re.compile(
    r"\s*(?:(?P<exactly>\d{1,9})|(?P<least>\d{0,9})\s*\.\.\s*(?P<most>\d{0,9}))\s*", re.ASCII
)
LengthText = Annotated[
    Length,
    BeforeValidator(_length),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": r"^\d+$|^\d*\.\.\d*$"}),
]
"""In YAML '2..60', '..20', '5..', or '8' for exactly 8."""


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


class Effect(Part):
    """One step of `then`. All right sides of one `set` are read before anything changes."""

    when: Expression | None = None
    set: dict[str, Expression]
    """Targets: `state`, a variable, `variable[key]`, `variable[every]`."""
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Reject(Part):
    """A refusal. It changes nothing unless it has `then`. `say: None` with a known condition means that the
    document gives no message."""

    condition: Expression = Field(validation_alias="if", serialization_alias="if")
    say: str | None = None
    show: dict[str, Expression] = {}
    then: tuple[Effect, ...] = ()
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Operation(Part):
    """`reject` is ordered: the first that holds decides. The text 'each invalid input' stands for one
    refusal for every input in the order of `inputs`, with the text that the input `says`.

    `let` values are those from before the first change; `answer` is read after the last.
    A `let` that is a list is a first-hit list of 'value if condition' with a last 'value otherwise'.
    """

    by: OneOrMore = ()
    """Who does it, told but not checked; what is checked stands in `may` or `reject`."""
    inputs: dict[str, Input] = {}
    let: dict[str, Expression | tuple[Expression, ...]] = {}
    reject: tuple[Reject | Literal["each invalid input"], ...] = ()
    then: tuple[Effect, ...] = ()
    answer: dict[str, Expression] = {}
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class States(Part):
    """The states of the one thing that the operations act on."""

    are: tuple[str, ...]
    starts: str
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


class Variable(Part):
    """A quantity that persists. `per` names a choice: one value for each of its values."""

    type: InputType
    starts: Expression
    per: str | None = None
    scale: int | None = None
    unit: str = ""
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


ANY_STATE = "any"


class Example(Part):
    """A worked example of the document; it is run at every check and must agree."""

    do: str
    actor: str | None = Field(default=None, validation_alias="as", serialization_alias="as")
    inputs: dict[str, str] = Field(default={}, validation_alias="with", serialization_alias="with")
    expect: dict[str, str] = {}
    source: From = Field(default=(), validation_alias="from", serialization_alias="from")


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
    state: dict[str, Variable] = {}
    derived: dict[str, Expression] = {}
    may: dict[str, dict[str, tuple[str, ...]]] = {}
    """operation → role → the states in which the role may do it ('any': in all). A role that is not listed,
    and `nobody` unless listed, never may. An operation that is not in `may` has no such check."""
    operations: dict[str, Operation]
    examples: tuple[Example, ...] = ()
    not_modelled: tuple[NotModelled, ...] = Field(
        default=(), validation_alias="not modelled", serialization_alias="not modelled"
    )
    questions: tuple[Question, ...] = ()
