"""Values that are of the wrong kind or break a rule of their field, one rule each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from casewright.design.cases import Scalar, Words
from casewright.design.model.parts import CompiledInput
from casewright.design.model.schema import InputType, Model
from casewright.design.patterns import near_misses
from casewright.design.scalars import number_as_scalar
from casewright.design.techniques.natural import text_for
from casewright.design.techniques.subject import choices, grain_of, is_moment, is_number

_MOST_NEAR_MISSES = 4


@dataclass(frozen=True, slots=True)
class WrongValue:
    position: str
    """Part of the key: what is wrong."""
    value: Scalar
    words: Words


def invalid_values(declared: CompiledInput, model: Model, usual: Scalar) -> Iterator[WrongValue]:
    """`usual` is a valid value of the field. What a document leaves open is tried too; whether anything is
    asserted of it is not decided here."""
    if choices(declared) and not is_number(declared):
        yield _no_such_choice(declared, model)
    elif is_number(declared):
        yield from _of_a_number(declared, model, usual)
    elif is_moment(declared):
        yield from _of_a_moment(declared)
    elif declared.declaration.type is InputType.TEXT:
        yield WrongValue("number", 12345, Words(zh="数字而非文本", en="a number instead of text"))
        yield from _of_a_pattern(declared)
    else:
        yield WrongValue("text", "maybe", Words(zh="既非真也非假", en="neither true nor false"))


def _no_such_choice(declared: CompiledInput, model: Model) -> WrongValue:
    value = "其他选项" if model.language == "zh" else "something else"
    while value in choices(declared):
        value += "X"
    return WrongValue("unknown value", value, Words(zh="不在可选范围内", en="not one of the choices"))


def _of_a_number(declared: CompiledInput, model: Model, usual: Scalar) -> Iterator[WrongValue]:
    text = "abc" if model.language == "en" else "一百"
    yield WrongValue("text", text, Words(zh="文字而非数字", en="text instead of a number"))
    if isinstance(usual, bool | str) or usual is None:
        return
    number = Fraction(usual)
    if model.text_numbers != "accepted":
        yield WrongValue("number in text", str(usual), Words(zh="带引号的数字", en="a number in quotes"))
    if declared.declaration.type is InputType.INTEGER:
        if model.whole_decimals != "accepted":
            words = Words(zh="带小数点的整数", en="a whole number with a decimal point")
            yield WrongValue("whole decimal", Decimal(f"{usual}.0"), words)
        half = number_as_scalar(number + Fraction(1, 2))
        yield WrongValue(
            "fraction", half, Words(zh="小数而非整数", en="a fraction instead of a whole number")
        )
    scale = declared.declaration.scale
    if scale is not None and declared.declaration.type is InputType.DECIMAL:
        finer = number_as_scalar(number + Fraction(1, 10 ** (scale + 1)))
        words = Words(zh=f"小数超过 {scale} 位", en=f"more than {scale} decimals")
        yield WrongValue("further decimals", finer, words)
    if declared.declaration.multiple_of is not None:
        beside = number_as_scalar(number + grain_of(declared))
        step = declared.declaration.multiple_of
        words = Words(zh=f"不是 {step} 的倍数", en=f"not a multiple of {step}")
        yield WrongValue("not a multiple", beside, words)
    if choices(declared):
        beside = number_as_scalar(number + 1)
        while str(beside) in choices(declared):
            beside = number_as_scalar(Fraction(beside or 0) + 1)
        yield WrongValue("unknown value", beside, Words(zh="不在可选范围内", en="not one of the choices"))


def _of_a_moment(declared: CompiledInput) -> Iterator[WrongValue]:
    unreal = {
        InputType.DATE: "2025-02-30",
        InputType.TIME: "25:00",
        InputType.DATE_TIME: "2025-02-30 10:30",
    }[declared.declaration.type]
    standard = declared.declaration.format in (None, "YYYY-MM-DD", "HH:MM", "YYYY-MM-DD HH:MM")
    if standard:
        yield WrongValue("not real", unreal, Words(zh="不存在的日期或时间", en="no real date or time"))
    if declared.declaration.format == "YYYY-MM-DD":
        yield WrongValue("other form", "2025/03/10", Words(zh="格式不符", en="in another form"))
    yield WrongValue("text", "soon", Words(zh="不是日期或时间", en="no date or time at all"))


def _of_a_pattern(declared: CompiledInput) -> Iterator[WrongValue]:
    pattern = declared.declaration.pattern
    if pattern is None:
        return
    misses = [text for text in near_misses(pattern) if text.strip() == text and text]
    for text in misses[:_MOST_NEAR_MISSES]:
        words = Words(zh="格式不符", en="not of the form")
        yield WrongValue(f"near miss {misses.index(text) + 1}", text, words)
    if not misses:
        text = text_for(declared.name, "en")
        yield WrongValue("other text", text, Words(zh="格式不符", en="not of the form"))
