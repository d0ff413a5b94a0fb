"""A model in, a suite out: what a tester gets, and that none of it is guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casewright.design.cases import Coverage, Priority, Status, Technique, TestCase
from casewright.design.designing import Designed, design
from casewright.design.model.compiled import CompiledModel, compile_model
from casewright.design.oracle import Answer, Call, Oracle

Sample = Callable[[str], CompiledModel]
NAMES = ["registration", "leave", "parcel"]


@pytest.fixture(scope="module")
def designed(sample: Sample) -> Callable[..., Designed]:
    made: dict[tuple[str, ...], Designed] = {}

    def of(name: str, language: Any = "en", depth: Any = "standard") -> Designed:
        key = (name, language, depth)
        if key not in made:
            made[key] = design(sample(name), language, depth)
        return made[key]

    return of


def replay(compiled: CompiledModel, case: TestCase) -> list[Answer]:
    oracle = Oracle(compiled)
    world = oracle.start()
    answers: list[Answer] = []
    for step in case.steps:
        assert step.operation is not None
        world, answer = oracle.perform(world, Call(step.operation, step.actor, step.data))
        answers.append(answer)
    return answers


def disagreements(compiled: CompiledModel, cases: Sequence[TestCase]) -> list[str]:
    """The titles of cases that expect something that the model does not answer."""
    found: list[str] = []
    for case in cases:
        for step, answer in zip(case.steps, replay(compiled, case), strict=True):
            expected = step.expected
            outputs = all(answer.outputs.get(name) == value for name, value in expected.outputs.items())
            outcome = expected.outcome in (None, answer.outcome)
            if not (outputs and outcome and expected.state in (None, answer.state)):
                found.append(case.title)
    return found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("depth", ["smoke", "standard", "thorough"])
def test_every_expectation_is_what_the_model_answers(
    designed: Callable[..., Designed], sample: Sample, name: str, depth: str
) -> None:
    assert disagreements(sample(name), designed(name, depth=depth).cases) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_case_asserts_something_at_its_end_and_serves_a_requirement(
    designed: Callable[..., Designed], name: str
) -> None:
    for case in designed(name).cases:
        assert case.status is Status.ASSERTED
        assert case.steps[-1].expected.asserts, case.title
        assert case.requirement_ids, case.title


@pytest.mark.parametrize("name", NAMES)
def test_cases_are_numbered_known_by_what_they_are_for_and_never_twice_the_same(
    designed: Callable[..., Designed], name: str
) -> None:
    cases = designed(name).cases
    assert [case.id for case in cases] == [f"TC-{number:03}" for number in range(1, len(cases) + 1)]
    assert len({case.key for case in cases}) == len(cases)
    done = Counter(
        tuple((step.operation, step.actor, str(step.data)) for step in case.steps) for case in cases
    )
    repeated = [steps for steps, count in done.items() if count > 1]
    assert len(repeated) <= sum(case.technique is Technique.SCENARIO for case in cases)


@pytest.mark.parametrize("name", NAMES)
def test_every_covered_item_has_its_case_and_every_other_one_its_reason(
    designed: Callable[..., Designed], name: str
) -> None:
    suite = designed(name)
    covered = {key for case in suite.cases for key in case.coverage_items}
    assert len({item.key for item in suite.coverage_items}) == len(suite.coverage_items)
    for item in suite.coverage_items:
        assert (item.coverage is Coverage.COVERED) == (item.key in covered), item.key
        assert (item.reason is None) == (item.coverage is Coverage.COVERED)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_model_gives_the_same_suite(
    designed: Callable[..., Designed], sample: Sample, name: str
) -> None:
    assert design(sample(name), "en", "standard") == designed(name)


@pytest.mark.parametrize("name", NAMES)
def test_more_depth_asks_for_more_and_keeps_what_less_depth_asks_for(
    designed: Callable[..., Designed], name: str
) -> None:
    keys = [
        {item.key for item in designed(name, depth=depth).coverage_items}
        for depth in ("smoke", "standard", "thorough")
    ]
    assert keys[0] < keys[1] < keys[2]


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_give_the_same_steps_in_other_words(
    designed: Callable[..., Designed], name: str
) -> None:
    english, chinese = designed(name, "en"), designed(name, "zh")
    assert [case.key for case in english.cases] == [case.key for case in chinese.cases]
    assert [[step.data for step in case.steps] for case in english.cases] == [
        [step.data for step in case.steps] for case in chinese.cases
    ]
    assert all(re.search(r"[\u4e00-\u9fff]", case.title) for case in chinese.cases)
    assert all(re.search(r"[\u4e00-\u9fff]", step.action) for case in chinese.cases for step in case.steps)


def test_smoke_is_the_main_way_of_each_operation_and_each_refusal_once(
    designed: Callable[..., Designed],
) -> None:
    suite = designed("leave", "zh", "smoke")
    rules = [item.key for item in suite.coverage_items if item.technique is Technique.DECISION_TABLE]
    operations = ["提交", "通过", "驳回", "撤回", "查询余额"]
    assert [key for key in rules if "|main way|" in key] == [
        f"decision table testing|{operation}|main way||accepted" for operation in operations
    ]
    assert "decision table testing|提交|年假余额不足|holds|rejected" in rules
    assert {item.coverage for item in suite.coverage_items} == {Coverage.COVERED}


def test_a_reader_meets_the_flow_first_then_each_operation_from_its_main_way_to_its_states(
    designed: Callable[..., Designed],
) -> None:
    cases = designed("leave", "zh").cases
    assert [case.technique for case in cases[:3]] == [Technique.SCENARIO] * 3
    modules = [case.module for case in cases[3:]]
    assert list(dict.fromkeys(modules)) == ["提交", "通过", "驳回", "撤回", "查询余额"]
    assert modules == sorted(modules, key=list(dict.fromkeys(modules)).index)
    first = [case for case in cases[3:] if case.module == "提交"]
    assert first[0].title == "提交：正常办理，被受理"
    order = [Priority.HIGH, Priority.MEDIUM, Priority.LOW]
    places = [order.index(case.priority) for case in first]
    assert places == sorted(places)


def by_key(suite: Designed, part: str) -> TestCase:
    (case,) = [case for case in suite.cases if any(part in key for key in case.coverage_items)]
    return case


def test_a_boundary_stands_in_the_title_with_its_value(designed: Callable[..., Designed]) -> None:
    case = by_key(designed("registration"), "|age|just outside lower bound|")
    assert case.title == "sign up: age = 17 (just outside the lower bound 18) is rejected"
    assert case.steps[-1].expectation == 'Rejected with "Please check your age."'
    assert case.requirement_ids == ("S-4",)


def test_a_field_that_is_left_empty_on_purpose_is_said_to_be(designed: Callable[..., Designed]) -> None:
    case = by_key(designed("registration"), "|user name|left out|")
    assert "user name left empty" in case.steps[-1].action
    assert "user name" not in case.steps[-1].data


def test_a_step_and_what_is_expected_of_it_are_sentences_in_chinese(
    designed: Callable[..., Designed],
) -> None:
    case = by_key(designed("leave", "zh"), "decision table testing|撤回|main way|")
    assert [step.action for step in case.steps] == [
        "由员工执行“提交”：假种 = 年假，天数 = 9.5，事由 = 家中有事需要处理",
        "由员工执行“撤回”",
        "由员工执行“查询余额”",
    ]
    assert [step.expectation for step in case.steps] == [
        "受理；状态为“待主管审批”",
        "受理；状态为“已撤回”",
        "受理；年假余额 = 10；状态为“已撤回”",
    ]
    assert case.preconditions == (
        "系统为初始状况，没有此前的数据",
        "状态为“未提交”",
        "年假余额 = 10 天",
        "本单天数 = 0",
    )


def test_a_worked_example_becomes_a_case_of_its_own(designed: Callable[..., Designed]) -> None:
    case = by_key(designed("parcel"), "|example 1|")
    assert case.requirement_ids == ("P-13",)
    assert case.steps[-1].expectation == "Accepted; fee = 9.4"


def test_a_value_on_an_ambiguous_bound_is_undecided_and_no_case_sends_it(
    designed: Callable[..., Designed],
) -> None:
    suite = designed("parcel")
    (item,) = [item for item in suite.coverage_items if "|exactly 500|" in item.key]
    assert item.coverage is Coverage.UNDECIDED
    assert item.reason is not None
    assert "value" in item.reason.en
    assert "value" in item.reason.zh
    assert not [case for case in suite.cases for step in case.steps if step.data.get("value") == 500]


def test_an_output_that_is_not_known_is_in_no_expectation(designed: Callable[..., Designed]) -> None:
    outputs = {
        name for case in designed("parcel").cases for step in case.steps for name in step.expected.outputs
    }
    assert outputs == {"fee", "message", "sent today"}


def test_a_limit_that_only_several_calls_reach_is_reached_by_the_fewest(
    designed: Callable[..., Designed],
) -> None:
    case = by_key(designed("registration"), "decision table testing|sign up|No places are left.|holds|")
    assert len(case.steps) == 4


def test_what_cannot_happen_is_infeasible(designed: Callable[..., Designed]) -> None:
    suite = designed("leave", "zh")
    key = "decision table testing|撤回|您没有权限|before 当前状态不能操作|rejected"
    (item,) = [item for item in suite.coverage_items if item.key == key]
    assert item.coverage is Coverage.INFEASIBLE


def test_keys_hold_no_data(designed: Callable[..., Designed], sample: Sample) -> None:
    """The obligations of a model stand when one of its limits changes, but for those that quote it."""
    model = sample("registration").model
    operation = model.operations["sign up"]
    older = operation.inputs["age"].model_copy(update={"min": "21", "max": "99"})
    inputs = {**operation.inputs, "age": older}
    changed = operation.model_copy(update={"inputs": inputs})
    other = model.model_copy(update={"operations": {"sign up": changed}})
    keys = {item.key for item in design(compile_model(other), "en", "standard").coverage_items}
    assert keys == {item.key for item in designed("registration").coverage_items}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_suite_of_a_half_understood_model_passes_once_the_model_is_understood(
    data: st.DataObject, half_understood: st.SearchStrategy[Any]
) -> None:
    models = data.draw(half_understood)
    suite = design(models.unknown, "en", "standard")
    assert disagreements(models.complete, suite.cases) == []
