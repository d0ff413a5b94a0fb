"""Every example of the pages about the language is worth what the page says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from casewright.design.cases import Scalar
from casewright.design.expressions.checking import check, check_lines
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.literals import write_value
from casewright.design.expressions.parsing import parse, parse_lines
from casewright.design.expressions.static_types import TypeKind
from casewright.design.model.compiled import CompiledModel, compile_model
from casewright.design.model.text import load
from casewright.design.moment import Call
from casewright.design.oracle import Oracle

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGES = ("expressions.md", "expressions.zh.md")
CODE = re.compile(r"`([^`]+)`")


def _sent(text: str, kind: TypeKind) -> Scalar:
    if kind is TypeKind.NUMBER:
        return Decimal(text)
    return text == "yes" if kind is TypeKind.BOOLEAN else text


class Page:
    """The page, and what can be read when the request of its example arrives."""

    def __init__(self, name: str) -> None:
        self.text = (DOCS / name).read_text("utf-8")
        self.blocks = re.findall(r"```yaml\n(.*?)```", self.text, re.DOTALL)
        model: CompiledModel = compile_model(load(self.blocks[0], name))
        (self.operation,) = model.operations.values()
        (example,) = model.model.examples
        oracle = Oracle(model)
        kinds = {name: it.type.kind for name, it in self.operation.inputs.items()}
        sent = {name: _sent(text, kinds[name]) for name, text in example.inputs.items()}
        self.moment = oracle.moment(oracle.start(), Call(self.operation.name, example.actor, sent))

    def tables(self) -> list[tuple[str, str]]:
        """Expression and value of every example."""
        rows = [line.split("|")[1:3] for line in self.text.splitlines() if line.startswith("| `")]
        found = [(CODE.findall(examples), CODE.findall(values)) for examples, values in rows]
        return [pair for examples, values in found for pair in zip(examples, values, strict=True)]


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(request.param)


def test_every_example_of_a_table_is_worth_what_is_shown(page: Page) -> None:
    names = page.operation.names
    wrong: list[str] = []
    for text, shown in page.tables():
        tree = parse(text, names)
        check(tree, names, text)
        found = write_value(compile_expression(tree)(page.moment))
        if found != shown:
            wrong.append(f"{text} is {found}, not {shown}")
    assert wrong == []
    assert len(page.tables()) > 75


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
    shown = [[re.sub(r'\w+(?=\[)|".*"', "", value) for _, value in page.tables()] for page in (first, second)]
    assert shown[0] == shown[1]
