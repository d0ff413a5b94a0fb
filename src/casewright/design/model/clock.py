"""Compiles the clock: its type, when it starts, and what moves it."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Final

from casewright.design.cases import Words
from casewright.design.expressions import literals
from casewright.design.expressions import static_types as types
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import Type
from casewright.design.expressions.values import Value
from casewright.design.model.formulas import Formulas
from casewright.design.model.parts import ClockMove, CompiledClock
from casewright.design.model.schema import InputType, Model

_MOVER: Final = Words(
    zh="操作的输入项（写成“操作.输入项”）", en="input of an operation, as in `operation.input`,"
)
_NUMBERS: Final = frozenset({InputType.INTEGER, InputType.DECIMAL})
_FITTING: Final = {types.DATE: InputType.DATE, types.DATE_TIME: InputType.DATE_TIME}


def _starts(text: str) -> Value | None:
    for read in (literals.read_date_time, literals.read_date):
        moment = read(text.strip())
        if moment is not None:
            return moment
    try:
        return Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        return None


def clock_type(model: Model, formulas: Formulas) -> Type | None:
    if model.clock is None:
        return None
    match _starts(model.clock.starts):
        case datetime.datetime():
            return types.DATE_TIME
        case datetime.date():
            return types.DATE
        case Fraction():
            return types.NUMBER
        case _:
            formulas.fault(
                "clock.starts",
                "时钟的起点应是日期、日期时间或数字，例如 2025-03-01。",
                "the clock starts at a date, a date-time or a number, such as 2025-03-01.",
            )
            return types.ANY


def compile_clock(model: Model, names: Names, formulas: Formulas) -> CompiledClock | None:
    clock, of = model.clock, names.clock
    if clock is None or of is None:
        return None
    if of == types.DATE and clock.unit != "day":
        formulas.fault(
            "clock.unit",
            "日期没有钟点，单位只能是 day；或把起点写成日期时间。",
            "a date is counted in days: let the clock start at a date-time.",
        )
    moves: dict[str, ClockMove] = {}
    for key, movers, to in (("moved by", clock.moved_by, False), ("moved to by", clock.moved_to_by, True)):
        for mover in movers:
            found = _mover(f"clock.{key}", mover, model, formulas)
            if found is not None:
                operation, name = found
                _check_type(f"clock.{key}", model, operation, name, to, of, formulas)
                moves[operation] = ClockMove(name, to)
    return CompiledClock(of, clock.unit, _starts(clock.starts) or Fraction(0), moves)


def _mover(path: str, text: str, model: Model, formulas: Formulas) -> tuple[str, str] | None:
    known = {
        f"{operation}.{name}": (operation, name)
        for operation, it in model.operations.items()
        for name in it.inputs
    }
    found = known.get(text.strip())
    if found is None:
        formulas.unknown(path, _MOVER, text, known)
    return found


def _check_type(
    path: str,
    model: Model,
    operation: str,
    name: str,
    to: bool,
    of: Type,
    formulas: Formulas,
) -> None:
    kind = model.operations[operation].inputs[name].type
    fits = kind is _FITTING.get(of) if to and of in _FITTING else kind in _NUMBERS
    if not fits and of != types.ANY:
        needed = (
            Words(zh=f"与时钟同类的值（{of}）", en=f"a {of}")
            if to and of in _FITTING
            else Words(zh="数字", en="a number")
        )
        formulas.fault(
            path,
            f"“{operation}.{name}”应是{needed.zh}，才能推动时钟。",
            f"`{operation}.{name}` has to be {needed.en} to move the clock.",
        )
