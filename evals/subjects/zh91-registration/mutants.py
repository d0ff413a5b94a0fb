"""The booking system with one realistic fault each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reference import Refused, System


def changed(**attributes: Any) -> type[System]:
    """The system with other constants."""
    return type("Changed", (System,), attributes)


class PhoneOfAnyLength(System):
    def is_phone(self, phone: Any) -> bool:
        return isinstance(phone, str) and phone.isdigit() and phone[0] == "1"


class PhoneOfAnyFirstDigit(System):
    def is_phone(self, phone: Any) -> bool:
        return isinstance(phone, str) and phone.isdigit() and len(phone) == 11


class PremiumEverywhere(System):
    def is_offered(self, department: str, category: str) -> bool:
        return bool(department and category)


class SecondBookingAllowed(System):
    def check_account(self) -> None:
        if self.is_blocked():
            raise Refused("blocked")


class TimeoutLeavesUnpaid(System):
    def close(self) -> None:
        """The booking stays as it is."""


class AnySufficientAmount(System):
    def is_right_amount(self, amount: Any) -> bool:
        is_number = isinstance(amount, (int, float)) and not isinstance(amount, bool)
        return is_number and Decimal(str(amount)) >= self.own_share


class MissedNotCounted(System):
    def miss(self) -> None:
        self.state = "missed"


class MissedStaysBooked(System):
    def miss(self) -> None:
        self.missed += 1


class InfantsNotPreferred(System):
    def has_priority(self, offset: int) -> bool:
        return offset <= 0 and self.age >= self.SENIOR_AGE


MUTANTS = {
    "name_of_one_character": changed(NAME_LENGTH=(1, 20)),
    "phone_length_unchecked": PhoneOfAnyLength,
    "phone_first_digit_unchecked": PhoneOfAnyFirstDigit,
    "age_up_to_150": changed(HIGHEST_AGE=150),
    "paediatrics_excludes_14": changed(CHILD_AGE=13),
    "general_eight_days_ahead": changed(DAYS={**System.DAYS, "general": (0, 8)}),
    "expert_on_the_same_day": changed(DAYS={**System.DAYS, "expert": (0, 14)}),
    "premium_in_the_eye_clinic": PremiumEverywhere,
    "second_booking_allowed": SecondBookingAllowed,
    "senior_only_above_65": changed(SENIOR_AGE=66),
    "eighty_pays_half": changed(FREE_AGE=200),
    "insurance_without_cap": changed(INSURANCE_CAP=Decimal(10000)),
    "resident_rate_60": changed(RATES={**System.RATES, "resident": Decimal("0.6")}),
    "payment_refused_at_30_minutes": changed(PAY_MINUTES=29),
    "timeout_leaves_unpaid": TimeoutLeavesUnpaid,
    "overpayment_accepted": AnySufficientAmount,
    "full_refund_only_above_24_hours": changed(FULL_REFUND_HOURS=25),
    "two_hours_before_is_too_late": changed(LAST_CANCEL_HOURS=3),
    "missed_stays_booked": MissedStaysBooked,
    "missed_not_counted": MissedNotCounted,
    "guide_may_pay": changed(ACTORS={**System.ACTORS, "pay": ("patient", "guide")}),
    "infants_not_preferred": InfantsNotPreferred,
}
