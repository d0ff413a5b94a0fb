"""Suites of small models that a test writes down itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from casewright.design.cases import Coverage, CoverageItem, Step, TestCase
from casewright.design.designing import design
from casewright.design.model.compiled import compile_model
from casewright.design.model.schema import Model


@dataclass(frozen=True)
class Suite:
    """What was designed, found by the keys of its items."""

    items: Mapping[str, CoverageItem]
    cases: Mapping[str, TestCase]
    """By every item that they cover."""

    def keys(self, *parts: str) -> list[str]:
        """Of the items whose keys hold all the parts, without technique and operation."""
        return ["|".join(key.split("|")[2:]) for key in self.items if all(part in key for part in parts)]

    def case(self, *parts: str) -> TestCase:
        (case,) = {
            case.id: case for key, case in self.cases.items() if all(part in key for part in parts)
        }.values()
        return case

    def last(self, *parts: str) -> Step:
        """The step that covers the one item whose key holds all the parts."""
        case = self.case(*parts)
        return next(step for step in reversed(case.steps) if step.operation == case.module)

    def sent(self, name: str, *parts: str) -> Any:
        return self.last(*parts).data.get(name)

    def coverage(self, *parts: str) -> Coverage:
        (item,) = [item for key, item in self.items.items() if all(part in key for part in parts)]
        return item.coverage


@pytest.fixture(scope="session")
def suite_of() -> Callable[..., Suite]:
    """`suite_of(operations, depth='standard', **rest of the model)`."""

    def build(operations: dict[str, Any], depth: Any = "standard", **rest: Any) -> Suite:
        parts = {name.replace("_", " "): value for name, value in rest.items()}
        model = Model.model_validate({"feature": "f", "operations": operations, **parts})
        designed = design(compile_model(model), "en", depth)
        return Suite(
            {item.key: item for item in designed.coverage_items},
            {key: case for case in designed.cases for key in case.coverage_items},
        )

    return build
