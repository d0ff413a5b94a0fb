"""Faults of the rental that need an interaction, a sequence or an exact amount."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reference import PERIOD, System


class FirstOffEveryTime(System):
    def reduced(self, rent: Decimal) -> Decimal:
        self.had_first = False
        return super().reduced(rent)


class FreeReturnUsesFirst(System):
    def fee(self, minutes: int, surcharge: Decimal) -> Decimal:
        fee = super().fee(minutes, surcharge)
        self.had_first = True
        return fee


class LossUsesFirst(System):
    def report_loss(self, data: dict[str, Any]) -> dict[str, Any]:
        answer = super().report_loss(data)
        self.had_first = True
        return answer


class FirstOffReducesSurcharge(System):
    def fee(self, minutes: int, surcharge: Decimal) -> Decimal:
        return Decimal(0) if self.is_free(minutes) else self.reduced(self.rent_for(minutes) + surcharge)


class SurchargeOnFreeReturn(System):
    def fee(self, minutes: int, surcharge: Decimal) -> Decimal:
        return surcharge if self.is_free(minutes) else super().fee(minutes, surcharge)


class SurchargeInsideHighestRent(System):
    def fee(self, minutes: int, surcharge: Decimal) -> Decimal:
        return min(super().fee(minutes, surcharge), self.HIGHEST_RENT)


class CapForTheFirstPeriodOnly(System):
    def rent_for(self, minutes: int) -> Decimal:
        first = min(self.CAPS[self.place], self.units(min(minutes, PERIOD)) * self.PRICES[self.place])
        rest = self.units(max(0, minutes - PERIOD)) * self.PRICES[self.place]
        return min(first + rest, self.HIGHEST_RENT)


class DepositLeftAfterLoss(System):
    def report_loss(self, data: dict[str, Any]) -> dict[str, Any]:
        had_deposit = self.has_deposit
        answer = super().report_loss(data)
        self.has_deposit = had_deposit
        return answer


class BonusNotForArrears(System):
    def repaid(self, _received: Decimal, amount: int) -> Decimal:
        return min(self.arrears, Decimal(amount))


class PartPaymentEndsArrears(System):
    def recharge(self, data: dict[str, Any]) -> dict[str, Any]:
        answer = super().recharge(data)
        if self.state == "arrears":
            self.state = "idle"
        return answer


class ReturnedDepositBoundByLimit(System):
    def return_deposit(self, data: dict[str, Any]) -> dict[str, Any]:
        super().return_deposit(data)
        self.balance = min(self.balance, Decimal(self.HIGHEST_BALANCE))
        return self.money()


MUTANTS = {
    "first_off_every_time": FirstOffEveryTime,
    "free_return_uses_first": FreeReturnUsesFirst,
    "loss_uses_first": LossUsesFirst,
    "first_off_reduces_surcharge": FirstOffReducesSurcharge,
    "surcharge_on_free_return": SurchargeOnFreeReturn,
    "surcharge_inside_highest_rent": SurchargeInsideHighestRent,
    "cap_for_the_first_period_only": CapForTheFirstPeriodOnly,
    "deposit_left_after_loss": DepositLeftAfterLoss,
    "bonus_not_for_arrears": BonusNotForArrears,
    "part_payment_ends_arrears": PartPaymentEndsArrears,
    "returned_deposit_bound_by_limit": ReturnedDepositBoundByLimit,
}
