"""What is done to an amount once it is worked out: rounding, the most and the least it can be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from casewright.design.extraction.text.numbers import NUMBER, number, plain

DIGITS = r"\d[\d,]*(?:\.\d+)?(?:\s*[万亿千](?![克米瓦赫卡]))?"
"""A number in digits, as formulas have it; the 千 of 千克 belongs to the unit."""
COUNT = rf"(?:{DIGITS}|[一二两三四五六七八九十]|(?<!\w)(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)(?!\w))"
"""A number in digits or in words."""
UNITS = (
    r"元|块|美元|欧元|角|分(?!钟)|天|日|个月|月|年|小时|分钟|次|件|个|张|公斤|千克|克|吨|公里|千米|米|积分|点|倍|人|"
    r"(?:euros?|dollars?|pounds?|cents?|yuan|EUR|USD|GBP|CNY|RMB|kg|km|miles?|days?|hours?|minutes?|months?|points?)(?![a-zA-Z])"
)
_PLACE = {"分": "0.01", "角": "0.1", "元": "1", "整数": "1", "个位": "1", "整元": "1", "整": "1"}
_ENGLISH_PLACE = (
    (re.compile(r"cent|penny|pence", re.IGNORECASE), "0.01"),
    (re.compile(r"euro|dollar|pound|whole|integer|unit", re.IGNORECASE), "1"),
)
_ZH_STEP = r"(?P<step>分|角|整?元|整数|个位|(?:小数点?后)?\s*(?:\d|[一二两三四五六])\s*位(?:小数)?)"
_ZH_PATTERNS = (
    (re.compile(rf"(?:最后|结果)?(?:按)?四舍五入(?:精确|保留|取整)?(?:到|至|为)?\s*{_ZH_STEP}"), "half up"),
    (re.compile(rf"(?:精确|保留)(?:到|至)?\s*{_ZH_STEP}\s*[,(]?\s*(?:按)?四舍五入\)?"), "half up"),
    (re.compile(rf"向上取整(?:到|至)\s*{_ZH_STEP}"), "up"),
    (re.compile(rf"向下取整(?:到|至)\s*{_ZH_STEP}"), "down"),
    (
        re.compile(
            rf"{_ZH_STEP}以下(?:的)?(?:部分|金额|尾数|小数)?(?:直接|全部|一律)?(?:舍去|舍弃|抹去|不计)"
        ),
        "down",
    ),
    (re.compile(rf"{_ZH_STEP}以下(?:的)?(?:部分)?(?:直接|全部|一律)?(?:进位|进一)"), "up"),
    (re.compile(r"四舍五入取整"), "half up"),
    (re.compile(r"向上取整"), "up"),
    (re.compile(r"(?:向下取整|舍去小数(?:部分)?)"), "down"),
)
_EN_PATTERN = re.compile(
    r"(?:and |then |always )?round(?:ed|ing)?\s+(?:(?P<way>half[ -]up|half[ -]even|down|up)\s+)?to\s+(?:the\s+)?(?P<next>next (?:lower |higher )?)?"
    r"(?P<near>nearest )?(?:(?P<places>\d|one|two|three|four|five|six)\s+decimals?(?:\s+places?)?|(?P<unit>(?:whole |full )?"
    r"(?:cents?|penny|pence|euros?|dollars?|pounds?|whole number|integer|whole|unit)))(?!\w)"
    r"(?:\s*[,(]?\s*(?P<half>(?:with )?(?:half (?:a cent )?(?:is )?(?:rounded )?(?:upwards|up)|halves up|half-up))\)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rounding:
    """`way` is 'half up', 'half even', 'up', 'down', or 'nearest' where the way of a half is not said."""

    way: str
    step: str

    def of(self, value: str) -> str:
        if self.step == "1" and self.way in {"up", "down"}:
            return f"{'ceil' if self.way == 'up' else 'floor'}({value})"
        return f"round {self.way if self.way != 'nearest' else 'half up'}({value}, {self.step})"

    def unsure(self, value: str) -> str | None:
        """Where it matters which way a half goes and the document does not say."""
        if self.way != "nearest":
            return None
        scaled = f"({value}) / {self.step}"
        return f"{scaled} - floor({scaled}) = 0.5"


def find_rounding(text: str) -> tuple[re.Match[str], Rounding] | None:
    """The first rounding that a clause states with its way and digit."""
    for pattern, way in _ZH_PATTERNS:
        match = pattern.search(text)
        if match:
            return match, Rounding(way, _zh_step(match.groupdict().get("step")))
    match = _EN_PATTERN.search(text)
    return (match, Rounding(_english_way(match), _english_step(match))) if match else None


def _zh_step(word: str | None) -> str:
    if word is None:
        return "1"
    if word in _PLACE:
        return _PLACE[word]
    match = re.search(NUMBER, word)
    return _decimals(number(match[0])) if match else "1"


def _english_step(match: re.Match[str]) -> str:
    if match["places"]:
        return _decimals(number(match["places"]))
    return next(step for pattern, step in _ENGLISH_PLACE if pattern.search(match["unit"]))


def _english_way(match: re.Match[str]) -> str:
    if match["way"]:
        return match["way"].lower().replace("-", " ")
    if match["half"]:
        return "half up"
    return {"next higher ": "up", "next lower ": "down"}.get((match["next"] or "").lower(), "nearest")


def _decimals(count: Decimal) -> str:
    return plain(Decimal(1).scaleb(-int(count)))


def digits(text: str) -> str:
    """'1,200' → '1200', '3 万' → '30000'."""
    return plain(number(text))
