"""The data that is found for a request, and when it is said that there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.cases import Scalar
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.parsing import parse
from casewright.design.expressions.tree import Tree
from casewright.design.model.compiled import CompiledModel
from casewright.design.moment import Call, Moment, Prepared
from casewright.design.oracle import Oracle
from casewright.design.solving.results import Budget, Infeasible, NotDecided, Result, Solved
from casewright.design.solving.step import StepSolver

Ask = Callable[..., Result]


def asking(compiled: CompiledModel, operation: str, actor: str | None) -> Ask:
    """What is answered to conditions in the notation of the model, in the world in which it starts."""
    solver, world = StepSolver(compiled, operation), Oracle(compiled).start()
    names = compiled.operations[operation].names

    def ask(*conditions: str, **others: Mapping[str, Scalar]) -> Result:
        return solver.solve(world, actor, [parse(text, names) for text in conditions], **others)

    return ask


@pytest.fixture(scope="module")
def transferring(transfer: CompiledModel) -> Ask:
    return asking(transfer, "转账", "客户")


@pytest.fixture(scope="module")
def noting(small: CompiledModel) -> Ask:
    return asking(small, "note", None)


@pytest.fixture(scope="module")
def ordering(small: CompiledModel) -> Ask:
    return asking(small, "order", "clerk")


def data_of(result: Result) -> Mapping[str, Scalar]:
    assert isinstance(result, Solved), result
    return result.call.data


def test_without_a_condition_the_form_is_filled_in_as_a_person_would(transferring: Ask) -> None:
    assert data_of(transferring()) == {
        "渠道": "App",
        "认证方式": "短信验证码",
        "收款行": "本行",
        "收款账号": "6222021234567890",
        "转账金额": 360,
        "交易时间": "10:30",
        "附言": "家中有事需要处理",
    }


def test_a_sum_over_a_limit_of_a_table_is_a_round_one(transferring: Ask) -> None:
    assert data_of(transferring("转账金额 > 单笔上限"))["转账金额"] == 20100


def test_a_sum_on_the_limit_at_night_is_found_exactly(transferring: Ask) -> None:
    data = data_of(transferring("转账金额 = 单笔上限", "夜间"))
    assert (data["转账金额"], data["交易时间"]) == (10000, "00:00")


def test_a_rounded_fee_is_met_to_the_cent(transferring: Ask) -> None:
    data = data_of(transferring("手续费 = 6.17", "认证方式 = 安全盾"))
    assert isinstance(data["转账金额"], int | Decimal)
    assert 6.165 <= float(data["转账金额"]) * 0.0005 * 0.8 < 6.175


@pytest.mark.parametrize(
    "conditions",
    [
        ["手续费 = 1.59"],
        ["到账方式 = 普通", "收款行 = 本行"],
        ["转账金额 + 手续费 > 余额", "not (转账金额 > 单笔上限)"],
        ["some input invalid"],
        ["转账金额 > 5.01", "转账金额 < 5.02"],
    ],
)
def test_what_no_data_can_do_is_proved_to_be_so(transferring: Ask, conditions: list[str]) -> None:
    assert transferring(*conditions) == Infeasible()


def test_what_is_pinned_is_sent_even_if_it_is_invalid(transferring: Ask) -> None:
    data = data_of(transferring("some input invalid", pins={"转账金额": Decimal("-0.01")}))
    assert data["转账金额"] == Decimal("-0.01")
    assert "附言" not in data_of(transferring(pins={"附言": None}))


def test_what_is_liked_is_sent_where_it_can_be(transferring: Ask) -> None:
    likes = {"渠道": "网银", "转账金额": Decimal("12345.67"), "交易时间": "09:05"}
    data = data_of(transferring("转账金额 > 单笔上限", likes=likes))
    assert (data["渠道"], data["转账金额"], data["交易时间"]) == ("网银", Decimal("12345.67"), "09:05")
    assert data_of(transferring("渠道 != 网银", likes=likes))["渠道"] == "App"


@pytest.mark.parametrize(
    "condition",
    [
        "text = code",
        "length of text = 8",
        "length of text = 1",
        "kinds of (A-Z, 0-9) in text = 2",
        'text starts with "ab"',
        'part of text before "-" = "ab"',
        "text = code ignoring case and text != code",
        "weekday of on = 6",
        "days from 2025-03-10 12:00 to when = 2.5",
        "days from 2025-03-10 to on > 30",
        "when > 2025-12-31 23:58 and when < 2026-01-01 00:00",
        "sum * sum = 1225",
        "sum * 3 = 10.02",
        "on missing",
        "at + 90 minutes = 12:00",
    ],
)
def test_data_for_conditions_of_every_kind(noting: Ask, small: CompiledModel, condition: str) -> None:
    data = data_of(noting(condition))
    moment = Moment(Prepared(small), Oracle(small).start(), Call("note", None, data))
    assert compile_expression(parse(condition, small.operations["note"].names))(moment) is True


def test_a_length_that_the_field_does_not_allow_is_proved_to_be_impossible(noting: Ask) -> None:
    assert noting("length of text = 9") == Infeasible()
    assert noting("length of text < 1") == Infeasible()


def test_what_only_a_text_could_do_that_nobody_thought_of_is_not_decided(noting: Ask) -> None:
    assert isinstance(noting('count of "q" in text = 3', 'count of "z" in text = 2'), NotDecided)


def test_a_number_of_any_precision_is_found_or_not_decided_but_never_denied(noting: Ask) -> None:
    assert isinstance(noting("sum > 5.001", "sum < 5.002"), NotDecided)
    assert noting("sum > 5.001", "sum < 5.001") == Infeasible()


def test_a_question_that_is_too_hard_is_not_decided(small: CompiledModel) -> None:
    solver, names = StepSolver(small, "note", Budget(effort=500)), small.operations["note"].names
    hard = parse("sum * sum * sum + sum * sum * 7 = 12345.678901", names)
    result = solver.solve(Oracle(small).start(), None, [hard])
    assert isinstance(result, NotDecided)


def test_powers_of_two_chosen_numbers_are_tried_value_by_value(ordering: Ask) -> None:
    data = data_of(ordering("(1 + whole) ^ extra = 64"))
    assert (data["whole"], data["extra"]) == (3, 3)
    assert ordering("(1 + whole) ^ extra = 65") == Infeasible()


def trying_everything(
    compiled: CompiledModel, operation: str, wanted: Sequence[Tree], all_data: Sequence[Mapping[str, Scalar]]
) -> bool:
    """Is there data for which everything is true?"""
    prepared, world = Prepared(compiled), Oracle(compiled).start()
    conditions = [compile_expression(tree) for tree in wanted]
    moments = (Moment(prepared, world, Call(operation, "clerk", data)) for data in all_data)
    return any(all(condition(moment) is True for condition in conditions) for moment in moments)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_the_verdict_is_that_of_trying_everything(
    small: CompiledModel,
    order_trees: Callable[[Random], Any],
    order_data: Sequence[Mapping[str, Scalar]],
    seed: int,
) -> None:
    random = Random(seed)
    trees = order_trees(random)
    wanted = [trees.truth(2) for _ in range(random.randint(1, 3))]
    result = StepSolver(small, "order").solve(Oracle(small).start(), "clerk", wanted)
    sample = random.sample(order_data, 1500)
    if isinstance(result, Infeasible):
        assert not trying_everything(small, "order", wanted, sample)
    elif isinstance(result, Solved):
        assert trying_everything(small, "order", wanted, [result.call.data])
