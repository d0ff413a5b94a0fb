"""What a process that wants a file read and the confined process that reads it say to each other.

The child gets on its standard input one line, a `Request`, and then the bytes of the file. It answers in
lines of a word and a payload: `ready`, any number of `progress`, and one that ends it.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from casewright.documents.errors import ERRORS, DocumentError
from casewright.documents.limits import Limits

OUT_OF_MEMORY = 86
"""Exit status of a child that can't even say that its memory is used up."""

_LONGEST_PARAMETER = 200


class Request(BaseModel):
    model_config = ConfigDict(frozen=True)

    name: str
    limits: Limits


class Word(StrEnum):
    READY = "ready"
    """Before the first byte of the file is read; the payload is empty."""
    PROGRESS = "progress"
    """The share that is done, 0 to 1."""
    DOCUMENT = "document"
    """The document as JSON; the last line."""
    ERROR = "error"
    """A `DocumentError` as JSON; the last line."""
    UNAVAILABLE = "unavailable"
    """The reader itself can't be loaded; the payload says what is missing; the last line."""


def line(word: Word, payload: bytes = b"") -> bytes:
    """`payload` has no line ends."""
    return word.encode() + b" " + payload + b"\n"


class _Said(BaseModel):
    code: str
    parameters: dict[str, str]


def error_payload(error: DocumentError) -> bytes:
    parameters = {key: value[:_LONGEST_PARAMETER] for key, value in error.parameters.items()}
    return _Said(code=error.code, parameters=parameters).model_dump_json().encode()


def error_from(payload: bytes) -> DocumentError:
    """The error that `error_payload` wrote down. Raises ValueError or KeyError when it is none."""
    said = _Said.model_validate_json(payload)
    return ERRORS[said.code](**said.parameters)
