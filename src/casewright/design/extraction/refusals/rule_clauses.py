"""The rule that a refusal stands for where it has few words of its own: '提前量不够', '请上传证明材料'.

A lead time ('年假至少提前 3 天提交', 'at least 2 days in advance') is read; of other rules it is told which values
of the inputs they concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.refusals.comparing import limits
from casewright.design.extraction.refusals.conditions import (
    Condition,
    Reading,
    guards_of,
    in_its_unit,
    rule_condition,
    units_differ,
    words_of,
)
from casewright.design.extraction.refusals.kinds import Kind
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.numbers import NUMBER, number, plain
from casewright.design.extraction.text.passages import plain as without_marks
from casewright.design.extraction.text.words import UNKNOWN, fold
from casewright.design.model.schema import InputType

_LEAD_REFUSED = re.compile(r"提前|时间范围|太晚|in advance|too late|too early|notice", re.IGNORECASE)
_LEAD = re.compile(
    rf"(?:至少|须|必须|需|应)(?:至少)?提前\s*(?P<n>{NUMBER})\s*天|at least (?P<en>{NUMBER}) days? (?:in advance|before|ahead|earlier)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?P<later>[\w\u3400-\u9fff ]{2,20}?)比(?P<earlier>[\w\u3400-\u9fff ]{2,20}?)(?:晚|迟|早)"
)
_ISSUED = re.compile(
    r"申请|提交|下单|预订日|当前|今天|request|appl|booking date|order date|today", re.IGNORECASE
)
_MUST = re.compile(r"必须|须|应当|\bmust\b|\bneeds?\b|\brequired\b", re.IGNORECASE)


def lead_time(refused: str, operation: Operation) -> str | None:
    """True where it is refused for coming too late; for values of a choice that no clause names, unknown."""
    dates = _dates(operation)
    if not _LEAD_REFUSED.search(refused) or dates is None:
        return None
    choice, known = _leads(operation)
    if choice is None:
        return None
    earlier, later = dates
    parts = [
        f"({choice} = {value} and days from {earlier} to {later} < {days})" for value, days in known.items()
    ]
    rest = [value for value in operation.fields[choice].rules.choices if value not in known]
    parts += [f"(unknown and {choice} in [{', '.join(rest)}])"] if rest else []
    return " or ".join(parts)


def _leads(operation: Operation) -> tuple[str | None, dict[str, str]]:
    """The choice whose values have a lead time of their own, and the days for each."""
    for name, one in operation.fields.items():
        found: dict[str, str] = {}
        for clause in _clauses(operation):
            match = _LEAD.search(clause)
            values = names_in(clause[: match.start()], one.rules.choices) if match else []
            found |= {value: plain(number(match["n"] or match["en"])) for value in values} if match else {}
        if found and one.rules.type is InputType.CHOICE:
            return name, found
    return None, {}


def _clauses(operation: Operation) -> Iterator[str]:
    for passage in operation.home:
        if passage.table is None:
            text = re.sub(r"\([^)]*\)", "", passage.text)
            yield from re.split(r"[,;。]", text)


def _dates(operation: Operation) -> tuple[str, str] | None:
    """(the day of the request, the day that it is about)"""
    dates = [name for name, one in operation.fields.items() if one.rules.type is InputType.DATE]
    for passage in operation.home:
        for match in _LATER.finditer(passage.text):
            later, earlier = (names_in(match[side], dates) for side in ("later", "earlier"))
            if len(later) == len(earlier) == 1 and later != earlier:
                return earlier[0], later[0]
    issued = [name for name in dates if _ISSUED.search(name)]
    others = [name for name in dates if name not in issued]
    return (issued[0], others[0]) if len(issued) == len(others) == 1 else None


_AT_MOST = re.compile(
    rf"(?:不超过|不得超过|最多|至多|no more than|at most|up to)\s*(?P<n>{NUMBER})\s*(?P<unit>[天日次个人元小时分钟]+|days?|hours?|items?)",
    re.IGNORECASE,
)
_NO_LIMIT = re.compile(r"没有[^,。;]{0,6}上限|不限|不设上限|\bno limit\b|unlimited", re.IGNORECASE)


def value_limits(text: str, operation: Operation) -> tuple[str, str] | None:
    """'事假不超过 15 天，病假不超过 30 天；年假没有上限': (the field, its largest value by the value of a choice)."""
    for choice, one in operation.fields.items():
        limits: dict[str, str] = {}
        units: set[str] = set()
        for clause in re.split(r"[,;。]", text):
            values = names_in(clause, one.rules.choices)
            match = _AT_MOST.search(clause)
            for value in values if match else ():
                limits[value] = plain(number(match["n"])) if match else ""
                units |= {match["unit"]} if match else set()
            limits |= {value: "missing" for value in values if _NO_LIMIT.search(clause)}
        fields = [name for name in operation.fields if name != choice and any(unit in name for unit in units)]
        if len(fields) == 1 and len(limits) > 1:
            chain = "".join(f"{most} if {choice} = {value} else " for value, most in limits.items())
            rest = [value for value in one.rules.choices if value not in limits]
            return fields[0], f"{chain}{'unknown' if rest else 'missing'}"
    return None


def rule_of(message: str, operation: Operation) -> str:
    """The clause of the operation's section that says when the field is needed of which the message speaks."""
    named = [name for name in operation.fields if name in message]
    for passage in operation.home if len(named) == 1 else ():
        for sentence in map(without_marks, passage.sentences) if passage.table is None else ():
            if (
                named[0] in sentence
                and _MUST.search(sentence)
                and _names_values(sentence, operation.fields, named[0])
            ):
                return sentence
    return ""


def _names_values(sentence: str, fields: Mapping[str, Field], but: str) -> bool:
    return any(
        len(fold(value)) > 1 and value in sentence
        for name, one in fields.items()
        if name != but
        for value in one.rules.choices
    )


_NOT_TAKEN = re.compile(r"不(?:受理|支持|接受|开放|办理)")
_GLUE = re.compile(r"(?:的|为|是|且|和|与|、|,|\s|转账|业务|请求|申请|办理)*")


def read_clause(text: str, reading: Reading) -> Condition:
    """What a clause of the rules refuses: a limit that must not be exceeded, values that are not taken."""
    text = in_its_unit(text, reading)
    if units_differ(text, reading):
        return Condition(UNKNOWN, Kind.RULE)
    limit = limits(text, reading.operation.fields, reading.columns)
    if limit:
        return Condition(limit, Kind.RULE)
    first = re.split(r"[,;。]", text)[0]
    if _NOT_TAKEN.search(first):
        rest = _NOT_TAKEN.sub("", first)
        for name in (
            *reading.operation.fields,
            *(value for one in reading.operation.fields.values() for value in words_of(one)),
            reading.operation.name,
        ):
            rest = rest.replace(name, "")
        guards = guards_of(_NOT_TAKEN.sub(" ", first), reading)
        if guards and _GLUE.fullmatch(re.sub(r"^\W*\w?\)", "", rest)):
            return Condition(" and ".join(guards), Kind.RULE)
    return rule_condition(text, "", reading)
