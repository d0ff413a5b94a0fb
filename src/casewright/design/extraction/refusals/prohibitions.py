"""Prohibitions in prose ('不得预约已下架的图书', 'Members must not reserve reference books') that no refusal stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from casewright.design.extraction.behaviour.naming import Homes, Names, Operation, verb
from casewright.design.extraction.refusals.refusals import Refusal
from casewright.design.extraction.refusals.remarks import is_remark
from casewright.design.extraction.text.passages import Passage, plain
from casewright.design.extraction.text.words import CHINESE, quoted

_FORBIDS = re.compile(
    r"(?<![是])不得(?!不)|不能(?!不)|不可(?!用|续|预|不)(?:以)?|不允许|不准|禁止|严禁|"
    r"\b(?:must|may|can|shall) not (?!be (?:empty|blank|left|negative|zero))|\b(?:is|are) not (?:allowed|permitted|possible|accepted)\b|\bcannot\b|\bcan['’]t\b|\bmustn['’]t\b|\b(?:forbidden|prohibited)\b",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"(?:不得|不能|不可|不允许|cannot|must not|may not|can not)[^,。;.]{0,4}(?:为空|为负|超过|大于|小于|少于|低于|晚于|早于|exceed|be (?:more|less|higher|lower|greater))|"
    r"不(?:能|得)不|本期|二期|下期|next (?:release|version)|权限|角色",
    re.IGNORECASE,
)
_LITTLE = re.compile(
    r"[的了已被在是也而且或和与及其该本这那个种时后前再可以不得能须必应当]|允许|禁止|严禁|一律|任何|所有|办理|进行|操作|执行|受理"
)
_LITTLE_EN = re.compile(
    r"\b(?:an?|the|is|are|be|been|being|not?|can|cannot|may|must|shall|should|will|of|to|in|on|for|with|by|and|or|that|this|its?|as|at|"
    r"any|all|only|while|who|which|has|have|had|one|users?|system|than|then|if|when|there)\b",
    re.IGNORECASE,
)
_COVERED = 0.5


def unread_prohibitions(
    operation: Operation, passages: Sequence[Passage], names: Names, homes: Homes, refusals: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(sentence, ids) of what is forbidden of the operation and shares few words with the refusals that it has.
    `refusals`: the words of those, with their messages and the clauses they refer to."""
    told = set(_words(" ".join(refusals), ()))
    for passage in passages:
        if passage.table is not None or passage.skipped:
            continue
        for sentence in map(plain, passage.sentences):
            if _forbids(sentence) and _names_it(sentence, operation, names, homes[passage]):
                said = list(_words(sentence, _parts(operation.name)))
                if said and sum(word in told for word in said) <= _COVERED * len(said):
                    yield sentence, passage.ids


def _names_it(sentence: str, operation: Operation, names: Names, home: Sequence[str]) -> bool:
    """By its name, in its own section by its verb; of a Chinese name both halves may stand apart."""
    name = operation.name
    if name in (names.in_text(sentence) or names.about(sentence)):
        return True
    if not CHINESE.search(name):
        return home == [name] and re.search(rf"\b{verb(name)}", sentence, re.IGNORECASE) is not None
    return name[:2] in sentence and (home == [name] or (len(name) > 3 and name[2:] in sentence))


def _parts(name: str) -> tuple[str, ...]:
    return (name, name[:2], name[2:]) if CHINESE.search(name) and len(name) > 3 else (name,)


def _forbids(sentence: str) -> bool:
    return bool(
        _FORBIDS.search(sentence)
        and not _SAYS_NOTHING.search(sentence)
        and not quoted(sentence)
        and not is_remark(sentence)
    )


def refusal_words(refusal: Refusal, context: str) -> str:
    return " ".join((refusal.condition, *refusal.messages, context))


def _words(text: str, without: Iterable[str]) -> Iterator[str]:
    """Pairs of characters of Chinese, stems of English words; names that are in every such sentence left out."""
    for name in filter(None, without):
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    for run in re.findall(CHINESE.pattern + "+", _LITTLE.sub(" ", text)):
        yield from (run[at : at + 2] for at in range(len(run) - 1)) if len(run) > 1 else ()
    for word in re.findall(r"[a-z]+", _LITTLE_EN.sub(" ", text).lower()):
        if len(word) > 2:
            yield re.sub(r"(?:ing|ed|es|s|e)$", "", word)
