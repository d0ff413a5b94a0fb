"""Writes the published JSON schemas in `docs/` anew, from the models. Run it when a model has changed."""

from __future__ import annotations

from pathlib import Path

from casewright.formats.json import schema

DOCS = Path(__file__).resolve().parents[1] / "docs"

if __name__ == "__main__":
    (DOCS / "suite.schema.json").write_bytes(schema())
