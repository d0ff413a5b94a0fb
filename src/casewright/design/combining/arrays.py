"""Covering arrays from algebra: rows of symbols 0, 1, …; in any `t` columns every tuple stands somewhere."""

from __future__ import annotations

from itertools import combinations, islice, product
from math import comb

from casewright.design.combining.galois import Field

Array = list[tuple[int, ...]]


def orthogonal(field: Field, strength: int) -> Array:
    """OA(q^t; t, q + 1, q): a row for each polynomial of degree below `strength` over GF(q).

    Its values at all points, then its leading coefficient: two polynomials that agree in t of these are equal
    (Bush, "Orthogonal arrays of index unity", Annals of Mathematical Statistics 23, 1952).
    """
    rows: Array = []
    for coefficients in product(range(field.order), repeat=strength):
        values: list[int] = []
        for point in range(field.order):
            value = 0
            for coefficient in coefficients:
                value = field.plus[field.times[value][point]][coefficient]
            values.append(value)
        rows.append((*values, coefficients[0]))
    return rows


def pairwise(field: Field, columns: int) -> Array:
    """A covering array of strength 2 over GF(q) with at least `columns` columns.

    From CA(N; 2, k, q) one of kq + 1 columns with N + q² - q rows. Column (x, i) is column i of the smaller
    array, for each x in GF(q); below it, in every i alike, stand the lines y = mx + b with m not 0; the last
    column has m. Columns of different i have all pairs above; those of the same i have equal pairs above,
    unequal ones below; the last has 0 above, where m is 0. (Stevens, Moura and Mendelsohn, "Lower bounds for
    transversal covers", Designs, Codes and Cryptography 15, 1998; for products in general Colbourn and
    others, "Products of mixed covering arrays of strength two", Journal of Combinatorial Designs 14, 2006.)
    """
    lines = orthogonal(field, 2)
    array = lines
    while len(array[0]) < columns:
        width = len(array[0])
        above: Array = [(*(row * field.order), 0) for row in array]
        below: Array = [
            (*(value for value in line[:-1] for _ in range(width)), line[-1]) for line in lines if line[-1]
        ]
        array = above + below
    return array


def binary(columns: int) -> Array:
    """The smallest covering array of strength 2 on two symbols.

    With n rows, a column for each set of ⌊n/2⌋ rows that has the first row: of two such sets each has a row
    that the other lacks, both have the first, and some row is in neither. C(n - 1, ⌊n/2⌋ - 1) columns, which
    is the most there can be (Katona, "Two applications of Sperner type theorems", Periodica Mathematica
    Hungarica 3, 1973; Kleitman and Spencer, "Families of k-independent sets", Discrete Mathematics 6, 1973).
    """
    count = 4
    while comb(count - 1, count // 2 - 1) < columns:
        count += 1
    chosen = list(islice(combinations(range(1, count), count // 2 - 1), columns))
    return [tuple(int(row == 0 or row in members) for members in chosen) for row in range(count)]
