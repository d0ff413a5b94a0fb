"""A refusal as the document tells it, before its words are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One line of an order of checks, or one sentence that refuses."""

    condition: str
    messages: tuple[str, ...]
    operations: tuple[str, ...]
    """The operations that it is said of; empty: not said."""
    ids: tuple[str, ...]
    ordered: bool
    """It stands in an order that the document gives for all checks."""
    state_after: str | None = None
    """The state that the refusal leads to, where the document says so."""
    reason: bool = False
    """It stands in a list of the reasons for which the document refuses, without messages."""
    told_whom: bool = True
    """False where its sentence speaks of something that is done and that we do not know by name."""
