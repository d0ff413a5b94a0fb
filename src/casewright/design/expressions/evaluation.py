"""Tree to closure: what an expression is worth in an environment. Exact, with three values.

What is missing has no number and no truth: arithmetic, order and logic over it are unknown, as they are
over what is unknown. Nothing here raises for a tree that passed `check`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import singledispatch
from typing import Final, cast

from casewright.design.expressions import arithmetic, record_evaluation, texts
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.environment import Environment, InputStatus, Permission
from casewright.design.expressions.tree import Function, Kind, Operator, Order, Refusal, Test, TextTest, Tree
from casewright.design.expressions.truths import any_of, equal, negated
from casewright.design.expressions.values import MISSING, UNKNOWN, Held, Reference, Special, Value

Evaluate = Callable[[Environment], Value]
EvaluateHeld = Callable[[Environment], Held]


def compile_expression(tree: Tree) -> Evaluate:
    """For everything but a row of a table, which only a `let` may hold (see `compile_let`)."""
    return cast("Evaluate", _compile(tree))


def compile_let(tree: Tree) -> EvaluateHeld:
    return _compile(tree)


@singledispatch
def _compile(tree: Tree) -> EvaluateHeld:
    raise TypeError(f"{type(tree).__name__} has no value of its own")


# values and names


@_compile.register
def _literal(tree: nodes.Literal) -> EvaluateHeld:
    value = tree.value
    return lambda _environment: value


@_compile.register
def _word(tree: nodes.Word) -> EvaluateHeld:
    text = tree.text
    return lambda _environment: text


@_compile.register
def _name(tree: nodes.Name) -> EvaluateHeld:
    name = tree.name if tree.kind is not Kind.CLOCK else "now"
    return lambda environment: environment.read(name)


@_compile.register
def _keyed(tree: nodes.Keyed) -> EvaluateHeld:
    name, key = tree.name, compile_expression(tree.key)
    return lambda environment: environment.read_key(name, key(environment))


@_compile.register
def _look_up(tree: nodes.LookUp) -> EvaluateHeld:
    table, keys = tree.table, [compile_expression(key) for key in tree.keys]
    return lambda environment: environment.look_up(table, [key(environment) for key in keys])


@_compile.register
def _column(tree: nodes.Column) -> EvaluateHeld:
    row, column = _compile(tree.row), tree.column

    def evaluate(environment: Environment) -> Value:
        found = row(environment)
        if isinstance(found, Reference):
            return environment.field(found, column)
        if isinstance(found, Mapping):
            return found.get(column, MISSING)
        return found if isinstance(found, Special) else UNKNOWN

    return evaluate


# records


def _over_records(form: Callable[[Tree, record_evaluation.Compile], Evaluate]) -> Callable[[Tree], Evaluate]:
    return lambda tree: form(tree, compile_expression)


for _node, _form in record_evaluation.FORMS.items():
    _compile.register(_node, _over_records(_form))


# arithmetic


@_compile.register
def _negative(tree: nodes.Negative) -> EvaluateHeld:
    operand = compile_expression(tree.operand)
    return lambda environment: arithmetic.negative(operand(environment))


_ARITHMETIC: Final = {
    Operator.PLUS: arithmetic.plus,
    Operator.MINUS: arithmetic.minus,
    Operator.TIMES: arithmetic.times,
    Operator.DIVIDED_BY: arithmetic.divided_by,
    Operator.RAISED_TO: arithmetic.raised_to,
}


@_compile.register
def _arithmetic(tree: nodes.Arithmetic) -> EvaluateHeld:
    left, right = compile_expression(tree.left), compile_expression(tree.right)
    operation = _ARITHMETIC[tree.operator]
    return lambda environment: operation(left(environment), right(environment))


@_compile.register
def _duration(tree: nodes.Duration) -> EvaluateHeld:
    amount, unit = compile_expression(tree.amount), tree.unit
    if isinstance(tree.amount, nodes.Literal):
        fixed = arithmetic.duration(tree.amount.value, unit)
        return lambda _environment: fixed
    return lambda environment: arithmetic.duration(amount(environment), unit)


@_compile.register
def _between(tree: nodes.Between) -> EvaluateHeld:
    start, end, unit = compile_expression(tree.start), compile_expression(tree.end), tree.unit
    return lambda environment: arithmetic.between(start(environment), end(environment), unit)


_UNARY: Final[dict[Function, Callable[[Value], Value]]] = {
    Function.ABS: arithmetic.absolute,
    Function.FLOOR: arithmetic.floor,
    Function.CEIL: arithmetic.ceil,
    Function.LENGTH: texts.length,
    Function.TRIMMED: texts.trimmed,
    Function.WEEKDAY: arithmetic.weekday,
}


@_compile.register
def _apply(tree: nodes.Apply) -> EvaluateHeld:
    arguments = [compile_expression(argument) for argument in tree.arguments]
    unary = _UNARY.get(tree.function)
    if unary is not None:
        (argument,) = arguments
        return lambda environment: unary(argument(environment))
    if tree.function in nodes.ROUNDINGS:
        value, step = arguments
        function = tree.function
        return lambda environment: arithmetic.rounded(function, value(environment), step(environment))
    choose = arithmetic.least if tree.function is Function.MIN else arithmetic.most
    return lambda environment: choose([argument(environment) for argument in arguments])


# text


@_compile.register
def _count_of(tree: nodes.CountOf) -> EvaluateHeld:
    text, classes = compile_expression(tree.text), tree.classes
    return lambda environment: texts.count_of(classes, text(environment))


@_compile.register
def _kinds_of(tree: nodes.KindsOf) -> EvaluateHeld:
    text, classes = compile_expression(tree.text), tree.classes
    return lambda environment: texts.kinds_of(classes, text(environment))


@_compile.register
def _part_of(tree: nodes.PartOf) -> EvaluateHeld:
    text, mark, side = compile_expression(tree.text), compile_expression(tree.mark), tree.side
    return lambda environment: texts.part_of(text(environment), side, mark(environment))


_TEXT_TESTS: Final[dict[TextTest, Callable[[str, str], bool]]] = {
    TextTest.CONTAINS: lambda text, part: part in text,
    TextTest.STARTS_WITH: str.startswith,
    TextTest.ENDS_WITH: str.endswith,
}


@_compile.register
def _text_compare(tree: nodes.TextCompare) -> EvaluateHeld:
    left, right, test = compile_expression(tree.left), compile_expression(tree.right), _TEXT_TESTS[tree.test]
    fold = str.casefold if tree.ignoring_case else str

    def evaluate(environment: Environment) -> Value:
        text, part = left(environment), right(environment)
        if isinstance(text, str) and isinstance(part, str):
            return test(fold(text), fold(part))
        return UNKNOWN

    return evaluate


# comparisons


_ORDERS: Final[dict[Order, Callable[[Value, Value], bool | Special]]] = {
    Order.EQUAL: equal,
    Order.DIFFERENT: lambda first, second: negated(equal(first, second)),
    Order.LESS: arithmetic.less,
    Order.AT_MOST: arithmetic.at_most,
    Order.GREATER: lambda first, second: arithmetic.less(second, first),
    Order.AT_LEAST: lambda first, second: arithmetic.at_most(second, first),
}


@_compile.register
def _compare(tree: nodes.Compare) -> EvaluateHeld:
    left, right = compile_expression(tree.left), compile_expression(tree.right)
    compare = _ORDERS[tree.order]
    if tree.ignoring_case:
        return lambda environment: compare(texts.folded(left(environment)), texts.folded(right(environment)))
    if tree.ranks and tree.order not in (Order.EQUAL, Order.DIFFERENT):
        rank = {word: Fraction(index) for index, word in enumerate(tree.ranks)}
        return lambda environment: compare(
            rank.get(cast("str", left(environment)), UNKNOWN),
            rank.get(cast("str", right(environment)), UNKNOWN),
        )
    return lambda environment: compare(left(environment), right(environment))


@_compile.register
def _member(tree: nodes.Member) -> EvaluateHeld:
    operand, items = compile_expression(tree.operand), [compile_expression(item) for item in tree.items]

    def evaluate(environment: Environment) -> Value:
        value = operand(environment)
        return any_of(equal(value, item(environment)) for item in items)

    return evaluate


# logic


@_compile.register(nodes.And)
@_compile.register(nodes.Or)
def _junction(tree: nodes.And | nodes.Or) -> EvaluateHeld:
    """The loop of `any_of` and `all_of`, without their generators: junctions are met most often."""
    parts = [_compile(part) for part in tree.parts]
    decisive = isinstance(tree, nodes.Or)

    def evaluate(environment: Environment) -> Value:
        result: bool | Special = not decisive
        for part in parts:
            truth = part(environment)
            if truth is decisive:
                return decisive
            if not isinstance(truth, bool):
                result = UNKNOWN
        return result

    return evaluate


@_compile.register
def _not(tree: nodes.Not) -> EvaluateHeld:
    operand = _compile(tree.operand)
    return lambda environment: negated(operand(environment))


@_compile.register
def _if(tree: nodes.If) -> EvaluateHeld:
    return _choice(_compile(tree.condition), _compile(tree.value), _compile(tree.otherwise))


@_compile.register
def _first_hit(tree: nodes.FirstHit) -> EvaluateHeld:
    result = _compile(tree.otherwise)
    for case in reversed(tree.cases):
        result = _choice(_compile(case.condition), _compile(case.value), result)
    return result


def _choice(condition: EvaluateHeld, value: EvaluateHeld, otherwise: EvaluateHeld) -> EvaluateHeld:
    def evaluate(environment: Environment) -> Held:
        truth = condition(environment)
        if truth is True:
            return value(environment)
        if truth is False:
            return otherwise(environment)
        first, second = value(environment), otherwise(environment)
        return first if first.__class__ is second.__class__ and first == second else UNKNOWN

    return evaluate


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


def _has_fault(status: InputStatus, test: Test) -> bool | Special:
    if status in _FAULTS[test]:
        return True
    return UNKNOWN if status in (InputStatus.UNKNOWN, InputStatus.INVALID) else False


def _is_missing(value: Held) -> bool | Special:
    return UNKNOWN if value is UNKNOWN else value is MISSING


@_compile.register
def _is(tree: nodes.Is) -> EvaluateHeld:
    test = tree.test
    if test in (Test.MISSING, Test.EXISTS):
        missing = _missing_test(tree.operand)
        if test is Test.MISSING:
            return missing
        return lambda environment: negated(missing(environment))
    assert isinstance(tree.operand, nodes.Name), "`check` lets only inputs pass"
    name = tree.operand.name
    return lambda environment: _has_fault(environment.status(name), test)


def _missing_test(tree: Tree) -> EvaluateHeld:
    """An input of the wrong kind or that breaks a rule has no value, but is there."""
    operand = _compile(tree)
    if not (isinstance(tree, nodes.Name) and tree.kind is Kind.INPUT):
        return lambda environment: _is_missing(operand(environment))
    name = tree.name

    def evaluate(environment: Environment) -> Value:
        status = environment.status(name)
        if status in (InputStatus.WRONG_KIND, InputStatus.BREAKS_RULE):
            return False
        if status in (InputStatus.MISSING, InputStatus.NOT_ASKED):
            return True
        return _is_missing(operand(environment))

    return evaluate


@_compile.register
def _some_input(tree: nodes.SomeInput) -> EvaluateHeld:
    test = tree.test
    return lambda environment: any_of(
        _has_fault(environment.status(name), test) for name in environment.inputs()
    )


@_compile.register
def _actor_may(tree: nodes.ActorMay) -> EvaluateHeld:
    sought = Permission.NEVER if tree.refusal is Refusal.NEVER else Permission.NOT_NOW

    def evaluate(environment: Environment) -> Value:
        permission = environment.permission()
        return UNKNOWN if permission is Permission.UNKNOWN else permission is sought

    return evaluate
