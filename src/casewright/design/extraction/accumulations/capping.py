"""Refusals that rest on what accumulated: caps on counts and sums, balances that do not suffice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casewright.design.extraction.accumulations.counting import Cap
from casewright.design.extraction.accumulations.quantities import Quantity
from casewright.design.extraction.accumulations.telling import Told, amount, guard
from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.formulas.lookups import Lookup, columns_for
from casewright.design.extraction.refusals.refusals import Refusal
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.numbers import NUMBER, number, plain
from casewright.design.extraction.text.words import fold
from casewright.design.model.schema import Effect

_FULL = re.compile(
    r"超过|超出|上限|用完|已满|(?<!未)达到|限额|次数|笔数|数量|"
    r"\b(?:too many|limit|exceed|only|maximum|already|full|no more|used up|twice|times|over)\b",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"不足|不够|未持有|没有可用|\b(?:insufficient|too low|not enough|not sufficient|lacks?|low|no credits?)\b",
    re.IGNORECASE,
)
_LIMIT_END = r"(?P<limit>(?:[^,;。]|,(?=\d{3})){1,40}?)(?=\s*(?:$|,(?!\d{3})|[;。]|\.(?:\s|$)))"
_SUM_ZH = re.compile(
    rf"§(?:加上?|与|和|累加)(?P<a>[^,;。]{{1,10}}?)(?:之和|合计)?(?:后|时)?[,]?\s*(?:均|都)?(?:不得|不能|不可|不应|不)(?:超过|大于|高于){_LIMIT_END}"
)
_SUM_EN = re.compile(
    r"§ (?:plus|together with|and|including) (?P<a>[^,;.]{1,30}?),? (?:must|may|can|shall|should) ?not (?:exceed|be (?:more|higher|greater) than|go (?:above|over|beyond)) "
    rf"{_LIMIT_END}",
    re.IGNORECASE,
)
_ENOUGH = re.compile(
    r"§\s*(?:必须|须|应|需|要|不得)?(?:不少于|不低于|不小于|大于等于|大于或等于|≥|>=|少于|低于|小于)\s*(?P<a>[^,;。]{1,24}?)(?=\s*(?:$|[,;。]))|"
    r"§ (?:must|has to|needs to|shall) (?:be at least|cover|not be (?:less|lower|smaller) than|be no less than|be enough for) (?P<b>[^,;.]{1,40}?)(?=\s*(?:$|[,;.]))",
    re.IGNORECASE,
)
_NOT_ABOVE = re.compile(
    r"(?:^|[,;。.])\s*(?:但|且|并且|而且)?(?P<a>[^,;。.]{0,24}?)\s*(?:不得|不能|不可|不应|不)(?:大于|超过|高于|多于)(?:当时的|当前的?|现有的?|其)?§(?=\s*(?:$|[,;。(]))|"
    r"(?:^|[,;.] ?)(?P<b>[\w ]{2,40}?) (?:must|may|can|shall) ?not (?:exceed|be (?:more|higher|greater) than|be above) (?:the |his |her |their |its )?(?:current |present )?§(?=\s*(?:$|[,;.]))",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    rf"§\s*(?:不得|不能|不可|不|最多|至多|至多为|最多为|以)(?:超过)?\s*(?P<n>{NUMBER})\s*(?:张|个|份|件|次|笔|册)(?:为限)?",
)
_AT_LEAST_ONE = re.compile(
    rf"§\s*(?:须|应|必须)?(?:至少|不少于)(?:为|有)?\s*(?P<n>{NUMBER})\s*(?:张|个|份|件|次)"
)


@dataclass(frozen=True)
class Found:
    """A limit as a clause states it, of one operation."""

    condition: str
    operation: str
    kind: str
    """'full' or 'short': what a message says of it"""
    told: Told
    quantity: Quantity


def from_caps(caps: Sequence[Cap]) -> Iterator[Found]:
    for cap in caps:
        condition = " and ".join(filter(None, (f"{cap.quantity.name} >= {cap.most}", cap.guard)))
        yield Found(condition, cap.operation, "full", cap.told, cap.quantity)


class Capping:
    """Reads limits on the quantities that the document names."""

    def __init__(
        self,
        quantities: Sequence[Quantity],
        operations: Sequence[Operation],
        lookups: Sequence[Lookup],
        sentences: Sequence[Told],
    ) -> None:
        self._quantities = quantities
        self._operations = {operation.name: operation for operation in operations}
        self._columns = {name: columns_for(lookups, each) for name, each in self._operations.items()}
        self._sentences = sentences
        self._hiding = [name for each in quantities for name in each.names]

    def read(self) -> Iterator[Found]:
        for one in self._sentences:
            named = names_in(one.text, self._hiding)
            for quantity in self._quantities:
                mine = [name for name in named if name in quantity.names]
                for name in mine[:1]:
                    yield from self._clause(
                        one, quantity, re.sub(re.escape(name), "§", one.text, count=1, flags=re.IGNORECASE)
                    )

    def _clause(self, one: Told, quantity: Quantity, marked: str) -> Iterator[Found]:
        changed = [
            name
            for name, effects in quantity.effects.items()
            if _adds(quantity, effects, self._operations[name])
        ]
        for name in changed:
            operation = self._operations[name]
            if one.said and name not in one.said:
                continue
            restricted = guard(_without_asides(marked), operation, self._hiding)
            if restricted is None:
                continue
            condition, kind = self._condition(quantity, marked, operation)
            if condition:
                restricted = " and ".join(filter(None, (restricted, quantity.chosen(operation))))
                whole = (
                    condition
                    if not restricted or restricted in condition
                    else f"{condition} and {restricted}"
                )
                yield Found(whole, name, kind, one, quantity)

    def _condition(self, quantity: Quantity, marked: str, operation: Operation) -> tuple[str, str]:
        read = quantity.at(operation)
        match = _SUM_ZH.search(marked) or _SUM_EN.search(marked)
        if match:
            more, limit = amount(match["a"], operation), self._limit(match["limit"], operation)
            return (f"{read} + {more} > {limit}", "full") if more and limit else ("", "")
        match = _ENOUGH.search(marked)
        if match and not (re.search(r"§\s*(?:必须|须|应|需|要)?(?:少于|低于|小于)", marked)):
            needed = amount(match["a"] or match["b"], operation)
            return (f"{read} < {needed}", "short") if needed and not needed.isdigit() else ("", "")
        match = _NOT_ABOVE.search(marked)
        if match:
            return self._not_above(quantity, (match["a"] or match["b"] or "").strip(), operation)
        match = _AT_MOST.search(marked)
        if match and _by_one(quantity, operation, "+"):
            return f"{read} >= {plain(number(match['n']))}", "full"
        match = _AT_LEAST_ONE.search(marked)
        if match and number(match["n"]) == 1 and _by_one(quantity, operation, "-"):
            return f"{read} < 1", "short"
        return "", ""

    def _not_above(self, quantity: Quantity, said: str, operation: Operation) -> tuple[str, str]:
        taken, when = _taken(quantity, operation)
        asked = amount(said, operation) if said else taken
        if not asked or (asked != taken and not said):
            return "", ""
        return " and ".join(
            filter(None, (when if asked == taken else "", f"{asked} > {quantity.at(operation)}"))
        ), "short"

    def _limit(self, text: str, operation: Operation) -> str | None:
        """A number, or a column of a table that the operation's inputs lead to."""
        match = re.fullmatch(
            rf"[$€£¥]?\s*(?P<n>{NUMBER})\s*(?:元|次|笔|张|个|分|积分|天|euros?|dollars?|pounds?|points?|credits?)?(?: (?:a|per|each) day)?",
            text.strip(),
            re.IGNORECASE,
        )
        if match:
            return plain(number(match["n"]))
        columns = [
            name for name in names_in(text, self._columns[operation.name]) if text.rstrip().endswith(name)
        ]
        return self._columns[operation.name][columns[0]] if len(columns) == 1 else None

    def from_refusals(self, refusals: Sequence[Refusal]) -> Iterator[tuple[Refusal, Found]]:
        """'余额不足', 'balance too low': less than what the operation takes off."""
        told = {one.passage: one for one in self._sentences}
        for refusal in refusals:
            words = " ".join((refusal.condition, *refusal.messages))
            if len(refusal.messages) > 1 or not _SHORT.search(words):
                continue
            for quantity in self._quantities:
                if not names_in(words, quantity.names) and not _tail(quantity, words):
                    continue
                for name in refusal.operations or tuple(quantity.effects):
                    operation = self._operations[name]
                    taken, when = _taken(quantity, operation)
                    if taken and quantity.at(operation) and told:
                        condition = " and ".join(filter(None, (when, f"{quantity.at(operation)} < {taken}")))
                        yield refusal, Found(condition, name, "short", next(iter(told.values())), quantity)


def _tail(quantity: Quantity, words: str) -> bool:
    return (
        len(quantity.name) > 3
        and quantity.name[-2:] in {"余额", "积分", "库存"}
        and quantity.name[-2:] in words
    )


def _without_asides(marked: str) -> str:
    return re.sub(
        r"本笔所用[^,;。]{0,12}|正好[^,;。]*|否则[^。;]*|,? (?:otherwise|or else)\b[^.;]*", "", marked
    )


def _adds(quantity: Quantity, effects: Sequence[Effect], operation: Operation) -> bool:
    """Does the operation move it by something known?"""
    target = quantity.at(operation)
    return target is not None and any(
        effect.set.get(target, "").startswith(f"{target} ") for effect in effects
    )


def _by_one(quantity: Quantity, operation: Operation, sign: str) -> bool:
    target = quantity.at(operation) or ""
    return any(
        effect.set.get(target) == f"{target} {sign} 1" for effect in quantity.effects.get(operation.name, ())
    )


def _taken(quantity: Quantity, operation: Operation) -> tuple[str, str]:
    """What an operation takes off, and when; two empty texts where it is not one known step."""
    target = quantity.at(operation) or ""
    steps = [effect for effect in quantity.effects.get(operation.name, ()) if target in effect.set]
    if len(steps) != 1 or not steps[0].set[target].startswith(f"{target} - "):
        return "", ""
    taken = steps[0].set[target].removeprefix(f"{target} - ")
    bare = taken[1:-1] if taken.startswith("(") and taken.endswith(")") else taken
    return bare, steps[0].when or ""


def refusal_for(found: Found, refusals: Sequence[Refusal]) -> Refusal | None:
    """The refusal that a clause is the reason of: named by the clause's number, or the one that fits in words."""
    wanted = _FULL if found.kind == "full" else _SHORT
    fits = [
        each
        for each in refusals
        if (not each.operations or found.operation in each.operations) and len(each.messages) < 2
    ]
    numbers = {fold(item.id) for item in found.told.passage.items} | {
        fold(item.label) for item in found.told.passage.items if item.label
    }
    by_number = [
        each
        for each in fits
        if any(fold(part) in numbers for part in re.findall(r"\d+(?:\.\d+)+(?:\([a-z]\))?", each.condition))
    ]
    if by_number:
        return by_number[0] if len(by_number) == 1 else None
    talking = [each for each in fits if wanted.search(" ".join((each.condition, *each.messages)))]
    talking = [each for each in talking if each.operations == (found.operation,)] or talking
    scores = sorted(((_shared(found, each), index) for index, each in enumerate(talking)), reverse=True)
    if scores and scores[0][0] >= 2 and (len(scores) == 1 or scores[0][0] > scores[1][0]):
        return talking[scores[0][1]]
    own = [each for each in talking if each.operations == (found.operation,)]
    return own[0] if len(own) == 1 and found.kind == "full" else None


def _shared(found: Found, refusal: Refusal) -> int:
    words = " ".join((refusal.condition, *refusal.messages))
    names = names_in(words, found.quantity.names) or _tail(found.quantity, words)
    return len(_tokens(f"{found.told.text} {found.quantity.name}") & _tokens(words)) + (2 if names else 0)


_COMMON = {"this", "that", "more", "than", "only", "have", "been", "with", "already"}


def _tokens(text: str) -> set[str]:
    pairs = {pair for run in re.findall(r"[\u3400-\u9fff]+", text) for pair in map("".join, pairwise(run))}
    return pairs | {word[:5] for word in re.findall(r"[a-z]{4,}", text.lower())} - {
        word[:5] for word in _COMMON
    }


def words_of(found: Found, refusal: Refusal | None) -> str:
    """What the limit reads: the clause, where the refusal only points at it or there is none."""
    if refusal is None or re.search(r"\d+\.\d+", refusal.condition):
        return found.told.text
    if _FULL.search(refusal.condition) or _SHORT.search(refusal.condition) or not refusal.messages:
        return refusal.condition
    return refusal.messages[0]


def joined(conditions: Mapping[str, None]) -> str:
    return " or ".join(f"({each})" if len(conditions) > 1 else each for each in conditions)
