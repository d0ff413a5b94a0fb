"""A small world in which expressions are worth something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction

import pytest

from casewright.design.expressions import static_types as types
from casewright.design.expressions.checking import check
from casewright.design.expressions.environment import Environment, InputStatus, Permission
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.names import KeyedVariable, Names, TableShape
from casewright.design.expressions.parsing import parse
from casewright.design.expressions.values import MISSING, UNKNOWN, Held, Row, Special, Value

CHANNEL = types.choice_of("App", "网银", "小程序")
ROW = types.row_of({"单笔限额": types.NUMBER, "每日 限额": types.NUMBER})

NAMES = Names(
    inputs={
        "金额": types.NUMBER,
        "unit price": types.NUMBER,
        "a-b": types.NUMBER,
        "附言": types.TEXT,
        "code": types.TEXT,
        "加急": types.BOOLEAN,
        "渠道": CHANNEL,
        "kind": types.choice_of(
            "none", "missing", "in progress", "12", "3 days", "yes", "invalid", "额度", "A+"
        ),
        "size": types.ordered_choice_of("small", "medium", "large"),
        "日期": types.DATE,
        "until": types.DATE,
        "交易时间": types.TIME,
        "时刻": types.DATE_TIME,
    },
    lets={"费用": types.NUMBER, "本组限额": ROW, "夜间": types.BOOLEAN},
    figures={"额度": types.NUMBER, "上限": types.NUMBER},
    variables={"余额": types.NUMBER},
    derived={"合计": types.NUMBER},
    keyed={"累计": KeyedVariable(CHANNEL, types.NUMBER)},
    tables={"限额": TableShape((CHANNEL,), ROW.columns)},
    terms={"在途": ("待审批", "in progress"), "线上": ("App", "网银")},
    choices={"等级": ("高", "低")},
    states=("草稿", "待审批", "in progress"),
    roles=("客户", "nobody"),
)

VALUES: Mapping[str, Held] = {
    "金额": Fraction(100),
    "unit price": Fraction("2.5"),
    "a-b": Fraction(7),
    "附言": "Hello, 你好",
    "code": "AB-12-x!",
    "加急": True,
    "渠道": "App",
    "kind": "missing",
    "size": "medium",
    "日期": date(2025, 3, 1),
    "until": date(2025, 3, 15),
    "交易时间": time(22, 30),
    "时刻": datetime.combine(date(2025, 3, 1), time(9, 15)),
    "费用": Fraction("0.5"),
    "本组限额": {"单笔限额": Fraction(50), "每日 限额": MISSING},
    "夜间": True,
    "额度": Fraction(1000),
    "上限": Fraction(80),
    "余额": Fraction(-20),
    "合计": Fraction(3),
    "state": "草稿",
    "actor": "客户",
}
TABLE: Mapping[str, Row] = {
    "App": {"单笔限额": Fraction(20), "每日 限额": Fraction(60)},
    "网银": {"单笔限额": UNKNOWN},
}


@dataclass
class World:
    """`changes` are what differs from `VALUES`; an input that is missing there was left out though needed."""

    changes: Mapping[str, Held] = field(default_factory=dict[str, Held])
    statuses: Mapping[str, InputStatus] = field(default_factory=dict[str, InputStatus])
    allowed: Permission = Permission.NOW

    def read(self, name: str, /) -> Held:
        return self.changes.get(name, VALUES[name])

    def read_key(self, name: str, key: Value, /) -> Value:
        if isinstance(key, Special):
            return UNKNOWN
        return {"App": Fraction(30), "网银": Fraction(40)}.get(str(key), UNKNOWN)

    def look_up(self, table: str, keys: Sequence[Value], /) -> Row | Special:
        return UNKNOWN if UNKNOWN in keys else TABLE.get(str(keys[0]), MISSING)

    def status(self, name: str, /) -> InputStatus:
        usual = {MISSING: InputStatus.MISSING, UNKNOWN: InputStatus.UNKNOWN}
        value = self.read(name)
        found = usual[value] if isinstance(value, Special) else InputStatus.VALID
        return self.statuses.get(name, found)

    def inputs(self) -> Sequence[str]:
        return tuple(NAMES.inputs)

    def permission(self) -> Permission:
        return self.allowed


@pytest.fixture(scope="session")
def names() -> Names:
    return NAMES


@pytest.fixture(scope="session")
def world() -> Callable[..., Environment]:
    """`world(金额=…)`: the world with other values."""

    def make(**changes: Held) -> Environment:
        return World({name.replace("_", " "): value for name, value in changes.items()})

    return make


@pytest.fixture(scope="session")
def worth() -> Callable[..., Value]:
    """`worth(text, 金额=…)`: what a correct expression is worth."""

    def evaluate(
        text: str,
        statuses: Mapping[str, InputStatus] | None = None,
        allowed: Permission = Permission.NOW,
        **changes: Held,
    ) -> Value:
        tree = parse(text, NAMES)
        check(tree, NAMES, text)
        found = {name.replace("_", " "): value for name, value in changes.items()}
        return compile_expression(tree)(World(found, statuses or {}, allowed))

    return evaluate
