"""The outpatient booking system that requirement.md describes, executable."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

CENT = Decimal("0.01")
OPEN_STATES = ("unpaid", "booked")


class Refused(Exception):
    """A use case ended in an exception flow; the argument is the key of its message."""


def text_of(data: dict[str, Any], key: str) -> str | None:
    """The trimmed text, or None where it is missing or no text."""
    value = data.get(key)
    return value.strip() if isinstance(value, str) else None


def whole(data: dict[str, Any], key: str) -> int | None:
    """The whole number, or None where it is missing or none."""
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value):
        return None
    return int(value)


class System:
    ACTORS: ClassVar[dict[str, tuple[str, ...]]] = {
        "book": ("patient", "guide"),
        "pay": ("patient",),
        "cancel": ("patient", "guide"),
        "check_in": ("patient", "guide"),
        "unblock": ("administrator",),
        "view": ("patient", "guide", "administrator"),
    }
    DEPARTMENTS = ("internal", "surgery", "paediatrics", "eye")
    FEES: ClassVar[dict[str, Decimal]] = {
        "general": Decimal("18.50"),
        "expert": Decimal("55.00"),
        "premium": Decimal("280.00"),
    }
    DAYS: ClassVar[dict[str, tuple[int, int]]] = {"general": (0, 7), "expert": (1, 14), "premium": (2, 14)}
    RATES: ClassVar[dict[str, Decimal]] = {
        "none": Decimal(0),
        "employee": Decimal("0.7"),
        "resident": Decimal("0.5"),
    }
    NAME_LENGTH = (2, 20)
    REASON_LENGTH = (5, 100)
    NOTE_LENGTH = 50
    HIGHEST_AGE = 120
    CHILD_AGE = 14
    SENIOR_AGE = 65
    FREE_AGE = 80
    INSURANCE_CAP = Decimal(30)
    UNINSURED = ("premium",)
    REDUCED = ("general",)
    PAY_MINUTES = 30
    METHODS = ("wechat", "alipay", "card")
    FULL_REFUND_HOURS = 24
    LAST_CANCEL_HOURS = 2
    CANCEL_FEE = Decimal("0.15")
    EARLIEST = -60
    LATEST = 30
    BLOCKED_AT = 3

    def __init__(self) -> None:
        self.state = "none"
        self.missed = 0
        self.age = 0
        self.own_share = Decimal(0)

    def perform(self, op: str, data: dict[str, Any], actor: str | None) -> dict[str, Any]:
        """Do one use case: {"outcome", "outputs", "state"}."""
        try:
            self.admit(op, actor)
            outputs = getattr(self, op)(data, actor)
        except Refused as refusal:
            outputs = {"message": refusal.args[0], "missed": self.missed}
            return {"outcome": "rejected", "outputs": outputs, "state": self.state}
        return {"outcome": "accepted", "outputs": {"missed": self.missed, **outputs}, "state": self.state}

    def admit(self, op: str, actor: str | None) -> None:
        if actor not in self.ACTORS[op]:
            raise Refused("no_permission")

    # UC-01

    def book(self, data: dict[str, Any], _actor: str | None) -> dict[str, Any]:
        self.check_person(data)
        self.check_choice(data)
        self.check_account()
        self.check_offer(data)
        age = whole(data, "age") or 0
        fee = self.fee(data["category"], age)
        insured = self.insured(fee, data["category"], data.get("insurance", "none"))
        self.age, self.own_share = age, fee - insured
        self.state = self.state_after_booking()
        return {"fee": float(fee), "insured": float(insured), "own_share": float(self.own_share)}

    def check_person(self, data: dict[str, Any]) -> None:
        name = text_of(data, "name")
        if name is None or not self.NAME_LENGTH[0] <= len(name) <= self.NAME_LENGTH[1]:
            raise Refused("bad_name")
        if data.get("phone") is None:
            raise Refused("no_phone")
        if not self.is_phone(data["phone"]):
            raise Refused("bad_phone")
        age = whole(data, "age")
        if age is None or not 0 <= age <= self.HIGHEST_AGE:
            raise Refused("bad_age")

    def is_phone(self, phone: Any) -> bool:
        is_digits = isinstance(phone, str) and phone.isascii() and phone.isdigit()
        return is_digits and len(phone) == 11 and phone[0] == "1"

    def check_choice(self, data: dict[str, Any]) -> None:
        if data.get("department") not in self.DEPARTMENTS:
            raise Refused("bad_department")
        if data.get("category") not in tuple(self.FEES):
            raise Refused("bad_category")
        days = whole(data, "days_ahead")
        if days is None or days < 0:
            raise Refused("bad_day")
        if data.get("insurance", "none") not in tuple(self.RATES):
            raise Refused("bad_insurance")
        note = data.get("note")
        if note is not None and (not isinstance(note, str) or len(note) > self.NOTE_LENGTH):
            raise Refused("bad_note")

    def check_account(self) -> None:
        if self.state in OPEN_STATES:
            raise Refused("has_open")
        if self.is_blocked():
            raise Refused("blocked")

    def is_blocked(self) -> bool:
        return self.missed >= self.BLOCKED_AT

    def check_offer(self, data: dict[str, Any]) -> None:
        if data["department"] == "paediatrics" and (whole(data, "age") or 0) > self.CHILD_AGE:
            raise Refused("too_old_for_paediatrics")
        if not self.is_offered(data["department"], data["category"]):
            raise Refused("not_offered")
        first, last = self.DAYS[data["category"]]
        if not first <= (whole(data, "days_ahead") or 0) <= last:
            raise Refused("not_released")

    def is_offered(self, department: str, category: str) -> bool:
        return (department, category) != ("eye", "premium")

    def fee(self, category: str, age: int) -> Decimal:
        fee = self.FEES[category]
        if category in self.REDUCED and age >= self.FREE_AGE:
            return Decimal(0)
        if category in self.REDUCED and age >= self.SENIOR_AGE:
            return (fee / 2).quantize(CENT, ROUND_HALF_UP)
        return fee

    def insured(self, fee: Decimal, category: str, insurance: str) -> Decimal:
        if category in self.UNINSURED:
            return Decimal(0)
        share = (fee * self.RATES[insurance]).quantize(CENT, ROUND_HALF_UP)
        return min(share, self.INSURANCE_CAP)

    def state_after_booking(self) -> str:
        return "unpaid" if self.own_share > 0 else "booked"

    # UC-02

    def pay(self, data: dict[str, Any], _actor: str | None) -> dict[str, Any]:
        if self.state != "unpaid":
            raise Refused("nothing_to_pay")
        if data.get("method") not in self.METHODS:
            raise Refused("bad_method")
        minutes = whole(data, "minutes")
        if minutes is None or minutes < 0:
            raise Refused("bad_minutes")
        if minutes > self.PAY_MINUTES:
            self.close()
            raise Refused("timed_out")
        if not self.is_right_amount(data.get("amount")):
            raise Refused("bad_amount")
        self.state = "booked"
        return {}

    def close(self) -> None:
        self.state = "closed"

    def is_right_amount(self, amount: Any) -> bool:
        if isinstance(amount, bool) or not isinstance(amount, (int, float)):
            return False
        return Decimal(str(amount)) == self.own_share

    # UC-03

    def cancel(self, data: dict[str, Any], actor: str | None) -> dict[str, Any]:
        if self.state not in OPEN_STATES:
            raise Refused("nothing_to_cancel")
        hours = whole(data, "hours")
        if hours is None or hours < 0:
            raise Refused("bad_hours")
        if self.is_too_late(hours):
            raise Refused("too_late")
        refund = self.refund(hours, actor)
        self.state = "cancelled"
        return {"refund": float(refund)}

    def is_too_late(self, hours: int) -> bool:
        return self.state == "booked" and hours < self.LAST_CANCEL_HOURS

    def refund(self, hours: int, actor: str | None) -> Decimal:
        if self.state == "unpaid":
            return Decimal(0)
        if hours >= self.FULL_REFUND_HOURS or actor == "guide":
            return self.own_share
        return self.own_share - (self.own_share * self.CANCEL_FEE).quantize(CENT, ROUND_HALF_UP)

    # UC-04

    def check_in(self, data: dict[str, Any], _actor: str | None) -> dict[str, Any]:
        if self.state != "booked":
            raise Refused("nothing_to_check_in")
        offset = whole(data, "offset")
        if offset is None:
            raise Refused("bad_offset")
        if offset < self.EARLIEST:
            raise Refused("too_early")
        if offset > self.LATEST:
            self.miss()
            raise Refused("missed")
        self.state = "checked_in"
        return {"queue": "priority" if self.has_priority(offset) else "normal"}

    def miss(self) -> None:
        self.state = "missed"
        self.missed += 1

    def has_priority(self, offset: int) -> bool:
        return offset <= 0 and (self.age >= self.SENIOR_AGE or self.age < 6)

    # UC-05, UC-06

    def unblock(self, data: dict[str, Any], _actor: str | None) -> dict[str, Any]:
        if not self.is_blocked():
            raise Refused("not_blocked")
        reason = text_of(data, "reason")
        if reason is None or not self.REASON_LENGTH[0] <= len(reason) <= self.REASON_LENGTH[1]:
            raise Refused("bad_reason")
        self.missed = 0
        return {}

    def view(self, _data: dict[str, Any], _actor: str | None) -> dict[str, Any]:
        return {}
