"""What holds for every expression, not only for those that somebody thought of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.expressions import tree as nodes
from casewright.design.expressions.checking import check
from casewright.design.expressions.environment import Environment
from casewright.design.expressions.errors import ExpressionError
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.names import Names
from casewright.design.expressions.parsing import parse
from casewright.design.expressions.showing import show
from casewright.design.expressions.static_types import TypeKind
from casewright.design.expressions.tree import (
    CharacterClass,
    Function,
    Kind,
    Operator,
    Order,
    Refusal,
    Side,
    Test,
    TextTest,
    Tree,
    Unit,
)
from casewright.design.expressions.values import MISSING, UNKNOWN, Value

Trees = st.SearchStrategy[Tree]

DECIMALS = st.integers(-3_000, 3_000).map(lambda cents: Fraction(cents, 100))
WHOLE = st.integers(-12, 12).map(lambda whole: nodes.Literal(Fraction(whole)))
DATES = st.dates(date(2024, 12, 1), date(2025, 6, 1))
MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
MOMENTS = st.builds(datetime.combine, DATES, MINUTES)
TEXTS = st.text(alphabet="aAB-x 你\"'\\\n", max_size=5)
CLASSES = st.lists(
    st.sampled_from(
        [CharacterClass("A", "Z"), CharacterClass("0", "9"), CharacterClass(characters='!"\\,) ')]
    ),
    min_size=1,
    max_size=3,
    unique=True,
).map(tuple)
ORDERED = (TypeKind.NUMBER, TypeKind.DATE, TypeKind.TIME, TypeKind.DATE_TIME, TypeKind.DURATION)


class WellTyped:
    """Strategies for trees that pass `check`, in the form in which `parse` gives them."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[tuple[TypeKind, int], Trees] = {}

    def of(self, kind: TypeKind, depth: int) -> Trees:
        if (kind, depth) not in self._known:
            leaves = self._leaves(kind)
            forms = [leaves] if depth == 0 else [leaves, *self._forms(kind, depth - 1)]
            self._known[kind, depth] = st.one_of(forms)
        return self._known[kind, depth]

    def _leaves(self, kind: TypeKind) -> Trees:
        named = [
            nodes.Name(each, of_kind)
            for each, (of_kind, of) in self._names.readable.items()
            if of.kind is kind
        ]
        literals: dict[TypeKind, st.SearchStrategy[Value]] = {
            TypeKind.NUMBER: DECIMALS,
            TypeKind.TEXT: TEXTS,
            TypeKind.BOOLEAN: st.booleans(),
            TypeKind.DATE: DATES,
            TypeKind.TIME: MINUTES,
            TypeKind.DATE_TIME: MOMENTS,
        }
        forms: list[Trees] = [st.sampled_from(named)] if named else []
        if kind in literals:
            forms.append(literals[kind].map(nodes.Literal))
        if kind is TypeKind.DURATION:
            forms.append(st.builds(nodes.Duration, DECIMALS.map(nodes.Literal), st.sampled_from(Unit)))
        forms.append(st.sampled_from([nodes.Literal(UNKNOWN), nodes.Literal(MISSING)]))
        return st.one_of(forms)

    def _forms(self, kind: TypeKind, depth: int) -> list[Trees]:
        own: dict[TypeKind, Callable[[int], list[Trees]]] = {
            TypeKind.NUMBER: self._numbers,
            TypeKind.TEXT: self._texts,
            TypeKind.BOOLEAN: self._booleans,
            TypeKind.DURATION: self._durations,
        }
        truth, same = self.of(TypeKind.BOOLEAN, depth), self.of(kind, depth)
        forms: list[Trees] = [st.builds(nodes.If, same, truth, same)]
        if kind in own:
            forms += own[kind](depth)
        elif kind is not TypeKind.CHOICE:
            by = self.of(TypeKind.DURATION, depth).filter(
                lambda it: kind is not TypeKind.DATE or _has_no_hours(it)
            )
            forms.append(
                st.builds(nodes.Arithmetic, st.sampled_from([Operator.PLUS, Operator.MINUS]), same, by)
            )
        return forms

    def _numbers(self, depth: int) -> list[Trees]:
        number, text = self.of(TypeKind.NUMBER, depth), self.of(TypeKind.TEXT, depth)
        one, many = st.tuples(number), st.lists(number, min_size=1, max_size=3).map(tuple)
        step = st.sampled_from([nodes.Literal(Fraction(1, 100)), nodes.Literal(Fraction(5))])
        channel = st.sampled_from([nodes.Name("渠道", Kind.INPUT), nodes.Word("App"), nodes.Word("小程序")])
        row = channel.map(lambda key: nodes.LookUp("限额", (key,))) | st.just(
            nodes.Name("本组限额", Kind.LET)
        )
        return [
            st.builds(nodes.Arithmetic, st.sampled_from(Operator), number, number),
            st.builds(nodes.Arithmetic, st.just(Operator.RAISED_TO), number, WHOLE),
            number.filter(_is_no_number).map(nodes.Negative),
            st.builds(nodes.Apply, st.sampled_from([Function.ABS, Function.FLOOR, Function.CEIL]), one),
            st.builds(nodes.Apply, st.sampled_from([Function.MIN, Function.MAX]), many),
            st.builds(nodes.Apply, st.sampled_from(sorted(nodes.ROUNDINGS)), st.tuples(number, step)),
            text.map(lambda it: nodes.Apply(Function.LENGTH, (it,))),
            self.of(TypeKind.DATE, depth).map(lambda it: nodes.Apply(Function.WEEKDAY, (it,))),
            st.builds(nodes.CountOf, CLASSES, text),
            st.builds(nodes.KindsOf, CLASSES, text),
            st.builds(nodes.Column, row, st.sampled_from(["单笔限额", "每日 限额"])),
            st.builds(nodes.Keyed, st.just("累计"), channel),
            *(
                st.builds(nodes.Between, st.sampled_from(Unit), self.of(kind, depth), self.of(kind, depth))
                for kind in (TypeKind.DATE, TypeKind.TIME, TypeKind.DATE_TIME)
            ),
        ]

    def _texts(self, depth: int) -> list[Trees]:
        text = self.of(TypeKind.TEXT, depth)
        return [
            text.map(lambda it: nodes.Apply(Function.TRIMMED, (it,))),
            st.builds(nodes.PartOf, text, st.sampled_from(Side), text),
        ]

    def _durations(self, depth: int) -> list[Trees]:
        duration = self.of(TypeKind.DURATION, depth)
        return [
            st.builds(nodes.Duration, self.of(TypeKind.NUMBER, depth), st.sampled_from(Unit)),
            st.builds(nodes.Arithmetic, st.sampled_from([Operator.PLUS, Operator.MINUS]), duration, duration),
            *(
                st.builds(
                    nodes.Arithmetic, st.just(Operator.MINUS), self.of(kind, depth), self.of(kind, depth)
                )
                for kind in (TypeKind.DATE, TypeKind.TIME, TypeKind.DATE_TIME)
            ),
            duration.map(nodes.Negative),
        ]

    def _booleans(self, depth: int) -> list[Trees]:
        truth, text = self.of(TypeKind.BOOLEAN, depth), self.of(TypeKind.TEXT, depth)
        several = st.lists(truth, min_size=2, max_size=3).map(tuple)
        inputs = st.sampled_from([nodes.Name(each, Kind.INPUT) for each in self._names.inputs])
        return [
            several.map(nodes.And),
            several.map(nodes.Or),
            truth.map(nodes.Not),
            *(
                st.builds(nodes.Compare, st.sampled_from(Order), self.of(it, depth), self.of(it, depth))
                for it in ORDERED
            ),
            st.builds(
                nodes.Compare, st.sampled_from([Order.EQUAL, Order.DIFFERENT]), text, text, st.booleans()
            ),
            st.builds(nodes.TextCompare, st.sampled_from(TextTest), text, text, st.booleans()),
            *self._choices(),
            st.builds(
                nodes.Member,
                self.of(TypeKind.NUMBER, depth),
                st.lists(DECIMALS.map(nodes.Literal), min_size=1).map(tuple),
            ),
            st.builds(nodes.Is, inputs, st.sampled_from(Test)),
            st.builds(
                nodes.Is, self.of(TypeKind.NUMBER, depth), st.sampled_from([Test.MISSING, Test.EXISTS])
            ),
            st.builds(nodes.SomeInput, st.sampled_from([test for test in Test if test is not Test.EXISTS])),
            st.builds(nodes.ActorMay, st.sampled_from(Refusal)),
        ]

    def _choices(self) -> list[Trees]:
        forms: list[Trees] = []
        for each, (of_kind, of) in self._names.readable.items():
            if of.kind is TypeKind.CHOICE:
                operand = st.just(nodes.Name(each, of_kind))
                words = st.sampled_from([nodes.Word(word) for word in of.values])
                orders = list(Order) if of.ordered else [Order.EQUAL, Order.DIFFERENT]
                ranks = st.just(of.values if of.ordered else ())
                forms.append(st.builds(nodes.Compare, st.sampled_from(orders), operand, words, ranks=ranks))
                forms.append(
                    st.builds(nodes.Member, operand, st.lists(words, min_size=1, max_size=3).map(tuple))
                )
        online = (nodes.Word("App"), nodes.Word("网银"))
        forms.append(st.just(nodes.Member(nodes.Name("渠道", Kind.INPUT), online, "线上")))
        return forms


def _has_no_hours(tree: Tree) -> bool:
    return not (isinstance(tree, nodes.Duration) and tree.unit in (Unit.HOURS, Unit.MINUTES))


def _is_no_number(tree: Tree) -> bool:
    return not (isinstance(tree, nodes.Literal) and isinstance(tree.value, Fraction))


@pytest.fixture(scope="module")
def well_typed(names: Names) -> WellTyped:
    return WellTyped(names)


KINDS = st.sampled_from([TypeKind.BOOLEAN, TypeKind.NUMBER, TypeKind.TEXT, *ORDERED])
DEPTH = 3


@given(st.data())
def test_what_is_shown_of_a_tree_reads_as_that_tree(
    well_typed: WellTyped, names: Names, data: st.DataObject
) -> None:
    tree = data.draw(well_typed.of(data.draw(KINDS), DEPTH))
    assert parse(show(tree, names), names) == tree


@given(st.data())
def test_a_tree_that_passes_the_check_never_raises(
    well_typed: WellTyped, names: Names, world: Callable[..., Environment], data: st.DataObject
) -> None:
    tree = data.draw(well_typed.of(data.draw(KINDS), DEPTH))
    check(tree, names, show(tree, names))
    changes = data.draw(
        st.dictionaries(st.sampled_from(sorted(INPUT_VALUES)), st.sampled_from([MISSING, UNKNOWN]))
    )
    compile_expression(tree)(world(**changes))


INPUT_VALUES: dict[str, st.SearchStrategy[Value]] = {
    "金额": DECIMALS,
    "a-b": DECIMALS,
    "附言": TEXTS,
    "加急": st.booleans(),
    "渠道": st.sampled_from(["App", "网银", "小程序"]),
    "kind": st.sampled_from(["none", "missing", "in progress"]),
    "size": st.sampled_from(["small", "medium", "large"]),
    "日期": DATES,
    "交易时间": MINUTES,
    "时刻": MOMENTS,
    "额度": DECIMALS,
}


@settings(max_examples=300)
@given(st.data())
def test_an_unknown_input_never_makes_something_certain_that_depends_on_it(
    well_typed: WellTyped, world: Callable[..., Environment], data: st.DataObject
) -> None:
    """Whatever the input is, the value with it unknown is that value or unknown."""
    evaluate = compile_expression(data.draw(well_typed.of(data.draw(KINDS), DEPTH)))
    name = data.draw(st.sampled_from(sorted(INPUT_VALUES)))
    with_unknown = evaluate(world(**{name: UNKNOWN}))
    for value in data.draw(st.lists(INPUT_VALUES[name] | st.just(MISSING), min_size=1, max_size=5)):
        certain = evaluate(world(**{name: value}))
        assert with_unknown is UNKNOWN or (type(with_unknown), with_unknown) == (type(certain), certain)


SNIPPETS = (
    "金额", "kind", "本组限额", "限额[", "累计[", "渠道", "]", "(", ")", " in ", "not ", "1", "50%", "22:00",
    "2025-13-01", " and ", " = ", "missing", "round half up(", ", ", ".", "单笔限额", " if ", " else ", '"',
    "'", "days from ", " to ", "count of ", "A-Z", "-", " days", "在途", "some input ", "invalid", "\x00",
    "ünbekannt", "（", "每日 限额",
)  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(SNIPPETS), max_size=12).map("".join) | st.text(max_size=20))
def test_any_text_is_either_read_or_refused_with_a_place_in_it(names: Names, text: str) -> None:
    try:
        check(parse(text, names), names, text)
    except ExpressionError as refused:
        error = refused
    else:
        return
    assert 1 <= error.column <= len(text) + 1
    assert text[error.column - 1 :].startswith(error.offending)
    assert error.message("zh") != error.message("en")


@settings(max_examples=60)
@given(DECIMALS, st.integers(-40, 40), st.integers(-40, 40))
def test_powers_of_one_base_multiply_by_adding_their_exponents(
    worth: Callable[..., Value], base: Fraction, first: int, second: int
) -> None:
    powers = [worth(f"金额 ^ {exponent}", 金额=base) for exponent in (first, second, first + second)]
    if base:
        assert all(isinstance(power, Fraction) for power in powers)
        assert worth("金额 * 额度", 金额=powers[0], 额度=powers[1]) == powers[2]
    else:
        expected = [UNKNOWN if each < 0 else Fraction(0**each) for each in (first, second, first + second)]
        assert powers == expected
