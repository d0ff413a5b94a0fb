"""From names and values to numbers and masks; and everything that can be wrong with a request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod

from casewright.design.cases import Words
from casewright.design.combining.completing import Completer, Table
from casewright.design.combining.errors import ModelFault, StrengthOutOfRange, TooManyCombinations
from casewright.design.combining.models import CombinationModel, Constraint, Group, Parameter, Value
from casewright.design.combining.space import Space, bits

MOST_TUPLES = 200_000
"""Tuples of the parameters in one constraint's scope, each of which is evaluated once."""
MOST_COMBINATIONS = 3_000_000


class Compiled:
    """The valid values of some parameters, and the constraints that speak of none but these."""

    def __init__(self, parameters: Sequence[Parameter], constraints: Sequence[Constraint]) -> None:
        self.parameters = tuple(parameters)
        self.constraints = tuple(constraints)
        self.space = Space([len(each.values) for each in parameters])
        self.position = {each.name: index for index, each in enumerate(parameters)}
        self._numbers = [
            {value: number for number, value in enumerate(each.values, start)}
            for each, start in zip(parameters, self.space.first, strict=True)
        ]
        self.completer = Completer(self.space, [self._table(*each) for each in enumerate(constraints)])

    def mask(self, values: Mapping[str, Value]) -> int:
        row = 0
        for name, value in values.items():
            row |= 1 << self._numbers[self.position[name]][value]
        return row

    def values(self, mask: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for number in bits(mask):
            parameter = self.space.owner[number]
            each = self.parameters[parameter]
            found[each.name] = each.values[number - self.space.first[parameter]]
        return found

    def _table(self, number: int, constraint: Constraint) -> Table:
        scope = [self.position[name] for name in constraint.scope]
        allowed = constraint.allowed
        if callable(allowed):
            every = product(*(self.parameters[each].values for each in scope))
            tuples: Iterable[tuple[Value, ...]] = (values for values in every if allowed(*values))
        else:
            tuples = allowed
        return Table(
            number, scope, (self.mask(dict(zip(constraint.scope, each, strict=True))) for each in tuples)
        )


def check(model: CombinationModel, strength: int) -> None:
    """Raises ModelFault or StrengthOutOfRange if no rows can be asked of this model."""
    _check_parameters(model.parameters)
    known = {each.name: each for each in model.parameters}
    for constraint in model.constraints:
        _check_names(constraint.scope, known)
        _check_constraint(constraint, known)
    for group in (Group(tuple(known), strength), *model.groups):
        _check_names(group.parameters, known)
        if not 1 <= group.strength <= len(group.parameters):
            raise StrengthOutOfRange(
                Words(
                    zh=f"{len(group.parameters)} 个参数不能按每 {group.strength} 个进行组合。",
                    en=f"{len(group.parameters)} parameters can't be combined {group.strength} at a time.",
                )
            )


def _check_parameters(parameters: Sequence[Parameter]) -> None:
    if not parameters:
        raise ModelFault(Words(zh="没有参数。", en="There are no parameters."))
    names = [each.name for each in parameters]
    for name in names:
        if names.count(name) > 1:
            raise ModelFault(
                Words(zh=f"参数“{name}”出现了不止一次。", en=f"The parameter `{name}` occurs twice.")
            )
    for each in parameters:
        if not each.values:
            raise ModelFault(
                Words(
                    zh=f"参数“{each.name}”没有有效值。", en=f"The parameter `{each.name}` has no valid value."
                )
            )
        if len({*each.values, *each.invalid}) < len(each.values) + len(each.invalid):
            raise ModelFault(
                Words(
                    zh=f"参数“{each.name}”有相同的值。",
                    en=f"Two values of the parameter `{each.name}` are equal.",
                )
            )


def _check_names(names: Sequence[str], known: Mapping[str, Parameter]) -> None:
    for name in names:
        if name not in known:
            raise ModelFault(Words(zh=f"没有名为“{name}”的参数。", en=f"There is no parameter `{name}`."))
    if len(set(names)) < len(names) or not names:
        listed = "、".join(names), ", ".join(names)
        raise ModelFault(
            Words(
                zh=f"一个范围须至少有一个参数且不得重复：“{listed[0]}”。",
                en=f"A scope needs at least one parameter, and each only once: `{listed[1]}`.",
            )
        )


def _check_constraint(constraint: Constraint, known: Mapping[str, Parameter]) -> None:
    words, allowed = constraint.words, constraint.allowed
    if callable(allowed):
        if prod(len(known[name].values) for name in constraint.scope) > MOST_TUPLES:
            raise ModelFault(
                Words(
                    zh=f"约束“{words.zh}”涉及的取值组合超过 {MOST_TUPLES} 个，请拆分。",
                    en=f"The constraint `{words.en}` speaks of more than {MOST_TUPLES} tuples: split it.",
                )
            )
        return
    for each in allowed:
        if len(each) != len(constraint.scope) or any(
            value not in known[name].values for name, value in zip(constraint.scope, each, strict=True)
        ):
            raise ModelFault(
                Words(
                    zh=f"约束“{words.zh}”中的“{each}”与其参数的有效值不符。",
                    en=f"`{each}` in the constraint `{words.en}` is no tuple of valid values of its scope.",
                )
            )


def check_count(levels: Sequence[int], strength: int) -> None:
    """Raises TooManyCombinations before any are listed: the elementary symmetric polynomial counts them."""
    counts = [1] + [0] * strength
    for level in levels:
        for size in range(strength, 0, -1):
            counts[size] += counts[size - 1] * level
    if counts[strength] > MOST_COMBINATIONS:
        raise TooManyCombinations(
            Words(
                zh=f"需要覆盖 {counts[strength]} 个组合，最多可处理 {MOST_COMBINATIONS} 个。"
                "请降低强度，或只对部分参数提高强度。",
                en=f"{counts[strength]} combinations would have to be covered: {MOST_COMBINATIONS} at most. "
                "Combine fewer parameters at a time, or only those of a group more closely.",
            )
        )
