"""The document's worked examples, used to check what was read: a definition that disagrees is given up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from casewright.design.expressions.environment import InputStatus, Permission
from casewright.design.expressions.evaluation import Evaluate
from casewright.design.expressions.values import MISSING, UNKNOWN, Row, Special, Value
from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.fields.mentioning import hinted_fields
from casewright.design.extraction.formulas.amounts import DIGITS, digits
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.words import CHINESE
from casewright.design.model.constants import NoRecords
from casewright.design.model.schema import InputType

_BETWEEN = r"\s*(?:of|is|为|是|:|=|记|,)?\s*[$€£¥]?\s*"
_STARTS = re.compile(
    r"(?:计算示例|示例|算例|举例|worked example|\bexample\b|for example|例如|例:)", re.IGNORECASE
)


@dataclass(frozen=True)
class Example:
    """`inputs`: what the text gives; `results`: the numbers that stand behind the names of quantities."""

    inputs: Mapping[str, Value]
    results: Mapping[str, Fraction]


def examples_in(
    texts: Sequence[str], fields: Mapping[str, Field], quantities: Sequence[str]
) -> Iterator[Example]:
    for text in texts:
        match = _STARTS.search(text)
        if match:
            said = text[match.end() :]
            yield Example(dict(_inputs(said, fields, quantities)), dict(_results(said, quantities, fields)))


def _number_after(text: str, name: str) -> list[Fraction]:
    """The numbers that stand directly behind a name and are no term of a formula."""
    edge = "" if CHINESE.search(name) else r"(?<!\w)"
    pattern = rf"{edge}{re.escape(name)}{_BETWEEN}(?P<n>(?>{DIGITS}))(?P<p>(?>\s*%)?)(?!\s*[×*/÷=+-])"
    return [Fraction(digits(match["n"])) for match in re.finditer(pattern, text, re.IGNORECASE)]


def _inputs(text: str, fields: Mapping[str, Field], quantities: Sequence[str]) -> Iterator[tuple[str, Value]]:
    for name, one in fields.items():
        if one.rules.type is InputType.CHOICE:
            values = names_in(text, [value for value in one.rules.choices if len(value) > 1])
            if len(values) == 1 and values[0].lower() not in {"yes", "no"}:
                yield name, values[0]
        else:
            words = [name, *(word for word in _hints(name, fields) if word not in quantities)]
            found = {value for word in words for value in _number_after(text, word)}
            if len(found) == 1:
                yield name, found.pop()


def _hints(name: str, fields: Mapping[str, Field]) -> list[str]:
    """Words that stand for one field only: 'score' for credit score."""
    parts = name.split() if name.isascii() else [name[-2:], name[:2]]
    return [part for part in parts if len(part) > 1 and hinted_fields(part, list(fields)) == [name]]


def _results(
    text: str, quantities: Sequence[str], fields: Mapping[str, Field]
) -> Iterator[tuple[str, Fraction]]:
    for name in quantities:
        found = set(_number_after(text, name)) if name not in fields else set[Fraction]()
        if len(found) == 1:
            yield name, found.pop()


@dataclass
class World(NoRecords):
    """The inputs of one example, and the quantities worked out from them; what the example does not give and
    what is not known is taken from its results."""

    example: Example
    evaluators: Mapping[str, Evaluate]
    tables: Mapping[str, Mapping[tuple[str, ...], Row]]
    wanted: str = ""

    def worth(self, name: str) -> Value:
        self.wanted = name
        return self.evaluators[name](self)

    def read(self, name: str, /) -> Value:
        if name in self.example.inputs:
            return self.example.inputs[name]
        if name in self.example.results and name != self.wanted:
            return self.example.results[name]
        return self.evaluators[name](self) if name in self.evaluators else UNKNOWN

    def read_key(self, name: str, key: Value, /) -> Value:
        del name, key
        return UNKNOWN

    def look_up(self, table: str, keys: Sequence[Value], /) -> Row | Special:
        if any(key is UNKNOWN for key in keys):
            return UNKNOWN
        return self.tables[table].get(tuple(map(str, keys)), MISSING)

    def status(self, name: str, /) -> InputStatus:
        return InputStatus.VALID if name in self.example.inputs else InputStatus.UNKNOWN

    def inputs(self) -> Sequence[str]:
        return tuple(self.example.inputs)

    def permission(self) -> Permission:
        return Permission.UNKNOWN


def disagrees(name: str, world: World) -> bool:
    """Is the quantity worth another number than the example says? Unknown agrees with everything."""
    said = world.example.results.get(name)
    found = world.worth(name)
    if said is None or not isinstance(found, Fraction | int) or isinstance(found, bool):
        return False
    return Fraction(found) not in {said, said / 100}
