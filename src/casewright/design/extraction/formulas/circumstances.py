"""For which cases a sentence about an amount holds, as a condition over inputs and other quantities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from casewright.design.extraction.formulas.amounts import DIGITS, UNITS, digits
from casewright.design.extraction.formulas.terms import Scope, name_pattern
from casewright.design.extraction.text.words import fold

_NEGATED = re.compile(
    r"除|非(?!常)|不(?!超过|足|满|到|低于|少于|高于|大于|小于)|无论|\b(?:not|except|unless|other than|but|without)\b",
    re.IGNORECASE,
)
_SIGNS = (
    (r"不超过|不高于|不大于|至多|最多|≤|<=|\bat most\b|\bup to\b|\bno more than\b|\bnot more than\b", "<="),
    (r"不低于|不少于|不小于|至少|达到|(?<!不)(?<!未)满|≥|>=|\bat least\b|\bno less than\b|\bfrom\b", ">="),
    (r"超过|大于|高于|>|\bover\b|\bmore than\b|\babove\b|\bexceed(?:s|ing)?\b", ">"),
    (r"不足|不满|未满|不到|低于|小于|少于|<|\bless than\b|\bunder\b|\bbelow\b|\bfewer than\b", "<"),
)
_COMPARISON = re.compile(
    "|".join(f"(?P<s{i}>{pattern})" for i, (pattern, _) in enumerate(_SIGNS)), re.IGNORECASE
)
_NUMBER = re.compile(
    rf"\s*[$€£¥]?\s*(?P<n>{DIGITS})\s*(?P<p>%)?\s*(?:{UNITS})?(?!\d)\s*(?P<including>\(含\))?", re.IGNORECASE
)
_AFTER = re.compile(
    rf"[$€£¥]?\s*(?P<n>{DIGITS})\s*(?P<p>%)?\s*(?:{UNITS})?\s*(?P<how>\(含\)以上|及以上|或以上|及以下|或以下|\(含\)以[下内]|or more|and (?:above|over|up)|or less|and below)",
    re.IGNORECASE,
)
_LEAST = re.compile(r"上|more|above|over|up", re.IGNORECASE)
_FILLER = re.compile(
    r"的|时|为|是|就|都|也|则|如果|如|若|当|使用|用了|用|选择了?|选了?|用户|会员|客户|订单|"
    r"等级|情况下?|那么|即可|均|且|并且|同时|[\s,。;:.“”「」'\"()]|"
    r"\b(?:if|when|where|for|is|are|the|a|an|of|with|by|in|on|and|customers?|orders?|members?|who|whose|that|have|has|they|it|all|every|any|amounts?)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r"或|以及|也|其[他余它]|\b(?:or|also|as well as|others?)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^[\s,]*\(?\d+(?:\.\d+)+\)?[\s.、]")
_WHATEVER = re.compile(r"(?:无论|不论|不管|不限)[^,。;]{0,6}(?:多少|高低|大小|金额|天数)")
_YES = {"yes", "是", "true"}


@dataclass(frozen=True)
class Circumstances:
    """`choices`: field → its values; `scope`: the quantities that may be compared with numbers;
    `labels`: quantity → the words that it can be; `operations`: names that say nothing about the case."""

    choices: Mapping[str, tuple[str, ...]]
    scope: Scope
    operations: Sequence[str] = ()
    labels: Mapping[str, tuple[str, ...]] | None = None
    optional: Sequence[str] = ()
    """Inputs that may be left out and have no default."""
    inputs: Mapping[str, str] = field(default_factory=dict[str, str])
    """Inputs that are numbers → the words about them, which tell their units."""

    @cached_property
    def _owners(self) -> tuple[dict[str, list[str]], re.Pattern[str]]:
        """value → the fields that have it, and what finds the values in a text."""
        owners: dict[str, list[str]] = {}
        for name, values in self.choices.items():
            for value in values:
                if fold(value) not in {"yes", "no", "是", "否"} and not re.fullmatch(r"[\d.,]+", value):
                    owners.setdefault(value, []).append(name)
        return owners, re.compile(rf"(?<![A-Za-z]){name_pattern(owners).pattern}", re.IGNORECASE)

    def values_in(self, text: str) -> tuple[list[str], str]:
        """Conditions out of the values that a text names, and the text without them; a value that several
        fields have stays in the text."""
        owners, pattern = self._owners
        found: dict[str, list[str]] = {}

        def take(match: re.Match[str]) -> str:
            value = next(each for each in owners if each.lower() == match["name"].lower())
            own = owners[value]
            named = own if len(own) == 1 else [name for name in own if name in text]
            if len(named) != 1:
                return match[0]
            found.setdefault(named[0], []).append(value)
            return " "

        rest = pattern.sub(take, text)
        conditions = [_among(name, values) for name, values in found.items()]
        answers, rest = self._yes_fields(rest)
        labelled, rest = self._labels(rest)
        for name in found:
            rest = _without_parts(rest, name)
        return [*conditions, *answers, *labelled], rest

    def _yes_fields(self, text: str) -> tuple[list[str], str]:
        """'existing customers' is the yes/no field of that name with yes."""
        conditions: list[str] = []
        for name, values in self.choices.items():
            yes = [value for value in values if value.lower() in _YES]
            pattern = rf"(?<![A-Za-z]){re.escape(name)}(?:s(?![A-Za-z]))?"
            if len(values) == 2 and yes and re.search(pattern, text, re.IGNORECASE):
                conditions.append(f"{name} = {yes[0]}")
                text = re.sub(pattern, " ", text, flags=re.IGNORECASE)
        return conditions, text

    def _labels(self, text: str) -> tuple[list[str], str]:
        """'band D' where band is a quantity that can be "D"."""
        conditions: list[str] = []
        for name, words in (self.labels or {}).items():
            pattern = (
                rf"(?<!\w){re.escape(name)}\s*[“\"]?(?P<w>{'|'.join(map(re.escape, words))})[”\"]?(?!\w)"
            )
            match = re.search(pattern, text, re.IGNORECASE)
            if match:
                conditions.append(f'{name} = "{match["w"]}"')
                text = text[: match.start()] + " " + text[match.end() :]
        return conditions, text

    def strict(self, text: str, quantity: str | None = None) -> str | None:
        """The condition that the whole text states; None if anything in it was not understood. `quantity` is
        what a bare number is compared with."""
        text = _NUMBERED.sub(" ", _WHATEVER.sub(" ", text))
        left_out, text = self._left_out(text)
        conditions, rest = self.values_in(text)
        conditions = [*left_out, *conditions]
        compared, rest = self._comparison(rest, quantity)
        conditions += compared
        rest = re.sub("|".join(map(re.escape, self.operations)) or "(?!)", " ", rest)
        if not conditions or _NEGATED.search(text) or re.search(r"或|\bor\b", rest) or _FILLER.sub("", rest):
            return None
        return joined(conditions)

    def _left_out(self, text: str) -> tuple[list[str], str]:
        """'without a coupon': the optional input is missing."""
        for name in self.optional:
            pattern = (
                rf"\bwithout an? {re.escape(name)}(?: code)?\b|(?:没有|未填|不填|未使用){re.escape(name)}"
            )
            match = re.search(pattern, text, re.IGNORECASE)
            if match:
                return [f"{name} missing"], text[: match.start()] + " " + text[match.end() :]
        return [], text

    def quantity_in(self, text: str) -> str | None:
        """The one quantity that the text names."""
        for position in range(len(text)):
            found = self.scope.at(text, position)
            if found and (
                position == 0 or not (text[position - 1].isascii() and text[position - 1].isalpha())
            ):
                return found[0]
        return None

    def _comparison(self, text: str, quantity: str | None) -> tuple[list[str], str]:
        after = _AFTER.search(text)
        sign = _COMPARISON.search(text) if after is None else None
        if after:
            said, start, rest_at = after, after.start(), after.end()
            comparison = ">=" if _LEAST.search(after["how"]) else "<="
        elif sign and (match := _NUMBER.match(text, sign.end())):
            said, start, rest_at = match, sign.start(), match.end()
            comparison = next(c for i, (_, c) in enumerate(_SIGNS) if sign[f"s{i}"])
        else:
            return [], text
        before, rest = text[:start], text[rest_at:]
        own, before = self._named(before)
        subject = own or quantity
        if subject is None:
            return [], text
        return [f"{subject} {comparison} {digits(said['n'])}{said['p'] or ''}"], f"{before} {rest}"

    def _named(self, text: str) -> tuple[str | None, str]:
        for position in range(len(text)):
            if position and text[position - 1].isascii() and text[position - 1].isalpha():
                continue
            found = self.scope.at(text, position)
            if found:
                return found[0], text[:position] + " " + text[found[1] :]
        return None, text

    def loose(self, text: str) -> list[str] | None:
        """The values that a text names, as conditions that restrict what is said; None if it also excepts."""
        conditions, rest = self.values_in(text)
        return None if conditions and _NEGATED.search(rest) else conditions

    def surely(self, text: str) -> list[str]:
        """The values that a text names, where it speaks of no other case than theirs."""
        conditions, rest = self.values_in(text)
        return [] if _NEGATED.search(rest) or _ALSO.search(rest) else conditions


def joined(conditions: Iterable[str]) -> str:
    return " and ".join(dict.fromkeys(conditions))


def _among(name: str, values: Sequence[str]) -> str:
    values = list(dict.fromkeys(values))
    return f"{name} = {values[0]}" if len(values) == 1 else f"{name} in [{', '.join(values)}]"


def _without_parts(text: str, name: str) -> str:
    """Takes out the name of the field or two characters that begin or end it ('安全盾认证': 认证方式)."""
    if name.isascii():
        words = "|".join(map(re.escape, (name, *name.split())))
        return re.sub(rf"(?<![A-Za-z])(?:{words})(?:e?s)?(?![A-Za-z])", " ", text, flags=re.IGNORECASE)
    for part in (name, name[:2], name[-2:]):
        text = text.replace(part, " ")
    return text
