"""Ruled grids: from the rulings of a page to tables of cells with their spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casewright.documents.readers.pdf.geometry import Box, Stroke

_TOUCH = 3.0
"""Rulings this near (points) are meant to meet, or to be the same one."""
_DOUBLE = 4.5
_OPEN = 6.0
"""Rulings that reach further than this past the outermost crossing one show a side left open."""
_SHORTEST = 4.0
_MOST_STROKES = 4_000
"""Joined strokes of a page; more of them are a pattern or a chart."""
_MOST_UNITS = 20_000
"""Of one grid; more of them are squared paper."""
_CLOSED_SHARE = 0.8
"""Of its area that the cells of a table cover; boxes joined by arrows cover less."""


@dataclass(frozen=True, slots=True)
class Region:
    """A cell of a grid: `rows` × `columns` unit positions from (`row`, `column`), counted from 0."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """The lines between columns (`xs`) and rows (`ys`), both rising, and the cells that they enclose."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def position(self, x: float, y: float) -> tuple[int, int] | None:
        """The unit (row, column) at a point, None outside."""
        if not self.box.holds(x, y):
            return None
        return (
            min(bisect_right(self.ys, y) - 1, len(self.ys) - 2),
            min(bisect_right(self.xs, x) - 1, len(self.xs) - 2),
        )


def ruled_grids(horizontal: Iterable[Stroke], vertical: Iterable[Stroke]) -> list[RuledGrid]:
    """The grids of at least two columns and two cells that a page's rulings draw; the smallest first, so
    that a table within a cell of another comes before it."""
    across, down = joined(horizontal), joined(vertical)
    if len(across) < 2 or not down or len(across) + len(down) > _MOST_STROKES:
        return []
    grids: list[RuledGrid] = []
    for some_across, some_down in _connected(across, down):
        grid = _grid(some_across, some_down)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: grid.box.area)


def joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes on one line (nearly) that touch or overlap made one; very short ones left out."""
    lanes: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at):
        if lanes and stroke.at - lanes[-1][-1].at <= _TOUCH / 2 and stroke.at - lanes[-1][0].at <= _TOUCH:
            lanes[-1].append(stroke)
        else:
            lanes.append([stroke])
    result: list[Stroke] = []
    for lane in lanes:
        at = sum(stroke.at for stroke in lane) / len(lane)
        start, end = None, 0.0
        for stroke in sorted(lane, key=lambda stroke: stroke.start):
            if start is not None and stroke.start <= end + _TOUCH:
                end = max(end, stroke.end)
                continue
            if start is not None:
                result.append(Stroke(at, start, end))
            start, end = stroke.start, stroke.end
        if start is not None:
            result.append(Stroke(at, start, end))
    return [stroke for stroke in result if stroke.length >= _SHORTEST]


def _connected(across: list[Stroke], down: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of strokes that hang together by touching."""
    parents = list(range(len(across) + len(down)))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    heights = [stroke.at for stroke in across]
    for number, stroke in enumerate(down, len(across)):
        first = bisect_left(heights, stroke.start - _TOUCH)
        for index in range(first, bisect_right(heights, stroke.end + _TOUCH)):
            if across[index].start - _TOUCH <= stroke.at <= across[index].end + _TOUCH:
                parents[root(number)] = root(index)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for number, stroke in enumerate([*across, *down]):
        group = groups.setdefault(root(number), ([], []))
        group[number >= len(across)].append(stroke)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _grid(across: list[Stroke], down: list[Stroke]) -> RuledGrid | None:
    down = down + _missing_sides(across, [stroke.at for stroke in down])
    across = across + _missing_sides(down, [stroke.at for stroke in across])
    xs, ys = _positions(down), _positions(across)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_UNITS:
        return None
    regions = _regions(_Walls(across, down, xs, ys))
    if len(regions) < 2:
        return None
    closed = sum(
        (xs[region.column + region.columns] - xs[region.column])
        * (ys[region.row + region.rows] - ys[region.row])
        for region in regions
    )
    grid = RuledGrid(xs, ys, tuple(regions))
    return grid if closed >= _CLOSED_SHARE * grid.box.area else None


def _missing_sides(strokes: Sequence[Stroke], crossings: Sequence[float]) -> list[Stroke]:
    """The sides that a table leaves open: where at least two `strokes` reach past all the ones that cross
    them (at `crossings`), and end at the same place."""
    first, last = min(crossings), max(crossings)
    sides: list[Stroke] = []
    for ends in (
        [(stroke.start, stroke.at) for stroke in strokes if stroke.start < first - _OPEN],
        [(stroke.end, stroke.at) for stroke in strokes if stroke.end > last + _OPEN],
    ):
        if len(ends) < 2 or max(ends)[0] - min(ends)[0] > _TOUCH:
            continue
        heights = [at for _, at in ends]
        sides.append(Stroke(ends[0][0], min(heights), max(heights)))
    return sides


def _positions(strokes: Iterable[Stroke]) -> tuple[float, ...]:
    """Where strokes lie; those of a double line, with no room for text between them, taken together."""
    groups: list[list[float]] = []
    for at in sorted(stroke.at for stroke in strokes):
        if groups and at - groups[-1][0] <= _DOUBLE:
            groups[-1].append(at)
        else:
            groups.append([at])
    return tuple(sum(group) / len(group) for group in groups)


class _Walls:
    """Which sides of the unit cells of a grid have a ruling."""

    def __init__(
        self,
        across: Iterable[Stroke],
        down: Iterable[Stroke],
        xs: tuple[float, ...],
        ys: tuple[float, ...],
    ) -> None:
        self.rows, self.columns = len(ys) - 1, len(xs) - 1
        self._above = _covered(across, ys, xs)
        self._left = _covered(down, xs, ys)

    def above(self, row: int, column: int) -> bool:
        """Whether a ruling runs above the unit; below it for `row` + 1."""
        return (row, column) in self._above

    def left(self, row: int, column: int) -> bool:
        """Whether a ruling runs to the left of the unit; to the right for `column` + 1."""
        return (column, row) in self._left


def _covered(
    strokes: Iterable[Stroke], lanes: tuple[float, ...], steps: tuple[float, ...]
) -> set[tuple[int, int]]:
    """(lane, step) pairs: the stretch between a step and the next one has a stroke on the lane."""
    middles = [(a + b) / 2 for a, b in pairwise(steps)]
    found: set[tuple[int, int]] = set()
    for stroke in strokes:
        lane = min(range(len(lanes)), key=lambda index: abs(lanes[index] - stroke.at))
        first, last = bisect_left(middles, stroke.start), bisect_right(middles, stroke.end)
        found.update((lane, step) for step in range(first, last))
    return found


def _regions(walls: _Walls) -> list[Region]:
    """Units with no ruling between them taken together; what lies open to the outside is no cell."""
    outside = -1
    owners: dict[tuple[int, int], int] = {}
    members: list[list[tuple[int, int]]] = []
    for row in range(walls.rows):
        for column in range(walls.columns):
            if (row, column) not in owners:
                found, is_open = _flood(walls, row, column)
                number = outside if is_open else len(members)
                owners.update(dict.fromkeys(found, number))
                if not is_open:
                    members.append(found)
    return [region for found in members for region in _rectangles(found)]


def _flood(walls: _Walls, row: int, column: int) -> tuple[list[tuple[int, int]], bool]:
    seen, waiting, is_open = {(row, column)}, [(row, column)], False
    while waiting:
        r, c = waiting.pop()
        for wall, neighbour in (
            (walls.above(r, c), (r - 1, c)),
            (walls.above(r + 1, c), (r + 1, c)),
            (walls.left(r, c), (r, c - 1)),
            (walls.left(r, c + 1), (r, c + 1)),
        ):
            if wall or neighbour in seen:
                continue
            if not (0 <= neighbour[0] < walls.rows and 0 <= neighbour[1] < walls.columns):
                is_open = True
                continue
            seen.add(neighbour)
            waiting.append(neighbour)
    return sorted(seen), is_open


def _rectangles(units: list[tuple[int, int]]) -> list[Region]:
    """One region where the units make a rectangle, else one for each of their rows."""
    rows, columns = [row for row, _ in units], [column for _, column in units]
    top, left = min(rows), min(columns)
    height, width = max(rows) - top + 1, max(columns) - left + 1
    if height * width == len(units):
        return [Region(top, left, height, width)]
    if height == 1:
        return [Region(top, column, 1, 1) for column in columns]
    return [
        region
        for row in range(top, top + height)
        for region in _rectangles([unit for unit in units if unit[0] == row])
    ]
