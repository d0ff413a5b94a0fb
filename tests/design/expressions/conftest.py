"""A small world in which expressions are worth something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any, cast

import pytest

from casewright.design.expressions import static_types as types
from casewright.design.expressions.checking import check
from casewright.design.expressions.environment import Environment, InputStatus, Permission
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.names import KeyedVariable, Names, RecordShape, TableShape
from casewright.design.expressions.parsing import parse
from casewright.design.expressions.values import MISSING, UNKNOWN, Held, Reference, Row, Special, Value

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
    lets={
        "费用": types.NUMBER,
        "本组限额": ROW,
        "夜间": types.BOOLEAN,
        "it": types.record_of("copy"),
        "who": types.record_of("reader"),
    },
    figures={"额度": types.NUMBER, "上限": types.NUMBER},
    variables={"余额": types.NUMBER},
    derived={"合计": types.NUMBER},
    keyed={"累计": KeyedVariable(CHANNEL, types.NUMBER)},
    tables={"限额": TableShape((CHANNEL,), ROW.columns)},
    records={
        "copy": RecordShape(
            (types.TEXT,),
            {
                "barcode": types.TEXT,
                "书目": types.TEXT,
                "price": types.NUMBER,
                "holder": types.record_of("reader"),
                "state": types.choice_of("在架", "借出", "in progress"),
                "lent": types.BOOLEAN,
                "due": types.DATE,
            },
        ),
        "hold": RecordShape(
            (types.NUMBER,),
            {
                "no": types.NUMBER,
                "reader": types.record_of("reader"),
                "copy": types.record_of("copy"),
                "日期": types.DATE,
                "金额": types.NUMBER,
                "urgent": types.BOOLEAN,
            },
        ),
        "reader": RecordShape(
            (types.TEXT,), {"number": types.TEXT, "kind": types.choice_of("adult", "child")}
        ),
        "shelf": RecordShape((types.TEXT, types.NUMBER), {"room": types.TEXT, "place": types.NUMBER}),
    },
    locals={"mine": types.record_of("hold")},
    clock=types.DATE,
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
    "it": Reference("copy", ("B1",)),
    "who": Reference("reader", ("R1",)),
    "mine": Reference("hold", (Fraction(4),)),
    "now": date(2025, 3, 10),
    "state": "草稿",
    "actor": "客户",
}
TABLE: Mapping[str, Row] = {
    "App": {"单笔限额": Fraction(20), "每日 限额": Fraction(60)},
    "网银": {"单笔限额": UNKNOWN},
}


Records = Mapping[str, Mapping[Reference, Mapping[str, Value]]]
"""By collection, in the order of creation."""


def _keyed(collection: str, fields: Sequence[str], rows: Sequence[Sequence[Value]]) -> Any:
    keys = len(NAMES.records[collection].keys)
    return {
        Reference(collection, cast("Any", tuple(row[:keys]))): dict(zip(fields, row, strict=True))
        for row in rows
    }


def copy_of(barcode: str) -> Reference:
    return Reference("copy", (barcode,))


def reader_of(number: str) -> Reference:
    return Reference("reader", (number,))


def hold_of(number: int) -> Reference:
    return Reference("hold", (Fraction(number),))


RECORDS: Records = {
    "copy": _keyed(
        "copy",
        ("barcode", "书目", "price", "holder", "state", "lent", "due"),
        [
            ("B1", "Emma", Fraction(20), MISSING, "在架", False, MISSING),
            ("B2", "Emma", Fraction("7.5"), reader_of("R1"), "借出", True, date(2025, 3, 12)),
            ("B3", "Ulysses", Fraction(30), reader_of("R2"), "借出", True, date(2025, 3, 5)),
        ],
    ),
    "hold": _keyed(
        "hold",
        ("no", "reader", "copy", "日期", "金额", "urgent"),
        [
            (Fraction(1), reader_of("R2"), copy_of("B1"), date(2025, 3, 4), Fraction(5), True),
            (Fraction(2), reader_of("R1"), MISSING, date(2025, 3, 2), Fraction(100), False),
            (Fraction(3), reader_of("R1"), copy_of("B3"), date(2025, 3, 2), Fraction(8), True),
            (Fraction(4), reader_of("R2"), MISSING, date(2025, 3, 6), Fraction(-1), False),
        ],
    ),
    "reader": _keyed("reader", ("number", "kind"), [("R1", "adult"), ("R2", "child")]),
    "shelf": {},
}


@dataclass(frozen=True)
class World:
    """`changes` are what differs from `VALUES`; an input that is missing there was left out though needed."""

    changes: Mapping[str, Held] = field(default_factory=dict[str, Held])
    statuses: Mapping[str, InputStatus] = field(default_factory=dict[str, InputStatus])
    allowed: Permission = Permission.NOW
    records_of: Mapping[str, Sequence[Reference] | Special] = field(
        default_factory=lambda: {name: tuple(rows) for name, rows in RECORDS.items()}
    )
    fields: Mapping[tuple[Reference, str], Value] = field(default_factory=dict[tuple[Reference, str], Value])
    """What differs from `RECORDS`."""
    looked_at: Mapping[str, Reference] = field(default_factory=dict[str, Reference])

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

    def records(self, collection: str, /) -> Sequence[Reference] | Special:
        return self.records_of[collection]

    def find(self, collection: str, key: Sequence[Value], /) -> Reference | Special:
        there = self.records_of[collection]
        if isinstance(there, Special) or UNKNOWN in key:
            return UNKNOWN
        return next((record for record in there if record.key == tuple(key)), MISSING)

    def field(self, record: Reference, name: str, /) -> Value:
        there = self.records_of[record.collection]
        if isinstance(there, Special):
            return UNKNOWN
        if record not in there:
            return MISSING
        return self.fields.get((record, name), RECORDS[record.collection][record][name])

    def scanning(self, record: Reference, /) -> Environment:
        return replace(self, looked_at={**self.looked_at, record.collection: record})

    def scanned(self, collection: str, /) -> Reference | Special:
        return self.looked_at[collection]


@pytest.fixture(scope="session")
def names() -> Names:
    return NAMES


def _there(changes: Mapping[str, Sequence[Reference] | Special]) -> dict[str, Sequence[Reference] | Special]:
    return {name: tuple(rows) for name, rows in RECORDS.items()} | dict(changes)


@pytest.fixture(scope="session")
def world() -> Callable[..., Environment]:
    """`world(金额=…)`: the world with other values."""

    def make(
        records: Mapping[str, Sequence[Reference] | Special] | None = None,
        fields: Mapping[tuple[Reference, str], Value] | None = None,
        **changes: Held,
    ) -> Environment:
        return World(
            {name.replace("_", " "): value for name, value in changes.items()},
            records_of=_there(records or {}),
            fields=fields or {},
        )

    return make


@pytest.fixture(scope="session")
def worth() -> Callable[..., Value]:
    """`worth(text, 金额=…)`: what a correct expression is worth."""

    def evaluate(
        text: str,
        statuses: Mapping[str, InputStatus] | None = None,
        allowed: Permission = Permission.NOW,
        records: Mapping[str, Sequence[Reference] | Special] | None = None,
        fields: Mapping[tuple[Reference, str], Value] | None = None,
        **changes: Held,
    ) -> Value:
        tree = parse(text, NAMES)
        check(tree, NAMES, text)
        found = {name.replace("_", " "): value for name, value in changes.items()}
        there = _there(records or {})
        return compile_expression(tree)(World(found, statuses or {}, allowed, there, fields or {}))

    return evaluate
