"""A quantity that the document defines."""

from __future__ import annotations

from dataclasses import dataclass

from casewright.design.extraction.formulas.lookups import Lookup


@dataclass(frozen=True)
class Definition:
    """A quantity that the document defines."""

    name: str
    """As the document writes it."""
    lines: tuple[str, ...]
    """One expression, or first-hit lines 'value if condition' … 'value otherwise'."""
    needs: frozenset[str]
    """The names that the lines use: inputs and other definitions."""
    tables: tuple[Lookup, ...]
    """Further tables of the model that the lines look up."""
    ids: tuple[str, ...]
    """The requirement items that it rests on."""
