"""An order of checks that a sentence gives for all operations: 'The role is checked first, then the state, then the data',
'各操作先校验角色，再校验状态，最后校验填写内容'; and the stories that such a sentence names by number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casewright.design.extraction.behaviour.naming import Homes, Operation
from casewright.design.extraction.refusals.kinds import Kind
from casewright.design.extraction.text.passages import Passage, plain

_CHECKED = {
    Kind.ROLE: r"角色|权限|\broles?\b|\bpermissions?\b|\brights?\b|who (?:is )?ask",
    Kind.STATE: r"状态|\bstates?\b|\bstatus\b",
    Kind.INVALID: r"填写|字段|输入|参数|必填|格式|表单|\bdata\b|\bfields?\b|\binputs?\b|\bform\b|\bvalues?\b",
}
_FIRST = re.compile(r"首先|先|\bfirst\b|\bbefore\b|其次|依次", re.IGNORECASE)
_THEN = re.compile(
    r"再|然后|最后|其次|接着|之后|、|\bthen\b|\bfinally\b|\bnext\b|\bbefore\b|\bfollowed by\b", re.IGNORECASE
)
_CHECKS = re.compile(
    r"检查|校验|判断|验证|\bcheck(?:s|ed)?\b|\blooked at\b|\bverif\w+|\bvalidat\w+|\bexamin\w+", re.IGNORECASE
)
_STORIES = re.compile(
    r"(?:\b(?:stor(?:y|ies)|use cases?|sections?)|故事|用例|US-?|UC-?)\s*(?P<a>[\d一二三四五六七八九十]+)\s*(?P<how>,|、|and|or|to|和|与|至|~|-)\s*"
    r"(?:故事|用例|US-?|UC-?)?\s*(?P<b>[\d一二三四五六七八九十]+)",
    re.IGNORECASE,
)
_NUMERALS = "一二三四五六七八九十"


def order_of_checks(
    passages: Sequence[Passage], operations: Sequence[Operation], homes: Homes
) -> dict[str, tuple[Kind, ...]]:
    """operation → the kinds of checks in their order; of operations that no such sentence is about nothing."""
    found: dict[str, tuple[Kind, ...]] = {}
    for passage in passages:
        if passage.table is not None or passage.skipped:
            continue
        for sentence in map(plain, passage.sentences):
            order = _order_in(sentence)
            if order:
                named = (
                    stories_in(passage.text, operations)
                    or homes[passage]
                    or [each.name for each in operations]
                )
                found |= {name: order for name in named if name not in found}
    return found


def _order_in(sentence: str) -> tuple[Kind, ...]:
    if not (_FIRST.search(sentence) and _THEN.search(sentence) and _CHECKS.search(sentence)):
        return ()
    at = {
        kind: match.start()
        for kind, words in _CHECKED.items()
        if (match := re.search(words, sentence, re.IGNORECASE))
    }
    return tuple(sorted(at, key=lambda kind: at[kind])) if len(at) > 1 else ()


def stories_in(text: str, operations: Sequence[Operation]) -> list[str]:
    """The operations of the stories that a text names by number: 'For stories 4 and 5 alike'."""
    match = _STORIES.search(text)
    if match is None:
        return []
    first, last = (_number(match[side]) for side in ("a", "b"))
    numbers = range(first, last + 1) if match["how"].lower() in {"to", "至", "~", "-"} else (first, last)
    wanted = re.compile(
        rf"(?:story|us|uc|用例|故事)[-_ ]?(?:{'|'.join(f'{n}|{_NUMERALS[n - 1 : n]}' for n in numbers if n < 11)})(?!\w)",
        re.IGNORECASE,
    )
    return [
        each.name
        for each in operations
        if any(wanted.match(name) for name in (*each.ids, *(name for home in each.home for name in home.ids)))
    ]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMERALS.find(text) + 1
