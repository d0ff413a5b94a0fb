"""The points programme with one realistic fault each."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from reference import TIERS, Refused, System


def changed(**attributes: Any) -> type[System]:
    """The system with other constants."""
    return type("Changed", (System,), attributes)


class CentsEarn(System):
    def full_dollars(self, amount: Decimal) -> int:
        return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


class BonusOnDining(System):
    def points_for(self, room: Decimal, dining: Decimal) -> int:
        dining_points = self.full_dollars(dining) * 5
        return super().points_for(room, dining) + self.bonus(dining_points)


class CategoryForEverybody(System):
    def check_category(self, category: str) -> None:
        """Blue members too."""


class OneFreeNightAtMost(System):
    def free_nights(self, nights: int) -> int:
        return min(1, super().free_nights(nights))


class GoldPaysInFull(System):
    def reduced(self, total: int) -> int:
        return total


class BalanceMustExceedPrice(System):
    def can_pay(self, price: int) -> bool:
        return price < self.balance


class OverdraftAllowed(System):
    def can_pay(self, price: int) -> bool:
        return price >= 0


class SecondBookingAllowed(System):
    def check_running(self) -> None:
        """A running booking is replaced."""


class CancelsTwice(System):
    def check_booked(self) -> None:
        if self.state not in ("booked", "cancelled"):
            raise Refused("no_booking")


class NothingForGold(System):
    def returned(self, days: int) -> int:
        return super().returned(days) if days >= self.HALF_BACK_DAYS else 0


class BlueGives(System):
    def check_giver(self) -> None:
        """Everybody may give."""


class DropsAllTheWay(System):
    def close_year(self, data: dict[str, Any]) -> dict[str, Any]:
        deserved = self.deserved()
        super().close_year(data)
        self.tier = deserved
        return self.view({})


class NeverDrops(System):
    def close_year(self, data: dict[str, Any]) -> dict[str, Any]:
        before = self.tier
        super().close_year(data)
        self.tier = max(before, self.tier, key=TIERS.index)
        return self.view({})


MUTANTS = {
    "cents_earn": CentsEarn,
    "silver_bonus_20": changed(BONUS={**System.BONUS, "silver": 20}),
    "bonus_on_dining": BonusOnDining,
    "silver_only_above_10_nights": changed(SILVER_NIGHTS=11),
    "gold_from_24_nights": changed(GOLD_NIGHTS=24),
    "stay_of_31_nights": changed(STAY_NIGHTS=(1, 31)),
    "points_of_a_stay_unlimited": changed(STAY_POINTS=10**9),
    "redeems_11_nights": changed(AWARD_NIGHTS=(1, 11)),
    "prices_of_the_seasons_swapped": changed(SEASONS=("high", "low")),
    "no_fifth_night": changed(FREE_NIGHT=100),
    "category_d_for_everybody": CategoryForEverybody,
    "gold_pays_in_full": GoldPaysInFull,
    "balance_must_exceed_price": BalanceMustExceedPrice,
    "overdraft_allowed": OverdraftAllowed,
    "second_booking_allowed": SecondBookingAllowed,
    "all_back_only_above_7_days": changed(ALL_BACK_DAYS=8),
    "half_back_only_above_2_days": changed(HALF_BACK_DAYS=3),
    "cancels_twice": CancelsTwice,
    "blue_gives": BlueGives,
    "gift_steps_of_250": changed(GIFT_STEP=250),
    "front_desk_gives": changed(ACTORS={**System.ACTORS, "give": ("member", "front_desk")}),
    "drops_all_the_way": DropsAllTheWay,
}
