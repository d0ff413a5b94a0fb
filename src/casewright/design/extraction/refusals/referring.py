"""Conditions that refer to clauses ('4.2.2 及 4.3(a)'), and the times of day that a document gives a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.words import fold, normalise
from casewright.design.model.schema import InputType

_REFERENCE = re.compile(r"(?<![\w.])((?:[A-Z]{1,6}-?)?\d+(?:\.\d+)+|[A-Z]{2,6}-\d+)\s*(?:\(([a-z])\))?")
_TIME = r"(\d{1,2}:\d{2})"
_WINDOW = re.compile(
    rf"{_TIME}\s*\((?P<from>含|不含)\)\s*(?:至|到|~|-)\s*(?P<next>次日|第二天|翌日)?\s*{_TIME}\s*\((?P<to>含|不含)\)\s*"
    rf"(?:为|称为|属于|是)(?P<name>[\u3400-\u9fff]{{2,6}})"
    rf"|(?P<en>[\w ]{{3,20}}?) (?:is|means|runs) from {_TIME} \(inclu\w+\) (?:to|until) {_TIME} \(exclu\w+\)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    text: str
    """Normalised."""
    under: str
    """The headings above it, and the lines between the heading and it that end in a colon."""


class Clauses:
    """The clauses of the documents by their own numbers."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._by_name: dict[str, list[Clause]] = {}
        intro = ""
        for passage in passages:
            if passage.text.endswith(":"):
                intro = passage.text.rsplit("。", 1)[-1]
            under = " ".join((*passage.headings, intro))
            for item in passage.items:
                clause = Clause(normalise(item.text), under)
                for name in {fold(item.id), fold(item.label)} - {""}:
                    self._by_name.setdefault(name, []).append(clause)

    def referred(self, text: str) -> list[Clause]:
        """Those that the text refers to, in its order."""
        found: dict[Clause, None] = {}
        for section, letter in _REFERENCE.findall(normalise(text)):
            found |= dict.fromkeys(self._by_name.get(fold(f"{section}{letter}"), ()))
        return list(found)


def only_refers(text: str) -> bool:
    """Is it nothing but references?"""
    rest = _REFERENCE.sub("", normalise(text))
    return (
        _REFERENCE.search(text) is not None
        and not re.sub(r"[及和与、,;或\s]|\band\b|\bor\b|见|see", "", rest).strip()
    )


@dataclass(frozen=True)
class Window:
    """A time of day with a name: 22:00 (included) to 06:00 (excluded) is 夜间."""

    name: str
    start: str
    end: str
    start_included: bool
    end_included: bool

    def condition(self, operation: Operation) -> str | None:
        """For the one time of day that the operation is told; None if that is not clear."""
        times = [name for name, one in operation.fields.items() if one.rules.type is InputType.TIME]
        if len(times) != 1:
            return None
        after = f"{times[0]} {'>=' if self.start_included else '>'} {self.start}"
        before = f"{times[0]} {'<=' if self.end_included else '<'} {self.end}"
        return f"({after} {'or' if self.start > self.end else 'and'} {before})"


def read_windows(passages: Sequence[Passage]) -> list[Window]:
    found: list[Window] = []
    for passage in passages:
        for match in _WINDOW.finditer(passage.text) if passage.table is None and not passage.skipped else ():
            start, end = (time.rjust(5, "0") for time in re.findall(_TIME, match[0]))
            if match["name"]:
                found.append(
                    Window(
                        match["name"],
                        start,
                        end,
                        start_included=match["from"] == "含",
                        end_included=match["to"] == "含",
                    )
                )
            else:
                found.append(Window(match["en"].strip(), start, end, start_included=True, end_included=False))
    return found
