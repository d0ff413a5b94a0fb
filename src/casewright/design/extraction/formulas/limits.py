"""The least and the most that a quantity can be, or that an input counts as: '最低 2 元', '不足 1 小时按 1 小时计'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casewright.design.extraction.formulas.amounts import DIGITS, UNITS, digits
from casewright.design.extraction.formulas.circumstances import Circumstances
from casewright.design.extraction.formulas.terms import Scope, arithmetic, name_pattern
from casewright.design.extraction.formulas.worth import Worth
from casewright.design.extraction.text.units import has_word, same_units

_ACTED = r"(?:减免?|抵扣?|收取?|计收?|罚到?|为|是|加收|免|优惠|到)?"
_CAP = re.compile(
    rf"^(?:(?:(?:最多|最高)不(?:得)?超过|最多|至多|最高|不超过|不得超过|不能超过|不高于|上限(?:为|是)?|封顶(?:为)?){_ACTED}|"
    r"(?:no|not|never) (?:be )?(?:more|higher|greater) than|at most|up to(?: a maximum of)?|(?:a |the )?maximum(?: of| is|:)?|max\.?|capped at|"
    r"not (?:to )?exceed(?:ing)?|never (?:above|exceeds?)|limited to|(?:a )?cap(?:ped)? (?:of|at)|cannot exceed|must not exceed)\s*(?P<x>.+)$",
    re.IGNORECASE,
)
_CAP_AFTER = re.compile(r"^(?P<x>[^,。;]+?)(?:元)?(?:封顶|为上限|为限)$")
_FLOOR = re.compile(
    rf"^(?:(?:最低|至少|最少|不低于|不少于|不得低于|下限(?:为|是)?){_ACTED}|"
    r"(?:no|not|never) (?:be )?(?:less|lower) than|at least|(?:a |the )?minimum(?: of| is|:)?|min\.?|"
    r"(?:never|(?:can ?not|not) (?:drop|fall|go)) below)\s*(?P<x>.+)$",
    re.IGNORECASE,
)
_AS = r"(?:时|则|的|一律|都)*(?:,)?(?:按|以|记为?|计为?|收|算作?|显示为?|取|为)\s*"
_FLOOR_AS = re.compile(
    rf"^(?:不足|低于|不到|少于|小于)\s*(?P<a>{DIGITS})\s*(?P<u>{UNITS})?{_AS}(?P<b>{DIGITS})\s*(?P<v>{UNITS})?(?:收取?|计算?|算|处理)?$"
)
_CAP_AS = re.compile(
    rf"^(?:超过|高于|大于|超出|多于)\s*(?P<a>{DIGITS})\s*(?P<u>{UNITS})?{_AS}(?P<b>{DIGITS})\s*(?P<v>{UNITS})?(?:收取?|计算?|算|处理)?$"
)
_NOT_BEFORE = re.compile(
    r"^(?P<a>.+?)在(?P<b>.+?)(?:当天(?:或|及|和))?(?:之前|以前)的?时?(?:记|按|为|计)\s*0\s*(?:天|日)?$"
)
_WITH_UNIT = re.compile(rf"^[$€£¥]?\s*{DIGITS}\s*(?P<u>{UNITS})\s*$", re.IGNORECASE)
_MONEY = re.compile(
    r"元|块|角|分|美元|欧元|euros?|dollars?|pounds?|cents?|yuan|EUR|USD|GBP|CNY|RMB", re.IGNORECASE
)
_COUNTS_OF = re.compile(r"[次个件张人]")
_COUNT = re.compile(r"(?:数|数量|次数|人次)$|\b(?:number|count)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Limit:
    """`function` is 'max' for a floor and 'min' for a cap; `unit` '' where none is told."""

    function: str
    amount: str
    unit: str

    def put(self, worth: Worth, name: str, about: Circumstances) -> bool:
        if self._is_of(worth, name):
            worth.change(lambda value: f"{self.function}({self.amount}, {value})")
            worth.cap = self.amount if self.function == "min" else worth.cap
            return True
        measured = self.input_of(worth, name, about)
        if measured is None:
            return False
        instead = f"{self.function}({self.amount}, {measured})"
        names = name_pattern([*about.scope.names, *about.inputs])
        worth.change(
            lambda value: names.sub(lambda each: instead if each["name"] == measured else each[0], value)
        )
        return True

    def _is_of(self, worth: Worth, name: str) -> bool:
        """Is the quantity itself told in the unit? One that nothing is said of is an amount of money."""
        if not self.unit or _MONEY.fullmatch(self.unit):
            return True
        if _COUNTS_OF.fullmatch(self.unit) and _COUNT.search(name):
            return True
        same = same_units(self.unit.lower().removesuffix("s"))
        days = "day" in same and all(value.startswith("days from ") for _, value in worth.cases)
        return days or has_word(name, same)

    def input_of(self, worth: Worth, name: str, about: Circumstances) -> str | None:
        """The one input of the formula that is measured in the unit."""
        if self._is_of(worth, name):
            return None
        same = same_units(self.unit.lower().removesuffix("s"))
        used = [
            each for each in about.inputs if any(uses(value, each, about.scope) for _, value in worth.cases)
        ]
        measured = [each for each in used if has_word(f"{each} {about.inputs[each]}", same)]
        return measured[0] if len(measured) == 1 else None

    def started(self, measured: str) -> str:
        """Where '不足 1 小时按 1 小时计' may also mean that each started hour counts whole."""
        units = f"{measured} / {self.amount}"
        return f"{measured} > {self.amount} and floor({units}) < {units}"


def uses(value: str, name: str, scope: Scope) -> bool:
    """Does the expression name it?"""
    pattern = name_pattern([*scope.names, name])
    return any(match["name"].lower() == name.lower() for match in pattern.finditer(value))


def limited(worth: Worth, text: str, name: str, about: Circumstances) -> bool:
    """Puts the floor or the cap that `text` states on the quantity `name`, or on the input that is measured in
    its unit; False where it states none, or one in a unit that belongs to neither."""
    for pattern, function in ((_FLOOR_AS, "max"), (_CAP_AS, "min")):
        match = pattern.match(text)
        if match and digits(match["a"]) == digits(match["b"]):
            if (match["u"] or match["v"]) != (match["v"] or match["u"]):
                return False
            limit = _Limit(function, digits(match["a"]), match["u"] or match["v"] or "")
            measured = limit.input_of(worth, name, about)
            if measured and function == "max":
                worth.unknown_if.append(limit.started(measured))
            return limit.put(worth, name, about)
    match = _NOT_BEFORE.match(text)
    if match and worth.cases == [("", f"days from {match['b']} to {match['a']}")]:
        worth.change(lambda value: f"max(0, {value})")
        return True
    for pattern, function in ((_CAP, "min"), (_CAP_AFTER, "min"), (_FLOOR, "max")):
        match = pattern.match(text)
        limit = arithmetic(re.sub(r"\bzero\b", "0", match["x"]), about.scope) if match else None
        if match and limit:
            told = _WITH_UNIT.match(match["x"])
            return _Limit(function, limit, told["u"] if told else "").put(worth, name, about)
    return False
