"""Writes the published JSON schemas in `docs/` anew, from the models. Run it when a model has changed."""

from __future__ import annotations

from pathlib import Path

from casewright.design.model import json_schema
from casewright.formats import json as suite_json

DOCS = Path(__file__).resolve().parents[1] / "docs"
SCHEMAS = {
    "suite.schema.json": suite_json.schema,
    "model.schema.json": json_schema.schema,
}

if __name__ == "__main__":
    for name, schema in SCHEMAS.items():
        (DOCS / name).write_bytes(schema())
