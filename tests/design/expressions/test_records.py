"""Expressions over records: how they are read, what they are worth, and what a tester is told of a slip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from casewright.design.expressions import record_tree as records
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.checking import check
from casewright.design.expressions.errors import ExpressionError
from casewright.design.expressions.names import Names
from casewright.design.expressions.parsing import parse
from casewright.design.expressions.record_tree import Pick, Quantifier, Search
from casewright.design.expressions.showing import show
from casewright.design.expressions.tree import Kind, Order, Tree
from casewright.design.expressions.values import MISSING, UNKNOWN, Reference, Value

Worth = Callable[..., Value]
Read = Callable[[str], Tree]


@pytest.fixture
def read(names: Names) -> Read:
    return lambda text: parse(text, names)


def field(collection: str, name: str) -> Tree:
    return nodes.Column(records.Scanned(collection), name)


def copy_(barcode: str) -> Reference:
    return Reference("copy", (barcode,))


def hold(number: int) -> Reference:
    return Reference("hold", (Fraction(number),))


def equals(left: Tree, right: Tree) -> Tree:
    return nodes.Compare(Order.EQUAL, left, right)


# reading


def test_a_bare_name_of_a_field_is_that_of_the_record_that_is_gone_through(read: Read) -> None:
    assert read("count of hold where 金额 > 3") == records.CountRecords(
        "hold", nodes.Compare(Order.GREATER, field("hold", "金额"), nodes.Literal(Fraction(3)))
    )
    assert read("金额") == nodes.Name("金额", Kind.INPUT)
    assert read("count of hold where 'copy' = it") == records.CountRecords(
        "hold", equals(field("hold", "copy"), nodes.Name("it", Kind.LET))
    )


def test_what_was_sent_can_be_named_where_a_field_is_called_the_same(read: Read) -> None:
    sent = nodes.Name("金额", Kind.INPUT)
    assert read("any hold where 金额 = sent 金额") == records.Quantified(
        Quantifier.ANY, "hold", equals(field("hold", "金额"), sent)
    )
    assert read("sent 'unit price' > 3") == read("unit price > 3")


def test_a_key_word_that_is_a_field_is_the_field(read: Read) -> None:
    assert read("first hold by no") == Search(Pick.FIRST, "hold", None, field("hold", "no"))
    assert read("first hold by -no") == Search(Pick.FIRST, "hold", None, nodes.Negative(field("hold", "no")))
    assert read("any hold where (no) = 3") == read("any hold where hold.no = 3")


def test_where_only_yes_or_no_can_stand_no_is_no_number(read: Read) -> None:
    no = nodes.Literal(False)
    assert read("any hold where urgent = no") == records.Quantified(
        Quantifier.ANY, "hold", equals(field("hold", "urgent"), no)
    )
    assert read("any hold where no or urgent") == records.Quantified(
        Quantifier.ANY, "hold", nodes.Or((no, field("hold", "urgent")))
    )


def test_of_nested_searches_the_innermost_record_with_the_name_is_meant(read: Read) -> None:
    tree = read("any hold where any copy where holder = reader and state = 借出")
    inner = nodes.And(
        (
            equals(field("copy", "holder"), field("hold", "reader")),
            equals(field("copy", "state"), _word("借出")),
        )
    )
    assert tree == records.Quantified(
        Quantifier.ANY, "hold", records.Quantified(Quantifier.ANY, "copy", inner)
    )
    assert read("any copy where any hold where copy = it") == read(
        "any copy where any hold where hold.copy = it"
    )
    assert read("count of hold where (count of hold where reader = hold.reader) > 1") == read(
        "count of hold where (count of hold where reader = reader) > 1"
    )


def _word(text: str) -> Tree:
    return nodes.Word(text)


def test_state_is_that_of_the_record_if_it_has_states(read: Read) -> None:
    assert read("any copy where state = in progress") == records.Quantified(
        Quantifier.ANY, "copy", equals(field("copy", "state"), nodes.Word("in progress"))
    )
    assert read("any reader where state = in progress") == records.Quantified(
        Quantifier.ANY, "reader", equals(nodes.Name("state", Kind.STATE), nodes.Word("in progress"))
    )


def test_the_record_itself_stands_as_the_name_of_its_collection(read: Read) -> None:
    assert read("any reader where reader = who") == records.Quantified(
        Quantifier.ANY, "reader", equals(records.Scanned("reader"), nodes.Name("who", Kind.LET))
    )


def test_a_step_that_goes_through_records_has_their_fields_too(names: Names) -> None:
    inside = replace(names, scanned=("hold",))
    tree = parse("金额 + hold.金额 + sent 金额", inside)
    money, sent = field("hold", "金额"), nodes.Name("金额", Kind.INPUT)
    plus = nodes.Operator.PLUS
    assert tree == nodes.Arithmetic(plus, nodes.Arithmetic(plus, money, money), sent)
    assert show(tree, inside) == "金额 + 金额 + sent 金额"


def test_the_clock_has_two_names(read: Read) -> None:
    assert read("today - 3 days") == nodes.Arithmetic(
        nodes.Operator.MINUS,
        nodes.Name("today", Kind.CLOCK),
        nodes.Duration(nodes.Literal(Fraction(3)), nodes.Unit.DAYS),
    )


def test_a_search_takes_all_that_follows_where(read: Read) -> None:
    whole = read("not any hold where urgent or 金额 > 3 and copy missing")
    assert whole == read("not (any hold where (urgent or (金额 > 3 and copy missing)))")
    assert whole == read("no hold where urgent or 金额 > 3 and copy missing")
    assert read("who = (newest hold).reader and 加急") == read("(who = (newest hold).reader) and 加急")


@pytest.mark.parametrize(
    "text",
    [
        'copy["B1"].state = 在架',
        'shelf["east", 3] missing',
        "copy[code].holder.number",
        'the reader where number = "R1" or kind = child',
        "first hold where 金额 = sent 金额 and copy missing by no",
        "2nd hold where reader = who by -no",
        "(11th hold).reader",
        "23rd hold by (日期 + 3 days)",
        "newest hold",
        "(oldest copy where lent).holder.kind = adult",
        "last hold by 日期",
        "position of mine among hold where copy missing by 日期",
        "no hold where urgent and 金额 > 3",
        "not (every copy where state = 借出 has due < today)",
        "count of hold > 3 or (count of hold where reader = who) >= 3",
        "count of A-Z in code",
        "sum of copy.price where state = 在架",
        "sum of hold.copy.price - 1",
        "sum of (price * 2) for each copy where holder = who",
        "least of (金额 - 1) for each hold",
        "most of copy.due",
        "overlaps(日期 to until, today to now, both ends belong)",
        "overlaps(时刻 to 2025-03-01 09:15, 时刻 to 时刻, last end is out, gap 30 minutes)",
        "1 if (any hold where urgent) else 2",
    ],
)
def test_what_is_shown_is_what_a_tester_would_write(read: Read, names: Names, text: str) -> None:
    tree = read(text)
    check(tree, names, text)
    assert show(tree, names) == text


def test_the_nodes_of_records_are_walked_and_changed_as_all_others(read: Read, names: Names) -> None:
    tree = read("position of mine among hold where 金额 > 3 by no")
    assert [type(node).__name__ for node in nodes.walk(tree)] == [
        "PositionOf",
        "Name",
        "Compare",
        "Column",
        "Scanned",
        "Literal",
        "Column",
        "Scanned",
    ]

    def higher(node: Tree) -> Tree:
        if isinstance(node, nodes.Literal):
            return nodes.Literal(Fraction(4))
        return nodes.with_children(node, higher)

    assert show(higher(tree), names) == "position of mine among hold where 金额 > 4 by no"


# what it is worth


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('copy["B2"]', copy_("B2")),
        ('copy["B9"]', MISSING),
        ("copy[unknown]", UNKNOWN),
        ('copy["B2"].holder.number', "R1"),
        ('copy["B9"].holder.number', MISSING),
        ('copy["B1"].holder.number', MISSING),
        ('shelf["east", 3] missing', True),
        ('the copy where barcode = "B2"', copy_("B2")),
        ("the copy where price > 100", MISSING),
        ('the copy where 书目 = "Emma"', UNKNOWN),
        ("first hold where copy missing", hold(2)),
        ("first hold where copy missing by -no", hold(4)),
        ("first hold by 日期", hold(2)),
        ("2nd hold by 日期", hold(3)),
        ("last hold by 日期", hold(4)),
        ("last hold where 日期 < 2025-03-03 by 日期", hold(3)),
        ("5th hold", MISSING),
        ("newest hold where urgent", hold(3)),
        ("oldest hold", hold(1)),
        ("newest shelf", MISSING),
        ("(first hold where copy exists).copy.price", Fraction(20)),
        ("position of mine among hold", Fraction(4)),
        ("position of mine among hold where copy missing", Fraction(2)),
        ("position of mine among hold where reader = mine.reader by -no", Fraction(1)),
        ("position of mine among hold where urgent", MISSING),
        ("position of (newest hold where 金额 > 500) among hold", MISSING),
    ],
)
def test_records_are_found(worth: Worth, text: str, value: Value) -> None:
    assert worth(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("any copy where state = 借出 and due < today", True),
        ("any copy", True),
        ("any shelf", False),
        ("no copy where price < 7.5", True),
        ("every copy where lent has due exists", True),
        ("every copy has due exists", False),
        ("every shelf has 1 = 2", True),
        ("not every hold where urgent has copy exists", False),
        ("any hold where any copy where holder = reader and barcode = hold.copy.barcode", False),
        ("any hold where any copy where hold.copy = copy", True),
        ("count of hold", Fraction(4)),
        ("(count of hold where reader = who) >= 2", True),
        ("count of hold where hold = mine", Fraction(1)),
        ("count of hold where hold.金额 > sent 金额 - 95", Fraction(2)),
        ("sum of copy.price", Fraction("57.5")),
        ("sum of copy.price where state = 在架", Fraction(20)),
        ("sum of shelf.place", Fraction(0)),
        ("sum of (max(0, days from due to today)) for each copy where lent", Fraction(5)),
        ("most of hold.日期", date(2025, 3, 6)),
        ("least of (price * 2) for each copy", Fraction(15)),
        ("least of shelf.place", MISSING),
        ("sum of hold.copy.price where copy exists", Fraction(50)),
        ('who = copy["B2"].holder', True),
        ("it != (newest copy)", True),
        ('who in [copy["B2"].holder, missing]', True),
        ('it exists and copy["none"] missing', True),
        ("today", date(2025, 3, 10)),
        ("now + 2 days", date(2025, 3, 12)),
    ],
)
def test_records_are_counted_summed_and_compared(worth: Worth, text: str, value: Value) -> None:
    assert worth(text) == value


@pytest.mark.parametrize(
    ("first", "second", "ends", "expected"),
    [
        ("03-01 to 03-03", "03-03 to 03-05", "both ends belong", True),
        ("03-01 to 03-03", "03-04 to 03-05", "both ends belong", False),
        ("03-01 to 03-03", "03-04 to 03-05", "both ends belong, gap 0 days", False),
        ("03-01 to 03-03", "03-04 to 03-05", "both ends belong, gap 1 day", True),
        ("03-01 to 03-03", "03-05 to 03-06", "both ends belong, gap 1 day", False),
        ("03-05 to 03-06", "03-01 to 03-03", "both ends belong, gap 2 days", True),
        ("03-01 to 03-03", "03-03 to 03-05", "last end is out", False),
        ("03-01 to 03-04", "03-03 to 03-05", "last end is out", True),
        ("03-01 to 03-03", "03-03 to 03-05", "last end is out, gap 1 day", True),
        ("03-01 to 03-03", "03-04 to 03-05", "last end is out, gap 1 day", False),
    ],
)
def test_days_overlap_or_are_too_near(
    worth: Worth, first: str, second: str, ends: str, expected: bool
) -> None:
    periods = f"{first}, {second}".replace("03-", "2025-03-")
    assert worth(f"overlaps({periods}, {ends})") is expected


@pytest.mark.parametrize(
    ("second", "ends", "expected"),
    [
        ("10:00 to 11:00", "both ends belong", True),
        ("10:00 to 11:00", "last end is out", False),
        ("10:30 to 11:00", "both ends belong, gap 30 minutes", False),
        ("10:29 to 11:00", "both ends belong, gap 30 minutes", True),
        ("10:00 to 11:00", "both ends belong, gap 0 minutes", True),
        ("10:30 to 11:00", "last end is out, gap 30 minutes", False),
        ("10:29 to 11:00", "last end is out, gap 30 minutes", True),
        ("23:50 to 23:59", "last end is out, gap 30 minutes", False),
        ("missing to 11:00", "last end is out", UNKNOWN),
        ("missing to 08:00", "last end is out", False),
    ],
)
def test_times_overlap_or_are_too_near(worth: Worth, second: str, ends: str, expected: Value) -> None:
    assert worth(f"overlaps(09:00 to 10:00, {second}, {ends})") is expected


# what is not known


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("any hold where 金额 > 50", True),
        ("any hold where 金额 > 500", UNKNOWN),
        ("no hold where 金额 > 50", False),
        ("every hold where urgent has 金额 > 500", False),
        ("every hold where 金额 > 500 has urgent", True),
        ("count of hold where 金额 > 0", UNKNOWN),
        ("count of hold", Fraction(4)),
        ("sum of hold.金额", UNKNOWN),
        ("sum of hold.金额 where no > 1", Fraction(107)),
        ("first hold where 金额 > 50", UNKNOWN),
        ("newest hold where 金额 > 50", hold(2)),
        ("newest hold where 金额 < 0", hold(4)),
        ("first hold where no > 1 and 金额 < 500", hold(2)),
        ("first hold by 金额", UNKNOWN),
        ("first hold where no = 1 by 金额", hold(1)),
        ("the hold where 金额 = 100", UNKNOWN),
        ("2nd hold where 金额 < 500 or no > 1", UNKNOWN),
        ("position of mine among hold where 金额 < 500", UNKNOWN),
        ("position of mine among hold where no > 1 and 金额 < 500", Fraction(3)),
        ("position of (oldest hold) among hold where 金额 > 0", UNKNOWN),
        ("least of hold.金额", UNKNOWN),
    ],
)
def test_an_unknown_field_of_one_record_spoils_only_what_hangs_on_it(
    worth: Worth, text: str, value: Value
) -> None:
    assert worth(text, fields={(hold(1), "金额"): UNKNOWN}) == value


def test_nothing_is_certain_of_records_that_are_not_known(worth: Worth) -> None:
    for text in (
        "any hold",
        "every hold has urgent",
        "count of hold",
        "sum of hold.金额",
        "most of hold.金额",
        "first hold",
        "the hold where urgent",
        "position of mine among hold",
        "mine.金额",
    ):
        assert worth(text, records={"hold": UNKNOWN}) is UNKNOWN
    assert worth("count of copy", records={"hold": UNKNOWN}) == 3


def test_records_whose_order_is_missing_have_no_first(worth: Worth) -> None:
    assert worth("first copy by due") is UNKNOWN
    assert worth("first copy where lent by due") == copy_("B3")


def test_a_field_of_a_record_that_is_gone_is_missing(worth: Worth) -> None:
    assert worth("mine.金额", records={"hold": ()}) is MISSING


# what a tester is told


@pytest.mark.parametrize(
    ("text", "offending", "told", "nearest"),
    [
        ("hold", "hold", "say which one, such as `hold[…]`", None),
        ("hold.金额", "hold", "say which one", None),
        ("due < today", "due", "it is a field of `copy`", None),
        ("lent and any hold", "lent", "it is a field of `copy`", None),
        ("any holt where urgent", "holt", "no such records", "hold"),
        ("first holt", "holt", "no such records", "hold"),
        ("position of mine among holt", "holt", "no such records", "hold"),
        ("count of holt", "holt", "classes of characters", None),
        ("holt[3]", "holt", "no such name", "hold"),
        ("mine.redaer", "redaer", "no such column or field", "reader"),
        ("mine.price", "mine.price", "`hold` has no such field", None),
        ("first hold where 日朝 = today", "日朝", "no such name", "日期"),
        ("count of hold where (reader = who) >= 3", "(reader = who) >= 3", "put brackets round", None),
        ("count of hold where urgent and (no = 1) > 3", "(no = 1) > 3", "put brackets round", None),
        ("count of hold where reader = who >= 3", ">=", "put brackets round", None),
        ("first hold by no + 1", "+", "put brackets round", None),
        ("newest hold.reader", ".reader", "put brackets round", None),
        ("any hold where reader = who missing", "missing", "put brackets round", None),
        ('who = "R1"', '"R1"', "a record of `reader` can't be compared with a text. Say which field", None),
        ("code = who", "who", "a text can't be compared with a record of `reader`. Say which field", None),
        ("who = it", "it", "a record of `reader` can't be compared with a record of `copy`", None),
        ("who > who", "who", "a number, date, time or duration is expected", None),
        ("copy[金额]", "金额", "a text can't be compared with a number", None),
        ("shelf[code]", "shelf[code]", "has 2 parts, but 1", None),
        ("first hold by reader", "reader", "is expected here, but this is a record of `reader`", None),
        ("any hold where 金额", "金额", "yes or no is expected", None),
        ("sum of hold.reader", "hold.reader", "a number is expected", None),
        ("sum of hold.日期", "hold.日期", "a number is expected", None),
        ("position of it among hold", "it", "can't be compared with a record of `copy`", None),
        ("who if 加急 else it", "it", "of one type", None),
        ("length of who", "who", "a record of `reader`", None),
        ("overlaps(日期 to until, 1 to 2, last end is out)", "1", "a date can't be compared", None),
        ("overlaps(日期 to until, 日期 to until)", ")", "does not fit", None),
        ("overlaps(日期 to until, now to now, both ends belong, gap 3)", "3", "a duration can't", None),
        ("overlaps(日期 to until, now to now, both ends belong, gap 3 hours)", "3 hours", "no hours", None),
        ("every hold", "", "ends too early", None),
    ],
)
def test_a_slip_is_told_with_what_would_be_right(
    names: Names, text: str, offending: str, told: str, nearest: str | None
) -> None:
    with pytest.raises(ExpressionError) as refused:
        check(parse(text, names), names, text)
    error = refused.value
    assert (error.offending, error.nearest) == (offending, nearest)
    assert told in error.message("en")
    assert error.message("zh") != error.message("en")


def test_a_collection_is_no_key_word_for_names_that_begin_like_a_search(names: Names) -> None:
    longer = replace(names, figures={"first hold fee": names.figures["额度"], "the": names.figures["额度"]})
    assert parse("first hold fee", longer) == nodes.Name("first hold fee", Kind.FIGURE)
    assert parse("the + 1", longer) == nodes.Arithmetic(
        nodes.Operator.PLUS, nodes.Name("the", Kind.FIGURE), nodes.Literal(Fraction(1))
    )
    assert parse("the hold", longer) == Search(Pick.ONLY, "hold")
