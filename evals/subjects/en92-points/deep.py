"""Faults of the programme that need an interaction, a sequence or an exact amount."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mutants import NeverDrops, NothingForGold, OneFreeNightAtMost, changed
from reference import Refused, System


class NewTierEarnsAtOnce(System):
    def record(self, data: dict[str, Any]) -> dict[str, Any]:
        nights = data.get("nights")
        if isinstance(nights, int) and self.nights + nights >= self.SILVER_NIGHTS and self.tier == "blue":
            self.tier = "silver"
        return super().record(data)


class BonusRoundedUp(System):
    def bonus(self, room_points: int) -> int:
        return -(-room_points * self.BONUS[self.tier] // 100)


class DiscountRoundedDown(System):
    def reduced(self, total: int) -> int:
        return total * 9 // 1000 * 100 if self.tier == "gold" else total


class AwardNightsNotCounted(System):
    def count_award_nights(self) -> None:
        """Only paid nights count."""


class GiftsOfAllYears(System):
    def close_year(self, data: dict[str, Any]) -> dict[str, Any]:
        given = self.given
        outputs = super().close_year(data)
        self.given = given
        return outputs


class NightsOfAllYears(System):
    def close_year(self, data: dict[str, Any]) -> dict[str, Any]:
        nights = self.nights
        super().close_year(data)
        self.nights = nights
        return self.view({})


class LimitBeforeDining(System):
    def record(self, data: dict[str, Any]) -> dict[str, Any]:
        before = self.balance
        answer = super().record(data)
        dining = Decimal(str(data.get("dining_spend", 0)))
        if answer["earned"] == self.STAY_POINTS and dining > 0:
            self.balance = before + self.STAY_POINTS + self.full_dollars(dining) * 5
            return {**answer, "earned": self.balance - before, "balance": self.balance}
        return answer


class BalanceBeforeTier(System):
    def check_category(self, category: str) -> None:
        if category == "d" and self.balance < min(self.PRICES["d"]):
            raise Refused("not_enough")
        super().check_category(category)


MUTANTS = {
    "new_tier_earns_at_once": NewTierEarnsAtOnce,
    "bonus_rounded_up": BonusRoundedUp,
    "discount_rounded_down": DiscountRoundedDown,
    "one_free_night_at_most": OneFreeNightAtMost,
    "nothing_for_gold": NothingForGold,
    "award_nights_not_counted": AwardNightsNotCounted,
    "yearly_gifts_unlimited": changed(GIFTS_OF_A_YEAR=10**9),
    "gifts_of_all_years": GiftsOfAllYears,
    "nights_of_all_years": NightsOfAllYears,
    "never_drops": NeverDrops,
    "limit_before_dining": LimitBeforeDining,
    "balance_before_tier": BalanceBeforeTier,
}
