"""JSON text with exact numbers: a `Decimal` is written digit for digit, which the standard library can't."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | Decimal | bool | None


def dumps(value: Json) -> bytes:
    """`value` as UTF-8, indented by two, with a line break at the end. Keys stay in their order.

    Raises ValueError for a number that JSON has no way to write (infinity, NaN).
    """
    text = _text(value, "\n") + "\n"
    # Half of a surrogate pair has no UTF-8; what this error handler puts instead is JSON's own escape.
    return text.encode("utf-8", errors="backslashreplace")


def _text(value: Json, line: str) -> str:
    match value:
        case None | bool() | str():
            return json.dumps(value, ensure_ascii=False)
        case int():
            return str(value)
        case Decimal():
            return _number(value)
        case Mapping():
            inner = line + "  "
            return _block(
                "{}",
                line,
                (
                    f"{json.dumps(key, ensure_ascii=False)}: {_text(item, inner)}"
                    for key, item in value.items()
                ),
            )
        case _:
            return _block("[]", line, (_text(item, line + "  ") for item in value))


def _number(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"JSON has no number {value}")
    return str(value)


def _block(brackets: str, line: str, items: Iterable[str]) -> str:
    inside = f",{line}  ".join(items)
    return f"{brackets[0]}{line}  {inside}{line}{brackets[1]}" if inside else brackets
