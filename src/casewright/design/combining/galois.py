"""Finite fields of few elements, as tables."""

from __future__ import annotations

from itertools import product

LARGEST = 32


class Field:
    """GF(`order`): elements 0 … `order` - 1, `plus[a][b]` and `times[a][b]`; 0 and 1 are what they say.

    An element is a polynomial over GF(prime) of degree below `degree`: its coefficients are the digits of the
    number in base `prime`, the constant first. Multiplied modulo the first monic polynomial that leaves no
    divisors of zero.
    """

    def __init__(self, prime: int, degree: int) -> None:
        self.order = prime**degree
        digits = [
            tuple(element // prime**power % prime for power in range(degree)) for element in range(self.order)
        ]
        self.plus = [
            [_number([(x + y) % prime for x, y in zip(a, b, strict=True)], prime) for b in digits]
            for a in digits
        ]
        for modulus in product(range(prime), repeat=degree):
            self.times = [[_number(_times(a, b, modulus, prime), prime) for b in digits] for a in digits]
            if all(row.count(0) == 1 for row in self.times[1:]):
                return


def _times(a: tuple[int, ...], b: tuple[int, ...], modulus: tuple[int, ...], prime: int) -> list[int]:
    degree = len(a)
    result = [0] * (2 * degree)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            result[i + j] += x * y
    for power in range(2 * degree - 1, degree - 1, -1):
        for index, coefficient in enumerate(modulus):
            result[power - degree + index] -= result[power] * coefficient
    return [each % prime for each in result[:degree]]


def _number(digits: list[int], prime: int) -> int:
    return sum(digit * prime**power for power, digit in enumerate(digits))


def field_of_at_least(order: int) -> Field | None:
    """The smallest field with `order` elements or more, if that is not too large to be of use."""
    for candidate in range(max(order, 2), LARGEST + 1):
        prime = next(each for each in range(2, candidate + 1) if candidate % each == 0)
        degree = 1
        while prime**degree < candidate:
            degree += 1
        if prime**degree == candidate:
            return Field(prime, degree)
    return None
