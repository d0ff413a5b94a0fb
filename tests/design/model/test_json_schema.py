"""The published schema of a model's YAML."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from casewright.design.model.json_schema import schema
from casewright.design.model.text import dump, load

DOCS = Path(__file__).resolve().parents[3] / "docs"
TRANSFER = Path(__file__).with_name("transfer.yaml").read_text("utf-8")


def as_an_editor_sees(text: str) -> Any:
    """Numbers as numbers, `true` as a boolean, as YAML 1.2 says."""
    return YAML(typ="safe", pure=True).load(text)


def complaints(data: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(json.loads(schema())).iter_errors(data)]


def test_the_published_schema_is_that_of_the_model() -> None:
    """After a change: `python scripts/write_schemas.py`."""
    assert (DOCS / "model.schema.json").read_bytes() == schema()


def test_an_editor_has_nothing_against_a_good_model() -> None:
    Draft202012Validator.check_schema(json.loads(schema()))
    assert complaints(as_an_editor_sees(TRANSFER)) == []
    assert complaints(as_an_editor_sees(dump(load(TRANSFER, "transfer.yaml")))) == []


def test_an_editor_shows_a_misspelt_key() -> None:
    assert complaints({"feature": "f", "operations": {"o": {"rejct": []}}}) != []
