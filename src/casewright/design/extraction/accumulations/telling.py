"""Sentences with the operations they speak of, and what they call an amount: for the readers of what accumulates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casewright.design.cases import ItemKind
from casewright.design.extraction.behaviour.asking import acting
from casewright.design.extraction.behaviour.naming import Homes, Names, Operation, verb
from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.numbers import NUMBER, number, plain
from casewright.design.extraction.text.passages import STRONG, Passage
from casewright.design.extraction.text.passages import plain as unmarked
from casewright.design.extraction.text.words import CHINESE, fold
from casewright.design.model.schema import InputType

NUMERIC = frozenset({InputType.INTEGER, InputType.DECIMAL})
_IRREGULAR = {
    "buy": "bought",
    "give": "given",
    "lend": "lent",
    "pay": "paid",
    "put": "put",
    "reset": "reset",
    "set": "set",
    "send": "sent",
    "spend": "spent",
    "take": "taken",
    "withdraw": "withdrawn",
}
_SUFFIX = r"(?:e?s|e?d|ing|ings|al|als|ments?)?"
_LEAD = re.compile(r"^\s*(?:[-•*]\s*)?(?:[A-Z]+\d[\d.]*\s+|\d+(?:\.\d+)+\s+)?")
_EXAMPLE = re.compile(
    r"^\W*(?:例如|比如|例|举例|算例|计算示例|(?:worked )?example|for example|for instance|e\.g\.)\b|^\W*[例算][:如]",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"^(?:本笔|本次|本单|该笔|该次|此次|此笔|当前|所选|对应的?|相应的?|实际|这笔|这次)+的?|"
    r"^(?:(?:the|this|that|its|his|her|their|an?|new|same|full|whole)\s+)+",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"(?:二者|两者|两项)?(?:之和|的?总和|的?合计|的和)$|^(?:sum|total) of (?:the )?", re.IGNORECASE
)
_AT_FIRST = re.compile(
    r"初始|之和|总和|从\s*1\s*开始|\b(?:sum|total) of\b|一次只面对一个|只能有一|\bstarts? (?:out )?with\b|\b(?:initial|opening) \w+|\babout one \w+|\bone \w+ at a time",
    re.IGNORECASE,
)
_LONGEST = 600
"""Characters; what is longer without a stop is no sentence, and patterns take long over it."""
_UNDECIDED = {ItemKind.OPEN_QUESTION, ItemKind.OUT_OF_SCOPE}
_AND = re.compile(r"\s*(?:与|和|及|加上?|\+|(?<!\w)(?:and|plus)(?!\w))\s*(?:the )?", re.IGNORECASE)
_UNIT = r"(?:元|天|次|笔|张|个|份|件|分|积分|点|枚|points?|credits?|times?|euros?|dollars?|pounds?|days?)?"


@dataclass(frozen=True)
class Told:
    """One sentence. `operations`: those that it speaks of; `said` are those of them that it names itself."""

    text: str
    operations: tuple[str, ...]
    said: tuple[str, ...]
    passage: Passage
    strong: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return self.passage.ids


class Speaking:
    """Which operations a sentence speaks of."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.names = Names(operation.name for operation in operations)
        self.homes = Homes(operations)
        self._forms = _by_verb([operation.name for operation in operations])

    def named(self, marked: str) -> list[str]:
        text = unmarked(marked)
        return acting(marked, self.names) or self.names.in_text(text) or self._short(text)

    def by_verb(self, text: str) -> list[str]:
        """'returned', 'bookings': by a form of a verb that only one operation has."""
        return list(dict.fromkeys(name for name, form in self._forms.items() if form.search(text)))

    def _short(self, text: str) -> list[str]:
        start = _LEAD.sub("", text)[:8]
        return names_in(start, ()) or [
            self.names.short[form] for form in self.names.short if start.startswith(form)
        ]


def participle(name: str) -> str:
    """'returned' for Return, 'bought' for 'buy an item'."""
    word = verb(name)
    doubled = {"submit": "submitted", "transfer": "transferred"}
    return _IRREGULAR.get(word) or doubled.get(word) or (f"{word}d" if word.endswith("e") else f"{word}ed")


def _by_verb(names: Sequence[str]) -> dict[str, re.Pattern[str]]:
    """operation → a pattern for its verb, for verbs of one operation only"""
    verbs = [verb(name) if not CHINESE.search(name) else name[:2] for name in names]
    return {name: _form(word) for name, word in zip(names, verbs, strict=True) if verbs.count(word) == 1}


def _form(word: str) -> re.Pattern[str]:
    if CHINESE.search(word):
        return re.compile(rf"(?<![待已未可]){re.escape(word)}")
    stem = word[:-1] if word.endswith(("e", "y")) else word
    forms = rf"{re.escape(word)}{_SUFFIX}|{re.escape(stem)}(?:ied|ies|ed|ing|ings|al|als)|"
    forms += rf"{re.escape(word)}{re.escape(word[-1])}(?:ed|ing|ings)|{_IRREGULAR.get(word, word)}"
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)


def told(
    passages: Sequence[Passage], operations: Sequence[Operation], hiding: Sequence[str] = ()
) -> Iterator[Told]:
    """The sentences that state behaviour, without examples. A list item goes on about what its first sentence named.
    `hiding`: names in which the name of an operation means nothing ('消费' in 消费累计). Of the passages on
    scope and background, only what is there at the start counts."""
    speaking = Speaking(operations)
    hidden = re.compile("|".join(map(re.escape, hiding)) or r"(?!)")
    for passage in passages:
        if passage.table is not None or any(item.kind in _UNDECIDED for item in passage.items):
            continue
        current: list[str] = []
        for marked in passage.sentences:
            text = unmarked(marked)
            if len(text) > _LONGEST or _EXAMPLE.search(_LEAD.sub("", text)):
                continue
            if passage.skipped and not _AT_FIRST.search(text):
                continue
            said = speaking.named(hidden.sub(" ", marked))
            current = said or current
            spoken = tuple(current or speaking.homes[passage] or speaking.by_verb(hidden.sub(" ", text)))
            yield Told(text, spoken, tuple(said), passage, tuple(STRONG.findall(marked)))


def amount(text: str, operation: Operation) -> str | None:
    """What '本笔金额', 'the amount and the fee', '1' stand for in an operation; None if that is not certain."""
    whole = _SUM.sub("", text.strip(" ,.;:。"))
    parts = [_part(part, operation) for part in _AND.split(whole) if part]
    known = [part for part in parts if part is not None]
    return " + ".join(known) if known and len(known) == len(parts) else None


def _part(text: str, operation: Operation) -> str | None:
    word = _THIS.sub("", text.strip()).strip(" “”\"'`的")
    match = re.fullmatch(rf"[$€£¥]?\s*(?P<n>{NUMBER})\s*{_UNIT}", word, re.IGNORECASE)
    if match:
        return plain(number(match["n"]))
    numeric = numeric_fields(operation)
    exact = [name for name in (*numeric, *operation.outputs) if fold(name) == fold(word)]
    return exact[0] if exact else _only(word, list(numeric))


def _only(word: str, names: Sequence[str]) -> str | None:
    """The one name that ends with the word: '金额' for 转账金额, 'amount' for transfer amount."""
    if len(word) < 2:
        return None
    if CHINESE.search(word):
        fits = [name for name in names if name.endswith(word)]
    else:
        fits = [name for name in names if re.search(rf"(?<!\w){re.escape(word)}$", name, re.IGNORECASE)]
    return fits[0] if len(fits) == 1 else None


def numeric_fields(operation: Operation) -> dict[str, Field]:
    return {
        name: one
        for name, one in operation.fields.items()
        if one.rules.type in NUMERIC and not one.rules.choices
    }


_DOUBT = re.compile(
    r"(?<![扣删清解移减])除|如果|若|当(?!天|日|时的|前)|否则|仅|只(?:有|限)|不满|以上|以下|\b(?:unless|except|if|when|otherwise|only|while)\b",
    re.IGNORECASE,
)
_SUCCESS = re.compile(
    r"(?:如果|若|当)?[^,;。]{0,6}(?:成功|通过)(?:后|时|的)|(?:当|在)?[^,;。]{0,8}被?(?:拒绝|失败)[^,;。]*|只有(?:成功|已成功)的?|"
    r"\b(?:when|if|once|only|as soon as)\b[^,.;]*\b(?:accepted|succeeds?|successful|approved|made|paid)\b",
    re.IGNORECASE,
)


def guard(text: str, operation: Operation, names: Sequence[str]) -> str | None:
    """The values of choices that a sentence restricts itself to, as a condition; '' without any, None if it has
    a condition that was not understood. `names` (of quantities and fields) hide the values in them."""
    bare = text
    for name in sorted(
        {*names, *operation.fields, *operation.outputs, operation.name}, key=len, reverse=True
    ):
        bare = bare.replace(name, " ")
    found: list[str] = []
    for name, one in operation.fields.items():
        values = names_in(bare, [value for value in one.rules.choices if _telling(value)])
        if values:
            found.append(f"{name} = {values[0]}" if len(values) == 1 else f"{name} in [{', '.join(values)}]")
    rest = _SUCCESS.sub(" ", bare)
    doubt = _DOUBT.search(rest)
    if doubt and (not found or re.match(r"除|否则|unless|except|otherwise|以|不满", doubt[0], re.IGNORECASE)):
        return None
    return " and ".join(found)


def _telling(value: str) -> bool:
    return len(fold(value)) > 1 and fold(value) not in {"yes", "no"} and not re.fullmatch(r"[\d.,]+", value)
