"""From the pages of a PDF to one flow of passages, tables and pictures in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from casewright.documents.readers.pdf.aligned import aligned_table, spreads
from casewright.documents.readers.pdf.columns import Item, Picture, Stream, gutters, streams
from casewright.documents.readers.pdf.lines import Joiner, Line, merged, usual_size, words_of
from casewright.documents.readers.pdf.pages import PageContent
from casewright.documents.readers.pdf.passages import (
    Passage,
    Shape,
    join_across,
    passages,
    usual_leadings,
)
from casewright.documents.readers.pdf.tables import FoundTable, append, continues, finish

Part = Passage | FoundTable | Picture
_STICKING_OUT = 0.97
_GUTTER_STEP = 6.0
_LEAST_LINE = 10
"""Letters of a line that tells where the right edge of the text is."""


def shape_of(pages: Sequence[PageContent]) -> Shape:
    """What is usual in the whole document."""
    lines = [line for page in pages for line in page.lines]
    in_tables = [line for page in pages for table in page.tables for held in table.lines for line in held]
    body_size = usual_size(lines) or usual_size(in_tables)
    body = [line for line in lines if abs(line.size - body_size) <= 0.5]
    letters = sum(len(line.text) for line in body)
    ends: dict[int, list[float]] = {}
    for page in pages:
        some = [line.x1 for line in page.lines if len(line.text) >= _LEAST_LINE]
        ends.setdefault(round(page.width), []).extend(some)
    return Shape(
        body_size=body_size,
        body_bold=sum(len(line.text) for line in body if line.bold) > 0.6 * letters,
        body_mono=sum(len(line.text) for line in body if line.mono) > 0.6 * letters,
        leadings=usual_leadings([page.lines for page in pages]),
        rights={width: _right_edge(some) for width, some in ends.items() if some},
        joiner=Joiner(words_of([*lines, *in_tables])),
    )


def _right_edge(ends: Sequence[float]) -> float:
    """Where the longest lines end, but for the few that stick out."""
    return sorted(ends)[min(round(_STICKING_OUT * len(ends)), len(ends) - 1)]


def flow(pages: Sequence[PageContent], shape: Shape) -> list[Part]:
    """All pages one after the other; what runs on over the end of a column or page is joined."""
    parts: list[Part] = []
    last: Part | None = None
    known = _common_gutters(pages)
    for page in pages:
        for some in _page_parts(page, shape, known.get(round(page.width), ())):
            rest = some[1:] if some and last is not None and _is_joined(last, some[0], shape) else some
            parts.extend(rest)
            last = rest[-1] if rest else last
        for lines in page.turned:
            for stream in streams(lines):
                parts.extend(_stream_parts(stream, page, shape))
    return parts


def _is_joined(last: Part, first: Part, shape: Shape) -> bool:
    """Joins the first part of a column or page to the last one before where it goes on with that."""
    if isinstance(last, FoundTable) and isinstance(first, FoundTable):
        if first.page == last.last_page + 1 and continues(last, first):
            append(last, first)
            return True
        return False
    return isinstance(last, Passage) and isinstance(first, Passage) and join_across(last, first, shape)


def _common_gutters(pages: Sequence[PageContent]) -> dict[int, list[float]]:
    """For pages of a width the gutters between text columns that at least two and a fourth of them have."""
    found: dict[int, Counter[int]] = {}
    counts = Counter(round(page.width) for page in pages)
    for page in pages:
        steps = {round(x / _GUTTER_STEP) for x in gutters(page.lines)}
        found.setdefault(round(page.width), Counter()).update(steps)
    return {
        width: [step * _GUTTER_STEP for step, count in steps.items() if count >= max(2, counts[width] / 4)]
        for width, steps in found.items()
    }


def _page_parts(page: PageContent, shape: Shape, known: Sequence[float]) -> Iterator[list[Part]]:
    tables = [finish(filled, page.number, shape.joiner) for filled in page.tables]
    items: list[Item] = [*page.lines, *tables, *page.pictures]
    for stream in streams(items, known):
        yield _stream_parts(stream, page, shape)


def _stream_parts(stream: Stream, page: PageContent, shape: Shape) -> list[Part]:
    lines = [line for item in stream.items if isinstance(item, list) for line in item]
    left = min((line.x0 for line in lines), default=0.0)
    right = max((line.x1 for line in lines), default=page.width)
    if not stream.is_column:
        right = shape.rights.get(round(page.width), right)
    parts: list[Part] = []
    rows: list[list[Line]] = []
    for item in [*stream.items, None]:
        if isinstance(item, list):
            is_code = not shape.body_mono and all(line.mono for line in item)
            rows.append([merged(item)] if is_code else item)
            continue
        parts.extend(_row_parts(rows, page, left, right, shape))
        rows = []
        if item is not None:
            parts.append(item)
    return parts


def _row_parts(
    rows: Sequence[list[Line]], page: PageContent, left: float, right: float, shape: Shape
) -> Iterator[Part]:
    done = 0
    for spread in spreads(rows):
        yield from passages(
            [merged(row) for row in rows[done : spread.first]], page.number, left, right, shape
        )
        inside = rows[spread.first : spread.last]
        yield aligned_table(inside, spread.starts, page.rules, page.number, shape.joiner)
        done = spread.last
    yield from passages([merged(row) for row in rows[done:]], page.number, left, right, shape)
