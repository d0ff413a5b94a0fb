"""The whole suite as JSON: the exchange format, with everything that the other formats leave out."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import cast

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from casewright.design.cases import Suite
from casewright.formats.exact_json import Json, dumps


def write(suite: Suite) -> bytes:
    """`suite` as it is, described by `docs/suite.schema.json`. Decimals are numbers with all their digits."""
    return dumps(suite.model_dump())


def read(content: bytes) -> Suite:
    """The suite that `write` was given; decimals keep their digits.

    Raises ValueError when the content is not JSON and pydantic's ValidationError (a ValueError) when it is
    not a suite.
    """
    # Not `model_validate_json`: that reads numbers as floats, and takes a text of digits for a number.
    return Suite.model_validate(json.loads(content, parse_float=Decimal))


def schema() -> bytes:
    """The JSON schema (2020-12) of what `write` writes."""
    described = Suite.model_json_schema(mode="serialization", schema_generator=_ExactNumbers)
    head = {"$schema": GenerateJsonSchema.schema_dialect}
    return dumps(cast("Json", head | described))


class _ExactNumbers(GenerateJsonSchema):
    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:  # noqa: ARG002 - the name is given
        """A number, as `write` writes it; pydantic's own way would be a text."""
        return {"type": "number"}
