"""Random trees over a small model, and what is true of them by trying everything."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random

import pytest

from casewright.design.cases import Scalar
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.parsing import parse
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
from casewright.design.model.compiled import CompiledModel, compile_model
from casewright.design.model.text import load

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def small() -> CompiledModel:
    return compile_model(load((HERE / "small.yaml").read_text("utf-8"), "small.yaml"))


@pytest.fixture(scope="session")
def transfer() -> CompiledModel:
    path = HERE.parent / "model" / "transfer.yaml"
    return compile_model(load(path.read_text("utf-8"), path.name))


def _name(text: str, kind: Kind) -> Tree:
    return nodes.Name(text, kind)


def _literal(value: Value) -> Tree:
    return nodes.Literal(value)


def _column(row: Tree, column: str) -> Tree:
    return nodes.Column(row, column)


DAYS = [datetime.date(2025, 3, 8) + datetime.timedelta(days) for days in range(6)]
CLASSES = (CharacterClass("A", "Z"), CharacterClass("0", "9"), CharacterClass(characters="!@"))


@dataclass
class RandomTrees:
    """Well-typed trees over the inputs of one operation of the small model."""

    random: Random
    numbers: Sequence[Tree]
    truths: Sequence[Tree]
    words: Sequence[tuple[Tree, tuple[str, ...], tuple[str, ...]]]
    """With its words, and their ranks if they have an order."""
    days: Sequence[Tree]
    times: Sequence[Tree] = ()
    moments: Sequence[Tree] = ()
    texts: Sequence[Tree] = ()
    inputs: Sequence[str] = ()

    def pick(self, *forms: Callable[[int], Tree]) -> Callable[[int], Tree]:
        return self.random.choice(forms)

    def any(self, depth: int) -> Tree:
        forms = [self.number, self.truth, self.truth, self.day]
        forms += [self.text] if self.texts else []
        forms += [self.time, self.moment] if self.times else []
        return self.random.choice(forms)(depth)

    def number(self, depth: int) -> Tree:
        if depth <= 0:
            return self.random.choice([*self.numbers, *self.numbers, self.constant()])
        return self.pick(
            lambda _: self.number(0),
            self.arithmetic,
            self.arithmetic,
            self.rounded,
            self.applied,
            self.between,
            lambda deep: nodes.If(self.number(deep), self.truth(deep), self.number(deep)),
            self.first_hit,
            self.of_text if self.texts else self.arithmetic,
        )(depth - 1)

    def constant(self) -> Tree:
        number = Fraction(self.random.randint(-4, 24), self.random.choice([1, 1, 2, 10, 3]))
        return _literal(self.random.choice([number] * 12 + [MISSING, UNKNOWN]))

    def arithmetic(self, depth: int) -> Tree:
        operator = self.random.choice([*Operator, Operator.PLUS, Operator.TIMES])
        right = self.number(depth)
        if operator is Operator.RAISED_TO and self.random.random() < 0.7:
            right = _literal(Fraction(self.random.randint(-2, 3)))
        return nodes.Arithmetic(operator, self.number(depth), right)

    def rounded(self, depth: int) -> Tree:
        function = self.random.choice(sorted(nodes.ROUNDINGS))
        step = _literal(Fraction(1, self.random.choice([1, 2, 10, 100])))
        if self.random.random() < 0.15:
            step = self.number(depth)
        return nodes.Apply(function, (self.number(depth), step))

    def applied(self, depth: int) -> Tree:
        function = self.random.choice(
            [Function.MIN, Function.MAX, Function.ABS, Function.FLOOR, Function.CEIL]
        )
        many = 1 if function in {Function.ABS, Function.FLOOR, Function.CEIL} else self.random.randint(1, 3)
        if self.random.random() < 0.1:
            return nodes.Negative(self.number(depth))
        return nodes.Apply(function, tuple(self.number(depth) for _ in range(many)))

    def between(self, depth: int) -> Tree:
        unit = self.random.choice(list(Unit))
        if self.random.random() < 0.3:
            return nodes.Apply(Function.WEEKDAY, (self.day(depth),))
        kinds = [self.day, self.time, self.moment] if self.times else [self.day]
        moment = self.random.choice(kinds)
        return nodes.Between(unit, moment(depth), moment(depth))

    def of_text(self, depth: int) -> Tree:
        text = self.text(depth)
        return self.random.choice(
            [
                nodes.Apply(Function.LENGTH, (text,)),
                nodes.CountOf(CLASSES[:2], text),
                nodes.KindsOf(CLASSES, text),
            ]
        )

    def first_hit(self, depth: int) -> Tree:
        cases = tuple(
            nodes.Case(self.number(depth), self.truth(depth)) for _ in range(self.random.randint(1, 3))
        )
        return nodes.FirstHit(cases, self.number(depth))

    def duration(self, depth: int) -> Tree:
        unit = self.random.choice(list(Unit))
        if self.random.random() < 0.2:
            return nodes.Arithmetic(Operator.MINUS, self.day(depth), self.day(depth))
        return nodes.Duration(self.number(max(0, depth - 1)), unit)

    def _moved(self, moment: Callable[[int], Tree], depth: int) -> Tree:
        operator = self.random.choice([Operator.PLUS, Operator.MINUS])
        return nodes.Arithmetic(operator, moment(depth), self.duration(depth))

    def day(self, depth: int) -> Tree:
        if depth <= 0 or self.random.random() < 0.5:
            return self.random.choice([*self.days, *self.days, _literal(self.random.choice(DAYS))])
        return self._moved(self.day, depth - 1)

    def time(self, depth: int) -> Tree:
        if depth <= 0 or self.random.random() < 0.5:
            fixed = _literal(datetime.time(self.random.randint(0, 23), self.random.choice([0, 30])))
            return self.random.choice([*self.times, *self.times, fixed])
        return self._moved(self.time, depth - 1)

    def moment(self, depth: int) -> Tree:
        if depth <= 0 or self.random.random() < 0.5:
            day = self.random.choice(DAYS)
            fixed = _literal(datetime.datetime.combine(day, datetime.time(self.random.randint(0, 23))))
            return self.random.choice([*self.moments, *self.moments, fixed])
        return self._moved(self.moment, depth - 1)

    def text(self, depth: int) -> Tree:
        fixed = _literal(self.random.choice(["ab", "AB-1", "-", "Sample", " x"]))
        if depth <= 0 or self.random.random() < 0.5:
            return self.random.choice([*self.texts, *self.texts, fixed])
        text = self.text(depth - 1)
        if self.random.random() < 0.4:
            return nodes.Apply(Function.TRIMMED, (text,))
        return nodes.PartOf(text, self.random.choice(list(Side)), _literal("-"))

    def truth(self, depth: int) -> Tree:
        if depth <= 0:
            return self.pick(lambda _: self.random.choice(self.truths), self.of_word, self.compared)(0)
        return self.pick(
            lambda _: self.truth(0),
            self.compared,
            self.compared,
            self.compared,
            self.of_word,
            self.asked,
            lambda deep: nodes.Not(self.truth(deep)),
            lambda deep: nodes.And(tuple(self.truth(deep) for _ in range(self.random.randint(2, 3)))),
            lambda deep: nodes.Or(tuple(self.truth(deep) for _ in range(self.random.randint(2, 3)))),
            self.compared_texts if self.texts else self.compared,
        )(depth - 1)

    def compared(self, depth: int) -> Tree:
        kinds = [self.number, self.number, self.number, self.day]
        kinds += [self.time, self.moment, self.duration] if self.times else []
        side = self.random.choice(kinds)
        if side == self.number and self.random.random() < 0.1:
            items = tuple(self.number(0) for _ in range(self.random.randint(1, 3)))
            return nodes.Member(self.number(depth), items)
        return nodes.Compare(self.random.choice(list(Order)), side(depth), side(depth))

    def of_word(self, _: int) -> Tree:
        name, words, ranks = self.random.choice(self.words)
        word = nodes.Word(self.random.choice(words))
        if self.random.random() < 0.2:
            return nodes.Member(name, tuple(nodes.Word(each) for each in self.random.sample(words, 2)))
        orders = list(Order) if ranks else [Order.EQUAL, Order.DIFFERENT]
        return nodes.Compare(self.random.choice(orders), name, word, ranks=ranks)

    def compared_texts(self, depth: int) -> Tree:
        first, second = self.text(depth), self.text(depth)
        folded = self.random.random() < 0.5
        if self.random.random() < 0.5:
            return nodes.TextCompare(self.random.choice(list(TextTest)), first, second, folded)
        return nodes.Compare(self.random.choice([Order.EQUAL, Order.DIFFERENT]), first, second, folded)

    def asked(self, depth: int) -> Tree:
        name = _name(self.random.choice(self.inputs), Kind.INPUT)
        tests = [test for test in Test if test is not Test.EXISTS]
        return self.random.choice(
            [
                nodes.Is(name, self.random.choice(list(Test))),
                nodes.Is(self.number(depth), self.random.choice([Test.MISSING, Test.EXISTS])),
                nodes.SomeInput(self.random.choice(tests)),
                nodes.ActorMay(self.random.choice(list(Refusal))),
            ]
        )


_SIZES = ("small", "medium", "large")
_KIND, _SIZE = _name("kind", Kind.INPUT), _name("size", Kind.INPUT)
_WORLDLY = [
    _name("total", Kind.VARIABLE),
    _name("counted", Kind.VARIABLE),
    _name("double", Kind.DERIVED),
    _name("limit", Kind.FIGURE),
    _name("share", Kind.FIGURE),
]
_STATES = (_name("state", Kind.STATE), ("new", "open", "shut"), ())
_ACTORS = (_name("actor", Kind.ACTOR), ("guest", "clerk", "nobody"), ())


@pytest.fixture(scope="session")
def order_trees() -> Callable[[Random], RandomTrees]:
    return lambda random: RandomTrees(
        random,
        numbers=[
            *(_name(each, Kind.INPUT) for each in ("whole", "amount", "extra", "usual", "whole", "amount")),
            *_WORLDLY,
            _name("fee", Kind.LET),
            *(_column(_name("rate", Kind.LET), each) for each in ("rate", "cap", "told")),
            _column(nodes.LookUp("pairs", (_KIND, _SIZE)), "price"),
            nodes.Keyed("used", _KIND),
        ],
        truths=[_name("flag", Kind.INPUT), nodes.Is(_name("extra", Kind.INPUT), Test.MISSING)],
        words=[(_KIND, ("a", "b", "c"), ()), (_SIZE, _SIZES, _SIZES), _STATES, _ACTORS],
        days=[_name("day", Kind.INPUT), _name("last", Kind.VARIABLE)],
        inputs=("whole", "amount", "extra", "usual", "kind", "size", "flag", "day"),
    )


@pytest.fixture(scope="session")
def note_trees() -> Callable[[Random], RandomTrees]:
    return lambda random: RandomTrees(
        random,
        numbers=[_name("sum", Kind.INPUT), _name("sum", Kind.INPUT), *_WORLDLY],
        truths=[
            nodes.Is(_name("on", Kind.INPUT), Test.EXISTS),
            nodes.Is(_name("code", Kind.INPUT), Test.MISSING),
        ],
        words=[_STATES, _ACTORS],
        days=[_name("on", Kind.INPUT), _name("last", Kind.VARIABLE)],
        times=[_name("at", Kind.INPUT)],
        moments=[_name("when", Kind.INPUT)],
        texts=[_name("text", Kind.INPUT), _name("code", Kind.INPUT)],
        inputs=("text", "at", "when", "on", "sum", "code"),
    )


def _order_data() -> Iterator[dict[str, Scalar]]:
    values: dict[str, list[Scalar]] = {
        "whole": [0, 1, 2, 3, 4],
        "amount": [Decimal(tenths) / 10 for tenths in range(-5, 8)],
        "extra": [1, 2, 3, None],
        "usual": [1, 2, None],
        "kind": ["a", "b", "c"],
        "size": [*_SIZES, None],
        "flag": [True, False],
        "day": [f"2025-03-{day:02}" for day in range(9, 13)],
    }
    for chosen in product(*values.values()):
        yield {name: value for name, value in zip(values, chosen, strict=True) if value is not None}


@pytest.fixture(scope="session")
def order_data() -> Sequence[dict[str, Scalar]]:
    """Everything that can be sent to `order` and is valid."""
    return list(_order_data())


@pytest.fixture(scope="session")
def shelf() -> CompiledModel:
    return compile_model(load((HERE / "shelf.yaml").read_text("utf-8"), "shelf.yaml"))


@dataclass
class RecordTexts:
    """Expressions over the records of the shelf, as they are written."""

    random: Random

    def any(self) -> str:
        return self.random.choice([self.truth, self.truth, self.number])()

    def where(self) -> str:
        conditions = [
            "price > most", "price = most", "size = medium", "size = small", "from < day", "until missing",
            "from + number days >= day", "double > most * number", "held by = who", "no = number",
            "state = lent", "until >= second day",
            "overlaps(from to until, day to second day, both ends belong)",
            "held by.limit < number", "no != number and price <= most", "unknown",
        ]  # fmt: skip
        chosen = self.random.sample(conditions, self.random.choice([1, 1, 2]))
        return self.random.choice([" and ", " or "]).join(f"({each})" for each in chosen)

    def _where(self) -> str:
        return f" where {self.where()}" if self.random.random() < 0.85 else ""

    def _by(self) -> str:
        return self.random.choice(["", "", " by price", " by from", " by until", " by double"])

    def record(self) -> str:
        pick = self.random.choice(["first", "last", "2nd", "the"])
        found = f"({pick} item{self._where()}{'' if pick == 'the' else self._by()})"
        return self.random.choice(["it", "item[number + 1]", found, found, found])

    def number(self) -> str:
        forms = [
            f"count of item{self._where()}",
            f"sum of item.price{self._where()}",
            f"{self.random.choice(['least', 'most'])} of item.price{self._where()}",
            f"sum of (price * number) for each item{self._where()}",
            f"least of item.until{self._where()}",
            f"position of it among item{self._where()}{self._by()}",
            f"{self.record()}.price",
            f"{self.record()}.double",
            f"{self.record()}.held by.limit",
            "days from it.from to day",
            "who.limit",
            "count so far + number",
        ]
        return f"({self.random.choice(forms)})"

    def truth(self) -> str:
        gap = self.random.choice(["", ", gap 1 days", ", gap 0 days"])
        ends = self.random.choice(["both ends belong", "last end is out"])
        forms = [
            f"any item{self._where()}",
            f"every item{self._where()} has ({self.where()})",
            f"{self.record()} missing",
            f"{self.record()} = {self.record()}",
            f"{self.record()}.state = free",
            f"({self.number()}) {self.random.choice(['=', '>', '<='])} number",
            f"overlaps(day to second day, it.from to it.until, {ends}{gap})",
            f"overlaps(number to most, 1 to 2.5, {ends})",
            "state = lent",
            "state missing",
            "today > day",
            "name exists",
            "who = it.held by",
            'who = person["Bo"]',
        ]
        if self.random.random() < 0.25:
            return f"({self.truth()}) {self.random.choice(['and', 'or'])} not ({self.truth()})"
        return f"({self.random.choice(forms)})"


@pytest.fixture(scope="session")
def record_trees(shelf: CompiledModel) -> Callable[[Random], Tree]:
    names = shelf.operations["lend"].names
    return lambda random: parse(RecordTexts(random).any(), names)
