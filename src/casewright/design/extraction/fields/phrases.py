"""The phrases that state a constraint, in Chinese and English: a pattern each, and what it says.

The list began as the field's own (`phrases.md` of the design: 74 groups); the longest and the negated stand
first. ⚠ there is `unsure` here: the bound's own value is left open. A row is one line, so that the table can be
read and extended as a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from casewright.design.extraction.fields.compositions import (
    AT_LEAST,
    AT_MOST,
    CHARACTERS,
    COMPARED_DIGITS,
    characters,
    compared_digits,
    composed,
    digits,
)
from casewright.design.extraction.fields.ends import ENDS, included, not_understood
from casewright.design.extraction.fields.negation import NEGATION
from casewright.design.extraction.fields.rules import Rules
from casewright.design.extraction.text.numbers import NUMBER, number
from casewright.design.model.schema import InputType

_MONEY = r"(?:[$€£¥]|USD|CNY|RMB)?\s*"
_TEXT_UNITS = r"个?(?:汉字|字符|字母|字)|位(?!小数)|characters?|chars?|letters?|digits?"
_UNIT = rf"(?:{_TEXT_UNITS}|元|周岁|岁|天|日|个月|月|小时|分钟|秒|次|条|件|张|个|册|人|%|(?!(?:inclusive|exclusive|included|excluded|both|max|min|or|and|at|is|are|was|were|will|must|can|may|should|shall|if|when|for|in|not|but|except|excluding|unless|other|without|only)(?![a-z]))[a-zA-Z]+)?"


Handler = Callable[[Rules, re.Match[str]], None]


def _is_text_unit(unit: str | None) -> bool:
    return bool(unit) and re.fullmatch(_TEXT_UNITS, unit or "", re.IGNORECASE) is not None


def _bound(rules: Rules, side: str, value: Decimal, unit: str | None) -> None:
    """One end of a range; `side` is the attribute: min, max, above or below."""
    if _is_text_unit(unit):
        step = {"min": 0, "max": 0, "above": 1, "below": -1}[side]
        if side in {"min", "above"}:
            rules.length_of(value + step, None)
        else:
            rules.length_of(None, value + step)
        if unit and "位" in unit:
            rules.type = rules.type or InputType.TEXT
        return
    rules.bounded(side, value)


def _range(rules: Rules, match: re.Match[str]) -> None:
    if not_understood(match):
        rules.unread.append(match[0])
        return
    low, high = number(match["a"]), number(match["b"])
    said = match.groupdict()
    unit = match["unit"] or said.get("unit_a")
    both = included(match["ends"])
    first, last = included(said.get("ia")), included(said.get("ib"))
    _bound(rules, "above" if both is False or first is False else "min", low, unit)
    _bound(rules, "below" if both is False or last is False else "max", high, unit)
    if last is False and first is None:
        rules.unsure_at.append(low)
    if said.get("unsure") and both is None:
        rules.unsure_at += [low, high]


_SIDE_WITHOUT_END = {"min": "above", "max": "below"}


def _one(side: str) -> Handler:
    def take(rules: Rules, match: re.Match[str]) -> None:
        unit, ends = match.groupdict().get("unit"), included(match.groupdict().get("ends"))
        contradicts = ends is True and side in {"above", "below"}
        if not_understood(match) or (contradicts and _is_text_unit(unit)):
            rules.unread.append(match[0])
            return
        _bound(rules, _SIDE_WITHOUT_END.get(side, side) if ends is False else side, number(match["a"]), unit)
        if contradicts:
            rules.unsure_at.append(number(match["a"]))

    return take


def _unsure(side: str) -> Handler:
    def take(rules: Rules, match: re.Match[str]) -> None:
        if not_understood(match):
            rules.unread.append(match[0])
            return
        _bound(rules, side, number(match["a"]), match.groupdict().get("unit"))
        if not _is_text_unit(match.groupdict().get("unit")):
            rules.unsure_at.append(number(match["a"]))

    return take


_COMPARED = re.compile(
    r"(?:than|within|max\w*|min\w*|most|least|up to|under|over|below|above|about|around|roughly|nearly|almost|"
    r"[超过于多少内前后第约近]|[<>≤≥~-])\.?\s*$",
    re.IGNORECASE,
)
_COMPARED_BEHIND = re.compile(
    r"\s*\(?(?:or |and (?:above|below|up)|max|min|at most|at least|以|左右|以上)", re.IGNORECASE
)


def _only_bare(handler: Handler) -> Handler:
    """A count alone is exact; one with a comparison that no phrase took is not understood."""

    def take(rules: Rules, match: re.Match[str]) -> None:
        text = match.string
        if _COMPARED.search(text[: match.start()]) or _COMPARED_BEHIND.match(text, match.end()):
            rules.unread.append(match[0])
        else:
            handler(rules, match)

    return take


def _exact_length(rules: Rules, match: re.Match[str]) -> None:
    rules.length_of(number(match["a"]), number(match["a"]))
    rules.type = InputType.TEXT


def _typed(kind: InputType) -> Handler:
    def take(rules: Rules, _: re.Match[str]) -> None:
        rules.type = rules.type or kind

    return take


def _unread(rules: Rules, match: re.Match[str]) -> None:
    rules.unread.append(match[0])


def _integer_from(least: int | None) -> Handler:
    def take(rules: Rules, _: re.Match[str]) -> None:
        rules.type = InputType.INTEGER
        if least is not None and rules.min is None:
            rules.min = Decimal(least)

    return take


def _sign(side: str) -> Handler:
    def take(rules: Rules, _: re.Match[str]) -> None:
        setattr(rules, side, Decimal(0))

    return take


def _scale(rules: Rules, match: re.Match[str]) -> None:
    rules.scale = int(number(match["a"]))
    rules.type = rules.type or InputType.DECIMAL


def _decimal(rules: Rules, _: re.Match[str]) -> None:
    """Decimals are allowed; whether more of them are refused or rounded is not said."""
    rules.type = InputType.DECIMAL


def _multiple(rules: Rules, match: re.Match[str]) -> None:
    rules.multiple_of = number(match["a"])


def _format(kind: InputType) -> Handler:
    def take(rules: Rules, match: re.Match[str]) -> None:
        rules.type, rules.format = kind, match["format"].upper()

    return take


def _required(value: str) -> Handler:
    def take(rules: Rules, _: re.Match[str]) -> None:
        rules.required = value

    return take


def _default(rules: Rules, match: re.Match[str]) -> None:
    rules.default = match["value"].strip(" `“”\"'「」.。")
    rules.required = "no"


def _yes_no(rules: Rules, match: re.Match[str]) -> None:
    rules.type = InputType.CHOICE
    rules.choices = (match["yes"], match["no"])


def _trim(rules: Rules, _: re.Match[str]) -> None:
    rules.trimmed = True


def _nothing_more(_: Rules, __: re.Match[str]) -> None:
    """Understood, and no rule of its own."""


def _enumeration(rules: Rules, match: re.Match[str]) -> None:
    if NEGATION.search(match[0]):
        rules.unread.append(match[0])
        return
    values = split_values(_ENUMERATION_LEAD.sub("", match["values"].strip()))
    if len(values) > 1:
        rules.choices = tuple(values)
        rules.type = rules.type or InputType.CHOICE


_ENUMERATION_LEAD = re.compile(
    r"^(?:取值(?:范围)?(?:为|是|:)?|可选值(?:为|:)?|值为|为|是|从|在|one of|either)\s*", re.IGNORECASE
)


def split_values(text: str) -> list[str]:
    """'`a`, `b` or `c`' → a, b, c; 'A、B、C' and '是 / 否' alike."""
    parts = re.split(r"\s*(?:、|,|;|/|\||(?<![a-zA-Z])(?:or|and)(?![a-zA-Z])|或者|或|和|及)\s*", text)
    return [part.strip(" `“”\"'「」*.。") for part in parts if part.strip(" `“”\"'「」*.。")]


def _numeric_choices(rules: Rules, match: re.Match[str]) -> None:
    rules.choices = tuple(split_values(match["values"]))
    rules.type = InputType.INTEGER
    rules.unit = match["unit"] or ""


def _bare_length(rules: Rules, match: re.Match[str]) -> None:
    """'长度不超过 20' counts characters; of a number it may count digits, which is not read."""
    if _NUMERIC.search(rules.description):
        rules.unread.append(match[0])
    elif match["most"]:
        rules.length_of(None, number(match["a"]))
    elif match["least"]:
        rules.length_of(number(match["a"]), None)
    else:
        rules.length_of(number(match["a"]), number(match["b"] or match["a"]))


_NUMERIC = re.compile(r"整数|数值|小数|金额|\b(?:integer|decimal|number|amount)s?\b", re.IGNORECASE)
_WORD = r"[\w\u3400-\u9fff`“”「」 -]+?"
_TAIL = rf"\s*(?P<unit>{_UNIT}){ENDS}"
_UNIT_TAIL = rf"\s*(?P<unit>{_UNIT})"
PHRASES: tuple[tuple[str, Handler], ...] = (
    (
        rf"(?:长度|\blength)\s*(?:为|:|is|of)?\s*(?:(?P<most>{AT_MOST})|(?P<least>{AT_LEAST}))?\s*(?:为|是)?\s*(?P<a>{NUMBER})"
        rf"(?:\s*(?:[~-]|至|到|to)\s*(?P<b>{NUMBER}))?(?!\s*(?:\d|[.,]\d|{_TEXT_UNITS}|[毫厘千公]?米|[kcm]?m\b|met))",
        _bare_length,
    ),
    (r"(?P<format>YYYY-MM-DD[ T]HH:MM(?::SS)?)", _format(InputType.DATE_TIME)),
    (r"(?P<format>YYYY[-/]MM[-/]DD)", _format(InputType.DATE)),
    (r"(?P<format>HH:MM(?::SS)?)", _format(InputType.TIME)),
    (
        rf"(?:(?<![点以之])[前后末]|第)\s*{NUMBER}\s*(?:位|个?(?:字符|字母|数字|字))[^,;。]*|"
        rf"\b(?:first|last|leading|trailing|final)\s+{NUMBER}\s*(?:characters?|chars?|digits?|letters?)[^,;.]*",
        _unread,
    ),
    (rf"可(?:以)?(?:选择?|多选)\s*(?:{NUMBER}\s*(?:[~-]|至|到)\s*)?{NUMBER}\s*[项个种条][^,;。]*", _unread),
    (r"(?:须|必须|应|需)?(?:同时|至少)(?:要)?(?:包含|含有?)[^,;。]*|\d\s*种(?:以上)?", _unread),
    (
        r"(?:include|includes|including|contain|contains|containing|with|having)\s+(?:at least|both)\b[^,;.]*",
        _unread,
    ),
    (
        rf"(?P<count>{NUMBER})?\s*(?:个|位)?(?:大写|小写)?(?:英文)?字母\s*(?P<letter>[A-Z])?\s*(?:加|后接|和|\+)\s*(?P<a>{NUMBER})\s*位数字",
        composed,
    ),
    (
        rf"(?:the letter (?P<letter>[A-Z])|(?P<count>{NUMBER}) (?:upper-?case|capital|lower-?case) letters?)"
        rf" (?:followed by|and|plus) (?P<a>{NUMBER}) digits",
        composed,
    ),
    (rf"(?P<a>{NUMBER})\s*(?:[~-]|至|到|to)\s*(?P<b>{NUMBER})\s*(?:位数字|digits)", digits),
    (rf"(?:between|from)\s+(?P<a>{NUMBER})\s+and\s+(?P<b>{NUMBER})\s*digits", digits),
    (COMPARED_DIGITS, compared_digits),
    (rf"(?P<a>{NUMBER})\s+or more\s+(?P<unit>{_TEXT_UNITS})", _one("min")),
    (rf"(?P<a>{NUMBER})\s+or (?:fewer|less)\s+(?P<unit>{_TEXT_UNITS})", _one("max")),
    (rf"(?P<a>{NUMBER})\s*(?:位数字|digits)", _only_bare(digits)),
    (r"\bno spaces(?: or hyphens)?\b", _nothing_more),
    (CHARACTERS, characters),
    (r"(?P<yes>是)\s*[/、或]\s*(?P<no>否)", _yes_no),
    (r"`?\"?(?P<yes>\byes)`?\"?\s*(?:or|/)\s*`?\"?(?P<no>no\b)`?\"?", _yes_no),
    (
        rf"(?P<values>{NUMBER}(?:(?:\s*、\s*|,\s+){NUMBER})+\s*(?:or|或|和|,|、)\s+{NUMBER})\s*(?P<unit>months|days|years|hours|minutes|个月|月|天|年|期)?",
        _numeric_choices,
    ),
    (
        rf"(?:最多|至多|不超过|at most|up to|no more than|maximum)\s*(?P<a>{NUMBER})\s*(?:位小数|decimals?(?: places)?)",
        _scale,
    ),
    (rf"小数(?:位数)?(?:不超过|最多|至多|保留)\s*(?P<a>{NUMBER})\s*位", _scale),
    (rf"小数点?后(?:不超过|最多|至多|保留)?\s*(?P<a>{NUMBER})\s*位(?:小数)?", _scale),
    (rf"(?P<a>{NUMBER})\s*(?:位小数|decimal places|decimals)", _scale),
    (r"cents (?:are )?allowed|精确到分", _decimal),
    (rf"(?:必须是|须为|须是|为|是)?\s*(?P<a>{NUMBER})\s*的(?:整数)?倍数?", _multiple),
    (rf"以\s*(?P<a>{NUMBER})\s*{_UNIT}\s*为(?:单位|步长)", _multiple),
    (
        rf"in steps of\s*{_MONEY}(?P<a>{NUMBER})|(?:a )?multiples? of\s*{_MONEY}(?P<b>{NUMBER})",
        lambda r, m: setattr(r, "multiple_of", number(m["a"] or m["b"])),
    ),
    (r"正整数|positive (?:whole number|integer)", _integer_from(1)),
    (r"非负整数|non-negative (?:whole number|integer)", _integer_from(0)),
    (
        rf"(?P<unsure>between)\s+{_MONEY}(?P<a>{NUMBER})\s+and\s+{_MONEY}(?P<b>{NUMBER}){_TAIL}",
        _range,
    ),
    (
        rf"(?:no fewer than|at least|not less than)\s+{_MONEY}(?P<a>{NUMBER})\s*(?:,|and|but)+\s*(?:and |but )?(?:no|not) more than\s+{_MONEY}(?P<b>{NUMBER}){_TAIL}",
        _range,
    ),
    (
        rf"(?:from\s+)?{_MONEY}(?P<a>{NUMBER})\s*(?:up\s+)?(?:to|through)\s+(?:and\s+including\s+)?{_MONEY}(?P<b>{NUMBER}){_TAIL}",
        _range,
    ),
    (
        rf"{_MONEY}(?P<a>{NUMBER})\s*(?P<unit_a>{_UNIT})\s*(?:\((?P<ia>含|不含)\))?\s*(?:[~-]|至|到)\s*{_MONEY}(?P<b>{NUMBER}){_UNIT_TAIL}"
        rf"\s*(?:\((?P<ib>含|不含)\))?(?:之间)?{ENDS}",
        _range,
    ),
    (
        r"(?:not negative|non-negative|非负(?:数)?|不(?:能|得|可|应|可以|允许)(?:为|是)负(?:数|值)?|(?:cannot|must not|may not|can not|should not) be negative)",
        _sign("min"),
    ),
    (r"(?:greater than|more than|above|over)\s+(?:zero|0(?![.\d]))|大于\s*(?:0(?![.\d])|零)", _sign("above")),
    (
        rf"(?:大于等于|大于或等于|≥|>=|不低于|不少于|不小于|至少(?:为)?|最少(?:为)?|最小(?:值)?(?:为|是)?|下限(?:为|是)?)\s*(?P<a>{NUMBER}){_TAIL}",
        _one("min"),
    ),
    (
        rf"(?:小于等于|小于或等于|≤|<=|不超过|不得超过|不能超过|不高于|不大于|不多于|最多(?:为)?|至多(?:为)?|最大(?:值)?(?:为|是)?|上限(?:为|是)?)\s*(?P<a>{NUMBER}){_TAIL}",
        _one("max"),
    ),
    (rf"(?:大于|高于|超过|多于|>)\s*(?P<a>{NUMBER}){_TAIL}", _one("above")),
    (rf"(?:小于|低于|少于|未满|不满|不足|不到|<)\s*(?P<a>{NUMBER}){_TAIL}", _one("below")),
    (
        rf"(?P<a>{NUMBER}){_UNIT_TAIL}\s*\(含\)\s*以上|(?:满)\s*(?P<b>{NUMBER})\s*{_UNIT}",
        lambda r, m: _bound(r, "min", number(m["a"] or m["b"]), m["unit"]),
    ),
    (rf"(?P<a>{NUMBER}){_UNIT_TAIL}\s*\(含\)\s*(?:以下|以内)", _one("max")),
    (rf"(?P<a>{NUMBER}){_UNIT_TAIL}\s*以内{ENDS}", _one("max")),
    (rf"(?P<a>{NUMBER}){_UNIT_TAIL}\s*以上\((?P<ends>不?包?含)\)", _one("min")),
    (rf"(?P<a>{NUMBER}){_UNIT_TAIL}\s*以下\((?P<ends>不?包?含)\)", _one("max")),
    (rf"(?P<a>{NUMBER}){_UNIT_TAIL}\s*以上(?!\()", _unsure("min")),
    (rf"(?P<a>{NUMBER}){_UNIT_TAIL}\s*以下(?!\()", _unsure("max")),
    (
        rf"(?:at least|no fewer than|no less than|not less than|not below|a minimum of|min(?:imum)?(?: of)?\.?:?)\s+{_MONEY}(?P<a>{NUMBER}){_TAIL}",
        _one("min"),
    ),
    (
        rf"(?:at most|up to(?: and including)?|no more than|not more than|not exceed(?:ing)?|a maximum of|max(?:imum)?(?: of)?\.?:?|within)\s+{_MONEY}(?P<a>{NUMBER}){_TAIL}",
        _one("max"),
    ),
    (
        rf"{_MONEY}(?P<a>{NUMBER}){_UNIT_TAIL}\s+(?:or more|and above|or above|upwards)|from\s+{_MONEY}(?P<b>{NUMBER})\s+upwards",
        lambda r, m: _bound(r, "min", number(m["a"] or m["b"]), m["unit"]),
    ),
    (rf"{_MONEY}(?P<a>{NUMBER}){_UNIT_TAIL}\s+or (?:less|fewer|shorter|below|under)", _one("max")),
    (rf"(?P<a>{NUMBER})\s*(?P<unit>{_TEXT_UNITS})\s*\(?(?:max(?:imum)?|at most)\)?(?!\w)", _one("max")),
    (rf"(?P<a>{NUMBER})\s*(?P<unit>{_TEXT_UNITS})\s*\(?(?:min(?:imum)?|at least)\)?(?!\w)", _one("min")),
    (
        rf"(?:more than|greater than|longer than|above|over|exceed(?:s|ing)?)\s+{_MONEY}(?P<a>{NUMBER}){_TAIL}",
        _one("above"),
    ),
    (rf"(?:less than|fewer than|shorter than|below|under)\s+{_MONEY}(?P<a>{NUMBER}){_TAIL}", _one("below")),
    (rf"(?:恰好|正好|固定|exactly)\s*(?P<a>{NUMBER})\s*(?:{_TEXT_UNITS})", _exact_length),
    (
        rf"(?P<a>{NUMBER})\s*(?:个字符|个汉字|characters|位(?!小数|数字|以))(?: long)?",
        _only_bare(_exact_length),
    ),
    (
        r"首尾空格不(?:算|计)(?:在内)?|去掉首尾空格(?:后)?|(?:outer )?spaces(?: at either end)? not counted|not counting spaces at either end|outer spaces not counted",
        _trim,
    ),
    (
        r"(?:默认(?:值)?(?:为|是)?|缺省(?:为|是)?|不填(?:则)?(?:按|视为|默认为?|为)|不选(?:则)?(?:按|视为)|为空(?:则)?(?:按|视为))\s*(?P<value>[“「]?[^,;。()]{1,20})",
        _default,
    ),
    (
        r"(?:left (?:out|empty|blank) (?:means|is|counts as)|defaults? to|default(?: is)?:?)\s+(?P<value>`?[\w.-]+`?)",
        _default,
    ),
    (
        r"(?:不(?:能|得|可以?|允许|准|许|应|应当|要|是)|禁止)(?:留|为)?(?:空|不填)(?!格)|非空(?!格)|不是?可选(?!择)|"
        r"(?:must|may|can|shall|should|is|are)\s*(?:not|n['’]t) be (?:left )?(?:empty|blank|omitted)|"
        r"\b(?:cannot|can['’]t|never) (?:be )?(?:left )?(?:empty|blank|omitted)|\bnon-?empty\b|\bnot (?:optional|empty|blank)\b",
        _required("yes"),
    ),
    (
        r"选填|(?:可以?|允许)(?:留|为)?空(?!格)|(?:可以?|允许)不(?:填|输|选)写?|(?:不是|并非|非)必[填选需]项?|[无不](?:需|须|必)要?(?:必填|填写|填)|"
        r"可选(?![值择项范]|\s*\d)|\b(?:not|n['’]t) (?:required|mandatory|compulsory)\b|\bnon-mandatory\b|\boptional\b|"
        r"(?:may|can) be (?:left )?(?:empty|blank|omitted|left out)",
        _required("no"),
    ),
    (r"必填|必选|必须填写|\bmandatory\b|\brequired\b", _required("yes")),
    (r"24\s*小时制|24-hour clock|in euros?|单位(?:为)?\s*元|completed years", _nothing_more),
    (r"整数|whole numbers?|\bintegers?\b", _integer_from(None)),
    (r"枚举", _typed(InputType.CHOICE)),
    (r"布尔|\bbooleans?\b", _typed(InputType.BOOLEAN)),
    (r"(?:文本|字符串|字符|\btext\b|\bstring\b)", _typed(InputType.TEXT)),
    (r"日期时间|\bdate-?time\b|\btimestamp\b", _typed(InputType.DATE_TIME)),
    (r"日期|\bdate\b", _typed(InputType.DATE)),
    (
        r"数值|数字|金额|小数|\bnumbers?\b|\bdecimals?\b|\beuros?\b|\bpounds?\b|\bamount\b",
        _typed(InputType.DECIMAL),
    ),
    (
        rf"(?P<values>[^,;。()]*?)\s*(?:(?:这)?{NUMBER}\s*[者种个项])?(?:之一|中(?:选)?其?一|任选其一)",
        _enumeration,
    ),
    (r"(?P<values>`[^`]+`(?:\s*(?:,|or|、|或|/)+\s*`[^`]+`)+)", _enumeration),
)

INDIFFERENT: frozenset[Handler] = frozenset({_unread, _nothing_more, _trim, _default})
"""A negation before them does not turn them around."""
