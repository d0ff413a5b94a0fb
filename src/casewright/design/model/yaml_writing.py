"""Writes plain data as YAML for people: short elements on one line, everything else in block style.

Only texts are written, so what reads it must take every scalar as a text (see `yaml_reading`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Union, cast

WIDTH: Final = 100
"""How wide an element on one line may become."""
MAX_SIMPLE_KEY: Final = 200
"""Longer keys are written after `?`: YAML allows no more than 1024 characters before the colon."""
_NEVER_PLAIN: Final = re.compile(r"""\A[-?:,\[\]{}#&*!|>'"%@`]|:\s|:\Z|\s\#|\A\s|\s\Z|\A\.\.\.|\A\Z""")
_BREAKS_FLOW: Final = re.compile(r"[,\[\]{}]")
_OPEN_KEYS: Final = frozenset({"inputs", "let", "set"})
"""Under these every element has a line of its own."""
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}

_LAST_CASE: Final = " otherwise"
"""Ends a first-hit list, which is read line by line."""

Plain = Union["Mapping[str, Plain]", "Sequence[Plain]", str, int]
"""Mappings, sequences, and what `str` makes a scalar of."""


def write_yaml(data: Mapping[str, Any]) -> str:
    return "\n".join(_mapping(data)) + "\n"


def _block(value: Plain) -> list[str]:
    return _mapping(value) if isinstance(value, Mapping) else _sequence(cast("Sequence[Plain]", value))


def _mapping(data: Mapping[str, Plain]) -> list[str]:
    lines: list[str] = []
    for key, value in data.items():
        written = _scalar(key)
        line = None if key in _OPEN_KEYS and isinstance(value, Mapping) and value else _one_line(value)
        if len(written) > MAX_SIMPLE_KEY:
            lines.append(f"? {written}")
            written = ""
        if line is not None:
            lines.append(f"{written}: {line}")
        else:
            lines += [f"{written}:", *("  " + inner for inner in _block(value))]
    return lines


def _sequence(data: Sequence[Plain]) -> list[str]:
    lines: list[str] = []
    for item in data:
        line = _one_line(item)
        first, *others = [line] if line is not None else _block(item)
        lines += [f"- {first}", *("  " + other for other in others)]
    return lines


def _one_line(value: Plain) -> str | None:
    """None where block style is needed or is easier to read."""
    if isinstance(value, Mapping):
        return _flow_mapping(value)
    return _flow_sequence(value) if _is_sequence(value) else _scalar(str(value))


def _flow_mapping(data: Mapping[str, Plain]) -> str | None:
    entries: list[str] = []
    for key, value in data.items():
        name, inner = _in_flow(key), _within_mapping(key, value)
        if name is None or inner is None:
            return None
        entries.append(f"{name}: {inner}")
    return _if_short("{" + ", ".join(entries) + "}")


def _within_mapping(key: str, value: Plain) -> str | None:
    """A mapping within another is on its line only where one thing is set."""
    if isinstance(value, Mapping):
        return _flow_mapping(value) if key == "set" and len(value) == 1 else None
    return _flow_sequence(value) if _is_sequence(value) else _in_flow(str(value))


def _flow_sequence(data: Plain) -> str | None:
    items: list[str] = []
    for item in cast("Sequence[Plain]", data):
        if str(item).endswith(_LAST_CASE):
            return None
        inner = None if isinstance(item, Mapping) or _is_sequence(item) else _in_flow(str(item))
        if inner is None:
            return None
        items.append(inner)
    return _if_short(f"[{', '.join(items)}]")


def _is_sequence(value: Plain) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _if_short(line: str) -> str | None:
    return line if len(line) <= WIDTH else None


def _in_flow(text: str) -> str | None:
    """None where brackets or commas would have to be quoted only because of the style."""
    written = _scalar(text)
    breaks = written == text and _BREAKS_FLOW.search(text)
    return None if breaks or len(written) > MAX_SIMPLE_KEY else written


def _scalar(text: str) -> str:
    if _NEVER_PLAIN.search(text) or not text.isprintable():
        return '"' + "".join(map(_escaped, text)) + '"'
    return text


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
