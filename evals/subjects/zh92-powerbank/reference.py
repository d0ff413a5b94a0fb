"""The power bank rental that requirement.md describes, executable."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

PERIOD = 1440


class Refused(Exception):
    """An operation did not succeed; the argument is the key of its message."""


def whole(data: dict[str, Any], key: str, low: int, high: int | None) -> int | None:
    """The whole number between two bounds, or None where it is missing, none, or outside."""
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value):
        return None
    if value < low or (high is not None and value > high):
        return None
    return int(value)


class System:
    RECHARGE = (10, 500)
    BONUSES = ((200, 30), (100, 10))
    HIGHEST_BALANCE = 1000
    DEPOSIT = Decimal(99)
    PRICES: ClassVar[dict[str, Decimal]] = {
        "restaurant": Decimal("1.5"),
        "mall": Decimal(2),
        "scenic": Decimal(3),
        "hospital": Decimal(1),
    }
    CAPS: ClassVar[dict[str, Decimal]] = {
        "restaurant": Decimal(20),
        "mall": Decimal(30),
        "scenic": Decimal(40),
        "hospital": Decimal(15),
    }
    CREDIT_FREE = 600
    LOWEST_CHARGE = 60
    FREE_MINUTES = 5
    HIGHEST_RENT = Decimal(99)
    FIRST_OFF = Decimal(3)
    ELSEWHERE = Decimal(2)
    LOSS = Decimal(99)

    def __init__(self) -> None:
        self.state = "idle"
        self.balance = Decimal(0)
        self.arrears = Decimal(0)
        self.has_deposit = False
        self.had_first = False
        self.place = ""

    def perform(self, op: str, data: dict[str, Any], _actor: str | None) -> dict[str, Any]:
        """Do one operation: {"outcome", "outputs", "state"}."""
        try:
            outputs = getattr(self, op)(data)
        except Refused as refusal:
            return {"outcome": "rejected", "outputs": {"message": refusal.args[0]}, "state": self.state}
        return {"outcome": "accepted", "outputs": outputs, "state": self.state}

    def money(self) -> dict[str, Any]:
        return {"balance": float(self.balance), "arrears": float(self.arrears)}

    def recharge(self, data: dict[str, Any]) -> dict[str, Any]:
        amount = whole(data, "amount", *self.RECHARGE)
        if amount is None:
            raise Refused("bad_amount")
        received = Decimal(amount) + self.bonus(amount)
        repaid = self.repaid(received, amount)
        if self.balance + received - repaid > self.HIGHEST_BALANCE:
            raise Refused("balance_full")
        self.arrears -= repaid
        self.balance += received - repaid
        if self.state == "arrears" and self.arrears == 0:
            self.state = "idle"
        return self.money()

    def bonus(self, amount: int) -> Decimal:
        return Decimal(next((extra for reached, extra in self.BONUSES if amount >= reached), 0))

    def repaid(self, received: Decimal, _amount: int) -> Decimal:
        return min(self.arrears, received)

    def pay_deposit(self, _data: dict[str, Any]) -> dict[str, Any]:
        if self.has_deposit:
            raise Refused("deposit_paid")
        if self.balance < self.DEPOSIT:
            raise Refused("balance_low")
        self.balance -= self.DEPOSIT
        self.has_deposit = True
        return self.money()

    def return_deposit(self, _data: dict[str, Any]) -> dict[str, Any]:
        if not self.has_deposit:
            raise Refused("no_deposit")
        self.check_deposit_free()
        self.balance += self.DEPOSIT
        self.has_deposit = False
        return self.money()

    def check_deposit_free(self) -> None:
        if self.state != "idle":
            raise Refused("deposit_needed")

    def rent(self, data: dict[str, Any]) -> dict[str, Any]:
        self.check_scan(data)
        self.check_user()
        self.check_deposit(data)
        if (whole(data, "charge", 0, 100) or 0) < self.LOWEST_CHARGE:
            raise Refused("charge_low")
        self.place = data["place"]
        self.state = "renting"
        return {"price": float(self.PRICES[self.place])}

    def check_scan(self, data: dict[str, Any]) -> None:
        has_place = data.get("place") in tuple(self.PRICES)
        has_charge = whole(data, "charge", 0, 100) is not None
        has_score = "score" not in data or whole(data, "score", 350, 950) is not None
        if not (has_place and has_charge and has_score):
            raise Refused("bad_input")

    def check_user(self) -> None:
        if self.state == "renting":
            raise Refused("renting_already")
        if self.state == "arrears":
            raise Refused("in_arrears")

    def check_deposit(self, data: dict[str, Any]) -> None:
        if data.get("score", 0) < self.CREDIT_FREE and not self.has_deposit:
            raise Refused("deposit_first")

    def give_back(self, data: dict[str, Any]) -> dict[str, Any]:
        self.check_renting()
        minutes = whole(data, "minutes", 0, None)
        elsewhere = data.get("elsewhere", "no")
        if minutes is None or not (elsewhere in ("yes", "no") or isinstance(elsewhere, bool)):
            raise Refused("bad_input")
        fee = self.fee(minutes, self.ELSEWHERE if elsewhere in ("yes", True) else Decimal(0))
        self.charge(fee)
        return {"fee": float(fee), **self.money()}

    def check_renting(self) -> None:
        if self.state != "renting":
            raise Refused("not_renting")

    def fee(self, minutes: int, surcharge: Decimal) -> Decimal:
        """What the return costs; the surcharge is for a bank that came back elsewhere."""
        if self.is_free(minutes):
            return Decimal(0)
        return self.reduced(self.rent_for(minutes)) + surcharge

    def is_free(self, minutes: int) -> bool:
        return minutes <= self.FREE_MINUTES

    def rent_for(self, minutes: int) -> Decimal:
        periods, rest = divmod(minutes, PERIOD)
        cap = self.CAPS[self.place]
        total = periods * cap + min(cap, self.units(rest) * self.PRICES[self.place])
        return min(total, self.HIGHEST_RENT)

    def units(self, minutes: int) -> int:
        return -(-minutes // 30)

    def reduced(self, rent: Decimal) -> Decimal:
        off = Decimal(0) if self.had_first else self.FIRST_OFF
        self.had_first = True
        return max(Decimal(0), rent - off)

    def charge(self, fee: Decimal) -> None:
        paid = min(self.balance, fee)
        self.balance -= paid
        self.arrears += fee - paid
        self.state = "arrears" if self.arrears > 0 else "idle"

    def report_loss(self, _data: dict[str, Any]) -> dict[str, Any]:
        self.check_renting()
        if self.has_deposit:
            self.has_deposit = False
            self.state = "idle"
        else:
            self.charge(self.LOSS)
        return self.money()
