"""How large, deep and slow a document may be before it is refused."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Limits(BaseModel):
    """Sizes in bytes, times in seconds."""

    model_config = ConfigDict(frozen=True)

    file_size: int = 50 * 1024**2
    inflated_size: int = 200 * 1024**2
    """All entries of a zip container together, as really inflated, not as declared."""
    inflation_ratio: int = 200
    """Inflated ÷ packed, looked at for entries over 1 MiB."""
    entries: int = 10_000
    pages: int = 2_000
    cells: int = 300_000
    depth: int = 200
    """Nesting of elements, tables or lists."""
    blocks: int = 200_000
    memory: int = 1024**3
    seconds: int = 120
