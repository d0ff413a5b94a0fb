"""Rulings, shaded areas and pictures of a PDF page, as pdfium tells them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from casewright.documents.readers.pdf.geometry import Box, Stroke, Upright
from casewright.documents.readers.pdf.glyphs import pdfium

_THIN = 3.0
"""A filled rectangle of at most this many points across is a ruling."""
_STRAIGHT = 1.0
_MOST_SEGMENTS = 60_000
"""Of all paths on a page. A drawing of more is a map or a chart, no table."""
_DEEPEST_FORM = 12

Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawings:
    horizontal: list[Stroke] = field(default_factory=list[Stroke])
    vertical: list[Stroke] = field(default_factory=list[Stroke])
    shades: list[Box] = field(default_factory=list[Box])
    pictures: list[Box] = field(default_factory=list[Box])
    segments: int = 0
    """How many pieces all paths have together."""


def read_drawings(page: Any, frame: Upright) -> Drawings:
    drawings = Drawings()
    sheet = Box(0.0, 0.0, frame.width, frame.height)
    for kind, handle, matrix in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(handle, matrix, frame).common(sheet)
            if box.width > 0 and box.height > 0:
                drawings.pictures.append(box)
        elif drawings.segments <= _MOST_SEGMENTS:
            _add_path(drawings, handle, matrix, frame)
    if drawings.segments > _MOST_SEGMENTS:
        drawings.horizontal, drawings.vertical = [], []
    return drawings


def _objects(page: Any) -> Iterator[tuple[int, Any, Matrix]]:
    """Pictures and paths with the matrix of the forms that they are in."""
    for index in range(int(pdfium.FPDFPage_CountObjects(page))):
        yield from _unfolded(pdfium.FPDFPage_GetObject(page, index), _PLAIN, 0)


def _unfolded(handle: Any, matrix: Matrix, depth: int) -> Iterator[tuple[int, Any, Matrix]]:
    kind = int(pdfium.FPDFPageObj_GetType(handle))
    if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH):
        yield kind, handle, matrix
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
        inner = _times(_matrix(handle), matrix)
        for index in range(int(pdfium.FPDFFormObj_CountObjects(handle))):
            yield from _unfolded(pdfium.FPDFFormObj_GetObject(handle, index), inner, depth + 1)


def _matrix(handle: Any) -> Matrix:
    values = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, values):
        return _PLAIN
    return values.a, values.b, values.c, values.d, values.e, values.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    ta, tb, tc, td, te, tf = then
    return (
        a * ta + b * tc,
        a * tb + b * td,
        c * ta + d * tc,
        c * tb + d * td,
        e * ta + f * tc + te,
        e * tb + f * td + tf,
    )


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(handle: Any, matrix: Matrix, frame: Upright) -> Box:
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, left, low, right, high)
    corners = [_applied(matrix, x.value, y.value) for x in (left, right) for y in (low, high)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return frame.box(min(xs), min(ys), max(xs), max(ys))


def _add_path(drawings: Drawings, handle: Any, matrix: Matrix, frame: Upright) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
    if not fill.value and not stroke.value:
        return
    drawings.segments += max(int(pdfium.FPDFPath_CountSegments(handle)), 0)
    if drawings.segments > _MOST_SEGMENTS:
        return
    for outline in _outlines(handle, _times(_matrix(handle), matrix), frame):
        if stroke.value:
            for (ax, ay), (bx, by) in pairwise(outline):
                _add_stroke(drawings, Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
        if fill.value and len(outline) > 2:
            _add_area(drawings, handle, outline)


def _outlines(handle: Any, matrix: Matrix, frame: Upright) -> Iterator[list[tuple[float, float]]]:
    """The parts of a path as lists of points; a curve breaks a part, so only straight lines are told."""
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[tuple[float, float]] = []
    for index in range(int(pdfium.FPDFPath_CountSegments(handle))):
        segment = pdfium.FPDFPath_GetPathSegment(handle, index)
        kind = int(pdfium.FPDFPathSegment_GetType(segment))
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = frame.point(*_applied(matrix, x.value, y.value))
        if kind == pdfium.FPDF_SEGMENT_LINETO:
            outline.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                outline.append(outline[0])
            continue
        if len(outline) > 1:
            yield outline
        outline = [point]
    if len(outline) > 1:
        yield outline


def _add_stroke(drawings: Drawings, box: Box) -> None:
    if box.height <= _STRAIGHT and box.width > box.height:
        drawings.horizontal.append(Stroke(box.middle, box.x0, box.x1))
    elif box.width <= _STRAIGHT and box.height > box.width:
        drawings.vertical.append(Stroke((box.x0 + box.x1) / 2, box.top, box.bottom))


def _add_area(drawings: Drawings, handle: Any, outline: list[tuple[float, float]]) -> None:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    if box.height <= _THIN and box.width > box.height:
        drawings.horizontal.append(Stroke(box.middle, box.x0, box.x1))
    elif box.width <= _THIN and box.height > box.width:
        drawings.vertical.append(Stroke((box.x0 + box.x1) / 2, box.top, box.bottom))
    elif not _is_white(handle):
        drawings.shades.append(box)


def _is_white(handle: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) >= 250 or alpha.value == 0
