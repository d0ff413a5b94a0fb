"""Amounts that go in steps: 每满 200 元减 20 元, first hour and each further started hour, 首重续重."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.formulas.amounts import COUNT, DIGITS, UNITS, digits
from casewright.design.extraction.formulas.circumstances import Circumstances
from casewright.design.extraction.text.numbers import number, plain
from casewright.design.extraction.text.units import has_word, same_units
from casewright.design.model.schema import InputType

_MONEY = r"[$€£¥]?\s*"
_EN_UNIT = r"(?P<unit>[a-z]{1,12}?)s?"
_FULL = re.compile(
    rf"^(?P<q>.*?)每\s*满\s*(?P<a>{DIGITS})\s*(?:{UNITS})?\s*[,]?\s*(?:立?减|返|送|抵扣?|加收|收)\s*(?P<b>{DIGITS})\s*(?:{UNITS})?$"
)
_EACH = re.compile(
    rf"^(?P<q>.*?)每\s*(?P<a>{DIGITS})\s*(?P<word>[\u3400-\u9fff]{{1,4}}?)\s*(?:可)?(?:抵扣?|兑换?|折算?|换)\s*(?P<b>{DIGITS})\s*(?:{UNITS})?$"
)
_ONCE = re.compile(
    rf"^(?P<q>.*?)(?<!每)满\s*(?P<a>{DIGITS})\s*元?\s*[,]?\s*(?:立?减)\s*(?P<b>{DIGITS})\s*(?:元)?$"
)
_FIRST = re.compile(
    rf"^首(?:重|程|个?小时)?\s*(?P<first>{COUNT})?\s*(?P<unit>{UNITS})?\s*(?:以内|内|\(含\))*\s*(?P<a>{DIGITS})\s*元\s*[,;]?\s*"
    rf"(?:续重|续程|之后|超出部分|超过部分|此后|以后)\s*(?:按)?每\s*(?P<step>{COUNT})?\s*(?P<unit2>{UNITS})\s*(?:加收|收|加)?\s*(?P<b>{DIGITS})\s*元\s*[,;]?\s*"
    rf"(?:(?:续重)?不(?:足|满)\s*(?P<short>{COUNT})?\s*(?:{UNITS})(?:的)?按\s*(?P<as>{COUNT})?\s*(?:{UNITS})\s*(?:计算?|算|收取?))$"
)
_EN_FIRST = re.compile(
    rf"^{_MONEY}(?P<a>{DIGITS})\s*(?:{UNITS})?\s*for the first (?:(?P<first>{COUNT})\s*)?{_EN_UNIT},? (?:and|plus) {_MONEY}(?P<b>{DIGITS})\s*(?:{UNITS})?"
    rf"\s*for (?:each|every) (?:(?:further|additional|following)\s+started|started (?:further|additional|following))\s*(?:(?P<step>{COUNT})\s*)?(?P<unit2>[a-z]{{1,12}}?)s?$"
    rf"|^{_MONEY}(?P<a2>{DIGITS})\s*(?:{UNITS})?\s*for the first (?:(?P<first2>{COUNT})\s*)?(?P<unit3>[a-z]{{1,12}}?)s?,? (?:and|plus) {_MONEY}(?P<b2>{DIGITS})\s*(?:{UNITS})?"
    rf"\s*for (?:each|every) (?:further|additional|following)\s*(?:(?P<step2>{COUNT})\s*)?(?P<unit4>[a-z]{{1,12}}?)s?,? or part (?:thereof|of it)$",
    re.IGNORECASE,
)
_EN_STARTED = re.compile(
    rf"^{_MONEY}(?P<b>{DIGITS})\s*(?:{UNITS})?\s*(?:for |per )(?:each |every )?started\s*(?:(?P<step>{COUNT})\s*)?{_EN_UNIT}$",
    re.IGNORECASE,
)
_EN_FULL = re.compile(
    rf"^{_MONEY}(?P<b>{DIGITS})\s*(?:{UNITS})?\s*(?:off )?for (?:each|every) full\s*{_MONEY}(?P<a>{DIGITS})\s*(?:{UNITS})?\s*of (?:the )?(?P<q>.+)$",
    re.IGNORECASE,
)


def counted(
    text: str, about: Circumstances, fields: Mapping[str, Field], described: Mapping[str, str]
) -> str | None:
    """The expression of an amount that goes in steps; None where it is none, or of what is not told.

    `described`: the words of the document about each field, which tell its unit."""
    return (
        _full_steps(text, about)
        or _each(text, about, fields)
        or _first_and_further(text, fields, described)
        or _started(text, fields, described)
    )


def _full_steps(text: str, about: Circumstances) -> str | None:
    match = _FULL.match(text) or _EN_FULL.match(text)
    if match:
        quantity = about.scope.at(match["q"].strip(), 0)
        if quantity and quantity[1] >= len(match["q"].strip(" 的")):
            return f"floor({quantity[0]} / {digits(match['a'])}) * {digits(match['b'])}"
    once = _ONCE.match(text)
    if once:
        quantity = about.scope.at(once["q"].strip(), 0)
        if quantity and quantity[1] >= len(once["q"].strip(" 的")):
            return f"({digits(once['b'])} if {quantity[0]} >= {digits(once['a'])} else 0)"
    return None


def _each(text: str, about: Circumstances, fields: Mapping[str, Field]) -> str | None:
    """'每 100 积分抵 1 元': certain only where the input comes in whole steps, as what is left over is not told."""
    match = _EACH.match(text)
    if match is None:
        return None
    word = match["word"]
    named = [name for name in fields if word in name]
    if len(named) != 1 or about.quantity_in(named[0]) is None:
        return None
    step = fields[named[0]].rules.multiple_of
    each = number(match["a"])
    if not step or not each or step % each:
        return None
    return f"{named[0]} / {plain(each)} * {digits(match['b'])}"


def _measured(unit: str | None, fields: Mapping[str, Field], described: Mapping[str, str]) -> str | None:
    """The one numeric input that is measured in the unit: by its name, or by the words about it."""
    word = (unit or "").lower()
    if not word:
        return None
    same = same_units(word)
    told = [name for name in fields if has_word(name, same)]
    told = told or [name for name in fields if has_word(described.get(name, ""), same)]
    numeric = [
        name for name in told if fields[name].rules.type in {None, InputType.DECIMAL, InputType.INTEGER}
    ]
    return numeric[0] if len(numeric) == 1 else None


def _steps(over: str, step: Decimal) -> str:
    return f"ceil({over})" if step == 1 else f"ceil(({over}) / {plain(step)})"


def _first_and_further(text: str, fields: Mapping[str, Field], described: Mapping[str, str]) -> str | None:
    zh = _FIRST.match(text)
    if zh:
        step = number(zh["step"] or "1")
        if number(zh["short"] or "1") != step or number(zh["as"] or "1") != step:
            return None
        first, a, b, units = (
            number(zh["first"] or "1"),
            zh["a"],
            zh["b"],
            (zh["unit"] or zh["unit2"], zh["unit2"]),
        )
    else:
        en = _EN_FIRST.match(text)
        if en is None:
            return None
        at = "" if en["a"] else "2"
        first, step = number(en[f"first{at}"] or "1"), number(en[f"step{at}"] or "1")
        a, b = en[f"a{at}"], en[f"b{at}"]
        units = (en["unit"], en["unit2"]) if en["a"] else (en["unit3"], en["unit4"])
    quantity = _measured(units[1], fields, described)
    if quantity is None or units[0].lower() != units[1].lower():
        return None
    return f"{digits(a)} + max(0, {_steps(f'{quantity} - {plain(first)}', step)}) * {digits(b)}"


def _started(text: str, fields: Mapping[str, Field], described: Mapping[str, str]) -> str | None:
    match = _EN_STARTED.match(text)
    quantity = _measured(match["unit"], fields, described) if match else None
    if match is None or quantity is None:
        return None
    return f"{_steps(quantity, number(match['step'] or '1'))} * {digits(match['b'])}"
