"""What the benchmark gets: only cases that run and check something, in the document's words."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from casewright.design.cases import Expected, Outcome, Status, Step, Suite, TestCase
from casewright.formats.bench import write

BuildSuite = Callable[..., Suite]
BuildCase = Callable[..., TestCase]

ACCEPTED = Expected(outcome=Outcome.ACCEPTED)
ASKED = Step(action="Ask", operation="ask", expected=ACCEPTED)
SET_UP = Step(action="Set up", operation="set up")


def cases_of(content: bytes) -> list[dict[str, Any]]:
    return json.loads(content, parse_float=Decimal)["cases"]


def test_a_case_has_its_data_and_what_is_expected(build_suite: BuildSuite, build_case: BuildCase) -> None:
    step = Step(
        action="Submit a transfer of 50,000 CNY",
        operation="submit transfer",
        actor="customer",
        data={"amount": Decimal("50000.50"), "currency": "CNY", "times": 2, "memo": None},
        expected=Expected(outcome=Outcome.ACCEPTED, outputs={"fee": Decimal("25.00")}, state="pending"),
    )
    content = write(build_suite(cases=(build_case(requirement_ids=("REQ-003",), steps=(step,)),)))
    assert cases_of(content) == [
        {
            "id": "TC-001",
            "title": "An ordinary amount is accepted",
            "requirement_ids": ["REQ-003"],
            "steps": [
                {
                    "operation": "submit transfer",
                    "actor": "customer",
                    "data": {"amount": Decimal("50000.50"), "currency": "CNY", "times": 2},
                    "expected": {"outcome": "accepted", "outputs": {"fee": Decimal(25)}, "state": "pending"},
                }
            ],
        }
    ]


def test_what_is_not_known_is_left_out(build_suite: BuildSuite, build_case: BuildCase) -> None:
    checked = Step(action="Ask", operation="ask", expected=Expected(state="open"))
    (case,) = cases_of(write(build_suite(cases=(build_case(steps=(SET_UP, checked)),))))
    assert case["steps"] == [
        {"operation": "set up", "data": {}},
        {"operation": "ask", "data": {}, "expected": {"state": "open"}},
    ]


@pytest.mark.parametrize(("language", "yes", "no"), [("en", "yes", "no"), ("zh", "是", "否")])
def test_yes_and_no_are_written_as_in_the_document(
    language: str, yes: str, no: str, build_suite: BuildSuite, build_case: BuildCase
) -> None:
    expected = Expected(outputs={"reviewed": False})
    step = Step(action="Ask", operation="ask", data={"urgent": True}, expected=expected)
    (case,) = cases_of(write(build_suite(language=language, cases=(build_case(steps=(step,)),))))
    assert case["steps"][0]["data"] == {"urgent": yes}
    assert case["steps"][0]["expected"] == {"outputs": {"reviewed": no}}


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        (Status.UNVERIFIED, (ASKED,)),
        (Status.ASSERTED, ()),
        (Status.ASSERTED, (ASKED, SET_UP)),
        (Status.ASSERTED, (Step(action="by hand", expected=ACCEPTED), ASKED)),
    ],
    ids=["unverified", "no steps", "the last step asserts nothing", "a step without an operation"],
)
def test_a_case_that_checks_nothing_is_left_out(
    status: Status, steps: tuple[Step, ...], build_suite: BuildSuite, build_case: BuildCase
) -> None:
    good = build_case(id="TC-002", steps=(SET_UP, ASKED))
    cases = cases_of(write(build_suite(cases=(build_case(status=status, steps=steps), good))))
    assert [case["id"] for case in cases] == ["TC-002"]


def test_the_words_of_the_cases_bind_to_an_interface(rich_suites: dict[str, Suite]) -> None:
    """As the benchmark's README says: case, blanks and punctuation of a name don't matter."""
    inputs = {"登录": ["手机号"], "提交转账": ["金额", "加急", "币种", "次数", "备注", "附言"]}
    outputs = {"登录": [], "提交转账": ["手续费", "需要复核", "提示"]}
    case = cases_of(write(rich_suites["zh"]))[0]
    for step in case["steps"]:
        operation = next(name for name in inputs if folded(name) == folded(step["operation"]))
        assert {folded(name) for name in step["data"]} <= {folded(name) for name in inputs[operation]}
        told = step.get("expected", {}).get("outputs", {})
        assert {folded(name) for name in told} <= {folded(name) for name in outputs[operation]}
        for value in (*step["data"].values(), *told.values()):
            assert isinstance(value, str | int | Decimal)
            assert not isinstance(value, bool)


def folded(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", name).casefold() if letter.isalnum())
