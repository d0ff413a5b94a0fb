"""The after-sales service with one realistic fault each."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from reference import TEN_CENTS, System


def changed(**attributes: Any) -> type[System]:
    """The system with other constants."""
    return type("Changed", (System,), attributes)


class DiscountsAddUp(System):
    def discount(self) -> int:
        of_type = self.DISCOUNTS[self.ticket.get("passenger_type", "adult")]
        return of_type + (self.RAILCARD if self.has_railcard() else 0)


class PriceRoundedToNearest(System):
    def rounded_price(self, price: Decimal) -> Decimal:
        return price.quantize(TEN_CENTS, ROUND_HALF_UP)


class ThirdDecimalAccepted(System):
    def is_fare(self, amount: Decimal) -> bool:
        return self.FARE[0] <= amount <= self.FARE[1]


class SaverExchanged(System):
    FEES = System.FEES | {"saver": 6}

    def check_exchange(self, data: dict[str, Any]) -> None:
        fare_class = self.ticket["fare_class"]
        self.ticket["fare_class"] = "flex"
        super().check_exchange(data)
        self.ticket["fare_class"] = fare_class


class DecreasePaidOut(System):
    def increase(self, price: Decimal) -> Decimal:
        return price - self.price


class ValidationKeepsStatus(System):
    def validate(self, _data: dict[str, Any], _actor: str | None) -> dict[str, Decimal]:
        return {}


class CancelledTrainIgnored(System):
    def refund(self, data: dict[str, Any], actor: str | None) -> dict[str, Decimal]:
        return super().refund({**data, "cancelled": "no"}, actor)


MUTANTS = {
    "child_discount_40": changed(DISCOUNTS={**System.DISCOUNTS, "child": 40}),
    "discounts_add_up": DiscountsAddUp,
    "railcard_on_saver": changed(NO_RAILCARD=()),
    "price_rounded_to_nearest": PriceRoundedToNearest,
    "no_lowest_price": changed(LOWEST_PRICE=Decimal(0)),
    "base_fare_of_400_refused": changed(FARE=(Decimal(1), Decimal("399.99"))),
    "third_decimal_accepted": ThirdDecimalAccepted,
    "conductor_issues": changed(ACTORS=System.ACTORS | {"issue": ("passenger", "agent", "conductor")}),
    "saver_exchanged": SaverExchanged,
    "third_exchange_accepted": changed(EXCHANGES=3),
    "exchange_two_hours_before_refused": changed(EXCHANGE_HOURS=3),
    "premium_pays_exchange_fee": changed(FEES={"flex": 6, "premium": 6}),
    "no_counter_surcharge": changed(SURCHARGE=0),
    "decrease_paid_out": DecreasePaidOut,
    "early_refund_only_above_48_hours": changed(EARLY_HOURS=49),
    "late_refund_at_two_hours": changed(LATE_HOURS=3),
    "no_lowest_deduction": changed(LOWEST_DEDUCTION=Decimal(0)),
    "cancelled_train_ignored": CancelledTrainIgnored,
    "void_at_30_minutes_refused": changed(VOID_MINUTES=29),
    "validation_keeps_status": ValidationKeepsStatus,
    "delay_of_60_refused": changed(DELAY=61),
    "delay_of_120_pays_a_quarter": changed(LONG_DELAY=121),
}
