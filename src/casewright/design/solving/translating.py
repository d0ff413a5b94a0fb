"""Tree to union: what an expression is worth while the inputs are still to be chosen.

Node for node as `expressions.evaluation` does it, with its own functions wherever the operands are constant.
A missing or unknown operand is a case of its own, under its own guard.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import singledispatch
from typing import Any, Final, cast

from casewright.design.expressions import arithmetic, texts
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.environment import InputStatus, Permission
from casewright.design.expressions.names import CLOCK_NAMES
from casewright.design.expressions.tree import Function, Kind, Operator, Order, Refusal, Test, TextTest, Tree
from casewright.design.expressions.truths import equal
from casewright.design.expressions.values import MISSING, UNKNOWN, Special
from casewright.design.solving.guards import NEVER, Guard
from casewright.design.solving.quantities import Quantities
from casewright.design.solving.reader import Reader, Row, Toolbox
from casewright.design.solving.unions import ANYTHING, Leaf, Quantity, Union, Unions


def translate(tree: Tree, reader: Reader) -> Union:
    return _translate(tree, reader)


@singledispatch
def _translate(tree: Tree, reader: Reader) -> Union:
    return reader.worth_of_records(tree)


# values and names


@_translate.register
def _literal(tree: nodes.Literal, reader: Reader) -> Union:
    return reader.tools.unions.only(tree.value)


@_translate.register
def _word(tree: nodes.Word, reader: Reader) -> Union:
    return reader.tools.unions.only(tree.text)


@_translate.register
def _name(tree: nodes.Name, reader: Reader) -> Union:
    return reader.read(tree.name if tree.kind is not Kind.CLOCK else CLOCK_NAMES[0])


@_translate.register
def _keyed(tree: nodes.Keyed, reader: Reader) -> Union:
    return reader.read_key(tree.name, reader.worth(tree.key))


@_translate.register
def _look_up(tree: nodes.LookUp, reader: Reader) -> Union:
    return reader.look_up(tree.table, [reader.worth(key) for key in tree.keys])


@_translate.register
def _column(tree: nodes.Column, reader: Reader) -> Union:
    def cell(row: Leaf) -> Leaf | Union:
        if isinstance(row, Row):
            formula = row.cells.get(tree.column)
            return MISSING if formula is None else row.reader.worth(formula.tree)
        return row if isinstance(row, Special) else reader.field(row, tree.column)

    return reader.tools.unions.combine_many(cell, [reader.worth(tree.row)])


# arithmetic

Lifted = Callable[[Leaf, Leaf], Leaf | Union]


def lifted(constant: Callable[[Any, Any], Leaf], chosen: Lifted) -> Lifted:
    """The interpreter's function where both leaves are constant, else `chosen`."""

    def function(first: Leaf, second: Leaf) -> Leaf | Union:
        open_ = isinstance(first, Quantity) or isinstance(second, Quantity)
        return chosen(first, second) if open_ else constant(first, second)

    return function


@_translate.register
def _negative(tree: nodes.Negative, reader: Reader) -> Union:
    return _unary(reader, tree.operand, arithmetic.negative, reader.tools.quantities.negative)


LiftedOne = Callable[[Leaf], Leaf | Union]


def _unary(reader: Reader, operand: Tree, constant: Callable[[Any], Leaf], chosen: LiftedOne) -> Union:
    def function(leaf: Leaf) -> Leaf | Union:
        return chosen(leaf) if isinstance(leaf, Quantity) else constant(leaf)

    return reader.tools.unions.combine_many(function, [reader.worth(operand)])


@_translate.register
def _arithmetic(tree: nodes.Arithmetic, reader: Reader) -> Union:
    quantities, unions = reader.tools.quantities, reader.tools.unions
    operands = [reader.worth(tree.left), reader.worth(tree.right)]
    match tree.operator:
        case Operator.PLUS:
            return unions.combine(lifted(arithmetic.plus, quantities.plus), operands)
        case Operator.MINUS:
            return unions.combine(lifted(arithmetic.minus, quantities.minus), operands)
        case Operator.TIMES:
            return unions.combine_many(lifted(arithmetic.times, quantities.times), operands)
        case Operator.DIVIDED_BY:
            return unions.combine_many(lifted(arithmetic.divided_by, quantities.divided_by), operands)
        case Operator.RAISED_TO:
            return unions.combine_many(lifted(arithmetic.raised_to, quantities.raised_to), operands)


@_translate.register
def _duration(tree: nodes.Duration, reader: Reader) -> Union:
    unit = tree.unit
    return _unary(
        reader,
        tree.amount,
        lambda amount: arithmetic.duration(amount, unit),
        lambda amount: reader.tools.quantities.duration(amount, unit),
    )


@_translate.register
def _between(tree: nodes.Between, reader: Reader) -> Union:
    unit = tree.unit
    return reader.tools.unions.combine(
        lifted(
            lambda start, end: arithmetic.between(start, end, unit),
            lambda start, end: reader.tools.quantities.between(start, end, unit),
        ),
        [reader.worth(tree.start), reader.worth(tree.end)],
    )


def _only_of_texts(*_: Leaf) -> Leaf:
    return UNKNOWN


def _is_input(tree: Tree) -> bool:
    return isinstance(tree, nodes.Name) and tree.kind is Kind.INPUT


@_translate.register
def _apply(tree: nodes.Apply, reader: Reader) -> Union:
    quantities, unions = reader.tools.quantities, reader.tools.unions
    function = tree.function
    unary: dict[Function, tuple[Callable[[Any], Leaf], LiftedOne]] = {
        Function.ABS: (arithmetic.absolute, quantities.absolute),
        Function.FLOOR: (arithmetic.floor, quantities.floor),
        Function.CEIL: (arithmetic.ceil, quantities.ceil),
        Function.LENGTH: (texts.length, _only_of_texts),
        Function.TRIMMED: (texts.trimmed, _only_of_texts),
        Function.WEEKDAY: (arithmetic.weekday, quantities.weekday),
    }
    if function is Function.LENGTH and _is_input(tree.arguments[0]):
        return reader.length(cast("nodes.Name", tree.arguments[0]).name)
    if function in unary:
        return _unary(reader, tree.arguments[0], *unary[function])
    arguments = [reader.worth(argument) for argument in tree.arguments]
    if function in nodes.ROUNDINGS:
        return unions.combine_many(
            lifted(
                lambda value, step: arithmetic.rounded(function, value, step),
                lambda value, step: quantities.rounded(function, value, step),
            ),
            arguments,
        )
    least = function is Function.MIN
    choose = arithmetic.least if least else arithmetic.most
    pick = lifted(
        lambda first, second: choose([first, second]),
        quantities.smaller if least else quantities.greater,
    )

    def comparable(value: Leaf) -> Leaf | Union:
        return pick(value, value)

    result = unions.combine(comparable, arguments[:1])
    for argument in arguments[1:]:
        result = unions.combine(pick, [result, argument])
    return result


# text


@_translate.register
def _count_of(tree: nodes.CountOf, reader: Reader) -> Union:
    classes = tree.classes
    return _unary(reader, tree.text, lambda text: texts.count_of(classes, text), _only_of_texts)


@_translate.register
def _kinds_of(tree: nodes.KindsOf, reader: Reader) -> Union:
    classes = tree.classes
    return _unary(reader, tree.text, lambda text: texts.kinds_of(classes, text), _only_of_texts)


@_translate.register
def _part_of(tree: nodes.PartOf, reader: Reader) -> Union:
    side = tree.side
    return reader.tools.unions.combine_many(
        lifted(lambda text, mark: texts.part_of(text, side, mark), _only_of_texts),
        [reader.worth(tree.text), reader.worth(tree.mark)],
    )


_TEXT_TESTS: Final[dict[TextTest, Callable[[str, str], bool]]] = {
    TextTest.CONTAINS: lambda text, part: part in text,
    TextTest.STARTS_WITH: str.startswith,
    TextTest.ENDS_WITH: str.endswith,
}


@_translate.register
def _text_compare(tree: nodes.TextCompare, reader: Reader) -> Union:
    test = _TEXT_TESTS[tree.test]
    fold = str.casefold if tree.ignoring_case else str

    def compare(text: Leaf, part: Leaf) -> Leaf:
        if isinstance(text, str) and isinstance(part, str):
            return test(fold(text), fold(part))
        return UNKNOWN

    return reader.tools.unions.combine_many(compare, [reader.worth(tree.left), reader.worth(tree.right)])


# comparisons


@_translate.register
def _compare(tree: nodes.Compare, reader: Reader) -> Union:
    unions = reader.tools.unions
    sides = [reader.worth(tree.left), reader.worth(tree.right)]
    if tree.ignoring_case:
        sides = [mapped(unions, _folded, side) for side in sides]
    ordered = tree.order not in {Order.EQUAL, Order.DIFFERENT}
    if tree.ranks and ordered:
        rank = {word: Fraction(index) for index, word in enumerate(tree.ranks)}
        sides = [mapped(unions, lambda word: rank.get(cast("str", word), UNKNOWN), side) for side in sides]
    truth = unions.combine_many(ordering(tree.order, reader.tools.quantities), sides)
    return mapped(unions, opposite_truth, truth) if tree.order is Order.DIFFERENT else truth


def ordering(order: Order, quantities: Quantities) -> Lifted:
    match order:
        case Order.LESS:
            return lifted(arithmetic.less, quantities.less)
        case Order.AT_MOST:
            return lifted(arithmetic.at_most, quantities.at_most)
        case Order.GREATER:
            return lifted(_swapped(arithmetic.less), _swapped(quantities.less))
        case Order.AT_LEAST:
            return lifted(_swapped(arithmetic.at_most), _swapped(quantities.at_most))
        case _:
            return lifted(equal, quantities.equal)


def _swapped(function: Callable[[Any, Any], Leaf | Union]) -> Lifted:
    return lambda first, second: function(second, first)


def _folded(leaf: Leaf) -> Leaf:
    return leaf.casefold() if isinstance(leaf, str) else leaf


def opposite_truth(truth: Leaf) -> Leaf:
    return not truth if isinstance(truth, bool) else UNKNOWN


def mapped(unions: Unions, function: Callable[[Leaf], Leaf], union: Union) -> Union:
    return unions.gather((guard, ANYTHING if leaf is ANYTHING else function(leaf)) for guard, leaf in union)


@_translate.register
def _member(tree: nodes.Member, reader: Reader) -> Union:
    operand = reader.worth(tree.operand)
    same = lifted(equal, reader.tools.quantities.equal)
    return disjunction(
        reader.tools,
        [reader.tools.unions.combine_many(same, [operand, reader.worth(item)]) for item in tree.items],
    )


# logic


def disjunction(tools: Toolbox, truths: Sequence[Union]) -> Union:
    """True if one is; anything may be true or not, and is not told apart from unknown by others."""
    unions, guards = tools.unions, tools.guards
    true = guards.either([unions.true(truth) for truth in truths])
    false: Guard = ()
    for truth in truths:
        false = guards.both(false, unions.false(truth))
    return _told(tools, truths, true, false)


def conjunction(tools: Toolbox, truths: Sequence[Union]) -> Union:
    unions, guards = tools.unions, tools.guards
    false = guards.either([unions.false(truth) for truth in truths])
    true: Guard = ()
    for truth in truths:
        true = guards.both(true, unions.true(truth))
    return _told(tools, truths, true, false)


def _told(tools: Toolbox, truths: Sequence[Union], true: Guard, false: Guard) -> Union:
    """Neither true nor false: anything if that takes part, else unknown."""
    unions, guards = tools.unions, tools.guards
    rest = [leaf for truth in truths for _, leaf in truth if not isinstance(leaf, bool)]
    if not rest:
        return unions.gather([(true, True), (false, False)])
    neither = guards.both(guards.opposite(true), guards.opposite(false))
    open_ = NEVER
    if ANYTHING in rest:
        open_ = guards.both(neither, guards.either([unions.of(truth, ANYTHING) for truth in truths]))
    unknown = guards.both(neither, guards.opposite(open_)) if open_ is not NEVER else neither
    return unions.gather([(true, True), (false, False), (open_, ANYTHING), (unknown, UNKNOWN)])


@_translate.register
def _or(tree: nodes.Or, reader: Reader) -> Union:
    return disjunction(reader.tools, [reader.worth(part) for part in tree.parts])


@_translate.register
def _and(tree: nodes.And, reader: Reader) -> Union:
    return conjunction(reader.tools, [reader.worth(part) for part in tree.parts])


@_translate.register
def _not(tree: nodes.Not, reader: Reader) -> Union:
    return mapped(reader.tools.unions, opposite_truth, reader.worth(tree.operand))


@_translate.register
def _if(tree: nodes.If, reader: Reader) -> Union:
    return choice(
        reader.tools,
        reader.worth(tree.condition),
        lambda: reader.worth(tree.value),
        lambda: reader.worth(tree.otherwise),
    )


@_translate.register
def _first_hit(tree: nodes.FirstHit, reader: Reader) -> Union:
    def from_line(place: int) -> Union:
        if place == len(tree.cases):
            return reader.worth(tree.otherwise)
        case = tree.cases[place]
        return choice(
            reader.tools,
            reader.worth(case.condition),
            lambda: reader.worth(case.value),
            lambda: from_line(place + 1),
        )

    return from_line(0)


def choice(
    tools: Toolbox, condition: Union, value: Callable[[], Union], otherwise: Callable[[], Union]
) -> Union:
    """Where the condition is not known, what both agree on."""
    unions, guards = tools.unions, tools.guards
    true, false = unions.true(condition), unions.false(condition)
    rest = [(guard, leaf) for guard, leaf in condition if not isinstance(leaf, bool)]
    open_ = guards.either([guard for guard, leaf in rest if leaf is ANYTHING])
    unknown = guards.either([guard for guard, leaf in rest if leaf is not ANYTHING])
    first: Union = () if true is NEVER and unknown is NEVER else value()
    second: Union = () if false is NEVER and unknown is NEVER else otherwise()
    cases = [*unions.under(true, first), *unions.under(false, second), (open_, ANYTHING)]
    if unknown is not NEVER:
        cases += unions.under(unknown, agreed(tools, first, second))
    return unions.gather(cases)


def _agreed(first: Leaf, second: Leaf) -> Leaf:
    if isinstance(first, Row) and isinstance(second, Row):
        return first if first is second else ANYTHING
    return first if first.__class__ is second.__class__ and first == second else UNKNOWN


def agreed(tools: Toolbox, first: Union, second: Union) -> Union:
    """What is left of two when it isn't known which of them it is."""
    return tools.unions.combine(lifted(_agreed, _same_term(tools)), [first, second])


def _same_term(tools: Toolbox) -> Lifted:
    def function(first: Leaf, second: Leaf) -> Leaf | Union:
        truth = tools.quantities.equal(first, second)
        if not isinstance(truth, tuple):
            return first if truth is True else UNKNOWN
        same = tools.unions.true(cast("Union", truth))
        return tools.unions.choose(same, tools.unions.only(first), tools.unions.only(UNKNOWN))

    return function


# what is asked of inputs and of the actor

_FAULTS: Final[dict[Test, frozenset[InputStatus]]] = {
    Test.MISSING: frozenset({InputStatus.MISSING}),
    Test.WRONG_KIND: frozenset({InputStatus.WRONG_KIND}),
    Test.BREAKS_RULE: frozenset({InputStatus.BREAKS_RULE}),
    Test.MISSING_OR_WRONG_KIND: frozenset({InputStatus.MISSING, InputStatus.WRONG_KIND}),
    Test.INVALID: frozenset(
        {InputStatus.MISSING, InputStatus.WRONG_KIND, InputStatus.BREAKS_RULE, InputStatus.INVALID}
    ),
}


def _has_fault(status: Leaf, test: Test) -> Leaf:
    if status in _FAULTS[test]:
        return True
    return UNKNOWN if status in {InputStatus.UNKNOWN, InputStatus.INVALID} else False


@_translate.register
def _is(tree: nodes.Is, reader: Reader) -> Union:
    unions, test = reader.tools.unions, tree.test
    if test in {Test.MISSING, Test.EXISTS}:
        missing = _missing(tree.operand, reader)
        return missing if test is Test.MISSING else mapped(unions, opposite_truth, missing)
    assert isinstance(tree.operand, nodes.Name), "`check` lets only inputs pass"
    return mapped(unions, lambda status: _has_fault(status, test), reader.status(tree.operand.name))


def _missing(tree: Tree, reader: Reader) -> Union:
    """An input of the wrong kind or that breaks a rule has no value, but is there."""
    unions = reader.tools.unions
    value = mapped(unions, lambda leaf: UNKNOWN if leaf is UNKNOWN else leaf is MISSING, reader.worth(tree))
    if not isinstance(tree, nodes.Name) or tree.kind is not Kind.INPUT:
        return value

    def asked(status: Leaf) -> Leaf | Union:
        if status in {InputStatus.WRONG_KIND, InputStatus.BREAKS_RULE}:
            return False
        return True if status in {InputStatus.MISSING, InputStatus.NOT_ASKED} else value

    return unions.combine(asked, [reader.status(tree.name)])


@_translate.register
def _some_input(tree: nodes.SomeInput, reader: Reader) -> Union:
    test = tree.test
    statuses = [reader.status(name) for name in reader.inputs()]
    faults = [mapped(reader.tools.unions, lambda status: _has_fault(status, test), each) for each in statuses]
    return disjunction(reader.tools, faults)


@_translate.register
def _actor_may(tree: nodes.ActorMay, reader: Reader) -> Union:
    sought = Permission.NEVER if tree.refusal is Refusal.NEVER else Permission.NOT_NOW

    def asked(permission: Leaf) -> Leaf:
        return UNKNOWN if permission is Permission.UNKNOWN else permission is sought

    return mapped(reader.tools.unions, asked, reader.permission())
