"""Models as testers read and write them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casewright.design.model.schema import Input, InputType, Length, Model, Operation, Part, Reject
from casewright.design.model.step_schema import Step
from casewright.design.model.text import dump, load
from casewright.design.model.text_errors import ModelTextErrors
from casewright.design.model.yaml_reading import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES

TYPES = ", ".join(InputType)
LEAST = "feature: f\noperations: {}\n"


def problems(text: str, language: str = "en") -> list[str]:
    """Without the name of the file."""
    with pytest.raises(ModelTextErrors) as refused:
        load(text, "m.yaml")
    return [line.removeprefix("m.yaml:") for line in refused.value.message(language).splitlines()]


# reading


def test_every_scalar_stays_as_it_was_written() -> None:
    derived = "{a: 22:00, b: 2025-03-01, c: on, d: ~, e: 1_000}"
    model = load(f"feature: 0123\nmessage: no\nderived: {derived}\noperations: {{}}\n", "m.yaml")
    assert (model.feature, model.message) == ("0123", "no")
    assert dict(model.derived) == {"a": "22:00", "b": "2025-03-01", "c": "on", "d": "~", "e": "1_000"}


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("2..60", Length(least=2, most=60)),
        ("..20", Length(most=20)),
        ("5..", Length(least=5)),
        ("8", Length(least=8, most=8)),
        (" 2 .. 60 ", Length(least=2, most=60)),
    ],
)
def test_lengths_are_written_as_ranges(written: str, length: Length) -> None:
    model = load(
        f"feature: f\noperations: {{o: {{inputs: {{i: {{type: text, length: {written}}}}}}}}}", "m.yaml"
    )
    assert model.operations["o"].inputs["i"].length == length


def test_a_key_with_nothing_behind_it_is_as_if_it_were_not_there() -> None:
    assert load(
        "feature: f\nstates:\noperations:\n  o:\n    inputs: {}\n    by:\n  p: {}\n", "m.yaml"
    ) == Model(feature="f", operations={"o": Operation(), "p": Operation()})


def test_one_person_or_source_needs_no_brackets() -> None:
    operation = load("feature: f\noperations: {o: {by: 直属 主管, from: 4.1 4.2}}", "m.yaml").operations["o"]
    assert (operation.by, operation.source) == (("直属 主管",), ("4.1", "4.2"))


# what is wrong


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ("{inputs: {}, rejct: []}", "2:30: there is no key `rejct` here. Did you mean `reject`?"),
        ("{inputs: {i: {tpye: text}}}", "2:31: there is no key `tpye` here. Did you mean `type`?"),
        (
            "{inputs: {i: {type: txet}}}",
            f"2:37: `txet` is none of the values ({TYPES}). Did you mean `text`?",
        ),
        (
            "{inputs: {i: {type: text, trimmed: on}}}",
            "2:52: `on` is none of the values (yes, no). Did you mean `no`?",
        ),
        ("{reject: [each one]}", "2:27: `each one` is none of the values (each invalid input)."),
        ("{reject: [{say: x}]}", "2:27: `if` is missing."),
        ("{let: {a: {b: c}}}", "2:27: this has to be a text."),
        ("{then: [{set: x}]}", "2:31: this has to be a mapping of keys to values."),
        ("{then: x}", "2:24: this has to be a list, such as [a, b]."),
        ("{inputs: {i: {type: text, scale: 1.5}}}", "2:50: this has to be a whole number."),
        ("{inputs: {i: {type: text, multiple of: x}}}", "2:56: this has to be a number."),
        ("{inputs: {i: {type: text, length: 2-60}}}", "2:51: a length is written as 2..60, ..20, 5.. or 8."),
    ],
)
def test_what_is_wrong_is_told_with_line_and_column(operation: str, expected: str) -> None:
    assert problems(f"feature: f\noperations: {{o: {operation}}}") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("feature:\noperations: {}", ["1:1: there is nothing behind `feature`."]),
        ("operations: {}", ["1:1: `feature` is missing."]),
        ("- a", ["1:1: a model is a mapping of keys to values."]),
        ("", ["1:1: `feature` is missing.", "1:1: `operations` is missing."]),
    ],
)
def test_what_a_model_needs_is_told(text: str, expected: list[str]) -> None:
    assert problems(text) == expected


def test_everything_that_is_wrong_is_told_at_once_and_in_order() -> None:
    text = "feature: f\nrols: [a]\noperations: {o: {than: []}}\nexamples: {}\n"
    assert [line.split(":")[0] for line in problems(text)] == ["2", "3", "4"]


def test_it_is_told_in_chinese_too() -> None:
    assert problems("feature: f\noperations: {o: {than: []}}", "zh") == [
        "2:18: 没有“than”这个键。您是不是想写“then”？"
    ]


def test_a_newer_version_says_to_upgrade() -> None:
    assert problems(f"casewright model: 2\n{LEAST}") == [
        "1:19: a model of version 2 can't be read, only up to 1. Upgrade casewright."
    ]
    assert "can't be read" in problems(f"casewright model: one\n{LEAST}")[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("feature: f\nfeature: g", "2:1: the key `feature` stands there twice, first in line 1."),
        ("feature: &a f\nmessage: *a", "1:10: anchors and aliases (& and *) are not supported."),
        ("feature: !!str f", "1:10: tags (!) are not supported."),
        (f"{LEAST}---\n{LEAST}", "3:1: there must be one document only (---)."),
        ("feature: f\n? [a]\n: b", "2:3: a key has to be a text."),
        ("feature: {a: b: c}", "1:15: this is not YAML"),
        ("feature: a\n b: c", "2:3: this is not YAML"),
        ("feature: 'open", "1:15: this is not YAML"),
        ("feature: f\x07", "1:11: there is a control character here."),
        ("feature: " + "[" * (MAX_DEPTH + 1), "nested more than"),
        ("a: [" + "x, " * MAX_NODES + "]", "more than 30000 values"),
        ("# " + "x" * MAX_CHARACTERS, "characters long"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_what_is_no_plain_yaml_is_refused(text: str, told: str) -> None:
    (problem,) = problems(text)
    assert told in problem


YAML_SIGNS = st.text(alphabet="a: -[]{}\n'\"#&*!|>%@`,?\t1", max_size=30)


@given(YAML_SIGNS | st.text(max_size=20) | YAML_SIGNS.map(lambda text: f"{LEAST}state: {text}"))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        load(text, "m.yaml")
    except ModelTextErrors as refused:
        places = [(problem.line, problem.column) for problem in refused.problems]
    else:
        return
    assert places
    assert all(1 <= line <= text.count("\n") + 2 and column >= 1 for line, column in places)


# writing


def test_a_model_is_written_for_people() -> None:
    model = Model(
        feature="转账",
        language="zh",
        operations={
            "转账": Operation(
                by=("客户",),
                inputs={
                    "金额": Input(type=InputType.DECIMAL, min="0.01", scale=2, source=("4.2.1", "4.3")),
                    "附言": Input(type=InputType.TEXT, required="no", length=Length(most=20)),
                },
                let={"费用": ("0 if 金额 < 10", "1 otherwise")},
                reject=("each invalid input", Reject(condition="金额 > 限额[渠道]", say="超过限额")),
                answer={"费用": "费用"},
            )
        },
    )
    assert (
        dump(model)
        == """\
# 测试模型，可以直接修改。用 casewright design 加本文件名，即可由它生成测试用例。
casewright model: 1
feature: 转账
language: zh
operations:
  转账:
    by: 客户
    inputs:
      金额: {type: decimal, min: 0.01, scale: 2, from: 4.2.1 4.3}
      附言: {type: text, required: no, length: ..20}
    let:
      费用:
        - 0 if 金额 < 10
        - 1 otherwise
    reject:
      - each invalid input
      - if: 金额 > 限额[渠道]
        say: 超过限额
    answer: {费用: 费用}
"""
    )


AWKWARD = (
    *(
        "",
        " ",
        "a: b",
        "a #b",
        "- a",
        "? a",
        "{a}",
        "[a, b]",
        "no",
        "~",
        "22:00",
        "0123",
        "a:",
        "'",
        '"',
        "\\",
    ),
    *(
        "\n",
        "...",
        "---",
        "%",
        "@",
        "`",
        "\x85",
        "\u2028",
        "\ufeff",
        "😀",
        "a\tb",
        "x" * 1100,
        "<<",
        "=",
        "|",
    ),
)
SCALARS: Mapping[Any, st.SearchStrategy[Any]] = {
    str: st.sampled_from(AWKWARD) | st.text(max_size=6),
    int: st.integers(-9, 99),
    bool: st.booleans(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=3),
    type(None): st.none(),
}
COUNTS = st.integers(0, 2)
ENDS = st.none() | st.integers(0, 999_999_999)


def any_value(draw: st.DrawFn, annotation: Any) -> Any:
    """Anything that a field of the schema may hold."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return any_value(draw, draw(st.sampled_from(arguments)))
    if origin is Annotated:
        return any_value(draw, arguments[0])
    if origin is Literal:
        return draw(st.sampled_from(arguments))
    if origin is tuple:
        return tuple(any_value(draw, arguments[0]) for _ in range(draw(COUNTS)))
    if origin in (dict, Mapping):
        return {any_value(draw, arguments[0]): any_value(draw, arguments[1]) for _ in range(draw(COUNTS))}
    if annotation is Step:  # steps hold steps
        return Step(when="a", set={"b": "c"}, then=(Step(remove="d"),) if draw(st.booleans()) else ())
    if annotation is Length:
        return Length(least=draw(ENDS), most=draw(ENDS))
    if issubclass(annotation, Part):
        return any_part(draw, annotation)
    return draw(SCALARS[annotation] if annotation in SCALARS else st.sampled_from(annotation))


def any_part(draw: st.DrawFn, of: type[Part]) -> Part:
    chosen = {
        name: any_value(draw, field.annotation)
        for name, field in of.model_fields.items()
        if field.is_required() or draw(st.booleans())
    }
    return of(**chosen)


@st.composite
def models(draw: st.DrawFn) -> Part:
    return any_part(draw, Model)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(models())
def test_what_is_written_reads_as_the_same_model(model: Model) -> None:
    assert load(dump(model), "m.yaml") == model
