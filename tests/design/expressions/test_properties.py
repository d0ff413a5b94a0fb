"""What holds for every expression, not only for those that somebody thought of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.expressions import record_tree as records
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.checking import check
from casewright.design.expressions.environment import Environment
from casewright.design.expressions.errors import ExpressionError
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.names import Names
from casewright.design.expressions.parsing import parse
from casewright.design.expressions.record_tree import Ends, Pick, Quantifier, Search, Summary
from casewright.design.expressions.scopes import meaning
from casewright.design.expressions.showing import show
from casewright.design.expressions.static_types import Type, TypeKind
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
from casewright.design.expressions.values import MISSING, UNKNOWN, Reference, Value

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


COLLECTIONS = ("copy", "hold", "reader")


def _read(column: str) -> Callable[[Tree], Tree]:
    return lambda record: nodes.Column(record, column)


class WellTyped:
    """Strategies for trees that pass `check`, in the form in which `parse` gives them.

    `scanned` are the collections whose records are gone through where the trees stand.
    """

    def __init__(self, names: Names, scanned: tuple[str, ...] = ()) -> None:
        self._names = names
        self._scanned = scanned
        self._known: dict[tuple[TypeKind, int], Trees] = {}
        self._known_records: dict[tuple[str, int], Trees] = {}
        self._inside: dict[str, WellTyped] = {}

    def inside(self, collection: str) -> WellTyped:
        if collection not in self._inside:
            self._inside[collection] = WellTyped(self._names, (*self._scanned, collection))
        return self._inside[collection]

    def of(self, kind: TypeKind, depth: int) -> Trees:
        if (kind, depth) not in self._known:
            leaves = self._leaves(kind)
            forms = [leaves] if depth == 0 else [leaves, *self._forms(kind, depth - 1)]
            self._known[kind, depth] = st.one_of(forms)
        return self._known[kind, depth]

    def record(self, collection: str, depth: int) -> Trees:
        if (collection, depth) not in self._known_records:
            forms: list[Trees] = [st.sampled_from(self._named_records(collection))]
            self._known_records[collection, depth] = st.one_of(
                forms if depth == 0 else [*forms, *self._searches(collection, depth - 1)]
            )
        return self._known_records[collection, depth]

    def _sayable(self, name: str, kind: Kind) -> bool:
        """Nothing hides the name; an input can be told from a field by 'sent'."""
        return kind is Kind.INPUT or meaning(name, self._scanned, self._names.records) is None

    def _named(self, fits: Callable[[Type], bool]) -> list[Tree]:
        """Names, and fields of the records that are gone through."""
        named: list[Tree] = [
            nodes.Name(each, of_kind)
            for each, (of_kind, of) in self._names.readable.items()
            if fits(of) and self._sayable(each, of_kind)
        ]
        for collection in dict.fromkeys(self._scanned):
            row = records.Scanned(collection)
            for each, of in self._names.records[collection].fields.items():
                column = nodes.Column(row, each)
                bare = meaning(each, self._scanned, self._names.records)
                named_itself = meaning(collection, self._scanned, self._names.records) == row
                if fits(of) and (bare == column or named_itself):
                    named.append(column)
        return named

    def _named_records(self, collection: str) -> list[Tree]:
        named = self._named(lambda of: of.kind is TypeKind.RECORD and of.collection == collection)
        row = records.Scanned(collection)
        if meaning(collection, self._scanned, self._names.records) == row:
            named.append(row)
        return [*named, Search(Pick.LAST, collection), Search(Pick.ONLY, collection)]

    def _searches(self, collection: str, depth: int) -> list[Trees]:
        inside = self.inside(collection)
        where = st.none() | inside.of(TypeKind.BOOLEAN, depth)
        by = inside.of(TypeKind.NUMBER, depth) | inside.of(TypeKind.DATE, depth)
        same = self.record(collection, depth)
        ends = st.sampled_from([Pick.FIRST, Pick.LAST])
        place = st.sampled_from([2, 3, 11, 22])
        key = self.of(TypeKind.NUMBER if collection == "hold" else TypeKind.TEXT, depth)
        return [
            st.builds(Search, st.sampled_from(Pick), st.just(collection), where),
            st.builds(Search, ends, st.just(collection), where, by),
            st.builds(Search, st.just(Pick.FIRST), st.just(collection), where, st.none() | by, place),
            key.map(lambda it: records.ByKey(collection, (it,))),
            st.builds(nodes.If, same, self.of(TypeKind.BOOLEAN, depth), same),
        ]

    def _of_a_record(self, kind: TypeKind, depth: int) -> list[Trees]:
        """Fields of records that are found."""
        return [
            self.record(collection, depth).map(_read(each))
            for collection in COLLECTIONS
            for each, of in self._names.records[collection].fields.items()
            if of.kind is kind
        ]

    def _counts(self, depth: int) -> list[Trees]:
        forms: list[Trees] = []
        for collection in COLLECTIONS:
            inside = self.inside(collection)
            where = st.none() | inside.of(TypeKind.BOOLEAN, depth)
            by = st.none() | inside.of(TypeKind.NUMBER, depth)
            name = st.just(collection)
            value = inside.of(TypeKind.NUMBER, depth)
            forms += [
                st.builds(records.CountRecords, name, where),
                st.builds(records.Summarised, st.sampled_from(Summary), value, name, where),
                st.builds(records.PositionOf, self.record(collection, depth), name, where, by),
            ]
        return forms

    def _questions(self, depth: int) -> list[Trees]:
        """What is asked of records and periods."""
        forms: list[Trees] = []
        for collection in COLLECTIONS:
            truth, name = self.inside(collection).of(TypeKind.BOOLEAN, depth), st.just(collection)
            one = self.record(collection, depth)
            forms += [
                st.builds(records.Quantified, st.just(Quantifier.ANY), name, st.none() | truth),
                st.builds(records.Quantified, st.just(Quantifier.EVERY), name, st.none() | truth, truth),
                st.builds(nodes.Compare, st.sampled_from([Order.EQUAL, Order.DIFFERENT]), one, one),
                st.builds(nodes.Is, one, st.sampled_from([Test.MISSING, Test.EXISTS])),
            ]
        date = self.of(TypeKind.DATE, depth)
        days = self.of(TypeKind.NUMBER, depth).map(lambda it: nodes.Duration(it, Unit.DAYS))
        number = self.of(TypeKind.NUMBER, depth)
        for end, gap in ((date, days), (number, number)):
            forms.append(
                st.builds(records.Overlaps, end, end, end, end, st.sampled_from(Ends), st.none() | gap)
            )
        return forms

    def _leaves(self, kind: TypeKind) -> Trees:
        named = self._named(lambda of: of.kind is kind)
        literals: dict[TypeKind, st.SearchStrategy[Value]] = {
            TypeKind.NUMBER: DECIMALS,
            TypeKind.TEXT: TEXTS,
            TypeKind.BOOLEAN: st.just(True) if "hold" in self._scanned else st.booleans(),
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
        if len(self._scanned) < 2:
            forms += self._of_a_record(kind, depth)
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
            *(self._counts(depth) if len(self._scanned) < 2 else []),
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
            *(self._questions(depth) if len(self._scanned) < 2 else []),
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
            if of.kind is TypeKind.CHOICE and self._sayable(each, of_kind):
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


FIELD_VALUES: dict[str, st.SearchStrategy[Value]] = {
    "price": DECIMALS,
    "金额": DECIMALS,
    "书目": TEXTS,
    "holder": st.sampled_from([Reference("reader", (number,)) for number in ("R1", "R2", "R3")]),
    "reader": st.sampled_from([Reference("reader", ("R1",)), Reference("reader", ("R2",))]),
    "copy": st.sampled_from([Reference("copy", (barcode,)) for barcode in ("B1", "B2", "B3")]),
    "state": st.sampled_from(["在架", "借出"]),
    "lent": st.booleans(),
    "urgent": st.booleans(),
    "due": DATES,
    "日期": DATES,
}
RECORDS = {
    "copy": tuple(Reference("copy", (barcode,)) for barcode in ("B1", "B2", "B3")),
    "hold": tuple(Reference("hold", (Fraction(number),)) for number in range(1, 5)),
}
FIELDS_OF = {
    "copy": ("书目", "price", "holder", "state", "lent", "due"),
    "hold": ("reader", "copy", "日期", "金额", "urgent"),
}


@settings(max_examples=300)
@given(st.data())
def test_an_unknown_field_of_a_record_never_makes_something_certain_that_depends_on_it(
    well_typed: WellTyped, world: Callable[..., Environment], data: st.DataObject
) -> None:
    evaluate = compile_expression(data.draw(well_typed.of(data.draw(KINDS), DEPTH)))
    collection = data.draw(st.sampled_from(sorted(RECORDS)))
    at = (data.draw(st.sampled_from(RECORDS[collection])), data.draw(st.sampled_from(FIELDS_OF[collection])))
    with_unknown = evaluate(world(fields={at: UNKNOWN}))
    for value in data.draw(st.lists(FIELD_VALUES[at[1]] | st.just(MISSING), min_size=1, max_size=5)):
        certain = evaluate(world(fields={at: value}))
        assert with_unknown is UNKNOWN or (type(with_unknown), with_unknown) == (type(certain), certain)


@settings(max_examples=200)
@given(st.data())
def test_unknown_records_never_make_something_certain_that_depends_on_them(
    well_typed: WellTyped, world: Callable[..., Environment], data: st.DataObject
) -> None:
    """Whichever records are there, in whichever order."""
    evaluate = compile_expression(data.draw(well_typed.of(data.draw(KINDS), DEPTH)))
    collection = data.draw(st.sampled_from(sorted(RECORDS)))
    with_unknown = evaluate(world(records={collection: UNKNOWN}))
    there = st.lists(st.sampled_from(RECORDS[collection]), unique=True)
    for rows in data.draw(st.lists(there, min_size=1, max_size=5)):
        certain = evaluate(world(records={collection: rows}))
        assert with_unknown is UNKNOWN or (type(with_unknown), with_unknown) == (type(certain), certain)


SNIPPETS = (
    "first ", "hold", "copy[", " where ", " by ", " has ", "any ", "no ", "every ", "sum of ", " for each ",
    "overlaps(", "both ends belong", ", gap ", "position of ", " among ", "sent ", "newest ", ".reader", "it",

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
