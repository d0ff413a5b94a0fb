"""Boxes and strokes on a page, in points; x grows to the right, y grows downwards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def common(self, other: Box) -> Box:
        """What both cover; of area 0 where they don't meet."""
        return Box(
            max(self.x0, other.x0),
            max(self.top, other.top),
            min(self.x1, other.x1),
            min(self.bottom, other.bottom),
        )

    def union(self, other: Box) -> Box:
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )

    def grown(self, by: float) -> Box:
        return Box(self.x0 - by, self.top - by, self.x1 + by, self.bottom + by)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight ruling: at `at` across its direction, from `start` to `end` along it.

    A horizontal one has y in `at` and x in the others, a vertical one the other way round.
    """

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Upright:
    """Turns a PDF's own coordinates (origin at the bottom left of `sheet`) into those of this module, in a
    frame where text of direction `quarter` × 90° (anticlockwise) runs from left to right."""

    left: float
    low: float
    right: float
    high: float
    quarter: int

    @property
    def width(self) -> float:
        return self.high - self.low if self.quarter % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.quarter % 2 else self.high - self.low

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.quarter:
            case 0:
                return x - self.left, self.high - y
            case 1:
                return y - self.low, x - self.left
            case 2:
                return self.right - x, y - self.low
            case _:
                return self.high - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
