"""Faults of the service that need an interaction, a sequence or an exact amount."""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, Decimal
from typing import Any

from mutants import changed
from reference import CENT, Refused, System


class OldPriceKept(System):
    def take_over(self, price: Decimal) -> None:
        """Later requests go by the price of the first issue."""


class ExchangesCountedForever(System):
    def issue(self, data: dict[str, Any], actor: str | None) -> dict[str, Decimal]:
        before = self.exchanges
        outputs = super().issue(data, actor)
        self.exchanges = before
        return outputs


class RailcardLostInExchange(System):
    def exchange(self, data: dict[str, Any], actor: str | None) -> dict[str, Decimal]:
        self.ticket.pop("railcard", None)
        return super().exchange(data, actor)


class DeductionWhereNoneIsDue(System):
    def bounded(self, percentage: int) -> Decimal:
        return min(self.price, max(super().bounded(percentage), self.LOWEST_DEDUCTION))


class DeductionAbovePrice(System):
    def bounded(self, percentage: int) -> Decimal:
        deduction = super().bounded(percentage)
        return max(deduction, self.LOWEST_DEDUCTION) if percentage > 0 else deduction


class CancelledTrainKeepsExtra(System):
    def refund(self, data: dict[str, Any], actor: str | None) -> dict[str, Decimal]:
        was_exchanged = self.state == "exchanged"
        outputs = super().refund(data, actor)
        if was_exchanged and data.get("cancelled") == "yes":
            extra = self.bounded(self.EXCHANGED_EXTRA)
            return {"deduction": extra, "refund": self.price - extra}
        return outputs


class CompensationHalfDown(System):
    def compensation(self, percentage: int) -> Decimal:
        amount = (self.price * percentage / 100).quantize(CENT, ROUND_HALF_DOWN)
        return min(amount, super().compensation(percentage))


class ExtraNotAboveFortyEight(System):
    def deduction(self, hours: int) -> Decimal:
        if hours >= self.EARLY_HOURS and self.ticket["fare_class"] != "saver":
            return Decimal(0)
        return super().deduction(hours)


class InvalidBeforeMissing(System):
    def check(self, op: str, data: dict[str, Any], actor: str | None) -> None:
        asked = (*self.MANDATORY[op], *self.OPTIONAL.get(op, ()))
        if actor in self.ACTORS[op] and self.state in self.STATES[op]:
            wrong = [key for key in asked if key in data and not self.is_permitted(key, data[key])]
            if wrong:
                raise Refused("E04")
        super().check(op, data, actor)


class ExchangedVoided(System):
    STATES = System.STATES | {"void": ("issued", "exchanged")}


MUTANTS = {
    "old_price_kept": OldPriceKept,
    "exchanges_counted_forever": ExchangesCountedForever,
    "railcard_lost_in_exchange": RailcardLostInExchange,
    "no_extra_after_exchange": changed(EXCHANGED_EXTRA=0),
    "extra_not_above_48_hours": ExtraNotAboveFortyEight,
    "deduction_where_none_is_due": DeductionWhereNoneIsDue,
    "deduction_above_price": DeductionAbovePrice,
    "cancelled_train_keeps_extra": CancelledTrainKeepsExtra,
    "saver_compensation_uncapped": changed(SAVER_CAP=Decimal(1000)),
    "compensation_half_down": CompensationHalfDown,
    "invalid_before_missing": InvalidBeforeMissing,
    "exchanged_voided": ExchangedVoided,
}
