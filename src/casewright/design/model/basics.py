"""What the shapes of a test model are made of: names for kinds of text, types, lengths."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

NOBODY = "nobody"
"""The actor of a request that carries no role."""

YesNo = Literal["yes", "no"]
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
    """Bounds of a text's length in characters, both included; None: no bound on that side.

    With a `condition` the bounds hold only where it does; where it doesn't, those of `otherwise`.
    """

    least: int | None = Field(None, ge=0)
    most: int | None = Field(None, ge=0)
    condition: Expression | None = None
    otherwise: Length | None = None

    def __str__(self) -> str:
        least, most = ("" if end is None else str(end) for end in (self.least, self.most))
        bounds = f"{least}..{most}"
        return bounds if self.condition is None else f"{bounds} if {self.condition} else {self.otherwise}"


def _length(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    conditional = _CONDITIONAL_LENGTH.fullmatch(value)
    if conditional is not None:
        return {
            **_length(conditional["bounds"]),
            "condition": conditional["condition"],
            "otherwise": _length(conditional["otherwise"]),
        }
    match = _LENGTH.fullmatch(value)
    if match is None:
        raise ValueError("a length is written as 2..60, ..20, 5.. or 8")
    if match["exactly"]:
        return {"least": match["exactly"], "most": match["exactly"]}
    return {"least": match["least"] or None, "most": match["most"] or None}


_BOUNDS: Final = r"(?:[0-9]{1,9}|[0-9]{0,9}\s*\.\.\s*[0-9]{0,9})"
_LENGTH: Final = re.compile(
    r"\s*(?:(?P<exactly>\d{1,9})|(?P<least>\d{0,9})\s*\.\.\s*(?P<most>\d{0,9}))\s*", re.ASCII
)
_CONDITIONAL_LENGTH: Final = re.compile(
    rf"\s*(?P<bounds>{_BOUNDS})\s+if\s+(?P<condition>\S.*?)\s+else\s+(?P<otherwise>{_BOUNDS}(?:\s+if\s.*)?)\s*",
    re.DOTALL,
)
LengthText = Annotated[
    Length,
    BeforeValidator(_length),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": rf"^{_BOUNDS}( if .+ else {_BOUNDS})*$"}),
]
"""In YAML '2..60', '..20', '5..', '8' for exactly 8, or '5..200 if kind = a else 0..200'."""
