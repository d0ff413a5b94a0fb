"""Every example of the pages about the language is worth what the page says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from casewright.design.expressions.checking import check, check_lines
from casewright.design.expressions.environment import InputStatus, Permission
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.literals import write_value
from casewright.design.expressions.parsing import parse, parse_lines
from casewright.design.expressions.static_types import TypeKind
from casewright.design.expressions.values import MISSING, Held, Row, Special, Value
from casewright.design.model.compiled import CompiledModel, compile_model
from casewright.design.model.text import load

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = ("expressions.md", "expressions.zh.md")
CODE = re.compile(r"`([^`]+)`")


class Page:
    """The world that the page describes: the request of its example."""

    def __init__(self, name: str) -> None:
        self.text = (DOCS / name).read_text("utf-8")
        self.blocks = re.findall(r"```yaml\n(.*?)```", self.text, re.DOTALL)
        self.model: CompiledModel = compile_model(load(self.blocks[0], name))
        (self.operation,) = self.model.operations.values()
        (example,) = self.model.model.examples
        self.values: dict[str, Value] = {"actor": example.actor or "nobody"}
        assert self.model.model.states is not None
        self.values["state"] = self.model.model.states.starts
        for field, it in self.operation.inputs.items():
            self.values[field] = self._sent(example.inputs, field, it.type.kind)

    def _sent(self, sent: Mapping[str, str], field: str, kind: TypeKind) -> Value:
        if field not in sent or kind is TypeKind.TEXT:
            return sent.get(field, MISSING)
        tree = parse(sent[field], self.operation.names, self.operation.inputs[field].type)
        return compile_expression(tree)(self)

    def tables(self) -> list[tuple[str, str]]:
        """Expression and value of every example."""
        rows = [line.split("|")[1:3] for line in self.text.splitlines() if line.startswith("| `")]
        found = [(CODE.findall(examples), CODE.findall(values)) for examples, values in rows]
        return [pair for examples, values in found for pair in zip(examples, values, strict=True)]

    def read(self, name: str, /) -> Held:
        for formulas in (self.operation.lets, self.model.figures):
            if name in formulas:
                return formulas[name].evaluate(self)
        return self.values[name] if name in self.values else self.model.variables[name].starts.evaluate(self)

    def read_key(self, name: str, key: Value, /) -> Value:
        return self.model.variables[name].starts.evaluate(self)

    def look_up(self, table: str, keys: Sequence[Value], /) -> Row | Special:
        for row in self.model.tables[table].rows:
            if [key.evaluate(self) for key in row.keys if key is not None] == list(keys):
                return {column: cell.evaluate(self) for column, cell in row.cells.items()}
        return MISSING

    def status(self, name: str, /) -> InputStatus:
        return InputStatus.VALID

    def inputs(self) -> Sequence[str]:
        return tuple(self.operation.inputs)

    def permission(self) -> Permission:
        return Permission.NOW


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(request.param)


def test_every_example_of_a_table_is_worth_what_is_shown(page: Page) -> None:
    names = page.operation.names
    wrong: list[str] = []
    for text, shown in page.tables():
        tree = parse(text, names)
        check(tree, names, text)
        found = write_value(compile_expression(tree)(page))
        if found != shown:
            wrong.append(f"{text} is {found}, not {shown}")
    assert wrong == []
    assert len(page.tables()) > 40


def test_everything_that_the_text_calls_an_expression_is_one(page: Page) -> None:
    """What can be asked of the input, which no value can be shown for."""
    names = page.operation.names
    prose = re.sub(r"```.*?```", "", page.text, flags=re.DOTALL)
    asked = [text for text in CODE.findall(prose) if re.search(r"may|wrong kind|a rule|invalid|^'", text)]
    assert len(asked) == 8
    for text in asked:
        check(parse(text, names), names, text)


def test_the_list_is_read_line_by_line(page: Page) -> None:
    ((_, lines),) = YAML(typ="safe", pure=True).load(page.blocks[1]).items()
    check_lines(parse_lines(lines, page.operation.names), page.operation.names, lines)


def test_both_languages_show_the_same() -> None:
    first, second = (Page(name) for name in PAGES)
    assert [value for _, value in first.tables()] == [value for _, value in second.tables()]
