"""The ticket after-sales service that requirement.md describes, executable."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

CENT = Decimal("0.01")
TEN_CENTS = Decimal("0.1")
LIVE = ("issued", "exchanged")


class Refused(Exception):
    """The request is rejected; the argument is the error code."""


def number(value: Any) -> Decimal | None:
    """The number, or None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return Decimal(str(value))


class System:
    ACTORS: ClassVar[dict[str, tuple[str, ...]]] = {
        "issue": ("passenger", "agent"),
        "exchange": ("passenger", "agent"),
        "refund": ("passenger", "agent"),
        "void": ("agent",),
        "validate": ("conductor",),
        "claim": ("passenger",),
    }
    STATES: ClassVar[dict[str, tuple[str, ...]]] = {
        "issue": ("no_ticket", "refunded", "compensated"),
        "exchange": LIVE,
        "refund": LIVE,
        "void": ("issued",),
        "validate": LIVE,
        "claim": ("used",),
    }
    MANDATORY: ClassVar[dict[str, tuple[str, ...]]] = {
        "issue": ("fare_class", "base_fare"),
        "exchange": ("new_base_fare", "hours"),
        "refund": ("hours",),
        "void": ("minutes",),
        "validate": (),
        "claim": ("delay",),
    }
    OPTIONAL: ClassVar[dict[str, tuple[str, ...]]] = {
        "issue": ("passenger_type", "railcard"),
        "refund": ("cancelled",),
    }
    WHOLE: ClassVar[dict[str, tuple[int, int]]] = {
        "hours": (0, 2160),
        "minutes": (0, 10**9),
        "delay": (0, 1440),
    }
    CHOICES: ClassVar[dict[str, tuple[Any, ...]]] = {
        "fare_class": ("saver", "flex", "premium"),
        "passenger_type": ("adult", "child", "senior"),
        "railcard": ("yes", "no"),
        "cancelled": ("yes", "no"),
    }
    FARE = (Decimal("1.00"), Decimal("400.00"))
    DISCOUNTS: ClassVar[dict[str, int]] = {"adult": 0, "child": 50, "senior": 30}
    RAILCARD = 25
    NO_RAILCARD = ("saver",)
    LOWEST_PRICE = Decimal(1)
    EXCHANGES = 2
    EXCHANGE_HOURS = 2
    FEES: ClassVar[dict[str, int]] = {"flex": 6, "premium": 0}
    SURCHARGE = 4
    EARLY_HOURS = 48
    LATE_HOURS = 2
    PERCENTAGES: ClassVar[dict[str, tuple[int | None, int | None, int | None]]] = {
        "saver": (60, None, None),
        "flex": (0, 20, 50),
        "premium": (0, 0, 20),
    }
    EXCHANGED_EXTRA = 10
    LOWEST_DEDUCTION = Decimal(3)
    VOID_MINUTES = 30
    DELAY = 60
    LONG_DELAY = 120
    SAVER_CAP = Decimal(15)
    LOWEST_COMPENSATION = Decimal(4)

    def __init__(self) -> None:
        self.state = "no_ticket"
        self.ticket: dict[str, Any] = {}
        self.price = Decimal(0)
        self.exchanges = 0

    def perform(self, op: str, data: dict[str, Any], actor: str | None) -> dict[str, Any]:
        """Do one request: {"outcome", "outputs", "state"}."""
        try:
            self.check(op, data, actor)
            outputs = getattr(self, op)(data, actor)
        except Refused as refusal:
            code = refusal.args[0]
            outputs = {"error_code": code, "error_text": code}
            return {"outcome": "rejected", "outputs": outputs, "state": self.state}
        shown = {key: float(amount) for key, amount in outputs.items()}
        return {"outcome": "accepted", "outputs": shown, "state": self.state}

    def check(self, op: str, data: dict[str, Any], actor: str | None) -> None:
        if actor not in self.ACTORS[op]:
            raise Refused("E01")
        if self.state not in self.STATES[op]:
            raise Refused("E02")
        if any(key not in data for key in self.MANDATORY[op]):
            raise Refused("E03")
        asked = (*self.MANDATORY[op], *self.OPTIONAL.get(op, ()))
        if not all(self.is_permitted(key, data[key]) for key in asked if key in data):
            raise Refused("E04")

    def is_permitted(self, key: str, value: Any) -> bool:
        if key in self.CHOICES:
            return value in self.CHOICES[key] or (
                key in ("railcard", "cancelled") and isinstance(value, bool)
            )
        amount = number(value)
        if amount is None:
            return False
        if key in self.WHOLE:
            low, high = self.WHOLE[key]
            return amount == int(amount) and low <= amount <= high
        return self.is_fare(amount)

    def is_fare(self, amount: Decimal) -> bool:
        return self.FARE[0] <= amount <= self.FARE[1] and amount == amount.quantize(CENT)

    # REQ-10x

    def issue(self, data: dict[str, Any], _actor: str | None) -> dict[str, Decimal]:
        self.ticket = dict(data)
        self.exchanges = 0
        self.price = self.price_for(Decimal(str(data["base_fare"])))
        self.state = "issued"
        return {"price": self.price}

    def price_for(self, fare: Decimal) -> Decimal:
        price = self.rounded_price(fare * (100 - self.discount()) / 100)
        return max(self.LOWEST_PRICE, price)

    def discount(self) -> int:
        of_type = self.DISCOUNTS[self.ticket.get("passenger_type", "adult")]
        return max(of_type, self.RAILCARD) if self.has_railcard() else of_type

    def has_railcard(self) -> bool:
        has_card = self.ticket.get("railcard", "no") in ("yes", True)
        return has_card and self.ticket["fare_class"] not in self.NO_RAILCARD

    def rounded_price(self, price: Decimal) -> Decimal:
        return price.quantize(TEN_CENTS, ROUND_DOWN)

    # REQ-20x

    def exchange(self, data: dict[str, Any], actor: str | None) -> dict[str, Decimal]:
        self.check_exchange(data)
        price = self.price_for(Decimal(str(data["new_base_fare"])))
        due = self.increase(price) + self.exchange_fee(actor)
        self.take_over(price)
        self.exchanges += 1
        self.state = "exchanged"
        return {"price": price, "due": due}

    def check_exchange(self, data: dict[str, Any]) -> None:
        if self.ticket["fare_class"] == "saver":
            raise Refused("E20")
        if self.exchanges >= self.EXCHANGES:
            raise Refused("E21")
        if data["hours"] < self.EXCHANGE_HOURS:
            raise Refused("E22")

    def increase(self, price: Decimal) -> Decimal:
        return max(Decimal(0), price - self.price)

    def exchange_fee(self, actor: str | None) -> Decimal:
        fee = self.FEES[self.ticket["fare_class"]]
        return Decimal(fee + self.SURCHARGE if actor == "agent" else fee)

    def take_over(self, price: Decimal) -> None:
        self.price = price

    # REQ-30x

    def refund(self, data: dict[str, Any], _actor: str | None) -> dict[str, Decimal]:
        cancelled = data.get("cancelled", "no") in ("yes", True)
        deduction = Decimal(0) if cancelled else self.deduction(data["hours"])
        self.state = "refunded"
        return {"deduction": deduction, "refund": self.price - deduction}

    def deduction(self, hours: int) -> Decimal:
        early, middle, late = self.PERCENTAGES[self.ticket["fare_class"]]
        percentage = early if hours >= self.EARLY_HOURS else middle if hours >= self.LATE_HOURS else late
        if percentage is None:
            raise Refused("E30")
        if self.state == "exchanged":
            percentage += self.EXCHANGED_EXTRA
        return self.bounded(percentage)

    def bounded(self, percentage: int) -> Decimal:
        deduction = (self.price * percentage / 100).quantize(CENT, ROUND_HALF_UP)
        return min(self.price, max(deduction, self.LOWEST_DEDUCTION)) if percentage > 0 else deduction

    # REQ-40x to REQ-60x

    def void(self, data: dict[str, Any], _actor: str | None) -> dict[str, Decimal]:
        if data["minutes"] > self.VOID_MINUTES:
            raise Refused("E40")
        self.state = "no_ticket"
        return {"refund": self.price}

    def validate(self, _data: dict[str, Any], _actor: str | None) -> dict[str, Decimal]:
        self.state = "used"
        return {}

    def claim(self, data: dict[str, Any], _actor: str | None) -> dict[str, Decimal]:
        if data["delay"] < self.DELAY:
            raise Refused("E50")
        compensation = self.compensation(50 if data["delay"] >= self.LONG_DELAY else 25)
        if compensation < self.LOWEST_COMPENSATION:
            raise Refused("E51")
        self.state = "compensated"
        return {"compensation": compensation}

    def compensation(self, percentage: int) -> Decimal:
        amount = (self.price * percentage / 100).quantize(CENT, ROUND_HALF_UP)
        return min(amount, self.SAVER_CAP) if self.ticket["fare_class"] == "saver" else amount
