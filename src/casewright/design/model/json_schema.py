"""The JSON schema of a model's YAML, for editors that complete and check as one writes."""

from __future__ import annotations

import json
from typing import Any, cast

from casewright.design.model.schema import Model

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> bytes:
    """An editor takes `5` for a number and `true` for a boolean, where `load` takes both as texts: so the
    schema allows them wherever a text may stand."""
    described = {"$schema": _DIALECT} | Model.model_json_schema(by_alias=True)
    return (json.dumps(_loosened(described), ensure_ascii=False, indent=2) + "\n").encode()


def _loosened(part: Any) -> Any:
    if isinstance(part, list):
        return [_loosened(item) for item in cast("list[Any]", part)]
    if not isinstance(part, dict):
        return part
    found = {key: _loosened(value) for key, value in cast("dict[str, Any]", part).items()}
    if "enum" in found or "const" in found:
        return found
    match found.get("type"):
        case "string":
            found["type"] = ["string", "number", "boolean"]
        case "boolean":
            found["type"] = ["boolean", "string"]
        case _:
            pass
    return found
