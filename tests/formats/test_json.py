"""The suite as JSON: nothing is lost on the way there and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.cases import Expected, Outcome, Step, Suite, TestCase
from casewright.formats.exact_json import dumps
from casewright.formats.json import read, schema, write

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "suite.schema.json"

numbers = st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
scalars = st.booleans() | numbers | st.text() | st.none()


def test_a_suite_comes_back_as_it_was(rich_suite: Suite) -> None:
    assert read(write(rich_suite)) == rich_suite


@settings(deadline=None)
@given(data=st.dictionaries(st.text(), scalars, max_size=4))
def test_every_value_comes_back_with_its_digits(
    data: dict[str, bool | int | Decimal | str | None],
    build_suite: Callable[..., Suite],
    build_case: Callable[..., TestCase],
) -> None:
    suite = build_suite(cases=(build_case(steps=(Step(action="a", data=data),)),))
    again = read(write(suite))
    assert again == suite
    for name, value in again.cases[0].steps[0].data.items():
        if isinstance(value, Decimal):
            assert str(value) == str(data[name])


def test_an_amount_keeps_its_zeros_and_a_code_its_text(
    build_suite: Callable[..., Suite], build_case: Callable[..., TestCase]
) -> None:
    data = {"amount": Decimal("10.50"), "precise": Decimal("12345678901234567.89"), "code": "007", "on": True}
    content = write(build_suite(cases=(build_case(steps=(Step(action="a", data=data),)),)))
    for written in ('"amount": 10.50', '"precise": 12345678901234567.89', '"code": "007"', '"on": true'):
        assert written in content.decode()
    assert {name: str(value) for name, value in read(content).cases[0].steps[0].data.items()} == {
        "amount": "10.50",
        "precise": "12345678901234567.89",
        "code": "007",
        "on": "True",
    }


def test_pydantic_alone_reads_an_ordinary_suite(
    build_suite: Callable[..., Suite], build_case: Callable[..., TestCase]
) -> None:
    expected = Expected(outcome=Outcome.ACCEPTED, outputs={"fee": Decimal("25.00")}, state="pending")
    step = Step(
        action="a", data={"amount": Decimal("50000.50"), "currency": "CNY", "n": 3}, expected=expected
    )
    suite = build_suite(cases=(build_case(steps=(step,)),))
    assert Suite.model_validate_json(write(suite)) == suite


def test_the_file_is_utf8_without_a_mark_and_ends_its_last_line(rich_suite: Suite) -> None:
    content = write(rich_suite)
    assert content.startswith(b'{\n  "schema_version": 1,\n')
    assert content.endswith(b"}\n")
    assert "单笔上限".encode() in content


def test_the_file_holds_to_the_published_schema(rich_suite: Suite, build_suite: Callable[..., Suite]) -> None:
    published = json.loads(PUBLISHED.read_bytes())
    jsonschema.Draft202012Validator.check_schema(published)
    validator = jsonschema.Draft202012Validator(published)
    validator.validate(json.loads(write(rich_suite)))
    validator.validate(json.loads(write(build_suite())))


def test_the_schema_refuses_what_is_not_a_suite(rich_suite: Suite) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(PUBLISHED.read_bytes()))
    for wrong in ({}, json.loads(write(rich_suite)) | {"extra": 1}):
        assert not validator.is_valid(wrong)


def test_the_published_schema_is_up_to_date() -> None:
    assert PUBLISHED.read_bytes() == schema(), "run: .venv/bin/python scripts/write_schemas.py"


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"title": 1}'])
def test_what_is_not_a_suite_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(content)


def test_a_number_that_json_cannot_write_is_refused() -> None:
    with pytest.raises(ValueError, match="NaN"):
        dumps({"x": Decimal("NaN")})
