"""Values as bits: every value of every parameter has a number, and a row is a mask with a bit for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, the lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Space:
    """Parameter `p` has `levels[p]` values; theirs are the numbers `first[p]`, `first[p]` + 1, …

    `masks[p]` has the bits of all its values, and `owner[v]` is the parameter of the value `v`.
    """

    def __init__(self, levels: Sequence[int]) -> None:
        self.levels = tuple(levels)
        self.first = tuple(accumulate(self.levels, initial=0))[:-1]
        self.size = sum(self.levels)
        self.masks = tuple(
            ((1 << count) - 1) << start for start, count in zip(self.first, self.levels, strict=True)
        )
        self.owner = tuple(parameter for parameter, count in enumerate(self.levels) for _ in range(count))

    @property
    def parameters(self) -> range:
        return range(len(self.levels))

    def values(self, parameter: int) -> range:
        return range(self.first[parameter], self.first[parameter] + self.levels[parameter])
