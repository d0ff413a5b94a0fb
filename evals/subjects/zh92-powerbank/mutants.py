"""The power bank rental with one realistic fault each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reference import PERIOD, Refused, System


def changed(**attributes: Any) -> type[System]:
    """The system with other constants."""
    return type("Changed", (System,), attributes)


class FreeMinutesDeducted(System):
    def units(self, minutes: int) -> int:
        return super().units(max(0, minutes - self.FREE_MINUTES))


class StartedUnitsNotCounted(System):
    def units(self, minutes: int) -> int:
        return minutes // 30


class NoDailyCap(System):
    def rent_for(self, minutes: int) -> Decimal:
        return min(self.units(minutes) * self.PRICES[self.place], self.HIGHEST_RENT)


class DepositNeverAsked(System):
    def check_deposit(self, data: dict[str, Any]) -> None:
        """Anybody may rent."""


class RentsInArrears(System):
    def check_user(self) -> None:
        if self.state == "renting":
            raise Refused("renting_already")


class RentsTwice(System):
    def check_user(self) -> None:
        if self.state == "arrears":
            raise Refused("in_arrears")


class BonusesAddUp(System):
    def bonus(self, amount: int) -> Decimal:
        return Decimal(sum(extra for reached, extra in self.BONUSES if amount >= reached))


class DepositReturnedWhileRenting(System):
    def check_deposit_free(self) -> None:
        if self.state == "arrears":
            raise Refused("deposit_needed")


class DepositNotReturnedToBalance(System):
    def return_deposit(self, data: dict[str, Any]) -> dict[str, Any]:
        before = self.balance
        super().return_deposit(data)
        self.balance = before
        return self.money()


class ReturnRefusedWithoutMoney(System):
    def charge(self, fee: Decimal) -> None:
        if fee > self.balance:
            raise Refused("balance_low")
        super().charge(fee)


class ArrearsNotRepaid(System):
    def repaid(self, _received: Decimal, _amount: int) -> Decimal:
        return Decimal(0)


class RentChargedOnLoss(System):
    def report_loss(self, data: dict[str, Any]) -> dict[str, Any]:
        self.check_renting()
        self.balance -= min(self.balance, self.rent_for(PERIOD))
        return super().report_loss(data)


MUTANTS = {
    "recharge_of_ten_refused": changed(RECHARGE=(11, 500)),
    "recharge_above_500": changed(RECHARGE=(10, 1000)),
    "no_bonus_at_exactly_100": changed(BONUSES=((200, 30), (101, 10))),
    "bonuses_add_up": BonusesAddUp,
    "balance_of_1000_refused": changed(HIGHEST_BALANCE=Decimal("999.99")),
    "deposit_returned_while_renting": DepositReturnedWhileRenting,
    "deposit_not_returned_to_balance": DepositNotReturnedToBalance,
    "deposit_never_asked": DepositNeverAsked,
    "credit_of_600_needs_deposit": changed(CREDIT_FREE=601),
    "charge_of_60_refused": changed(LOWEST_CHARGE=61),
    "rents_in_arrears": RentsInArrears,
    "rents_twice": RentsTwice,
    "five_minutes_are_charged": changed(FREE_MINUTES=4),
    "free_minutes_deducted": FreeMinutesDeducted,
    "started_units_not_counted": StartedUnitsNotCounted,
    "hospital_price_of_the_restaurant": changed(PRICES={**System.PRICES, "hospital": Decimal("1.5")}),
    "no_daily_cap": NoDailyCap,
    "scenic_cap_of_the_mall": changed(CAPS={**System.CAPS, "scenic": Decimal(30)}),
    "no_highest_rent": changed(HIGHEST_RENT=Decimal(100000)),
    "return_refused_without_money": ReturnRefusedWithoutMoney,
    "arrears_not_repaid": ArrearsNotRepaid,
    "rent_charged_on_loss": RentChargedOnLoss,
}
