"""What a table is for: requirements, fields, refusals, states, permissions, a glossary, a lookup, …"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from casewright.design.itemising import header_words as words
from casewright.design.itemising.columns import Grid
from casewright.design.itemising.numbering import Series, read_label
from casewright.design.itemising.topics import Topic


class Shape(Enum):
    FORM = auto()
    """One requirement, its properties below each other: '用例名称 | …', 'Preconditions | …'."""
    CHRONICLE = auto()
    """Versions of the document, who approved it."""
    GLOSSARY = auto()
    FIELDS = auto()
    MESSAGES = auto()
    STATES = auto()
    PERMISSIONS = auto()
    """A matrix of roles."""
    LOOKUP = auto()
    """Values by one or two keys, a matrix of numbers or marks."""
    RULES = auto()
    """Any other: each row says something."""


WHOLE = {Shape.CHRONICLE, Shape.PERMISSIONS, Shape.LOOKUP}
"""Tables that are one item."""

_FEW_KEYS = 3
_FEW_COLUMNS = 2
_MOST_COLUMNS_OF_A_FORM = 4
_LONGEST_HEADER = 40
"""What is longer is a sentence, not the name of a column."""
_LONGEST_MARK = 60
_EMBEDDED = 0.6


def shape_of(grid: Grid, topic: Topic) -> Shape:
    """`topic` is that of the section the table stands in."""
    if is_form(grid):
        return Shape.FORM
    names = tuple(header if len(header) <= _LONGEST_HEADER else "" for header in grid.headers)
    if _tells_versions(names):
        return Shape.CHRONICLE
    if words.TERM.fullmatch(names[0]):
        return Shape.GLOSSARY
    if _has_fields(names):
        return Shape.FIELDS
    if grid.width > 1 and any(map(words.MESSAGE.search, names)):
        return Shape.MESSAGES
    if _has_states(names):
        return Shape.STATES
    if _is_permissions(grid, topic):
        return Shape.PERMISSIONS
    return Shape.LOOKUP if _is_lookup(grid) else Shape.RULES


def is_form(grid: Grid) -> bool:
    """Whether the first cells are the names of properties of one requirement."""
    keys = [grid.headers[0], *grid.column(0)] if grid.width > 1 else []
    filled = [key for key in keys if key]
    known = sum(1 for key in filled if words.FORM_KEY.fullmatch(key.strip(" :：*")))
    return grid.width <= _MOST_COLUMNS_OF_A_FORM and known >= _FEW_KEYS and known * 2 >= len(filled)


def _tells_versions(names: Sequence[str]) -> bool:
    telling = sum(1 for name in names if words.CHRONICLE.search(name))
    return telling > 1 and any(map(words.CHRONICLE_CORE.search, names))


def _has_fields(names: Sequence[str]) -> bool:
    first, others = names[:2], names[1:]
    if any(map(words.FIELD.fullmatch, first)):
        return any(words.TYPED.search(name) or words.CONSTRAINED.search(name) for name in others)
    return any(map(words.NAME.fullmatch, first)) and any(map(words.TYPED.search, others))


def _has_states(names: Sequence[str]) -> bool:
    states = [name for name in names if words.STATE.search(name)]
    others = [name for name in names if name not in states]
    return len(states) > 1 or (bool(states) and any(map(words.CHANGE.search, others)))


def _is_permissions(grid: Grid, topic: Topic) -> bool:
    first, *others = grid.headers
    of_roles = words.ROLES.fullmatch(first) is not None
    if grid.width <= _FEW_COLUMNS or not (of_roles or words.ACTION.fullmatch(first)):
        return False
    named = of_roles or topic is Topic.PERMISSION or any(map(words.ROLE.search, others))
    return named and all(len(cell) <= _LONGEST_MARK for row in grid.rows for cell in row.cells[1:])


def _is_lookup(grid: Grid) -> bool:
    if grid.width < _FEW_COLUMNS or any(map(words.RANGE.search, grid.column(0))):
        return False
    return bool(grid.rows) and all(words.BARE.fullmatch(cell) for row in grid.rows for cell in row.cells[1:])


def embedded_ids(grid: Grid, series: Series) -> int | None:
    """The column whose cells begin with the id of a requirement: 'SSR1 The system shall …'."""
    for column in range(grid.width):
        filled = [cell for cell in grid.column(column) if cell]
        labels = [read_label(cell, 0, series) for cell in filled]
        coded = [
            label
            for label, cell in zip(labels, filled, strict=True)
            if label and label.style.startswith("code") and label.end < len(cell)
        ]
        if (
            coded
            and len(coded) >= _EMBEDDED * len(filled)
            and len({label.key for label in coded}) == len(coded)
        ):
            return column
    return None
