"""The points programme that requirement.md describes, executable."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import Any, ClassVar

CENT = Decimal("0.01")
TIERS = ("blue", "silver", "gold")


class Refused(Exception):
    """A request is refused; the argument is the key of its message."""


def number(value: Any) -> Decimal | None:
    """The number, or None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return Decimal(str(value))


def whole(value: Any) -> int | None:
    """The whole number, or None where it is none."""
    amount = number(value)
    return int(amount) if amount is not None and amount == int(amount) else None


class System:
    ACTORS: ClassVar[dict[str, tuple[str, ...]]] = {
        "record": ("front_desk",),
        "redeem": ("member", "front_desk"),
        "cancel": ("member", "front_desk"),
        "check_in": ("front_desk",),
        "give": ("member",),
        "close_year": ("programme_office",),
        "view": ("member", "front_desk", "programme_office"),
    }
    ROOM_LIMIT = Decimal(20000)
    DINING_LIMIT = Decimal(5000)
    STAY_NIGHTS = (1, 30)
    AWARD_NIGHTS = (1, 10)
    STAY_POINTS = 60000
    BONUS: ClassVar[dict[str, int]] = {"blue": 0, "silver": 25, "gold": 50}
    SILVER_NIGHTS = 10
    GOLD_NIGHTS = 25
    PRICES: ClassVar[dict[str, tuple[int, int]]] = {
        "a": (5000, 7500),
        "b": (10000, 12500),
        "c": (20000, 25000),
        "d": (40000, 50000),
    }
    SEASONS = ("low", "high")
    FREE_NIGHT = 5
    ALL_BACK_DAYS = 7
    HALF_BACK_DAYS = 2
    GIFT = (1000, 20000)
    GIFT_STEP = 500
    GIFTS_OF_A_YEAR = 30000
    LEFT_AFTER_GIFT = 500

    def __init__(self) -> None:
        self.state = "none"
        self.balance = 0
        self.tier = "blue"
        self.nights = 0
        self.given = 0
        self.charged = 0
        self.booked_nights = 0

    def perform(self, op: str, data: dict[str, Any], actor: str | None) -> dict[str, Any]:
        """Do one request: {"outcome", "outputs", "state"}."""
        try:
            if actor not in self.ACTORS[op]:
                raise Refused("not_yours")
            outputs = getattr(self, op)(data)
        except Refused as refusal:
            return {"outcome": "rejected", "outputs": {"message": refusal.args[0]}, "state": self.state}
        return {"outcome": "accepted", "outputs": outputs, "state": self.state}

    # Story 1

    def record(self, data: dict[str, Any]) -> dict[str, Any]:
        room = self.spend(data.get("room_spend"), self.ROOM_LIMIT)
        dining = self.spend(data.get("dining_spend", 0), self.DINING_LIMIT)
        nights = self.in_range(data.get("nights"), self.STAY_NIGHTS)
        earned = min(self.STAY_POINTS, self.points_for(room, dining))
        self.balance += earned
        self.count_nights(nights)
        return {"earned": earned, **self.view({})}

    def spend(self, value: Any, limit: Decimal) -> Decimal:
        amount = number(value)
        if amount is None or not 0 <= amount <= limit or amount != amount.quantize(CENT):
            raise Refused("bad_entry")
        return amount

    def in_range(self, value: Any, bounds: tuple[int, int]) -> int:
        count = whole(value)
        if count is None or not bounds[0] <= count <= bounds[1]:
            raise Refused("bad_entry")
        return count

    def points_for(self, room: Decimal, dining: Decimal) -> int:
        room_points = self.full_dollars(room) * 10
        return room_points + self.bonus(room_points) + self.full_dollars(dining) * 5

    def full_dollars(self, amount: Decimal) -> int:
        return int(amount.quantize(Decimal(1), ROUND_DOWN))

    def bonus(self, room_points: int) -> int:
        return room_points * self.BONUS[self.tier] // 100

    def count_nights(self, nights: int) -> None:
        self.nights += nights
        self.tier = max(self.tier, self.deserved(), key=TIERS.index)

    def deserved(self) -> str:
        if self.nights >= self.GOLD_NIGHTS:
            return "gold"
        return "silver" if self.nights >= self.SILVER_NIGHTS else "blue"

    # Story 2

    def redeem(self, data: dict[str, Any]) -> dict[str, Any]:
        self.check_running()
        if data.get("category") not in tuple(self.PRICES) or data.get("season") not in self.SEASONS:
            raise Refused("bad_entry")
        nights = self.in_range(data.get("nights"), self.AWARD_NIGHTS)
        self.check_category(data["category"])
        price = self.price(data["category"], data["season"], nights)
        if not self.can_pay(price):
            raise Refused("not_enough")
        self.balance -= price
        self.charged, self.booked_nights = price, nights
        self.state = "booked"
        return {"charged": price, "balance": self.balance}

    def check_running(self) -> None:
        if self.state == "booked":
            raise Refused("booked_already")

    def check_category(self, category: str) -> None:
        if category == "d" and self.tier == "blue":
            raise Refused("tier_too_low")

    def price(self, category: str, season: str, nights: int) -> int:
        per_night = self.PRICES[category][self.SEASONS.index(season)]
        return self.reduced(per_night * (nights - self.free_nights(nights)))

    def free_nights(self, nights: int) -> int:
        return nights // self.FREE_NIGHT

    def reduced(self, total: int) -> int:
        return -(-total * 9 // 1000) * 100 if self.tier == "gold" else total

    def can_pay(self, price: int) -> bool:
        return price <= self.balance

    # Stories 3 and 4

    def cancel(self, data: dict[str, Any]) -> dict[str, Any]:
        self.check_booked()
        days = whole(data.get("days"))
        if days is None or days < 0:
            raise Refused("bad_entry")
        returned = self.returned(days)
        self.balance += returned
        self.state = "cancelled"
        return {"returned": returned, "balance": self.balance}

    def check_booked(self) -> None:
        if self.state != "booked":
            raise Refused("no_booking")

    def returned(self, days: int) -> int:
        if days >= self.ALL_BACK_DAYS:
            return self.charged
        return self.charged // 2 if days >= self.HALF_BACK_DAYS or self.tier == "gold" else 0

    def check_in(self, _data: dict[str, Any]) -> dict[str, Any]:
        self.check_booked()
        self.state = "checked_in"
        self.count_award_nights()
        return self.view({})

    def count_award_nights(self) -> None:
        self.count_nights(self.booked_nights)

    # Stories 5 to 7

    def give(self, data: dict[str, Any]) -> dict[str, Any]:
        self.check_giver()
        if not self.is_member_number(data.get("recipient")):
            raise Refused("bad_number")
        points = whole(data.get("points"))
        if points is None or not self.is_gift(points):
            raise Refused("bad_gift")
        if self.balance - points < self.LEFT_AFTER_GIFT:
            raise Refused("keep_some")
        if self.given + points > self.GIFTS_OF_A_YEAR:
            raise Refused("yearly_limit")
        self.balance -= points
        self.given += points
        return {"balance": self.balance}

    def check_giver(self) -> None:
        if self.tier == "blue":
            raise Refused("blue_gives")

    def is_member_number(self, value: Any) -> bool:
        return isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == 8

    def is_gift(self, points: int) -> bool:
        return self.GIFT[0] <= points <= self.GIFT[1] and points % self.GIFT_STEP == 0

    def close_year(self, _data: dict[str, Any]) -> dict[str, Any]:
        one_below = TIERS[max(0, TIERS.index(self.tier) - 1)]
        self.tier = max(self.deserved(), one_below, key=TIERS.index)
        self.nights = 0
        self.given = 0
        return self.view({})

    def view(self, _data: dict[str, Any]) -> dict[str, Any]:
        return {"balance": self.balance, "tier": self.tier, "nights": self.nights}
