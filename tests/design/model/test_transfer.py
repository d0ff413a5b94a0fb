"""The model of zh05: its expressions are worth what the document says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from fractions import Fraction
from pathlib import Path

import pytest

from casewright.design.expressions.environment import InputStatus, Permission
from casewright.design.expressions.tree import FirstHit
from casewright.design.expressions.values import MISSING, Held, Row, Special, Value
from casewright.design.model.compiled import CompiledModel, compile_model
from casewright.design.model.parts import TargetKind
from casewright.design.model.text import dump, load

TEXT = Path(__file__).with_name("transfer.yaml").read_text("utf-8")
EVERYDAY: Mapping[str, Value] = {
    "渠道": "App",
    "认证方式": "短信验证码",
    "收款行": "他行",
    "到账方式": "实时",
    "收款账号": "6222021234567890",
    "转账金额": Fraction("12345.67"),
    "交易时间": time(9, 5),
    "附言": MISSING,
}


class Day:
    """The compiled model with given inputs and variables; everything else is worked out when it is read."""

    def __init__(self, model: CompiledModel, operation: str, known: Mapping[str, Value | Row]) -> None:
        self._model = model
        self._operation = model.operations[operation]
        self._known = known

    def read(self, name: str, /) -> Held:
        for formulas in (self._operation.lets, self._model.figures, self._model.derived):
            if name in formulas:
                return formulas[name].evaluate(self)
        return self._known[name] if name in self._known else self._model.variables[name].starts.evaluate(self)

    def read_key(self, name: str, key: Value, /) -> Value:
        known = self._known.get(name)
        start = self._model.variables[name].starts
        return known[str(key)] if isinstance(known, Mapping) else start.evaluate(self)

    def look_up(self, table: str, keys: Sequence[Value], /) -> Row | Special:
        for row in self._model.tables[table].rows:
            if all(
                key is None or key.evaluate(self) == sought
                for key, sought in zip(row.keys, keys, strict=True)
            ):
                return {column: cell.evaluate(self) for column, cell in row.cells.items()}
        return MISSING

    def status(self, name: str, /) -> InputStatus:
        return InputStatus.VALID

    def inputs(self) -> Sequence[str]:
        return tuple(self._operation.inputs)

    def permission(self) -> Permission:
        return Permission.NOW


@pytest.fixture(scope="module")
def model() -> CompiledModel:
    return compile_model(load(TEXT, "transfer.yaml"))


def refused(model: CompiledModel, changes: Mapping[str, Value | Row]) -> str | None:
    """The message of the first refusal that holds."""
    day = Day(model, "转账", {**EVERYDAY, **changes})
    return next(
        (it.say for it in model.operations["转账"].rejects if it.condition.evaluate(day) is True), None
    )


@pytest.mark.parametrize(
    ("changes", "fee"),
    [
        ({}, "6.17"),
        ({"认证方式": "安全盾"}, "4.94"),
        ({"转账金额": Fraction(300)}, "2"),
        ({"认证方式": "安全盾", "转账金额": Fraction(300)}, "1.60"),
        ({"收款行": "本行", "到账方式": MISSING}, "0"),
        ({"到账方式": "普通"}, "0"),
        ({"到账方式": "普通", "免费笔数": Fraction(2)}, "5"),
        ({"到账方式": "普通", "免费笔数": Fraction(2), "转账金额": Fraction(2000)}, "1"),
        ({"到账方式": "普通", "免费笔数": Fraction(2), "转账金额": Fraction("50000.01")}, "10"),
        ({"转账金额": Fraction(200_000)}, "50"),
    ],
)
def test_the_fee_is_that_of_the_document(
    model: CompiledModel, changes: Mapping[str, Value], fee: str
) -> None:
    day = Day(model, "转账", {**EVERYDAY, **changes})
    assert model.operations["转账"].answer["手续费"].evaluate(day) == Fraction(fee)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, None),
        ({"渠道": "网银", "认证方式": "人脸识别"}, "当前渠道不支持该认证方式"),
        ({"渠道": "小程序", "交易时间": time(22, 0)}, "夜间暂不支持小程序跨行转账"),
        ({"渠道": "小程序", "小程序笔数": Fraction(5)}, "今日小程序转账笔数已用完"),
        ({"转账金额": Fraction(20_000)}, None),
        ({"转账金额": Fraction("20000.01")}, "超过单笔限额"),
        ({"转账金额": Fraction("10000.01"), "交易时间": time(5, 59)}, "超过单笔限额"),
        ({"转账金额": Fraction("10000.01"), "交易时间": time(6, 0)}, None),
        ({"渠道累计": {"App": Fraction(40_000)}}, "超过渠道日累计限额"),
        ({"账户累计": Fraction(1_190_000)}, "超过账户日累计限额"),
        ({"余额": Fraction("12351.84")}, None),
        ({"余额": Fraction("12351.83")}, "账户余额不足"),
    ],
)
def test_the_first_refusal_that_holds_decides(
    model: CompiledModel, changes: Mapping[str, Value | Row], message: str | None
) -> None:
    assert refused(model, changes) == message


def test_what_is_left_is_never_below_zero(model: CompiledModel) -> None:
    answer = model.operations["查询剩余额度"].answer
    day = Day(model, "查询剩余额度", {**EVERYDAY, "渠道累计": {"App": Fraction(60_000)}})
    assert {name: formula.evaluate(day) for name, formula in answer.items()} == {
        "单笔限额": 20_000,
        "剩余额度": 0,
        "账户余额": 1_500_000,
    }


def test_what_is_set_is_known(model: CompiledModel) -> None:
    transfer, cut = model.operations["转账"].then[0], model.operations["日切"].then[0]
    targets = [(it.target.kind, it.target.name) for it in transfer.assignments]
    assert targets == [
        (TargetKind.VARIABLE, "余额"),
        (TargetKind.KEY, "渠道累计"),
        (TargetKind.VARIABLE, "账户累计"),
    ]
    key = transfer.assignments[1].target.key
    assert key is not None
    assert key.evaluate(Day(model, "转账", EVERYDAY)) == "App"
    assert cut.assignments[1].target.kind is TargetKind.EVERY_KEY
    assert model.variables["渠道累计"].keys == ("App", "网银", "小程序")


def test_techniques_can_walk_the_trees(model: CompiledModel) -> None:
    fee = model.operations["转账"].lets["手续费"]
    assert isinstance(fee.tree, FirstHit)
    assert len(fee.tree.cases) == len(fee.lines) - 1 == 6


def test_the_model_is_written_as_it_was_read() -> None:
    model = load(TEXT, "transfer.yaml")
    assert load(dump(model), "again") == model
