"""Of what kind a sent value is: the number, text, word, date or time that a field's type reads in it.

Where documents and systems commonly differ (is "12" a number, is 30.0 whole, is `2025-3-1` a date), more
than one verdict stays possible, and nothing is guessed.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal

from casewright.design.cases import Scalar
from casewright.design.expressions.environment import InputStatus
from casewright.design.expressions.values import UNKNOWN, Value
from casewright.design.model.schema import InputType

Setting = Literal["refused", "accepted", "unknown"]
Sent = bool | int | Decimal | str
"""A value that is there: neither None nor an empty text."""

Verdicts = frozenset[InputStatus]
"""What may be said of a value: some of VALID, WRONG_KIND, BREAKS_RULE."""

VALID: Verdicts = frozenset({InputStatus.VALID})
WRONG_KIND: Verdicts = frozenset({InputStatus.WRONG_KIND})
BREAKS_RULE: Verdicts = frozenset({InputStatus.BREAKS_RULE})
NOT_OF_THE_FORM = WRONG_KIND | BREAKS_RULE
"""Invalid for certain; documents differ in what they call it."""
ANYTHING = VALID | NOT_OF_THE_FORM

LARGEST_EXPONENT = 1_000
"""A number with more digits than this is nobody's data; what a system makes of it is not known."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field expects: `words` are a choice's values, `also` other spellings of a value."""

    type: InputType
    words: Sequence[str] = ()
    also: Mapping[str, str] | None = None
    format: str | None = None
    text_numbers: Setting = "unknown"
    whole_decimals: Setting = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` is UNKNOWN where it isn't certain what was sent, should it be valid.

    `foreign`: of another kind than the field's, which is where many documents say nothing.
    """

    value: Value
    verdicts: Verdicts
    foreign: bool = False


_FOREIGN = Reading(UNKNOWN, WRONG_KIND, foreign=True)


def read_as(kind: Kind, sent: Sent) -> Reading:
    """What the field makes of the value."""
    return _READERS[kind.type](kind, sent)


def as_number(sent: Scalar) -> Fraction | None:
    """The exact number, if it is one that can be written down."""
    if isinstance(sent, bool) or not isinstance(sent, int | Decimal):
        return None
    if isinstance(sent, Decimal):
        if not sent.is_finite() or abs(sent.adjusted()) > LARGEST_EXPONENT:
            return None
        return Fraction(sent)
    return Fraction(sent) if sent.bit_length() < 4 * LARGEST_EXPONENT else None


def decimals(number: Fraction) -> int | None:
    """Digits after the point, trailing zeros not counted; None if no finite number of them is enough."""
    twos = fives = 0
    rest = number.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


_PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NUMBER_LIKE = re.compile(r"0[xob][0-9a-f]+|infinity|inf|nan", re.IGNORECASE)
_NEITHER_SIGN_NOR_GROUP = re.compile(r"[\s,_'’$€£¥%]")


def may_be_number(text: str) -> bool:
    """Could some system take the text for a number ('1,200', ' 12', '１２', '1e3')?"""
    plain = _NEITHER_SIGN_NOR_GROUP.sub("", unicodedata.normalize("NFKC", text))
    if _NUMBER_LIKE.fullmatch(plain.lstrip("+-")):
        return True
    try:
        Decimal(plain)
    except InvalidOperation:
        return False
    return True


def _number_from_text(kind: Kind, text: str) -> Reading:
    if not may_be_number(text) or kind.text_numbers == "refused":
        return _FOREIGN
    if not _PLAIN_NUMBER.fullmatch(text) or len(text) > LARGEST_EXPONENT:
        return Reading(UNKNOWN, ANYTHING)
    inner = _number(kind, Decimal(text) if "." in text else int(text))
    if kind.text_numbers == "accepted":
        return inner
    return Reading(inner.value, inner.verdicts | WRONG_KIND, foreign=True)


def _number(kind: Kind, sent: Sent) -> Reading:
    if isinstance(sent, str):
        return _number_from_text(kind, sent)
    if isinstance(sent, bool):
        return _FOREIGN
    number = as_number(sent)
    if number is None:
        return Reading(UNKNOWN, ANYTHING)
    verdicts = VALID if kind.type is not InputType.INTEGER else _wholeness(kind, sent, number)
    foreign = InputStatus.WRONG_KIND in verdicts
    if kind.words and not any(number == _word_as_number(word) for word in kind.words):
        verdicts = (verdicts - VALID) | BREAKS_RULE
    return Reading(number, verdicts, foreign)


def _wholeness(kind: Kind, sent: int | Decimal, number: Fraction) -> Verdicts:
    if number.denominator != 1:
        return WRONG_KIND
    written_with_point = isinstance(sent, Decimal) and sent.as_tuple().exponent not in {0}
    if not written_with_point or kind.whole_decimals == "accepted":
        return VALID
    return WRONG_KIND if kind.whole_decimals == "refused" else VALID | WRONG_KIND


def _word_as_number(word: str) -> Fraction | None:
    return Fraction(word) if _PLAIN_NUMBER.fullmatch(word) else None


def _text(_: Kind, sent: Sent) -> Reading:
    return Reading(sent, VALID) if isinstance(sent, str) else _FOREIGN


def loosely(text: str) -> str:
    """The text without what systems commonly overlook: case, width, outer and repeated spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


_BOOLEAN_WORDS = frozenset(
    ["true", "false", "yes", "no", "y", "n", "t", "f", "on", "off", "1", "0", "是", "否", "真", "假"]
)


def _choice(kind: Kind, sent: Sent) -> Reading:
    also = kind.also or {}
    spelling = str(sent).lower() if isinstance(sent, bool) else str(sent)
    if spelling in also and sent not in ("true", "false"):  # as text they may or may not be meant
        return Reading(also[spelling], VALID)
    if isinstance(sent, str):
        return _word(kind, sent)
    number = as_number(sent)
    if number is not None:
        exact = [word for word in kind.words if _word_as_number(word) == number]
        if len(exact) == 1:
            return Reading(exact[0], VALID)
    return _no_word(kind)


def _word(kind: Kind, sent: str) -> Reading:
    if sent in kind.words:
        if _word_as_number(sent) is None or kind.text_numbers == "accepted":
            return Reading(sent, VALID)
        verdict = WRONG_KIND if kind.text_numbers == "refused" else VALID | WRONG_KIND
        return Reading(sent, verdict, foreign=True)
    known = {loosely(word) for word in (*kind.words, *(kind.also or {}))}
    return Reading(UNKNOWN, ANYTHING if loosely(sent) in known else NOT_OF_THE_FORM)


def _no_word(kind: Kind) -> Reading:
    """Many systems take true and false, or 1 and 0, for the two words of a yes/no choice."""
    if len(kind.words) <= 2:
        return Reading(UNKNOWN, ANYTHING)
    return Reading(UNKNOWN, NOT_OF_THE_FORM, foreign=True)


def _boolean(kind: Kind, sent: Sent) -> Reading:
    if isinstance(sent, bool):
        return Reading(sent, VALID)
    also = kind.also or {}
    if str(sent) in also:
        return Reading(loosely(also[str(sent)]) in {"true", "yes", "是"}, VALID)
    return Reading(UNKNOWN, ANYTHING) if loosely(str(sent)) in _BOOLEAN_WORDS else _FOREIGN


_FORMAT_PARTS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "DD": r"(?P<day>[0-9]{2})",
    "HH": r"(?P<hour>[0-9]{2})",
    "SS": r"(?P<second>[0-9]{2})",
}
DEFAULT_FORMATS = {
    InputType.DATE: "YYYY-MM-DD",
    InputType.TIME: "HH:MM",
    InputType.DATE_TIME: "YYYY-MM-DD HH:MM",
}
_MOMENT_LIKE = re.compile(r"[0-9\s:/.\-TZ+年月日时分秒点]*[0-9][0-9\s:/.\-TZ+年月日时分秒点]*")

_OTHER_SEPARATOR = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2}")
"""Where a document gives another form, this one is refused; bare digits or a one-digit month may not be."""


def _format_pattern(form: str) -> re.Pattern[str] | None:
    """The expression for a form such as 'YYYY-MM-DD HH:MM'; None if it holds anything else."""
    pattern = ""
    for part in re.findall(r"YYYY|MM|DD|HH|SS|[^A-Za-z]|[A-Za-z]+", form.upper()):
        if part == "MM":
            pattern += r"(?P<minute>[0-9]{2})" if "hour" in pattern else r"(?P<month>[0-9]{2})"
        elif part in _FORMAT_PARTS:
            pattern += _FORMAT_PARTS[part]
        elif part.isalpha() and part != "T":
            return None
        else:
            pattern += re.escape(part)
    try:
        return re.compile(pattern)
    except re.error:  # a part that stands twice
        return None


def _moment(kind: Kind, sent: Sent) -> Reading:
    if not isinstance(sent, str):
        return _FOREIGN
    pattern = _format_pattern(kind.format or DEFAULT_FORMATS[kind.type])
    if pattern is None:
        return Reading(UNKNOWN, ANYTHING)
    match = pattern.fullmatch(sent)
    if match:
        return _real_moment(kind.type, {key: int(text) for key, text in match.groupdict().items()})
    if kind.format and _OTHER_SEPARATOR.fullmatch(sent):
        return Reading(UNKNOWN, NOT_OF_THE_FORM)
    other_spelling = _MOMENT_LIKE.fullmatch(unicodedata.normalize("NFKC", sent))
    return Reading(UNKNOWN, ANYTHING) if other_spelling else _FOREIGN


def _real_moment(type_: InputType, parts: Mapping[str, int]) -> Reading:
    if type_ is not InputType.DATE and parts.get("hour") == 24:
        return Reading(UNKNOWN, ANYTHING)
    clock = (parts.get("hour", 0), parts.get("minute", 0), parts.get("second", 0))
    day = (parts.get("year", 1), parts.get("month", 1), parts.get("day", 1))
    try:
        value: Value
        if type_ is InputType.DATE:
            value = datetime.date(*day)
        elif type_ is InputType.TIME:
            value = datetime.time(*clock)
        else:
            value = datetime.datetime(*day, *clock)  # noqa: DTZ001 - documents mean wall-clock time
    except ValueError:
        return Reading(UNKNOWN, NOT_OF_THE_FORM)
    return Reading(value, VALID)


def write_moment(value: datetime.date | datetime.time, form: str) -> str:
    """A date or time in the notation of a field; the parts that it doesn't have are left at their least."""
    day = value if isinstance(value, datetime.date) else datetime.date.min
    time = value if isinstance(value, datetime.time) else datetime.time.min
    if isinstance(value, datetime.datetime):
        time = value.time()
    text = form.upper().replace("YYYY", f"{day.year:04}").replace("DD", f"{day.day:02}")
    text = re.sub(r"(HH.?)MM", rf"\g<1>{time.minute:02}", text).replace("MM", f"{day.month:02}")
    return text.replace("HH", f"{time.hour:02}").replace("SS", f"{time.second:02}")


_READERS: dict[InputType, Callable[[Kind, Sent], Reading]] = {
    InputType.INTEGER: _number,
    InputType.DECIMAL: _number,
    InputType.TEXT: _text,
    InputType.CHOICE: _choice,
    InputType.BOOLEAN: _boolean,
    InputType.DATE: _moment,
    InputType.TIME: _moment,
    InputType.DATE_TIME: _moment,
}
