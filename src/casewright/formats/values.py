"""Data and expected results in the words that a tester reads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal

from casewright.design.cases import Expected, Scalar, Step
from casewright.formats import words

_LABELS = (words.YES, words.NO, words.EMPTY)
_RESERVED = {label for both in _LABELS for label in (both.zh, both.en)}
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""Line breaks, control characters, and what is no character."""


def shown(value: Scalar, language: str) -> str:
    """The value on one line. A number is written exactly, never with an exponent.

    A text that would be misread is written in quotes, as in JSON: an empty one, one with blanks at its ends
    or with line breaks, one that is also a label ('是', 'no', '（空）'). Text of digits and a number look
    the same: a form takes both the same way.
    """
    match value:
        case None:
            return words.EMPTY.text(language)
        case bool():
            return (words.YES if value else words.NO).text(language)
        case Decimal():
            return f"{value:f}"
        case int():
            return str(value)
        case str():
            return _quoted(value) if _misread(value) else value


def shown_name(name: str) -> str:
    """The name of a field on one line, in quotes where it would be misread in `name: value`."""
    return _quoted(name) if _misread(name) or ":" in name or "：" in name else name


def _quoted(text: str) -> str:
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def _misread(text: str) -> bool:
    return (
        text != text.strip()
        or text == ""
        or text.startswith('"')
        or text in _RESERVED
        or _UNSEEN.search(text) is not None
    )


def pairs(data: Mapping[str, Scalar], language: str) -> list[str]:
    """'amount: 10.50', '金额：10.50', … in the order of `data`."""
    colon = "：" if language == "zh" else ": "
    return [f"{shown_name(name)}{colon}{shown(value, language)}" for name, value in data.items()]


def data_text(step: Step, language: str) -> str:
    """The data of a step, one field a line."""
    return "\n".join(pairs(step.data, language))


def expectation(step: Step, language: str) -> str:
    """What is expected of the step: its sentence, or else what the model computed; '' if neither says."""
    return step.expectation if step.expectation.strip() else _computed(step.expected, language)


def _computed(expected: Expected, language: str) -> str:
    parts: list[str] = []
    if expected.outcome is not None:
        outcome = words.OUTCOMES[expected.outcome].text(language)
        parts += pairs({words.RESULT.text(language): outcome}, language)
    parts += pairs(expected.outputs, language)
    if expected.state is not None:
        parts += pairs({words.STATE.text(language): expected.state}, language)
    return ("；" if language == "zh" else "; ").join(parts)
