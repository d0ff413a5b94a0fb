"""Of which type each kind of node is, and what its operands have to be."""

from __future__ import annotations

from fractions import Fraction
from functools import singledispatch
from typing import Final

from casewright.design.expressions import static_types as types
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.errors import nearest
from casewright.design.expressions.literals import write_value
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import ANY, BOOLEAN, DURATION, NUMBER, TEXT, Type, TypeKind
from casewright.design.expressions.tree import Function, Kind, Operator, Order, Test, Tree, Unit
from casewright.design.expressions.type_faults import KINDS, TypeFault, told
from casewright.design.expressions.values import Special

MOMENTS: Final = (TypeKind.DATE, TypeKind.TIME, TypeKind.DATE_TIME)
_ORDERED: Final = (TypeKind.NUMBER, *MOMENTS, TypeKind.DURATION)
_NUMBER_ONLY: Final = (TypeKind.NUMBER,)
_TEXTS: Final = (TypeKind.TEXT, TypeKind.CHOICE)


@singledispatch
def type_of(tree: Tree, names: Names) -> Type:
    """Raises `TypeFault`."""
    raise TypeError(f"no type for {type(tree).__name__} among {names}")


# values and names

_TYPES_OF_VALUES: Final[dict[str, Type]] = {
    "bool": BOOLEAN,
    "Fraction": NUMBER,
    "str": TEXT,
    "datetime": types.DATE_TIME,
    "date": types.DATE,
    "time": types.TIME,
    "timedelta": DURATION,
    "Special": ANY,
}


@type_of.register
def _literal(tree: nodes.Literal, _names: Names) -> Type:
    return _TYPES_OF_VALUES[type(tree.value).__name__]


@type_of.register
def _word(tree: nodes.Word, _names: Names) -> Type:
    return types.choice_of(tree.text)


@type_of.register
def _name(tree: nodes.Name, names: Names) -> Type:
    return names.type_of(tree.name)


@type_of.register
def _keyed(tree: nodes.Keyed, names: Names) -> Type:
    keyed = names.keyed[tree.name]
    comparable(tree.key, keyed.key, names)
    return keyed.value


@type_of.register
def _look_up(tree: nodes.LookUp, names: Names) -> Type:
    shape = names.tables[tree.table]
    if len(tree.keys) != len(shape.keys):
        raise TypeFault(
            f"表格有 {len(shape.keys)} 个键，这里写了 {len(tree.keys)} 个。",
            f"the table has {len(shape.keys)} keys, but {len(tree.keys)} are given.",
            tree,
        )
    for key, wanted in zip(tree.keys, shape.keys, strict=True):
        comparable(key, wanted, names)
    for name in sorted(shape.reads):
        if name not in names.readable:
            raise TypeFault(
                f"表格中用到“{name}”，而这里没有它。",
                f"the table's cells use `{name}`, which is not there in this place.",
                tree,
            )
    return types.row_of(shape.columns)


@type_of.register
def _column(tree: nodes.Column, names: Names) -> Type:
    row = want(tree.row, names, TypeKind.ROW, TypeKind.RECORD)
    if row.kind is TypeKind.ANY:
        return ANY
    if row.kind is TypeKind.RECORD:
        return _field(tree, row.collection, names)
    if tree.column not in row.columns:
        suggestion = nearest(tree.column, row.columns)
        raise TypeFault("表格没有这一列。", "the table has no such column.", tree, suggestion)
    return row.columns[tree.column]


def _field(tree: nodes.Column, collection: str, names: Names) -> Type:
    fields = names.records[collection].fields
    if tree.column not in fields:
        raise TypeFault(
            f"“{collection}”没有这个字段。",
            f"`{collection}` has no such field.",
            tree,
            nearest(tree.column, fields),
        )
    return fields[tree.column]


# arithmetic


@type_of.register
def _negative(tree: nodes.Negative, names: Names) -> Type:
    return want(tree.operand, names, TypeKind.NUMBER, TypeKind.DURATION)


@type_of.register
def _arithmetic(tree: nodes.Arithmetic, names: Names) -> Type:
    if tree.operator in (Operator.TIMES, Operator.DIVIDED_BY, Operator.RAISED_TO):
        want(tree.left, names, TypeKind.NUMBER)
        want(tree.right, names, TypeKind.NUMBER)
        return NUMBER
    left, right = want_ordered(tree.left, names), want_ordered(tree.right, names)
    found = _sum(tree.operator, left, right)
    if found is None:
        first, second = told(left), told(right)
        raise TypeFault(
            f"{first.zh}和{second.zh}不能用“{tree.operator}”。",
            f"`{tree.operator}` does not go with {first.en} and {second.en}.",
            tree,
        )
    if left.kind is TypeKind.DATE and has_hours(tree.right):
        raise TypeFault(
            "日期没有钟点，只能加减天或周。", "a date has no hours: use days or weeks.", tree.right
        )
    return found


def _sum(operator: Operator, left: Type, right: Type) -> Type | None:
    """The type of a sum or difference; None if there is none."""
    kinds = {left.kind, right.kind}
    if kinds <= {TypeKind.NUMBER, TypeKind.ANY}:
        return NUMBER if TypeKind.NUMBER in kinds else ANY
    if kinds <= {TypeKind.DURATION, TypeKind.ANY}:
        return DURATION if kinds == {TypeKind.DURATION} else ANY
    if left.kind in MOMENTS and right.kind in (TypeKind.DURATION, TypeKind.ANY):
        return left if right.kind is TypeKind.DURATION else ANY
    if operator is Operator.MINUS and right.kind in MOMENTS and left.kind in (right.kind, TypeKind.ANY):
        return DURATION
    return None


def has_hours(tree: Tree) -> bool:
    return isinstance(tree, nodes.Duration) and tree.unit in (Unit.HOURS, Unit.MINUTES)


@type_of.register
def _duration(tree: nodes.Duration, names: Names) -> Type:
    want(tree.amount, names, TypeKind.NUMBER)
    return DURATION


@type_of.register
def _between(tree: nodes.Between, names: Names) -> Type:
    start = want(tree.start, names, *MOMENTS)
    end = want(tree.end, names, *MOMENTS)
    if types.union(start, end) is None:
        raise unlike(tree.end, start, end)
    return NUMBER


@type_of.register
def _apply(tree: nodes.Apply, names: Names) -> Type:
    wanted = _ARGUMENTS.get(tree.function)
    if wanted is None:
        return _least_or_most(tree, names)
    kinds, result = wanted
    if len(tree.arguments) != len(kinds):
        raise TypeFault(
            f"“{tree.function}”应有 {len(kinds)} 个参数，这里有 {len(tree.arguments)} 个。",
            f"`{tree.function}` takes {len(kinds)} values, but {len(tree.arguments)} are given.",
            tree,
        )
    for argument, allowed in zip(tree.arguments, kinds, strict=True):
        want(argument, names, *allowed)
    step = tree.arguments[-1]
    if tree.function in nodes.ROUNDINGS and isinstance(step, nodes.Literal) and _not_positive(step):
        raise TypeFault("取整的单位应大于 0。", "what is rounded to must be above 0.", step)
    return result


_ARGUMENTS: Final[dict[Function, tuple[tuple[tuple[TypeKind, ...], ...], Type]]] = {
    Function.ABS: ((_NUMBER_ONLY,), NUMBER),
    Function.FLOOR: ((_NUMBER_ONLY,), NUMBER),
    Function.CEIL: ((_NUMBER_ONLY,), NUMBER),
    **dict.fromkeys(nodes.ROUNDINGS, ((_NUMBER_ONLY, _NUMBER_ONLY), NUMBER)),
    Function.LENGTH: ((_TEXTS,), NUMBER),
    Function.TRIMMED: ((_TEXTS,), TEXT),
    Function.WEEKDAY: (((TypeKind.DATE, TypeKind.DATE_TIME),), NUMBER),
}


def _not_positive(step: nodes.Literal) -> bool:
    return isinstance(step.value, Fraction) and step.value <= 0


def _least_or_most(tree: nodes.Apply, names: Names) -> Type:
    result = ANY
    for argument in tree.arguments:
        want_ordered(argument, names)
        result = joined(result, argument, names)
    return result


# text


@type_of.register
def _count_of(tree: nodes.CountOf, names: Names) -> Type:
    want(tree.text, names, *_TEXTS)
    return NUMBER


@type_of.register
def _kinds_of(tree: nodes.KindsOf, names: Names) -> Type:
    want(tree.text, names, *_TEXTS)
    return NUMBER


@type_of.register
def _part_of(tree: nodes.PartOf, names: Names) -> Type:
    want(tree.text, names, *_TEXTS)
    want(tree.mark, names, *_TEXTS)
    return TEXT


# conditions


@type_of.register
def _compare(tree: nodes.Compare, names: Names) -> Type:
    left = type_of(tree.left, names)
    if isinstance(tree.left, nodes.Literal | nodes.Word):
        comparable(tree.left, type_of(tree.right, names), names)
    else:
        comparable(tree.right, left, names)
    if tree.ignoring_case:
        want(tree.left, names, *_TEXTS)
        want(tree.right, names, *_TEXTS)
    if tree.order not in (Order.EQUAL, Order.DIFFERENT) and not tree.ranks:
        want_ordered(tree.left, names)
        want_ordered(tree.right, names)
    return BOOLEAN


def comparable(tree: Tree, other: Type, names: Names) -> None:
    """Raises if `tree` can never equal what has type `other`."""
    found = type_of(tree, names)
    for of in (found, other):
        if of.kind is TypeKind.ROW:
            raise TypeFault(
                "整行不能比较，请写明是哪一列。", "a row can't be compared: say which column.", tree
            )
    if other.kind is TypeKind.CHOICE and isinstance(tree, nodes.Literal | nodes.Word):
        _one_of(tree, other)
    elif types.union(found, other) is None and not _both_texts(found, other):
        raise unlike(tree, other, found)
    elif found.kind is other.kind is TypeKind.CHOICE and not set(found.values) & set(other.values):
        raise TypeFault("两边没有共同的值。", "the two sides have no value in common.", tree)


def _one_of(tree: nodes.Literal | nodes.Word, choice: Type) -> None:
    if isinstance(tree, nodes.Word):
        said = tree.text
    elif isinstance(tree.value, Special):
        return
    else:
        said = tree.value if isinstance(tree.value, str) else write_value(tree.value)
    if choice.values and said not in choice.values:
        raise TypeFault(
            f"不是可选的值（{'、'.join(choice.values)}）。",
            f"is none of the values ({', '.join(choice.values)}).",
            tree,
            nearest(said, choice.values),
        )


def unlike(tree: Tree, other: Type, found: Type) -> TypeFault:
    wanted, is_ = told(other), told(found)
    zh, en = f"{wanted.zh}不能和{is_.zh}相比。", f"{wanted.en} can't be compared with {is_.en}."
    if (found.kind is TypeKind.RECORD) is not (other.kind is TypeKind.RECORD):
        zh, en = f"{zh}请写明是记录的哪个字段。", f"{en} Say which field of the record is meant."
    return TypeFault(zh, en, tree)


@type_of.register
def _text_compare(tree: nodes.TextCompare, names: Names) -> Type:
    want(tree.left, names, *_TEXTS)
    want(tree.right, names, *_TEXTS)
    return BOOLEAN


@type_of.register
def _member(tree: nodes.Member, names: Names) -> Type:
    operand = type_of(tree.operand, names)
    if tree.term is not None:
        want(tree.operand, names, *_TEXTS)
        return BOOLEAN
    for item in tree.items:
        comparable(item, operand, names)
    return BOOLEAN


@type_of.register
def _not(tree: nodes.Not, names: Names) -> Type:
    return want(tree.operand, names, TypeKind.BOOLEAN)


@type_of.register(nodes.And)
@type_of.register(nodes.Or)
def _junction(tree: nodes.And | nodes.Or, names: Names) -> Type:
    for part in tree.parts:
        want(part, names, TypeKind.BOOLEAN)
    return BOOLEAN


@type_of.register
def _is(tree: nodes.Is, names: Names) -> Type:
    type_of(tree.operand, names)
    of_input = isinstance(tree.operand, nodes.Name) and tree.operand.kind is Kind.INPUT
    if tree.test not in (Test.MISSING, Test.EXISTS) and not of_input:
        raise TypeFault(
            f"只有输入项可以写“{tree.test}”。", f"only an input can be `{tree.test}`.", tree.operand
        )
    return BOOLEAN


@type_of.register(nodes.SomeInput)
@type_of.register(nodes.ActorMay)
def _asks(_tree: Tree, _names: Names) -> Type:
    return BOOLEAN


# choosing


@type_of.register
def _if(tree: nodes.If, names: Names) -> Type:
    want(tree.condition, names, TypeKind.BOOLEAN)
    return joined(type_of(tree.value, names), tree.otherwise, names)


@type_of.register
def _first_hit(tree: nodes.FirstHit, names: Names) -> Type:
    result = ANY
    for case in tree.cases:
        want(case.condition, names, TypeKind.BOOLEAN)
        result = joined(result, case.value, names)
    return joined(result, tree.otherwise, names)


# what an operand has to be


def want(tree: Tree, names: Names, *kinds: TypeKind) -> Type:
    """The type of `tree`, which has to be one of `kinds`, or unknown."""
    found = type_of(tree, names)
    if found.kind is TypeKind.ANY or found.kind in kinds:
        return found
    zh = "或".join(KINDS[kind].zh for kind in kinds)
    en = " or ".join(KINDS[kind].en for kind in kinds)
    is_ = told(found)
    raise TypeFault(f"这里应是{zh}，不能是{is_.zh}。", f"{en} is expected here, but this is {is_.en}.", tree)


def want_ordered(tree: Tree, names: Names) -> Type:
    found = type_of(tree, names)
    if found.kind is TypeKind.ANY or found.kind in _ORDERED:
        return found
    is_ = told(found)
    raise TypeFault(
        f"这里应是数字、日期、时刻或时长，不能是{is_.zh}。",
        f"a number, date, time or duration is expected here, but this is {is_.en}.",
        tree,
    )


def _both_texts(first: Type, second: Type) -> bool:
    return first.kind in _TEXTS and second.kind in _TEXTS


def fitting(tree: Tree, wanted: Type, names: Names) -> Type:
    found = type_of(tree, names)
    if wanted.kind is TypeKind.CHOICE:
        want(tree, names, TypeKind.CHOICE, TypeKind.TEXT)
        comparable(tree, wanted, names)
    elif wanted.kind is not TypeKind.ANY:
        want(tree, names, *(_TEXTS if wanted.kind is TypeKind.TEXT else (wanted.kind,)))
    return found


def joined(first: Type, tree: Tree, names: Names) -> Type:
    """The type of a choice between values, of which those before have type `first`."""
    second = type_of(tree, names)
    both = types.union(first, second)
    if both is not None:
        return both
    if _both_texts(first, second):
        return TEXT
    before, now = told(first), told(second)
    raise TypeFault(
        f"各个结果的类型应相同：前面是{before.zh}，这里是{now.zh}。",
        f"all results must be of one type: before it was {before.en}, here it is {now.en}.",
        tree,
    )
