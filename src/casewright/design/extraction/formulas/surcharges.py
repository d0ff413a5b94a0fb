"""Amounts that hold for some cases only: '偏远地区加收偏远附加费 12 元', '普通地区 8 元，偏远地区 20 元'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casewright.design.extraction.formulas.amounts import DIGITS, UNITS, digits
from casewright.design.extraction.formulas.circumstances import Circumstances
from casewright.design.extraction.formulas.clauses import clauses_of
from casewright.design.extraction.text.passages import plain

_MONEY = r"[$€£¥]?\s*"
_CASE = re.compile(
    rf"^(?P<c>.*?)\s*(?:[:为收按是]|加收|pays?|costs?|is)?\s*{_MONEY}(?P<n>{DIGITS})\s*(?P<p>%)?\s*(?:{UNITS})?$",
    re.IGNORECASE,
)
_CASE_BEHIND = re.compile(
    rf"^{_MONEY}(?P<n>{DIGITS})\s*(?P<p>%)?\s*(?:{UNITS})?\s+(?:for|if|when|in|to)\s+(?P<c>.+)$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^(?:其[他余它]\S{0,6}|否则|除此以?外|(?:for |to )?(?:all |everybody |everyone )?(?:others?|else|otherwise|the rest|anybody else|any other \w+))(?:一律|均|都)?$",
    re.IGNORECASE,
)


def charges(text: str, name: str) -> bool:
    """Does any sentence charge an amount that is called so?"""
    wanted = rf"(?:加收|收取?|支付){re.escape(name)}\s*\d|(?<!\w){re.escape(name)} of {_MONEY}\d"
    return re.search(wanted, text, re.IGNORECASE) is not None


def surcharges(
    names: Sequence[str], sentences: Sequence[tuple[str, tuple[str, ...]]], about: Circumstances
) -> Iterator[tuple[str, str, str, list[str], tuple[str, ...]]]:
    """(name, condition, amount, the clauses behind, items) of the surcharges that are called by a known name."""
    for sentence, ids in sentences:
        clauses = clauses_of(plain(sentence))
        for at, clause in enumerate(clauses):
            for name in names:
                found = _surcharge(name, clause, clauses[:at], about)
                if found:
                    yield name, *found, clauses[at + 1 :], ids


def _surcharge(name: str, clause: str, before: Sequence[str], about: Circumstances) -> tuple[str, str] | None:
    if name.lower() not in clause.lower():
        return None
    patterns = (
        rf"^(?P<c>.*?)(?:另|再|需)?(?:加收|收取?|支付){re.escape(name)}\s*(?P<n>{DIGITS})\s*(?:元|块)?$",
        rf"^(?P<c>.*?)(?:an? )?(?:additional |extra )?{re.escape(name)} of {_MONEY}(?P<n>{DIGITS})\s*(?:{UNITS})?(?: (?:is (?:added|charged)|applies))?(?: (?:for|if|when|in) (?P<c2>.+))?$",
    )
    for pattern in patterns:
        match = re.match(pattern, clause, re.IGNORECASE)
        if match:
            said = [*before, match["c"], match.groupdict().get("c2") or ""]
            condition = about.strict(",".join(filter(None, said)))
            return (condition, digits(match["n"])) if condition else None
    return None


def listed_cases(clauses: Sequence[str], about: Circumstances) -> tuple[list[tuple[str, str]], int] | None:
    """'普通地区 8 元，偏远地区 20 元': the cases, and how many of the clauses they take. The last case may be
    'all others'; without it what is not listed is unknown."""
    cases: list[tuple[str, str]] = []
    for clause in clauses:
        match = _CASE_BEHIND.match(clause) or _CASE.match(clause)
        if match is None or not match["c"]:
            break
        amount = digits(match["n"]) + (match["p"] or "")
        if cases and _OTHERS.match(match["c"].strip()):
            return [*cases, ("", amount)], len(cases) + 1
        condition = about.strict(match["c"])
        if condition is None:
            break
        cases.append((condition, amount))
    return ([*cases, ("", "unknown")], len(cases)) if len(cases) > 1 else None
