"""First-hit lines of a quantity, from what several places of a document say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casewright.design.extraction.formulas.changes import Change
from casewright.design.extraction.formulas.circumstances import joined
from casewright.design.extraction.formulas.worth import Worth
from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.words import UNKNOWN


@dataclass(frozen=True)
class Piece:
    """What one place of the document says of a quantity; `guards`: the cases for which it says so."""

    guards: tuple[str, ...]
    worth: Worth
    ids: tuple[str, ...]
    passage: Passage | None = None


def lines_of(pieces: Sequence[Piece], changes: Sequence[Change]) -> tuple[str, ...]:
    """The pieces that hold for some cases first, then the one that holds for all; what is not known before."""
    open_ones = [piece for piece in pieces if not piece.guards]
    if len(open_ones) > 1 and len({tuple(one.worth.cases) for one in open_ones}) > 1:
        return (UNKNOWN,)
    unread = [change.condition for change in changes if change.value == UNKNOWN]
    unread += [joined(filter(None, (*one.guards, each))) for one in pieces for each in one.worth.unknown_if]
    if "" in unread or any(
        one.worth.cases == [("", UNKNOWN)] and not one.guards
        for one in pieces[:1]
        if len(pieces) == 1 and not changes
    ):
        return (UNKNOWN,)
    cases = [*_clashes(changes)]
    cases += [(change.condition, change.value) for change in changes if change.value not in {"", UNKNOWN}]
    guarded = [piece for piece in pieces if piece.guards]
    cases += _clashing_guards(guarded)
    for piece in [*guarded, *open_ones[:1]]:
        worth = replace(piece.worth, cases=list(piece.worth.cases))
        for change in changes:
            if not change.value:
                worth.split(change.condition, lambda value, less=change.points: _less(value, less))
        cases += [(joined(filter(None, (*piece.guards, own))), value) for own, value in worth.cases]
    return _written([*((each, UNKNOWN) for each in unread), *cases])


def _less(value: str, points: str) -> str:
    """Percentage points off a share ('5.4%') or off a number that is told in percent ('5.4')."""
    if value == UNKNOWN:
        return value
    return f"{value} - {points if value.endswith('%') else points.removesuffix('%')}"


def _clashes(changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    fixed = [change for change in changes if change.value not in {"", UNKNOWN}]
    for at, one in enumerate(fixed):
        for other in fixed[:at]:
            if one.value != other.value:
                yield f"{one.condition} and {other.condition}", UNKNOWN


def _clashing_guards(pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    """Two places that speak of cases which may be the same."""
    for at, one in enumerate(pieces):
        for other in pieces[:at]:
            if not _apart(one.guards, other.guards):
                yield joined((*one.guards, *other.guards)), UNKNOWN


def _apart(one: Sequence[str], other: Sequence[str]) -> bool:
    values: Mapping[str, str] = dict(guard.split(" = ", 1) for guard in one if " = " in guard)
    return any(
        field in values and values[field] != value
        for field, _, value in (guard.partition(" = ") for guard in other)
        if value
    )


def _written(cases: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Lines of the language; what stands behind the first case without a condition is never reached."""
    if all(value == UNKNOWN for _, value in cases):
        return (UNKNOWN,)
    lines: list[str] = []
    for condition, value in dict.fromkeys(cases):
        if not condition:
            return (*lines, f"{value} otherwise") if lines else (value,)
        lines.append(f"{value} if {condition}")
    return (
        (*lines, f"{UNKNOWN} otherwise")
        if any(known for known in cases if known[1] != UNKNOWN)
        else (UNKNOWN,)
    )
