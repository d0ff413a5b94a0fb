"""What other sentences change about a quantity: waivers, fixed amounts for some cases, what was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casewright.design.extraction.formulas.amounts import DIGITS, UNITS, digits
from casewright.design.extraction.formulas.circumstances import Circumstances, joined
from casewright.design.extraction.formulas.clauses import clauses_of
from casewright.design.extraction.formulas.heads import surely_mentions
from casewright.design.extraction.formulas.unread import alters
from casewright.design.extraction.text.passages import plain

_N = "\ue010"
"""Stands for the quantity's name in a clause."""
_AMOUNT = rf"(?P<n>{DIGITS}|zero)\s*(?P<p>%)?\s*(?:{UNITS})?"
_WAIVED = re.compile(
    rf"(?:免收?|免除|不收取?|无需支付|减免全部){_N}$|{_N}(?:全免|免收|免除|免费|为免费)$|"
    rf"(?:pay |pays |with )?no {_N}(?: is charged| applies)?$|{_N} (?:is|are) (?:waived|free|not charged)$|(?:do not|does not|don't) pay (?:the |an? )?{_N}$",
    re.IGNORECASE,
)
_WAIVED_FOR = re.compile(
    rf"^no {_N} (?:is charged |applies |is due )?(?:for|to|in|on|if|when) (?P<after>.+)$|"
    rf"^(?:the )?{_N} (?:is|are) (?:waived|free|not charged) (?:for|in|on|if|when) (?P<after2>.+)$",
    re.IGNORECASE,
)
_FIXED = re.compile(
    rf"{_N}(?:一律|均|都|固定)?(?:记为?|按|为|计为?|固定为)\s*{_AMOUNT}(?:计算?|收取?)?$|(?:the )?{_N} is (?:always )?{_AMOUNT.replace('<n>', '<n2>').replace('<p>', '<p2>')}$",
    re.IGNORECASE,
)
_POINTS = re.compile(
    rf"(?:get|gets|receive|receives|have|has) (?P<n>half a|an?|one|{DIGITS}) percentage points? off (?:the |their )?{_N}$",
    re.IGNORECASE,
)
_COUNTS = {"half a": "0.5", "a": "1", "an": "1", "one": "1"}
_CHANGED = re.compile(
    r"免|一律|减半|加收|加倍|翻倍|双倍|打\s*\S{1,3}\s*折|优惠|上浮|下浮|减免|不收|另收|另加|封顶|上限|最多|最低|记\s*\d|不同享|"
    r"\b(?:waiv\w+|free|off|surcharge\w*|extra|doubled?|halved?|half|reduced|increased|instead|capped|at most|at least|never|discount (?:of|on)|no)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:不享受|不参加|不参与|不适用|不计|没有)(?P<zh>[\u3400-\u9fff]{2,6})|"
    r"\b(?:no|not get (?:a|the|any)|not receive (?:a|the|any)|without)\s+(?P<en>[a-z]{3,})\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"^(?:except|but not|unless|除)\s*(?:for |in |when )?(?P<x>.+?)(?:除外|外|以外)?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Change:
    """`condition` '' stands for every case. `value` '': the quantity less `points`; 'unknown': not read."""

    condition: str
    value: str
    points: str = "0"
    ids: tuple[str, ...] = ()


def changes_of(
    name: str, sentences: Sequence[tuple[str, tuple[str, ...]]], longer: Sequence[str], about: Circumstances
) -> Iterator[Change]:
    """`sentences`: the text outside the definition, with its items; `longer`: names that may hold `name`."""
    for sentence, ids in sentences:
        if name.lower() in sentence.lower() and surely_mentions(sentence, name, longer):
            yield from _in_sentence(name, plain(sentence), longer, about, ids)
        elif _denied(name, sentence):
            guards, _ = about.values_in(plain(sentence))
            yield Change(joined(guards), "unknown", ids=ids)


def _in_sentence(
    name: str, sentence: str, longer: Sequence[str], about: Circumstances, ids: tuple[str, ...]
) -> Iterator[Change]:
    hidden = _without_longer(sentence, name, longer)
    clauses = clauses_of(re.sub(r"\([^()]*\)", " ", hidden))
    before, read = "", False
    for at, clause in enumerate(clauses):
        if name.lower() not in clause.lower():
            before = f"{before},{clause}" if before else clause
            continue
        marked = re.sub(re.escape(name) + "(?:s(?![a-z]))?", _N, clause, flags=re.IGNORECASE).strip()
        following = _EXCEPT.match(clauses[at + 1]) if at + 1 < len(clauses) else None
        change = _read(marked, before, following, about)
        if change:
            read = True
            yield Change(change.condition, change.value, change.points, ids)
        elif _CHANGED.search(_without_words(marked, name, longer)):
            guards = about.loose(f"{before},{marked}".replace(_N, " "))
            yield Change(joined(guards) if guards else "", "unknown", ids=ids)
        before = ""
    if read and not _EXCEPT.match(before) and alters(before, [name, *longer]):
        yield Change(joined(about.surely(before)), "unknown", ids=ids)


def _denied(name: str, sentence: str) -> bool:
    """'C 类客户不享受折扣': a short word for 折扣金额 and that there is none."""
    for match in _DENIED.finditer(sentence):
        zh, en = match["zh"], match["en"]
        if (zh and name.startswith(zh[:2])) or (en and en.lower() in name.lower().split()):
            return True
    return False


def change_in(clause: str, name: str, about: Circumstances) -> Change | None:
    """What a clause behind the definition itself changes, if it says so by the quantity's name."""
    if name.lower() not in clause.lower():
        return None
    marked = re.sub(re.escape(name) + "(?:s(?![a-z]))?", _N, clause, flags=re.IGNORECASE).strip()
    found = _read(marked, "", None, about)
    return found if found and found.value else None


def _without_longer(sentence: str, name: str, longer: Sequence[str]) -> str:
    for other in longer:
        if other != name and name.lower() in other.lower():
            sentence = re.sub(re.escape(other), " ", sentence, flags=re.IGNORECASE)
    return sentence


def _without_words(text: str, name: str, others: Sequence[str]) -> str:
    """A name may hold a word such as 优惠; that changes nothing, nor does what is said to change another."""
    text = re.sub(r"(?:加收|另收|免收?)[\u3400-\u9fff]{2,6}(?=\s*\d|$)", " ", text)
    for other in sorted(others, key=len, reverse=True):
        if other != name and other in text:
            text = re.sub(rf"(?:不?免收?|加收|另收)?\s*{re.escape(other)}", " ", text)
    return text


def _read(marked: str, before: str, following: re.Match[str] | None, about: Circumstances) -> Change | None:
    waived = _WAIVED_FOR.match(marked.strip())
    if waived:
        condition = about.strict(f"{before},{waived['after'] or waived['after2']}")
        return Change(condition, "0") if condition and not following else None
    for pattern in (_WAIVED, _FIXED, _POINTS):
        match = pattern.search(marked)
        if match is None:
            continue
        condition = about.strict(f"{before},{marked[: match.start()]}")
        if following and condition:
            exception = about.strict(following["x"])
            condition = f"{condition} and not ({exception})" if exception else None
        if condition is None:
            return None
        if pattern is _POINTS:
            return Change(condition, "", f"{_count(match['n'])}%")
        return Change(condition, "0" if pattern is _WAIVED else _amount(match))
    return None


def _count(word: str) -> str:
    return _COUNTS[word.lower()] if word.lower() in _COUNTS else digits(word)


def _amount(match: re.Match[str]) -> str:
    said, percent = (match["n"], match["p"]) if match["n"] else (match["n2"], match["p2"])
    return "0" if said.lower() == "zero" else digits(said) + (percent or "")
