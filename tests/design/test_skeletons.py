"""Requirements that the model does not hold are shown all the same: a condition, and a case to complete."""

from __future__ import annotations

import pytest

from casewright.design.cases import ItemKind, Language, Priority, RequirementItem, Source, Status, Technique
from casewright.design.skeletons import skeletons

SOURCE = Source(block=7, start=0, end=20, quote="The page is shown within 2 seconds.")


def item(identifier: str, kind: ItemKind, text: str, title: str = "") -> RequirementItem:
    return RequirementItem(
        id=identifier, kind=kind, text=text, title=title, section=("4 Other",), sources=(SOURCE,)
    )


SPEED = item("R-1", ItemKind.QUALITY, "The page is shown within 2 seconds. In 99 % of cases.")
RULE = item("R-2", ItemKind.RULE, "同一名员工同一时间只能有一张在途申请；其余忽略。")
SCOPE = item("R-3", ItemKind.OUT_OF_SCOPE, "No refunds.")


def test_every_testable_requirement_gets_a_condition_with_its_citation() -> None:
    conditions, _ = skeletons([SPEED, RULE, SCOPE], {"R-2"}, "en")
    assert [condition.item for condition in conditions] == ["R-1", "R-2"]
    assert conditions[0].text == "To verify: The page is shown within 2 seconds"
    assert conditions[0].sources == (SOURCE,)


def test_only_those_without_an_asserted_case_get_a_skeleton() -> None:
    _, cases = skeletons([SPEED, RULE, SCOPE], {"R-2"}, "en")
    assert [case.requirement_ids for case in cases] == [("R-1",)]


def test_a_skeleton_says_what_to_exercise_and_quotes_what_is_required() -> None:
    _, (case,) = skeletons([SPEED], (), "en")
    assert case.title == "To be completed: The page is shown within 2 seconds"
    (step,) = case.steps
    assert step.action == "Measure under the stated conditions: The page is shown within 2 seconds"
    assert '"The page is shown within 2 seconds. In 99 % of cases."' in step.expectation
    assert "A person has to add" in step.expectation
    assert not step.expected.asserts


def test_a_skeleton_is_unverified_and_cites_its_place() -> None:
    _, (case,) = skeletons([SPEED], (), "en")
    assert (case.status, case.technique) == (Status.UNVERIFIED, Technique.REQUIREMENTS_BASED)
    assert (case.sources, case.module, case.priority) == ((SOURCE,), "4 Other", Priority.LOW)


def test_a_skeleton_is_in_the_language_that_was_asked_for() -> None:
    _, (case,) = skeletons([RULE], (), "zh")
    assert case.title == "待补充：同一名员工同一时间只能有一张在途申请"
    assert case.steps[0].action.startswith("构造满足和不满足该规则的情形：")
    assert "请人工补充" in case.steps[0].expectation


def test_a_title_comes_before_the_first_clause_and_long_ones_are_cut() -> None:
    _, (named, long) = skeletons(
        [item("R-4", ItemKind.RULE, "Text.", "One open request"), item("R-5", ItemKind.RULE, "word " * 40)],
        (),
        "en",
    )
    assert named.title == "To be completed: One open request"
    assert long.title.endswith("…")
    assert len(long.title) < 80


@pytest.mark.parametrize("first", [1, 41])
def test_the_cases_are_numbered_on_from_those_that_exist(first: int) -> None:
    _, cases = skeletons([SPEED, RULE], (), "en", first)
    assert [case.id for case in cases] == [f"TC-{first:03}", f"TC-{first + 1:03}"]


@pytest.mark.parametrize(
    ("text", "language", "action", "expectation"),
    [
        (
            "Upon receipt of a Command, the system shall clear the log.",
            "en",
            "Bring about: receipt of a Command",
            "The system shall clear the log.",
        ),
        ("当账户连续失败 3 次时，系统应锁定账户。", "zh", "触发：账户连续失败 3 次", "系统应锁定账户。"),
        ("点击添加按钮，进行部门信息添加；", "zh", "触发：点击添加按钮", "进行部门信息添加。"),
        (
            "As a clerk, I want to print a label, so that the parcel can be sent.",
            "en",
            "Bring about: to print a label",
            "The parcel can be sent.",
        ),
    ],
)
def test_cause_and_effect_are_told_apart(
    text: str, language: Language, action: str, expectation: str
) -> None:
    item = RequirementItem(id="R1", kind=ItemKind.FUNCTIONAL, text=text)
    _, (case,) = skeletons([item], (), language)
    assert case.steps[0].action == action
    assert case.steps[0].expectation.startswith(expectation)
    assert text in case.steps[0].expectation
