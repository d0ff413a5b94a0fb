"""Units of time, mass and length, the one table of them: how they are written, what they measure, what fits what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from casewright.design.extraction.text.numbers import NUMBER, number, plain


@dataclass(frozen=True)
class Unit:
    name: str
    written: tuple[str, ...]
    """In the singular; Latin ones take an s as well."""
    family: str
    size: Decimal
    """In the smallest unit of the family. Months have no fixed number of days: they are a family with years."""
    not_before: str = ""
    """A character that makes it another word: 周岁 is no week."""


def _unit(name: str, family: str, size: str, written: str, not_before: str = "") -> Unit:
    return Unit(name, tuple(written.split()), family, Decimal(size), not_before)


_UNITS = (
    _unit("second", "time", "1", "second sec 秒钟 秒"),
    _unit("minute", "time", "60", "minute min 分钟"),
    _unit("hour", "time", "3600", "hour hr h 个小时 小时"),
    _unit("day", "time", "86400", "day 天 日"),
    _unit("week", "time", "604800", "week 个星期 星期 周", "岁"),
    _unit("month", "months", "1", "month 个月 月"),
    _unit("year", "months", "12", "year 周岁 岁 年", "龄"),
    _unit("gram", "mass", "1", "gram g 克"),
    _unit("kilogram", "mass", "1000", "kilogram kilo kg 千克 公斤"),
    _unit("tonne", "mass", "1000000", "tonne ton t 吨"),
    _unit("millimetre", "length", "1", "millimetre millimeter mm 毫米"),
    _unit("centimetre", "length", "10", "centimetre centimeter cm 厘米"),
    _unit("metre", "length", "1000", "metre meter m 米"),
    _unit("kilometre", "length", "1000000", "kilometre kilometer km 千米 公里"),
    _unit("mile", "miles", "1", "mile mi"),
)
_TIME_FAMILIES = ("time", "months")
_NUMBER_BEFORE = r"(?:\d|(?<![\u3400-\u9fff])[一二两三四五六七八九十百半])\s*"
_NAMED = re.compile(
    r"(?<!\d )(?<!\d)\b(seconds|minutes|hours|days|weeks|months|years)\b|(秒数|分钟数|小时数|天数|周数|月数|年数)",
    re.IGNORECASE,
)


def _words(unit: Unit) -> str:
    words = "|".join(f"{word}s?" if word.isascii() else re.escape(word) for word in unit.written)
    return rf"(?:{words})(?![a-z])" + (rf"(?!{unit.not_before})" if unit.not_before else "")


_WRITTEN = {unit.name: _words(unit) for unit in _UNITS}
_STANDS = {
    name: re.compile(rf"(?:{_NUMBER_BEFORE}|[(]){words}", re.IGNORECASE) for name, words in _WRITTEN.items()
}
_AMOUNT = re.compile(
    rf"(?P<n>{NUMBER})\s*(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _WRITTEN.items())})",
    re.IGNORECASE,
)


def unit_named(word: str) -> Unit | None:
    """The unit that is written so: 'hours', '小时'."""
    told = word.strip().lower()
    return next(
        (unit for unit in _UNITS if told in unit.written or told.removesuffix("s") in unit.written), None
    )


def same_units(word: str) -> set[str]:
    """The ways to write a unit: 'month' → month, 月, 个月; of a word that is none of ours the word itself."""
    unit = unit_named(word)
    return set(unit.written) if unit else {word}


def has_word(text: str, words: Iterable[str]) -> bool:
    """Does the text have one of the words, where it stands for itself (千克 is no 克)?"""
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    if latin and re.search(rf"(?<![a-z])(?:{latin})s?(?![a-z])", text, re.IGNORECASE):
        return True
    return any(re.search(rf"(?<![千毫]){re.escape(word)}", text) for word in words if not word.isascii())


def converted(amount: Decimal, of: str, to: str) -> Decimal | None:
    """`amount` in the unit `to`; None where the two do not measure the same."""
    one, other = unit_named(of), unit_named(to)
    if one is None or other is None or one.family != other.family:
        return None
    return amount * one.size / other.size


def differ(*texts: str) -> bool:
    """Do the texts measure in two units of one family, such as minutes and hours? An amount that is told twice
    ('30 days, i.e. 43,200 minutes') is told in one."""
    whole = " ".join(f"{text} {' '.join(_spelled(text))}" for text in texts)
    there = [unit for unit in _UNITS if _STANDS[unit.name].search(whole)]
    by_family: dict[str, list[Unit]] = {}
    for unit in there:
        by_family.setdefault("time" if unit.family in _TIME_FAMILIES else unit.family, []).append(unit)
    return any(len(units) > 1 and not _told_twice(whole, units) for units in by_family.values())


def _told_twice(text: str, units: list[Unit]) -> bool:
    amounts = [
        (number(match["n"]), unit) for match in _AMOUNT.finditer(text) for unit in units if match[unit.name]
    ]
    mentions = sum(len(_STANDS[unit.name].findall(text)) for unit in units)
    sizes = {(unit.family, amount * unit.size) for amount, unit in amounts}
    return len(amounts) == mentions and len(sizes) == 1


def _spelled(text: str) -> list[str]:
    """A quantity that is called by its unit ('minutes', '天数') is measured in it."""
    return [f"({(english or chinese.removesuffix('数'))})" for english, chinese in _NAMED.findall(text)]


def in_unit_of(text: str, described: str) -> str:
    """The text with its amounts in the unit in which the described quantity is measured, where they measure the same:
    '2 小时' of a quantity '(分钟)' is '120 分钟'."""
    said = f"{described} {' '.join(_spelled(described))}"
    own = [unit for unit in _UNITS if _STANDS[unit.name].search(said)]

    def told(match: re.Match[str]) -> str:
        unit = next(unit for unit in _UNITS if match[unit.name])
        fits = [other for other in own if other.family == unit.family]
        if len(fits) != 1 or fits[0] is unit:
            return match[0]
        alike = next(word for word in fits[0].written if word.isascii() == match[unit.name].isascii())
        return f"{plain((number(match['n']) * unit.size / fits[0].size).normalize())} {alike}"

    return _AMOUNT.sub(told, text)
