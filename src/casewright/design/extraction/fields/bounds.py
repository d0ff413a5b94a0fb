"""What a description of a field says about its values: type, bounds, length, choices, pattern, default.

Every phrase that was understood is taken out of the text; what is left and still sounds like a rule is
`unread`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from casewright.design.extraction.fields.compositions import characters
from casewright.design.extraction.fields.negation import NEGATION, before, behind, settled, turned_around
from casewright.design.extraction.fields.phrases import INDIFFERENT, PHRASES, Handler, split_values
from casewright.design.extraction.fields.rules import Rules
from casewright.design.extraction.text import units
from casewright.design.extraction.text.numbers import NUMBER
from casewright.design.extraction.text.words import clauses, mentions, normalise
from casewright.design.model.schema import InputType

_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), handler) for pattern, handler in PHRASES)
_RULE_WORDS = re.compile(
    r"\d|必须|须|只能|只|不得|不能|不可|不允许|禁止|应当|应为|仅|限|除|以外|否则|若|如果|时(?=[,必不须需才])|唯一|重复|"
    r"\b(?:must|only|not|never|unless|except|excluding|without|no(?= (?:letters|digits|numbers|spaces|special|symbols))|if|when|shall|should|unique|every|same|different|ignored)\b",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"^(?:as above|same as above|同上|means? that|\d+ is \w+|其他内容算|其余算|otherwise)|"
    r"^(?:[一每]\S{1,3}|同时|最多)?(?:只能|仅可|仅能|限|只可)(?:使?用|选择?|填)(?:其中)?一[张个种项]$|"
    r"^only one (?:of them )?(?:can|may) be (?:used|chosen|selected)(?: \w+ \w+)?$|^one (?:only|at a time)$",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\(?(?:for example|for instance|e\.g\.|such as|例如|比如|如(?!果|下|需|有|无|遇|何))[^;。()]*\)?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[。;\n]|(?<!\bmax)(?<!\bmin)\.(?=\s|$)", re.IGNORECASE)
_TICKED = re.compile(r"`([A-Za-z\u3400-\u9fff][^`]{0,30})`")


def describe(text: str, foreign: Iterable[str] = ()) -> Rules:
    """The rules that a description of a field states.

    `foreign` are values of other fields: a sentence that names one of them holds for that value only and is
    kept as an exception, its bounds are not taken for the field's own.
    """
    whole = _EXAMPLE.sub(" ", normalise(text))
    rules = Rules(description=whole)
    for sentence in filter(None, map(str.strip, _SENTENCE_END.split(whole))):
        if any(mentions(sentence, value) for value in foreign):
            rules.exceptions.append(sentence)
        else:
            _read_sentence(rules, sentence)
    rules.unread += [match[0].strip() for match in _MAY_HAVE.finditer(whole)]
    if units.differ(whole):
        rules.unread.append(whole)
    return rules


_MAY_HAVE = re.compile(
    r"\b(?:may|can|optionally)\b[^;.,]*\b(?:start|begin|end|prefix\w*|lead\w*|follow\w*)\b[^;.,]*|"
    r"(?:[首末]位)?可(?:以|选)?(?:为|是|以|带|加|有)[^;。,]*(?:开头|结尾|前缀|后缀|区号|[+A-Za-z])[^;。,]*",
    re.IGNORECASE,
)
"""A part that a value may have besides: it is not in the pattern."""
_REFUSED_LIST = re.compile(
    r"(?:none of|not (?:be )?(?:one|any) of|neither|不(?:能|得|可|可以|应|应该|允许|准|许)?(?:是|为|属于|在|选择?)|并非)"
    r"(?=[^;。]*(?:`|、|之一|之中|\bor\b|\band\b|\bnor\b|,))[^;。]*",
    re.IGNORECASE,
)
_REFUSED_CONTENT = re.compile(
    r"(?:(?:不(?:能|得|可|可以|应|应该|允许|准|许)|禁止|严禁)(?:包含|包括|含有?|出现|使用|有|输入)|不含(?=[字数空大小特标汉中下连]))[^,;。]*(?:、[^,;。]*)*|"
    r"\b(?:cannot|(?:must|may|can|should|shall|do|does)(?: not|n['’]t)) (?:contain|include|have|use)\b[^;.]*",
    re.IGNORECASE,
)


def _read_sentence(rules: Rules, sentence: str) -> None:
    rest = settled(sentence)
    for refused in (_REFUSED_LIST, _REFUSED_CONTENT):
        rules.unread += [match[0].strip() for match in refused.finditer(rest)]
        rest = refused.sub(" ¦ ", rest)
    ticked = [word for word in _TICKED.findall(rest) if not re.search(r"YYYY|HH:", word)]
    if len(ticked) > 1 and not re.search(r"(?i)yes", ticked[0]):
        if NEGATION.search(rest[: rest.rindex("`")]):
            rules.unread.append(rest)
        else:
            rules.choices, rules.type = tuple(ticked), InputType.CHOICE
        return
    for pattern, handler in _COMPILED:
        match = pattern.search(rest)
        while match and match[0].strip():
            rest = _taken(rules, handler, match)
            match = pattern.search(rest)
    _leftover(rules, rest)


def _taken(rules: Rules, handler: Handler, match: re.Match[str]) -> str:
    """The text without the phrase; without its whole clause where that says the opposite of the phrase."""
    text, start, end = match.string, match.start(), match.end()
    if handler not in INDIFFERENT and turned_around(text, start, end):
        start -= len(before(text, start))
        end += len(behind(text, end))
        rules.unread.append(text[start:end].strip())
    else:
        handler(rules, match)
    counted = handler is characters and _COUNT_BEFORE.search(text[:start])
    return (text[:start].rstrip() + "字符 ¦ " if counted else text[:start] + " ¦ ") + text[end:]


_COUNT_BEFORE = re.compile(rf"{NUMBER}\s*个?\s*$", re.IGNORECASE)
"""'6 to 20 letters or digits': the letters and digits are what is counted."""


def _leftover(rules: Rules, rest: str) -> None:
    """What no phrase took: a list of values where the type is still open, else perhaps an unread rule."""
    for part in filter(None, (piece.strip(" (),、:：-") for piece in rest.split("¦"))):
        values = split_values(part)
        if _could_be_choices(rules, part, values):
            rules.choices, rules.type = tuple(values), InputType.CHOICE
            continue
        for clause in clauses(part):
            if len(clause) > 2 and _RULE_WORDS.search(clause) and not _HARMLESS.search(clause.strip(" ()")):
                rules.unread.append(clause)


def _could_be_choices(rules: Rules, text: str, values: list[str]) -> bool:
    if rules.choices or rules.type not in {None, InputType.CHOICE} or len(values) < 2:
        return False
    short = all(
        len(value) <= 24 and len(value.split()) <= 3 and not re.search("[→“」]|--", value) for value in values
    )
    return short and not re.search(r"(?i)none of|neither|不是|并非", text) and not _RULE_WORDS.search(text)
