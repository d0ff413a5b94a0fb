"""The arrays of algebra have the rows that their theorems say, and cover what they say."""

from __future__ import annotations

from itertools import combinations

import pytest

from casewright.design.combining.arrays import Array, binary, orthogonal, pairwise
from casewright.design.combining.galois import LARGEST, Field, field_of_at_least


def covers(array: Array, strength: int, symbols: int) -> bool:
    columns = range(len(array[0]))
    return all(
        len({tuple(row[each] for each in scope) for row in array}) == symbols**strength
        for scope in combinations(columns, strength)
    )


@pytest.mark.parametrize("order", [2, 3, 4, 5, 7, 8, 9, 16, 25, 27])
def test_every_element_but_zero_has_an_inverse_and_both_operations_agree(order: int) -> None:
    field = field_of_at_least(order)
    assert field is not None
    assert field.order == order
    elements = range(order)
    for a in elements:
        assert sorted(field.plus[a]) == list(elements)
        assert field.plus[a][0] == field.times[a][1] == a
        assert a == 0 or sorted(field.times[a]) == list(elements)
    some = list(elements)[:: max(1, order // 6)]
    for a, b, c in ((a, b, c) for a in some for b in some for c in some):
        assert field.times[a][field.plus[b][c]] == field.plus[field.times[a][b]][field.times[a][c]]
        assert field.times[a][field.times[b][c]] == field.times[field.times[a][b]][c]


def test_the_next_prime_power_is_taken() -> None:
    orders = [field.order for order in (6, 10, 12, 14, 24, 26, 28) if (field := field_of_at_least(order))]
    assert orders == [7, 11, 13, 16, 25, 27, 29]
    assert field_of_at_least(LARGEST + 1) is None


@pytest.mark.parametrize(
    ("prime", "degree", "strength"), [(2, 1, 2), (3, 1, 2), (2, 2, 2), (3, 1, 3), (5, 1, 3)]
)
def test_an_orthogonal_array_holds_every_tuple_just_once(prime: int, degree: int, strength: int) -> None:
    field = Field(prime, degree)
    array = orthogonal(field, strength)
    assert len(array) == field.order**strength
    assert len(array[0]) == field.order + 1
    assert covers(array, strength, field.order)


@pytest.mark.parametrize(("order", "columns", "rows"), [(3, 13, 15), (3, 40, 21), (4, 21, 28), (5, 31, 45)])
def test_a_product_covers_all_pairs_of_many_columns(order: int, columns: int, rows: int) -> None:
    field = field_of_at_least(order)
    assert field is not None
    array = pairwise(field, columns)
    assert (len(array), len(array[0])) == (rows, columns)
    assert covers(array, 2, order)


@pytest.mark.parametrize(
    ("columns", "rows"), [(2, 4), (3, 4), (4, 5), (10, 6), (11, 7), (35, 8), (100, 10), (126, 10)]
)
def test_two_symbols_take_the_fewest_rows_that_are_possible(columns: int, rows: int) -> None:
    array = binary(columns)
    assert (len(array), len(array[0])) == (rows, columns)
    assert covers(array, 2, 2)
