"""Why no rows can be made: what is wrong with the request, in Chinese and in English alike."""

from __future__ import annotations

from casewright.design.cases import Words


class CombiningError(Exception):
    """`words` says what is wrong and what to do about it."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.en)

    def message(self, language: str) -> str:
        """In `language` ('zh' or 'en')."""
        return self.words.text(language)


class ModelFault(CombiningError):
    """The parameters, constraints or groups don't fit together."""


class StrengthOutOfRange(CombiningError):
    """More parameters at a time than there are, or less than one."""


class SeedRefused(CombiningError):
    """A row that must be kept breaks a constraint or has more than one invalid value."""


class NothingAllowed(CombiningError):
    """The constraints leave no row at all."""


class TooHard(CombiningError):
    """Whether the constraints leave a row could not be settled within the limit of the search."""


class TooManyCombinations(CombiningError):
    """More combinations are wanted than can be kept in memory."""
