"""Glyphs put into rows: those on one base line, with the small raised and lowered ones beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casewright.documents.readers.pdf.glyphs import Glyph

_SAME_LINE = 0.25
"""In sizes of the letters: base lines nearer than this are one."""
_RAISED = 0.8
"""Of the size of the text beside them: smaller characters may be raised or lowered."""
_BESIDE = 0.6
"""In sizes of the text: how near raised characters stand to it."""
_RUN_GAP = 1.0
_NEAR_ROWS = 4


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The glyphs of a page or cell from top to bottom, each row from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((glyph for glyph in glyphs if glyph.text), key=lambda glyph: glyph.base):
        if rows and glyph.base - rows[-1][0].base <= _SAME_LINE * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        row.sort(key=lambda glyph: glyph.x0)
    _move_raised(rows)
    return [row for row in rows if row]


def _move_raised(rows: list[list[Glyph]]) -> None:
    """Moves runs of small glyphs into the row that they are raised or lowered from."""
    largest = [max(glyph.size for glyph in row) for row in rows]
    for index, row in enumerate(rows):
        near = range(max(index - _NEAR_ROWS, 0), min(index + _NEAR_ROWS + 1, len(rows)))
        smallest = min(glyph.size for glyph in row) if row else 0.0
        hosts = [other for other in near if other != index and _RAISED * largest[other] > smallest]
        if not hosts:
            continue
        for run in _runs(row):
            host = next((other for other in hosts if _is_raised_from(run, rows[other])), None)
            if host is not None:
                taken = set(map(id, run))
                rows[index] = [glyph for glyph in rows[index] if id(glyph) not in taken]
                rows[host] = sorted([*rows[host], *run], key=lambda glyph: glyph.x0)


def _runs(row: Sequence[Glyph]) -> list[list[Glyph]]:
    """The parts of a row that are set in one size without a wide gap."""
    runs: list[list[Glyph]] = []
    for glyph in row:
        last = runs[-1][-1] if runs else None
        if last is not None and glyph.size == last.size and glyph.x0 - last.x1 < _RUN_GAP * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _is_raised_from(run: Sequence[Glyph], row: Sequence[Glyph]) -> bool:
    """Whether a larger glyph of `row` stands right beside `run`, and about as high."""
    small, left, right = run[0], run[0].x0, run[-1].x1
    return any(
        _RAISED * glyph.size > small.size
        and min(glyph.bottom, small.bottom) - max(glyph.top, small.top) > 0.5 * small.size
        and min(abs(left - glyph.x1), abs(glyph.x0 - right)) <= _BESIDE * glyph.size
        for glyph in row
    )
