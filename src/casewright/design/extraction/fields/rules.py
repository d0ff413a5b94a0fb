"""What was understood of the description of one field."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from casewright.design.extraction.text.numbers import plain
from casewright.design.model.schema import InputType, Length


@dataclass
class Rules:
    """What was understood of one description."""

    type: InputType | None = None
    unit: str = ""
    required: str | None = None
    default: str | None = None
    choices: tuple[str, ...] = ()
    min: Decimal | None = None
    max: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    scale: int | None = None
    multiple_of: Decimal | None = None
    length: Length | None = None
    trimmed: bool = False
    pattern: str | None = None
    format: str | None = None
    unsure_at: list[Decimal] = field(default_factory=list[Decimal])
    unread: list[str] = field(default_factory=list[str])
    exceptions: list[str] = field(default_factory=list[str])
    """Sentences that hold for one value of another field only."""
    same_as: str = ""
    """The document refers to another field: 'as above', 'as in 4.1'."""
    description: str = ""
    """The words themselves; they tell the unit."""

    def bounded(self, side: str, value: Decimal) -> None:
        """Sets one end: min, max, above or below. Where another was told before, the wider counts for certain."""
        old: Decimal | None = getattr(self, side)
        if old is not None and old != value:
            self.unread.append(f"{plain(old)} / {plain(value)}")
            value = min(old, value) if side in {"min", "above"} else max(old, value)
        setattr(self, side, value)

    def length_of(self, least: Decimal | None, most: Decimal | None) -> None:
        old = self.length or Length(least=None, most=None)
        self.length = Length(
            least=int(least) if least is not None else old.least,
            most=int(most) if most is not None else old.most,
        )
