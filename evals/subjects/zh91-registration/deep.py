"""Faults of the booking system that need an interaction, a sequence or an exact amount."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import Any

from mutants import changed
from reference import CENT, Refused, System


class CheckInClearsMissed(System):
    def check_in(self, data: dict[str, Any], actor: str | None) -> dict[str, Any]:
        outputs = super().check_in(data, actor)
        self.missed = 0
        return outputs


class UnblockTakesOneOff(System):
    def unblock(self, data: dict[str, Any], actor: str | None) -> dict[str, Any]:
        before = self.missed
        outputs = super().unblock(data, actor)
        self.missed = before - 1
        return outputs


class GuidePaysTheFee(System):
    def refund(self, hours: int, actor: str | None) -> Decimal:
        return super().refund(hours, "patient" if actor == "guide" else actor)


class LateSeniorsPreferred(System):
    def has_priority(self, offset: int) -> bool:
        return super().has_priority(min(offset, 0))


class InsuranceOnTheFullFee(System):
    def insured(self, fee: Decimal, category: str, insurance: str) -> Decimal:
        return min(super().insured(self.FEES[category], category, insurance), fee)


class InsuranceRoundedDown(System):
    def insured(self, fee: Decimal, category: str, insurance: str) -> Decimal:
        exact = (fee * self.RATES[insurance]).quantize(CENT, ROUND_DOWN)
        return min(super().insured(fee, category, insurance), exact)


class CancelFeeRoundedDown(System):
    def refund(self, hours: int, actor: str | None) -> Decimal:
        refund = super().refund(hours, actor)
        if refund in (Decimal(0), self.own_share):
            return refund
        return self.own_share - (self.own_share * self.CANCEL_FEE).quantize(CENT, ROUND_DOWN)


class UnpaidCancelBoundByTwoHours(System):
    def is_too_late(self, hours: int) -> bool:
        return hours < self.LAST_CANCEL_HOURS


class FreeBookingWaitsForPayment(System):
    def state_after_booking(self) -> str:
        return "unpaid"


class ShareOfTheFirstBooking(System):
    def book(self, data: dict[str, Any], actor: str | None) -> dict[str, Any]:
        first = self.own_share
        outputs = super().book(data, actor)
        self.own_share = first or self.own_share
        return outputs


class OfferBeforeAccount(System):
    def check_account(self) -> None:
        """Looked at after the offer."""

    def check_offer(self, data: dict[str, Any]) -> None:
        super().check_offer(data)
        super().check_account()


class AmountBeforeTimeout(System):
    def pay(self, data: dict[str, Any], actor: str | None) -> dict[str, Any]:
        if self.state == "unpaid" and not self.is_right_amount(data.get("amount")):
            raise Refused("bad_amount")
        return super().pay(data, actor)


MUTANTS = {
    "check_in_clears_missed": CheckInClearsMissed,
    "unblock_takes_one_off": UnblockTakesOneOff,
    "blocked_only_at_four": changed(BLOCKED_AT=4),
    "guide_pays_the_fee": GuidePaysTheFee,
    "late_seniors_preferred": LateSeniorsPreferred,
    "insurance_on_the_full_fee": InsuranceOnTheFullFee,
    "insurance_rounded_down": InsuranceRoundedDown,
    "cancel_fee_rounded_down": CancelFeeRoundedDown,
    "unpaid_cancel_bound_by_two_hours": UnpaidCancelBoundByTwoHours,
    "free_booking_waits_for_payment": FreeBookingWaitsForPayment,
    "share_of_the_first_booking": ShareOfTheFirstBooking,
    "offer_before_account": OfferBeforeAccount,
}
