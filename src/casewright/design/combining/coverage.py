"""Which combinations are wanted and which are still missing, as masks.

A combination of `t` values is kept `t` times: under each choice of `t` - 1 of them stands a mask of the
values that make it whole. So what a value adds to a row is counted with `and` and a count of bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, product

from casewright.design.combining.space import Space, bits

Key = tuple[int, ...]


class Wanted:
    """Of one strength: `masks[key]` has the values wanted together with the `strength` - 1 of `key`."""

    def __init__(self, space: Space, strength: int, scopes: Iterable[tuple[int, ...]]) -> None:
        self.space = space
        self.strength = strength
        self.masks: dict[Key, int] = {}
        for scope in scopes:
            for omitted in scope:
                rest = [space.values(parameter) for parameter in scope if parameter != omitted]
                for key in product(*rest):
                    self.masks[key] = self.masks.get(key, 0) | space.masks[omitted]

    def drop(self, combination: Key) -> None:
        for value in combination:
            key = tuple(each for each in combination if each != value)
            self.masks[key] &= ~(1 << value)

    def count(self) -> int:
        return sum(mask.bit_count() for mask in self.masks.values()) // self.strength

    def each(self) -> Iterator[Key]:
        """Every combination that is still wanted, once: values in ascending order."""
        for key, mask in self.masks.items():
            above = key[-1] + 1 if key else 0
            for value in bits(mask >> above):
                yield (*key, value + above)


def gain(masks: dict[Key, int], strength: int, value: int, row: int) -> int:
    """How many combinations of `masks` the row gets by `value`; `row` has no value of its parameter."""
    if strength == 2:
        return (masks.get((value,), 0) & row).bit_count()
    if strength == 1:
        return masks[()] >> value & 1
    total = 0
    if strength == 3:  # what is done by far the most often at this strength, so without a call
        left = row
        while left:
            low = left & -left
            left ^= low
            other = low.bit_length() - 1
            key = (other, value) if other < value else (value, other)
            total += (masks.get(key, 0) & row).bit_count()
        return total // 2
    for others in combinations(bits(row), strength - 2):
        key = tuple(sorted((value, *others)))
        total += (masks.get(key, 0) & row).bit_count()
    return total // (strength - 1)


def mark(masks: dict[Key, int], strength: int, row: int) -> None:
    """Take the combinations that `row` holds out of `masks`."""
    for key in combinations(bits(row), strength - 1):
        if key in masks:
            masks[key] &= ~row


def scopes_by_strength(
    groups: Iterable[tuple[Sequence[int], int]],
) -> list[tuple[int, list[tuple[int, ...]]]]:
    """Of groups (parameters, strength) the sets of parameters to be combined, the largest strength first.

    Those inside a larger set are left out, as it covers them.
    """
    chosen = {scope for members, strength in groups for scope in combinations(sorted(members), strength)}
    strengths = sorted({len(scope) for scope in chosen}, reverse=True)
    inside = {
        part
        for scope in chosen
        for strength in strengths
        if strength < len(scope)
        for part in combinations(scope, strength)
    }
    left = sorted(chosen - inside)
    found = [(strength, [scope for scope in left if len(scope) == strength]) for strength in strengths]
    return [(strength, scopes) for strength, scopes in found if scopes]


class Missing:
    """What is wanted, less what the rows `held` hold; for every strength of a model together."""

    def __init__(self, wanted: Sequence[Wanted], held: Iterable[int] = ()) -> None:
        self.levels = [(each.strength, dict(each.masks)) for each in wanted]
        for row in held:
            self.mark(row)

    def gain(self, value: int, row: int) -> int:
        return sum(gain(masks, strength, value, row) for strength, masks in self.levels)

    def mark(self, row: int) -> None:
        for strength, masks in self.levels:
            mark(masks, strength, row)

    def fullest(self) -> list[tuple[Key, int]]:
        """The keys under which most is missing, with their masks; none if nothing is."""
        for _, masks in self.levels:
            most = max((mask.bit_count() for mask in masks.values()), default=0)
            if most:
                return [(key, mask) for key, mask in masks.items() if mask.bit_count() == most]
        return []

    def any(self) -> bool:
        return any(mask for _, masks in self.levels for mask in masks.values())


def drop_infeasible(wanted: Wanted, concerned: set[int], feasible: Callable[[int], bool]) -> list[Key]:
    """Drop and return what is infeasible. Only combinations with a parameter of `concerned` can be."""
    owner = wanted.space.owner
    dropped = [
        combination
        for combination in wanted.each()
        if any(owner[value] in concerned for value in combination)
        and not feasible(sum(1 << value for value in combination))
    ]
    for combination in dropped:
        wanted.drop(combination)
    return dropped
