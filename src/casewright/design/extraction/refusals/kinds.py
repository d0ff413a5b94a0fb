"""What kinds of refusals there are."""

from __future__ import annotations

from enum import Enum


class Kind(Enum):
    ROLE = "role"
    STATE = "state"
    NOT_YOURS = "not yours"
    INVALID = "invalid"
    RULE = "rule"
