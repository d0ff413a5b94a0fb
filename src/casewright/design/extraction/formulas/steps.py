"""What a sentence does to a quantity, clause by clause: rounding, caps, discounts for some cases, full steps."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from casewright.design.extraction.formulas.amounts import DIGITS, digits, find_rounding
from casewright.design.extraction.formulas.changes import change_in
from casewright.design.extraction.formulas.circumstances import Circumstances, joined
from casewright.design.extraction.formulas.limits import limited
from casewright.design.extraction.formulas.worth import Worth

_LEAD = re.compile(
    r"^(?:(?:but|and|then|however|it is|this is|the result is|with|subject to|the result|是|但是?|且|并|最后|结果|一单|每单|单笔|每笔|累计|合计|总共|再|最终|所得结果|计算结果)\s*)+",
    re.IGNORECASE,
)
_IN_PERCENT = re.compile(
    r"^(?:expressed )?(?:in|as a) percent(?:age)?$|^以百分比(?:表示|计)$|^in %$", re.IGNORECASE
)
_FOLD = re.compile(r"打\s*(?P<n>[一二三四五六七八九\d.]{1,3})\s*折")
_EFFECTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], str | None]], ...] = (
    (
        re.compile(r"(?:在此(?:结果|基础)上)?(?:再)?" + _FOLD.pattern + "$"),
        lambda m, v: _discounted(m["n"], v),
    ),
    (re.compile(r"(?:再)?减半(?:收取)?$|(?:is |are )?halved$", re.IGNORECASE), lambda _, v: f"({v}) * 50%"),
    (
        re.compile(r"(?:再)?(?:加倍|翻倍|双倍)(?:收取|计算)?$|(?:is |are )?doubled$", re.IGNORECASE),
        lambda _, v: f"({v}) * 2",
    ),
    (
        re.compile(rf"(?:另|再)?(?:加收|上浮|增加)\s*(?P<n>{DIGITS})\s*%$"),
        lambda m, v: f"({v}) * (1 + {digits(m['n'])}%)",
    ),
    (
        re.compile(rf"(?:再)?(?:下浮|减收|优惠|减免|降低)\s*(?P<n>{DIGITS})\s*%$"),
        lambda m, v: f"({v}) * (1 - {digits(m['n'])}%)",
    ),
    (re.compile(rf"(?:另|再)?加收\s*(?P<n>{DIGITS})\s*元$"), lambda m, v: f"{v} + {digits(m['n'])}"),
    (
        re.compile(
            rf"(?:get|gets|receive|receives)\s+(?:a )?(?P<n>{DIGITS})\s*%\s*(?:off|discount)$", re.IGNORECASE
        ),
        lambda m, v: f"({v}) * (1 - {digits(m['n'])}%)",
    ),
    (
        re.compile(r"(?:全免|免收?|免费|(?:is|are) (?:waived|free(?: of charge)?))$", re.IGNORECASE),
        lambda _m, _v: "0",
    ),
)
_HARMLESS = re.compile(
    r"^(?:注意|例如?|比如|如[:,]|即|也就是|所以|因此|for example|for instance|e\.g|example|that is|i\.e|all further|"
    r"the rounded (?:figure|amount)|超过上限不报错|按上限[抵减收]|不是四舍五入|不报错|以上[几各]?条.*即可)|"
    r"不因[^,。;]*(?:减免|免)$|^(?:达到即可|含等于)",
    re.IGNORECASE,
)
_ROUNDS = re.compile(r"四舍五入|取整|舍去|舍弃|进位|\bround", re.IGNORECASE)
_CAP_ROUNDED = re.compile(r"上限|最多|cap\b|maximum|limit", re.IGNORECASE)
_RULE = re.compile(
    r"\d|[一二两三四五六七八九十半]\s*[元折倍%]|免|减|加收|打折|优惠|上限|封顶|最[多少高低]|四舍五入|取整|舍去|如果|若|除外?|另[外行]|不[收计足满]|按|"
    r"\b(?:if|when|unless|except|waiv\w*|free|off|surcharge|extra|discount\w*|round\w*|minimum|maximum|least|most|cap\w*|instead|additional\w*|plus|minus|half|double\w*|but|only|per)\b",
    re.IGNORECASE,
)


def _discounted(said: str, value: str) -> str | None:
    """'八折' → × 0.8, '八五折', '8.5 折' → × 0.85."""
    word = "".join(str("零一二三四五六七八九".find(ch)) if ch in "一二三四五六七八九" else ch for ch in said)
    if not re.fullmatch(r"\d|\d\d|\d\.\d", word):
        return None
    return f"({value}) * 0.{word.replace('.', '')}"


@dataclass
class Steps:
    """Applies the clauses that stand behind a formula."""

    about: Circumstances
    name: str = ""
    """The quantity that the clauses are about."""
    quantity: str | None = None
    """What the last condition compared; a later one may leave it out ('金卡满 59 元就免')."""

    def apply(self, worth: Worth, clauses: list[str]) -> None:
        pending: tuple[str, str] | None = None
        limit_said = ""
        for clause in clauses:
            text = limit_said + _LEAD.sub("", clause).strip()
            limit_said = ""
            if pending:
                condition, said = pending
                pending = None
                if self._effect(worth, text, condition):
                    continue
                self._unread(worth, said)
            if not text or self._step(worth, text) or self._conditional(worth, text):
                continue
            condition = self._condition(text)
            if condition:
                pending = (condition, text)
            elif worth.cap and _CAP_ROUNDED.search(text) and "," not in text:
                limit_said = f"{text},"
            else:
                self._unread(worth, text)
        if pending or limit_said:
            self._unread(worth, pending[1] if pending else limit_said)

    def _condition(self, text: str) -> str | None:
        condition = self.about.strict(text, self.quantity)
        compared = re.match(r"(.+?) (?:>=|<=|>|<) ", (condition or "").rpartition(" and ")[2])
        self.quantity = compared[1] if compared else self.quantity
        return condition

    def _unread(self, worth: Worth, text: str) -> None:
        said = self.about.loose(text)
        if re.search(r"\w", text) and not _HARMLESS.search(text):
            worth.unread(None if _ROUNDS.search(text) else said)

    def _step(self, worth: Worth, text: str) -> bool:
        return self._rounding(worth, text) or limited(worth, text, self.name, self.about)

    def _rounding(self, worth: Worth, text: str) -> bool:
        if _IN_PERCENT.search(text):
            worth.change(lambda value: f"({value}) * 100")
            return True
        found = find_rounding(text)
        if found is None or "不是四舍五入" in found[0].string[: found[0].end()]:
            return False
        match, rounding = found
        rest = (text[: match.start()] + text[match.end() :]).strip(" ,()")
        if _CAP_ROUNDED.search(rest) and worth.cap is not None:
            cap = worth.cap
            worth.change(lambda value: value.replace(cap, rounding.of(cap)))
            return True
        if rest and _RULE.search(rest):
            return False
        unsure = [rounding.unsure(value) for _, value in worth.cases]
        for (condition, _), where in zip(worth.cases, unsure, strict=True):
            if where:
                worth.unknown_if.append(joined(filter(None, (condition, where))))
        worth.change(rounding.of)
        return True

    def _conditional(self, worth: Worth, text: str) -> bool:
        """'金卡打八折', 'members get 10 % off': the case and what it does in one clause."""
        change = change_in(text, self.name, self.about) if self.name else None
        if change:
            worth.split(change.condition, lambda _: change.value)
            return True
        for pattern, _ in _EFFECTS:
            match = pattern.search(text)
            condition = self._condition(text[: match.start()]) if match and match.start() else None
            if match and condition:
                return self._effect(worth, text[match.start() :], condition)
        return False

    def _effect(self, worth: Worth, text: str, condition: str) -> bool:
        for pattern, how in _EFFECTS:
            match = pattern.match(text)
            if match and all(how(match, value) for _, value in worth.cases):
                worth.split(condition, lambda value, m=match, how=how: how(m, value) or "unknown")
                return True
        return False
