"""What a tester's text is read as."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from fractions import Fraction

import pytest

from casewright.design.expressions import tree as nodes
from casewright.design.expressions.names import Names
from casewright.design.expressions.parsing import parse, parse_lines
from casewright.design.expressions.showing import show, show_lines
from casewright.design.expressions.static_types import choice_of
from casewright.design.expressions.tree import Kind, Operator, Order, Tree
from casewright.design.expressions.values import MISSING

Read = Callable[[str], Tree]


@pytest.fixture
def read(names: Names) -> Read:
    return lambda text: parse(text, names)


def number(name: str, kind: Kind = Kind.INPUT) -> Tree:
    return nodes.Name(name, kind)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200000", Fraction(1_200_000)),
        ("12.50", Fraction(25, 2)),
        ("50%", Fraction(1, 2)),
        ("0.05 %", Fraction(1, 2000)),
        ("-3", Fraction(-3)),
        ("22:00", datetime.time(22)),
        ("6:05:30", datetime.time(6, 5, 30)),
        ("2025-03-01", datetime.date(2025, 3, 1)),
        ("2025-03-01 09:15", datetime.datetime.combine(datetime.date(2025, 3, 1), datetime.time(9, 15))),
        ('"say \\"hi\\""', 'say "hi"'),
        ("yes", True),
        ("missing", MISSING),
    ],
)
def test_literals_are_read_exactly(read: Read, text: str, value: object) -> None:
    assert read(text) == nodes.Literal(value)  # pyright: ignore[reportArgumentType]


def test_the_longest_declared_name_wins(read: Read) -> None:
    names = Names(inputs=dict.fromkeys(["金额", "转账金额", "a", "a - b", "b"], choice_of("x")))
    assert parse("转账金额", names) == number("转账金额")
    assert parse("a - b", names) == number("a - b")
    assert parse("a - (b)", names) == nodes.Arithmetic(Operator.MINUS, number("a"), number("b"))
    assert parse("'a' - b", names) == nodes.Arithmetic(Operator.MINUS, number("a"), number("b"))


def test_names_with_spaces_and_hyphens_need_no_quotes(read: Read) -> None:
    assert read("unit  price*a-b") == nodes.Arithmetic(Operator.TIMES, number("unit price"), number("a-b"))


def test_a_name_may_be_written_in_single_quotes(read: Read) -> None:
    assert read("'unit price'") == number("unit price")


@pytest.mark.parametrize("word", ["none", "missing", "in progress", "12", "3 days", "yes", "invalid", "A+"])
def test_a_value_may_look_like_a_key_word_or_a_number(read: Read, word: str) -> None:
    expected = nodes.Compare(Order.EQUAL, number("kind"), nodes.Word(word))
    assert read(f"kind = {word}") == expected
    assert read(f'kind = "{word}"') == expected
    assert read(f"kind in [{word}]") == nodes.Member(number("kind"), (nodes.Word(word),))


def test_the_same_words_mean_what_they_always_do_beside_something_else(read: Read) -> None:
    assert read("金额 = missing") == nodes.Compare(Order.EQUAL, number("金额"), nodes.Literal(MISSING))
    assert read("金额 = 12") == nodes.Compare(Order.EQUAL, number("金额"), nodes.Literal(Fraction(12)))
    assert read("kind missing") == nodes.Is(number("kind"), nodes.Test.MISSING)
    assert read("kind invalid") == nodes.Is(number("kind"), nodes.Test.INVALID)


def test_beside_a_choice_a_name_that_is_one_of_its_values_is_the_value(read: Read) -> None:
    assert read("kind = 额度") == nodes.Compare(Order.EQUAL, number("kind"), nodes.Word("额度"))
    quoted = nodes.Compare(Order.EQUAL, number("kind"), number("额度", Kind.FIGURE))
    assert read("kind = '额度'") == quoted
    assert read("额度 > 3") == nodes.Compare(
        Order.GREATER, number("额度", Kind.FIGURE), nodes.Literal(Fraction(3))
    )


def test_a_word_is_looked_up_in_both_branches_of_a_choice(read: Read) -> None:
    tree = read("kind = (missing if 加急 else 12)")
    assert isinstance(tree, nodes.Compare)
    assert isinstance(tree.right, nodes.If)
    assert (tree.right.value, tree.right.otherwise) == (nodes.Word("missing"), nodes.Word("12"))


def test_what_is_written_to_a_state_is_read_as_a_state(names: Names) -> None:
    states = choice_of("missing", "on hold", "or")
    assert parse(" on hold", names, states) == nodes.Word("on hold")
    assert parse("or", names, states) == nodes.Word("or")
    tree = parse("missing if 加急 else on hold", Names(names.inputs, choices={"s": states.values}), states)
    assert tree == nodes.If(nodes.Word("missing"), number("加急"), nodes.Word("on hold"))


def test_a_text_beside_a_date_time_is_one(read: Read) -> None:
    assert read('时刻 > "2025-03-01 09:15"') == read("时刻 > 2025-03-01 09:15")
    assert read('"2025-03-01" <= 日期') == read("2025-03-01 <= 日期")


def test_a_term_stands_for_its_words(read: Read) -> None:
    words = (nodes.Word("待审批"), nodes.Word("in progress"))
    member = nodes.Member(number("state", Kind.STATE), words, "在途")
    assert read("state in 在途") == member
    assert read("state not in 在途") == nodes.Not(member)


def test_full_width_signs_are_read_as_the_ordinary_ones(read: Read) -> None:
    assert read("max（金额，3）≥ 2 × 上限") == read("max(金额, 3) >= 2 * 上限")


def test_operators_bind_as_in_school(read: Read) -> None:
    assert read("1 + 2 * 金额 - 3") == read("(1 + (2 * 金额)) - 3")
    assert read("not 加急 and 夜间 or 加急") == read("((not 加急) and 夜间) or 加急")
    assert read("length of 附言 + 1") == read("(length of 附言) + 1")
    assert read("金额 if 加急 else 3 if 夜间 else 4") == read("金额 if 加急 else (3 if 夜间 else 4)")
    assert read("days from 日期 to until + 1") == read("(days from 日期 to until) + 1")


def test_every_node_knows_its_characters(read: Read) -> None:
    text = "渠道 = App and  max(金额, 3) > 上限"
    tree = read(text)
    pieces = [text[node.span.start : node.span.end] for node in nodes.walk(tree)]
    assert pieces == [
        text,
        "渠道 = App",
        "渠道",
        "App",
        "max(金额, 3) > 上限",
        "max(金额, 3)",
        "金额",
        "3",
        "上限",
    ]


def test_a_first_hit_list_is_read_line_by_line(names: Names) -> None:
    lines = ["0 if 渠道 = App", "(1 if 加急 else 2) if 金额 > 3", "费用 otherwise"]
    tree = parse_lines(lines, names)
    assert [case.value for case in tree.cases] == [parse("0", names), parse("1 if 加急 else 2", names)]
    assert tree.otherwise == number("费用", Kind.LET)
    assert list(show_lines(tree, names)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "渠道 = App and not (加急 or 夜间)",
        "本组限额.单笔限额 * 50 - -3",
        "限额[渠道].每日 限额 missing",
        "金额 not in [1, 2.5]",
        'kinds of (A-Z, a-z, "!@") in 附言 >= 3',
        'part of code before "-" starts with "AB" ignoring case',
        "日期 + 3 days <= until",
        "minutes from 交易时间 to 23:00",
        "actor may not now",
        "some input missing or of wrong kind",
    ],
)
def test_what_is_shown_is_what_a_tester_would_write(read: Read, names: Names, text: str) -> None:
    assert show(read(text), names).replace("0.5", "50%") == text.replace("0.5", "50%")


def test_what_would_be_read_otherwise_is_shown_in_quotes(names: Names) -> None:
    tree = nodes.Compare(Order.EQUAL, number("kind"), number("额度", Kind.FIGURE))
    assert show(tree, names) == "'kind' = '额度'"


@pytest.mark.parametrize(
    "text",
    [
        "-金额 ^ 2",
        "(-金额) ^ 2",
        "(-2) ^ 2",
        "2 ^ -金额",
        "2 ^ 3 ^ 2",
        "(2 ^ 3) ^ 2",
        "(金额 / 3) ^ (金额 - 1)",
    ],
)
def test_a_power_is_shown_with_the_brackets_that_it_needs(read: Read, names: Names, text: str) -> None:
    assert show(read(text), names) == text
