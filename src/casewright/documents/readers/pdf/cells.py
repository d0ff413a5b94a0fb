"""Ruled grids filled with their text, and rows that share one ruled stripe taken apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from casewright.documents.readers.pdf.geometry import Box
from casewright.documents.readers.pdf.glyphs import Glyph
from casewright.documents.readers.pdf.grids import Region, RuledGrid
from casewright.documents.readers.pdf.lines import Joiner, Line, line_of, room_for
from casewright.documents.readers.pdf.rows import rows_of

_WORD_GAP = 0.25
_NO_GAP = 0.1
"""In sizes of the letters: what runs over a ruling without even this gap belongs to one cell."""
_ALIGNED = 2.5
_NUMBER = re.compile(r"[-+−±<>≤≥≈~$€£¥￥]?\s?\d[\d.,\s]*\s?[%％]?")
_WRAPPED_SHARE = 0.2
_SHADED_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class FilledGrid:
    """A grid with the lines of text of each of its regions, in the order of `grid.regions`."""

    grid: RuledGrid
    lines: tuple[tuple[Line, ...], ...]
    shades: tuple[Box, ...] = ()

    def width(self, region: Region) -> float:
        return self.grid.xs[region.column + region.columns] - self.grid.xs[region.column]

    def is_shaded(self, row: int) -> bool:
        """Whether most of a unit row lies on shaded areas."""
        xs, ys = self.grid.xs, self.grid.ys
        band = Box(xs[0], ys[row], xs[-1], ys[row + 1])
        return sum(band.common(shade).area for shade in self.shades) >= _SHADED_SHARE * band.area


def fill(grid: RuledGrid, glyphs: Sequence[Glyph], shades: Sequence[Box]) -> tuple[FilledGrid, list[Glyph]]:
    """The grid with the glyphs that stand in its cells, and the glyphs that don't."""
    owners: dict[tuple[int, int], int] = {}
    for number, region in enumerate(grid.regions):
        for row in range(region.row, region.row + region.rows):
            for column in range(region.column, region.column + region.columns):
                owners[row, column] = number
    near = grid.box.grown(max((glyph.size for glyph in glyphs), default=0.0))
    candidates = [glyph for glyph in glyphs if near.holds(glyph.x0, glyph.base)]
    inside: list[list[Glyph]] = [[] for _ in grid.regions]
    taken: set[int] = set()
    for run in _runs(candidates, grid.xs):
        position = grid.position((run[0].x0 + run[-1].x1) / 2, run[0].base - 0.3 * run[0].size)
        owner = owners.get(position) if position is not None else None
        if owner is not None:
            inside[owner].extend(run)
            taken.update(map(id, run))
    lines = tuple(tuple(_lines(held)) for held in inside)
    area = grid.box
    filled = FilledGrid(grid, lines, tuple(shade for shade in shades if shade.common(area).area > 0))
    return _with_rows_parted(filled), [glyph for glyph in glyphs if id(glyph) not in taken]


def is_table(filled: FilledGrid) -> bool:
    """Whether enough cells have text; the grid of a chart or an empty frame has hardly any."""
    count = sum(1 for lines in filled.lines if lines)
    return count >= 2 and count >= 0.1 * len(filled.lines)


def cell_text(lines: Sequence[Line], width: float, joiner: Joiner) -> str:
    """The lines of a cell as paragraphs, joined by newlines; a line that left room for the next word ends
    one. `width` is that of the widest line that the cell can hold."""
    if not lines:
        return ""
    paragraphs = [lines[0].text]
    for last, line in pairwise(lines):
        if _goes_on(last, line, width):
            paragraphs[-1] = joiner.join(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
    return "\n".join(paragraphs)


def inner_width(lines: Sequence[Line], left: float, right: float) -> float:
    """The width between the sides of a cell without the space that text keeps from them."""
    space = min((min(line.x0 - left, right - line.x1) for line in lines), default=0.0)
    return right - left - 2 * min(max(space, 1.0), 0.2 * (right - left))


def _goes_on(last: Line, line: Line, width: float) -> bool:
    if line.text[0].islower() and last.text[-1].isalpha():
        return True
    if _NUMBER.fullmatch(last.text) and _NUMBER.fullmatch(line.text):
        return False
    return last.x1 - last.x0 + room_for(line) > width


def _runs(glyphs: Sequence[Glyph], xs: Sequence[float]) -> Iterator[list[Glyph]]:
    """Words, or what stands on one line without a gap."""
    for row in rows_of(glyphs):
        run: list[Glyph] = []
        for glyph in row:
            if run and _is_parted(run[-1], glyph, xs):
                yield run
                run = []
            run.append(glyph)
        yield run


def _is_parted(last: Glyph, glyph: Glyph, xs: Sequence[float]) -> bool:
    if last.text.isspace() or glyph.text.isspace():
        return True
    gap = (glyph.x0 - last.x1) / glyph.size
    if gap <= _NO_GAP:
        return False
    return gap > _WORD_GAP or bisect_right(xs, last.x1) != bisect_right(xs, glyph.x0)


def _lines(glyphs: Iterable[Glyph]) -> Iterator[Line]:
    for row in rows_of(glyphs):
        if any(not glyph.text.isspace() for glyph in row):
            yield line_of(row)


def _with_rows_parted(filled: FilledGrid) -> FilledGrid:
    """Ruled stripes that hold several rows of a table, one line each, cut between these."""
    for row in range(len(filled.grid.ys) - 2, -1, -1):
        bases = _bases_of_rows(filled, row)
        if len(bases) > 1:
            filled = _parted(filled, row, bases)
    return filled


def _bases_of_rows(filled: FilledGrid, row: int) -> list[float]:
    """The base lines of the rows in a stripe; none where its cells hold text that wraps, or lie across."""
    cells = [
        (region, lines)
        for region, lines in zip(filled.grid.regions, filled.lines, strict=True)
        if region.row <= row < region.row + region.rows
    ]
    with_text = [(region, lines) for region, lines in cells if lines]
    if len(with_text) < 2 or any(region.rows > 1 for region, _ in cells):
        return []
    first = min(with_text, key=lambda cell: cell[0].column)[1]
    bases = [line.base for line in first]
    steps = wrapped = 0
    for region, lines in with_text:
        if any(min(abs(line.base - base) for base in bases) > _ALIGNED for line in lines):
            return []
        left = filled.grid.xs[region.column]
        width = inner_width(lines, left, left + filled.width(region))
        steps += len(lines) - 1
        wrapped += sum(_goes_on(last, line, width) for last, line in pairwise(lines))
    same = sum(1 for _, lines in with_text if len(lines) == len(bases))
    return bases if same >= 2 and wrapped <= _WRAPPED_SHARE * steps else []


def _parted(filled: FilledGrid, row: int, bases: Sequence[float]) -> FilledGrid:
    more = len(bases) - 1
    regions: list[Region] = []
    lines: list[tuple[Line, ...]] = []
    for region, held in zip(filled.grid.regions, filled.lines, strict=True):
        if region.row == row:
            parts = _by_base(held, bases)
            regions.extend(replace(region, row=row + index) for index in range(len(bases)))
            lines.extend(parts)
        else:
            regions.append(replace(region, row=region.row + more) if region.row > row else region)
            lines.append(held)
    ys = filled.grid.ys
    size = max(line.size for held in filled.lines for line in held)
    between = [(a + b) / 2 - 0.3 * size for a, b in pairwise(bases)]
    grid = RuledGrid(filled.grid.xs, (*ys[: row + 1], *between, *ys[row + 1 :]), tuple(regions))
    return replace(filled, grid=grid, lines=tuple(lines))


def _by_base(lines: Sequence[Line], bases: Sequence[float]) -> list[tuple[Line, ...]]:
    return [tuple(line for line in lines if abs(line.base - base) <= _ALIGNED) for base in bases]
