"""What a paragraph does in its document: introduces a list, names what follows, gives an example, …"""

from __future__ import annotations

import re
from collections.abc import Sequence

from casewright.design.itemising.kinds import is_normative
from casewright.design.itemising.numbering import CJK
from casewright.design.itemising.outline import Part, is_name
from casewright.design.itemising.patterns import phrases
from casewright.design.itemising.sentences import ends_with_colon, sentence_spans
from casewright.design.itemising.topics import Topic
from casewright.documents.blocks import BlockKind, MarkKind

_CAPTION = phrases(
    r"""
    ^(?:figure|fig\.|table|diagram|listing)\s*(?:[A-Z]?[\d.–-]+|[:：]|-?TBD)
    """,
    r"""
    ^[图表]\s*\d+(?:[-.]\d+)*(?!\d*[^\s:：.、]{0,2}[，,。；])
    """,
)
_LONGEST_CAPTION = 200
_CONTENTS_LINE = re.compile(
    r".{1,120}?(?:\t|\.{3,}+|…++|·{3,}+|\s{4,}+)\s*+(?:\d{1,4}|[ivxlc]{1,6})\s*", re.IGNORECASE
)
_EXAMPLE = phrases(
    r"""
    ^\W*(?:worked |another )?examples?
    ^\W*for (?:example|instance)
    ^\W*e\.g\.
    """,
    r"""
    ^\W*(?:计算)?(?:示例|举例|算例|例子|例如|比如|例)\s*\d*\s*[:：，,]
    """,
)
_NOTE = phrases(
    r"""
    ^\W*(?:notes?|remarks?|hint)\s*\d*\s*[:：]
    """,
    r"""
    ^\W*(?:注意?|备注|说明)\s*\d*\s*[:：]
    ^注\d*[、.]
    ^[¹²³⁴⁵†‡※]
    ^\*(?=\S)
    """,
)
_RATIONALE = phrases(
    r"""
    ^\W*(?:rationale|reason|justification)\s*[:：]
    """,
    r"""
    ^\W*(?:理由|原因|依据|设计说明)\s*[:：]
    """,
)
_EXPLAINS = re.compile(r"where\b|其中\s*[:：，,]?")
_GIVEN = re.compile(r"given\b|假如|假设|假定|给定|前提", re.IGNORECASE)
_WHEN_THEN = re.compile(r"(?:when|then|and|but)\b|当|那么|则|并且|而且|且|但是", re.IGNORECASE)
_KEYED = phrases(
    r"""
    ^(?:description|details?|actors?|triggers?|inputs?|outputs?|priority|status|source|owner|exceptions?)\s*[:：]
    ^(?:pre|post)-?conditions?\s*[:：]
    ^(?:main|basic|alternat(?:e|ive)) flow\s*[:：]
    """,
    r"""
    ^(?:(?:业务|需求|功能)?描述|参与者|触发条件|[前后]置条件|输入|输出|优先级)\s*[:：]
    ^(?:处理|基本|主|异常|备选)(?:过程|流程|逻辑)\s*[:：]
    """,
)
_SCENARIO = re.compile(r"(?:scenario(?: outline)?|场景)\s*\S{0,6}\s*[:：]", re.IGNORECASE)
_PREDICATES_FOLLOW = phrases(
    r"""
    (?:can|may|will|shall|must|should|to|of)\s*[:：]$
    following (?:requirements|rules|conditions|cases|steps)\s*[:：]$
    """,
    r"""
    (?:可以|能够|能|应当?|必须|须|需要?)\s*[:：]$
    (?:要求|步骤|规则|条件|情[形况]|场景|功能|操作)(?:如下|有)?\s*[:：]$
    """,
)
_CASES = phrases(
    r"""
    (?:case|condition|rule|step|requirement|reason)s?
    """,
    r"""
    情[形况]
    条件
    规则
    场景
    要求
    步骤
    判断
    """,
)
_STANDS_ALONE = phrases(
    r"""
    nothing changes
    the first (?:one|that)
    in (?:this|that|the|the following) order
    order of
    (?:from )?top to bottom
    mandatory
    optional
    only one
    unchanged
    """,
    r"""
    第一[条个]
    [次顺]序
    从上到下
    自上而下
    依次
    先后
    不改?变
    [必选]填
    """,
)
_QUANTITY = re.compile(
    r"(?<![\d.])\d+\s*(?:%|％|(?!and\b|or\b|to\b)[a-z]{2,}|[天次元个分小秒年月位字笔张册条])"
)
_ENDS_SENTENCE = re.compile(r"[。.;；!！?？,，:：]$")
_FRAGMENT_WORDS = 8
_FRAGMENT_CHARACTERS = 15
_TITLE_WORDS = 8
_TITLE_CHARACTERS = 20
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)


def is_navigation(part: Part, headings: frozenset[str]) -> bool:
    """A line of a table of contents, a caption of a figure or table, or the name of a heading told ahead."""
    text = part.text
    if part.aside or _CONTENTS_LINE.fullmatch(text) or (part.topic is Topic.CONTENTS and is_name(text)):
        return True
    if _CAPTION.match(text) and len(text) <= _LONGEST_CAPTION and not is_normative(text):
        return not re.search(r"[.。;；]\s*\S", text[9:])
    repeats = plain(part.shown) in headings or (part.label is not None and plain(text) in headings)
    return repeats and is_name(text)


def plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def is_example(part: Part) -> bool:
    return _EXAMPLE.match(part.text) is not None


def is_note(text: str) -> bool:
    return _NOTE.match(text) is not None


def is_rationale(text: str) -> bool:
    return _RATIONALE.match(text) is not None


def explains(text: str) -> bool:
    """'where i is the interest rate …' after a formula, '其中：…'."""
    return _EXPLAINS.match(text) is not None


def is_keyed(text: str) -> bool:
    """A line of a requirement that is written as a form: 'Preconditions: …', '优先级：高'."""
    return _KEYED.match(text) is not None


def continues_scenario(text: str, before: str) -> bool:
    """'When …', 'Then …' after 'Given …'."""
    return _GIVEN.match(before) is not None and _WHEN_THEN.match(text) is not None


def names_what_follows(part: Part, after: Part | None) -> bool:
    """Whether the part is a heading in all but form: bold, a title by its words, or short with children."""
    if after is None or after.is_heading or part.block.kind is not BlockKind.PARAGRAPH:
        return False
    text = part.text
    if _SCENARIO.match(text):
        return True
    if not part.label and ends_with_colon(text) and ends_with_colon(after.text) and not after.is_item:
        return True
    if _ENDS_SENTENCE.search(text) or not is_name(text) or is_normative(text) or not _is_short(text):
        return False
    if part.label:
        return part.id in after.parents
    if after.is_item or after.is_table:
        return True
    return (_is_bold(part) or _is_title_case(text)) and not _is_title_case(after.text)


def _is_short(text: str) -> bool:
    if re.search(rf"[{CJK}]", text):
        return len(text) <= _TITLE_CHARACTERS and not re.search(r"[，。；,;]", text)
    return len(text.split()) <= _TITLE_WORDS


def _is_bold(part: Part) -> bool:
    return any(
        mark.kind is MarkKind.BOLD and mark.start <= part.start and mark.end >= part.end
        for mark in part.block.marks
    )


def _is_title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", text) if word not in _SMALL]
    return bool(words) and _is_short(text) and all(word[0].isupper() for word in words) and text.isascii()


def split_lead(part: Part, after: Part | None) -> int:
    """Where the sentence begins that introduces what comes after the part; `part.end` where none does."""
    text = part.text
    if after is None or not ends_with_colon(text) or not _has_children(part, after):
        return part.end
    *_, (start, _end) = sentence_spans(part.block.text, part.start, part.end)
    return start


def _has_children(part: Part, after: Part) -> bool:
    if after.is_heading:
        return False
    if part.id in after.parents or after.is_table or after.block.kind in {BlockKind.QUOTE, BlockKind.CODE}:
        return True
    if part.is_item:
        return False
    return after.is_item or (after.label is not None and not after.label.own)


def says_more(sentence: str) -> bool:
    """Whether a sentence that introduces a list is a rule by itself: an order of checks, 'nothing changes',
    'all mandatory', a bound."""
    return _STANDS_ALONE.search(sentence) is not None or _QUANTITY.search(sentence) is not None


def enumeration(lead: str, parts: Sequence[Part], at: int) -> list[Part]:
    """The items of the list at `parts[at]` where they are mere fragments of the one statement that `lead`
    begins: 'each entry holds: user, date, result'. Empty where each says something itself."""
    if _PREDICATES_FOLLOW.search(lead) or _CASES.search(lead):
        return []
    found: list[Part] = []
    for part in parts[at:]:
        if part.is_heading or not part.is_item:
            break
        if part.block.level < parts[at].block.level:
            break
        if not _is_fragment(part) or part.block.level != parts[at].block.level:
            return []
        found.append(part)
    return found if len(found) > 1 else []


def _is_fragment(part: Part) -> bool:
    text = part.text
    if (
        (part.label and part.label.own)
        or is_normative(text)
        or re.search(r"[。.;；:：=＝]|\s[–—-]\s|\d", text[:-1])
    ):
        return False
    if re.search(rf"[{CJK}]", text):
        return len(text) <= _FRAGMENT_CHARACTERS and not re.search(r"[，]", text)
    return len(text.split()) <= _FRAGMENT_WORDS and not text.endswith(".")
