"""What is counted while cells change is what a new count gives."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from casewright.design.combining.coverage import Missing, Wanted, scopes_by_strength
from casewright.design.combining.ledger import Ledger
from casewright.design.combining.space import Space, bits

SPACE = Space([3, 2, 3, 2, 2])
ROWS = st.tuples(*(st.sampled_from(SPACE.values(parameter)) for parameter in SPACE.parameters)).map(
    lambda values: sum(1 << value for value in values)
)


def wanted(strength: int) -> list[Wanted]:
    """Two at a time and, of the first four parameters, `strength` at a time."""
    groups = [(SPACE.parameters, 2), ((0, 1, 2, 3), strength)]
    return [Wanted(SPACE, size, scopes) for size, scopes in scopes_by_strength(groups)]


def held(rows: list[int], each: Wanted) -> dict[tuple[int, ...], int]:
    """How many rows hold each wanted combination."""
    counts = dict.fromkeys(each.each(), 0)
    for row in rows:
        for combination in combinations(bits(row), each.strength):
            if combination in counts:
                counts[combination] += 1
    return counts


@given(st.integers(1, 4), st.lists(ROWS, min_size=2, max_size=8), st.data())
def test_changes_and_rows_taken_out_leave_the_counts_of_a_new_ledger(
    strength: int, rows: list[int], data: st.DataObject
) -> None:
    levels = wanted(strength)
    ledger = Ledger(SPACE, levels, rows)
    for _ in range(data.draw(st.integers(0, 10))):
        index = data.draw(st.sampled_from(ledger.present))
        value = data.draw(
            st.sampled_from([each for each in range(SPACE.size) if not rows[index] >> each & 1])
        )
        before = len(ledger.missing)
        loss = ledger.loss(index, value)
        ledger.change(index, value)
        rows[index] = rows[index] & ~SPACE.masks[SPACE.owner[value]] | 1 << value
        assert ledger.rows[index] == rows[index]
        assert len(ledger.missing) - before == loss
    out = data.draw(st.sampled_from(ledger.present))
    counts = [held(rows, each) for each in levels]
    only_here = sum(
        counted[combination] == 1
        for counted, each in zip(counts, levels, strict=True)
        for combination in held([rows[out]], each)
        if set(combination) <= set(bits(rows[out]))
    )
    assert ledger.alone(out) == only_here
    ledger.take_out(out)
    left = [row for index, row in enumerate(rows) if index != out]
    missing = {one for each in levels for one, count in held(left, each).items() if count == 0}
    assert set(ledger.missing) == missing


@given(st.integers(1, 4), st.lists(ROWS, max_size=5), ROWS)
def test_what_the_values_of_a_row_gain_one_after_the_other_is_what_the_row_adds(
    strength: int, rows: list[int], row: int
) -> None:
    levels = wanted(strength)
    missing, so_far, gained = Missing(levels, held=rows), 0, 0
    for value in bits(row):
        gained += missing.gain(value, so_far)
        so_far |= 1 << value
    before = {one for each in levels for one, count in held(rows, each).items() if count}
    after = {one for each in levels for one, count in held([*rows, row], each).items() if count}
    assert gained == len(after - before)
    missing.mark(row)
    assert missing.any() == (len(after) < sum(each.count() for each in levels))
