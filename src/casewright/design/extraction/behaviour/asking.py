"""What sentences say of the inputs and outputs of operations: '**Flag** needs a **reason**, 10 to 500 characters'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casewright.design.extraction.behaviour.naming import Homes, Names, Operation
from casewright.design.extraction.behaviour.vocabulary import Vocabulary
from casewright.design.extraction.fields.fields import Field, described_in
from casewright.design.extraction.fields.rules import Rules
from casewright.design.extraction.text.listing import names_in, split_list
from casewright.design.extraction.text.passages import SLANTED, STRONG, Passage, plain
from casewright.design.extraction.text.words import fold, quoted
from casewright.documents.blocks import BlockKind

_ASKS = re.compile(
    r"填写|须填|要填|填|输入|选择|扫|凭|按|必须写|写|提供|若干|只有一个字段|\btakes?\b(?! effect)|\bneeds?\b|\binputs?(?: is| are)?\b|\bgive\b|"
    r"\bsends?\b|\benters?\b|\bprovides?\b",
    re.IGNORECASE,
)
_MUST = re.compile(r"须|必须|必填|\bmust\b|\bshall\b|\bneeds?\b", re.IGNORECASE)
_ASKED_BEHIND = re.compile(
    r"^[^.。]{0,12}(?:is all that is needed|is mandatory|is required|is \w+ \(.*\bor\b)", re.IGNORECASE
)
_ANSWERS = re.compile(
    r"返回|显示|给出|\breturns\b|\bshows\b|\bwe show\b|\banswers with\b|\banswer (?:shows|contains)\b",
    re.IGNORECASE,
)


def asks(sentence: str) -> bool:
    return bool(_asked_names(sentence))


_GLUE = re.compile(
    r"^(?:\s*\([^)]*\))?(?:\s|,|、|:|\band\b|\bthe\b|\ban?\b|\bone\b|\bnumber of\b|\boptionally\b|和|及|与)*$",
    re.IGNORECASE,
)


def _asked_names(sentence: str) -> list[tuple[str, str]]:
    """The bold words that a sentence asks for, each with the words that describe it."""
    sentence = re.sub(r"(?<=字段)[“「]([^”」]+)[”」]", "\ue000\\1\ue001", sentence)
    strong = list(STRONG.finditer(sentence))
    asked: list[re.Match[str]] = []
    for number, match in enumerate(strong):
        before = sentence[strong[number - 1].end() if number else 0 : match.start()]
        asks = list(_ASKS.finditer(plain(before)))
        follows = bool(asked) and asked[-1] is strong[number - 1] and _GLUE.match(plain(before))
        gap = len(plain(before)) - asks[-1].end() if asks else 0
        direct = bool(asks) and gap <= (0 if asks[-1][0] in "按凭扫" else 22)
        if follows or direct or (not number and _ASKED_BEHIND.match(plain(sentence[match.end() :]))):
            asked.append(match)
    return [(match[1].strip(" :“”"), _description(sentence, match, asked)) for match in asked]


_OPTIONALLY = re.compile(r"(?:optional(?:ly)?|可选填?|选填)[^。;]{0,12}$", re.IGNORECASE)


def _description(sentence: str, match: re.Match[str], asked: Sequence[re.Match[str]]) -> str:
    """For the last name the rest of the sentence, if it speaks of it; for others the brackets behind."""
    rest = sentence[match.end() :]
    if _OPTIONALLY.search(plain(sentence[: match.start()])):
        return "optional"
    brackets = re.match(r"\s*\(([^)]*)\)", rest)
    if brackets:
        return brackets[1]
    if match is asked[-1] and re.match(r"\s*(?:[,:;.-]|of\b|is\b|are\b)", rest):
        return rest
    return ""


def inputs_from_sentences(
    operations: Sequence[Operation], passages: Sequence[Passage], words: Vocabulary
) -> None:
    """'**Flag** needs a **reason**, 10 to 500 characters': the bold words after a word that asks are inputs,
    those after a word that answers are outputs."""
    names = Names(operation.name for operation in operations)
    by_name = {operation.name: operation for operation in operations}
    described = {one.name: one for operation in operations for one in operation.fields.values()}
    homes = Homes(operations)
    listing: list[str] = []
    for passage in passages:
        if passage.skipped or passage.table is not None:
            continue
        current: list[str] = []
        home = homes[passage] if len(homes[passage]) == 1 else []
        for sentence in passage.sentences:
            led = acting(sentence, names)
            mentioned = led or ([] if home else names.in_text(plain(sentence)))
            current = mentioned or current
            for name in current or home:
                _take(by_name[name], sentence, passage, words, described, by_name)
        if listing and passage.block.kind is BlockKind.LIST_ITEM:
            for name in STRONG.findall(passage.marked)[:1]:
                for owner in listing:
                    by_name[owner].outputs.setdefault(name.strip(" :"), passage.ids)
        elif passage.text.endswith(":") and _ANSWERS.search(passage.text):
            listing = current or home
        else:
            listing = []


def shown_elsewhere(passages: Sequence[Passage], homes: Homes) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, ids) of what is said to be shown in sections that are no operation's: bold words behind 'we show', and those
    that begin the items of the list below."""
    listing = False
    for passage in passages:
        if passage.skipped or passage.table is not None or homes[passage]:
            listing = False
            continue
        if listing and passage.block.kind is BlockKind.LIST_ITEM:
            first = STRONG.match(passage.marked.lstrip(" -•*"))
            yield from ((name.strip(" :"), passage.ids) for name in ([first[1]] if first else []))
            continue
        for sentence in passage.sentences:
            answer = _ANSWERS.search(sentence)
            for name in STRONG.findall(sentence[answer.start() :]) if answer else ():
                yield name.strip(" :"), passage.ids
        listing = passage.text.endswith(":") and _ANSWERS.search(passage.text) is not None


def _take(
    operation: Operation,
    sentence: str,
    passage: Passage,
    words: Vocabulary,
    described: dict[str, Field],
    by_name: dict[str, Operation],
) -> None:
    answer = _ANSWERS.search(sentence)
    asks, answers = (sentence[: answer.start()], sentence[answer.start() :]) if answer else (sentence, "")
    taken = {fold(word) for word in (*words.roles, *words.states, *by_name)}
    asked = _asked_names(asks)
    first = STRONG.search(asks)
    before = plain(asks[: first.start()]) if first else ""
    for name, rest in asked:
        if fold(name) not in taken and len(name) <= 30:
            must = "yes" if _MUST.search(before) else None
            one = replace(described_in(rest, name, passage.ids), asked_for=before)
            one = replace(one, required=one.required or must)
            if name in described and not _tells(one):
                one = replace(_shareable(described[name]), asked_for=before)
            described.setdefault(name, one)
            operation.fields.setdefault(name, one)
    for name in re.findall(r"(?:in place of|instead of) (?:an? |the )?([\w ]+)", plain(asks)):
        if name in operation.fields:
            operation.fields[name] = replace(operation.fields[name], not_asked_for=before)
    joined = re.findall(r"(?:\band an? |、|和)([\w\u3400-\u9fff ]+)", plain(asks)) if asked else []
    for name in names_in(" ".join(joined), described):
        operation.fields.setdefault(name, _shareable(described[name]))
    listed = re.search(r":\s*([^。;]+、[^。;]+)", plain(answers))
    for name in STRONG.findall(answers) or (split_list(listed[1]) if listed else ()):
        if fold(name) not in taken | _MESSAGES and len(name) <= 30:
            operation.outputs.setdefault(name.strip(" :“”"), passage.ids)


_MESSAGES = {fold(name) for name in ("提示", "提示语", "提示信息", "message", "messages")}


def _shareable(one: Field) -> Field:
    """Of a field that one operation describes in passing, others share the kind but not the bounds."""
    if one.shared:
        return one
    kept = Rules(
        type=one.rules.type, choices=one.rules.choices, pattern=one.rules.pattern, format=one.rules.format
    )
    if one.rules.length is not None:
        kept.length, kept.trimmed = one.rules.length, one.rules.trimmed
    return replace(one, rules=kept)


def _tells(one: Field) -> bool:
    rules = one.rules
    return bool(
        rules.type
        or rules.length
        or rules.choices
        or rules.pattern
        or rules.min is not None
        or rules.max is not None
    )


def acting(sentence: str, names: Names) -> list[str]:
    """The operations that a sentence is about: named in quotes or set off, or at its beginning."""
    set_off = " ".join(STRONG.findall(sentence) + SLANTED.findall(sentence) + quoted(plain(sentence)))
    return names_in(set_off, names.names) or names.leading(plain(sentence)) or _joint(sentence, names)


def _joint(sentence: str, names: Names) -> list[str]:
    """'Return and Reject need …', '试算和提交订单用的是…' at the beginning."""
    start = plain(sentence)[:24]
    found = names.in_text(start)
    return found if found and start.lower().lstrip("-• ").startswith(found[0].lower()) else []
