"""What is refused, in which order, with which message: from tables, ordered lists and single sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casewright.design.extraction.behaviour.ears import ErrorTable, ears_refusals
from casewright.design.extraction.behaviour.naming import (
    Homes,
    Names,
    Operation,
    gerund_forms,
    speaks_of_another,
)
from casewright.design.extraction.behaviour.refusal import Refusal
from casewright.design.extraction.behaviour.use_cases import read_by_use_cases, use_case_refusals
from casewright.design.extraction.refusals.checks import stories_in
from casewright.design.extraction.refusals.remarks import is_remark
from casewright.design.extraction.text.passages import Passage, plain, split_sentences
from casewright.design.extraction.text.tables import Column, ReadTable, TableKind
from casewright.design.extraction.text.words import fold
from casewright.documents.blocks import BlockKind

_QUOTE = r"[“\"`「]([^”\"`」]{2,80})[”\"`」]"
_QUOTES = re.compile(_QUOTE)
_TALK = re.compile(
    r"提示|拒绝|失败|不能|错误|返回第一条|依次判断|refus|reject|message|not allowed|answer is|\bgets\b|error|\bshows?\b|\bdisplays?\b",
    re.IGNORECASE,
)
_INTRO = re.compile(
    r"依次(?:判断|校验|检查)|按(?:下列|以下|下表).*(?:次序|顺序)|提示|校验(?:次序|顺序)|"
    r"in this order|first one (?:that applies|wins)|is refused|are refused|refusals|one message",
    re.IGNORECASE,
)


_REASONS = re.compile(
    r"(?:rejected|refused|declined)\b[^.]*\b(?:following|any of|reasons?)\b|(?:以下|下列|如下)[^。]{0,8}(?:情形|情况|条件)[^。]{0,12}(?:拒绝|不予|不通过)",
    re.IGNORECASE,
)


def read_refusals(passages: Sequence[Passage], operations: Sequence[Operation]) -> list[Refusal]:
    names = Names(operation.name for operation in operations)
    homes = Homes(operations)
    found: list[Refusal] = use_case_refusals(passages, operations)
    by_sentence = ears_refusals(passages, operations)
    done = read_by_use_cases(passages)
    errors = ErrorTable(passages, operations)
    intro = introduction = ""
    section: tuple[str, ...] = ()
    parent: tuple[str, ...] = ()
    for passage in passages:
        if passage.headings != section:
            intro, section, parent = " ".join(passage.headings[-1:]), passage.headings, ()
        home = tuple(homes[passage])
        if passage.block.kind is BlockKind.PARAGRAPH:
            introduction = passage.text if passage.text.rstrip().endswith((":", "：")) else ""
        if passage.table is not None:
            if passage.table.kind is TableKind.REFUSALS and not is_remark(introduction):
                found += errors.read(_from_table(passage, passage.table, home, names, operations))
        elif passage.skipped or passage in done:
            continue
        elif passage in by_sentence:
            found += by_sentence[passage]
        elif (
            passage.block.kind is BlockKind.LIST_ITEM
            and _REASONS.search(intro)
            and not _QUOTES.search(passage.text)
        ):
            condition = re.sub(
                r"^[\w ]{1,20}\s*[-:]\s+", "", re.split(r"(?<=[a-z0-9])\.(?:\s|$)|。", passage.text)[0]
            )
            found.append(Refusal(condition, (), home, passage.ids, ordered=False, reason=True))
        elif passage.block.kind is BlockKind.LIST_ITEM and _INTRO.search(intro):
            if passage.block.level == 0:
                parent = tuple(names.leading(passage.text))
            found += _from_item(passage, home, parent, names)
        else:
            whom = tuple(stories_in(passage.text, operations)) or home
            found += _from_sentences(passage, whom, names)
            if passage.block.kind is BlockKind.PARAGRAPH:
                intro = f"{intro} {passage.text}"
    return found


_APPLIES = re.compile(r"\((?P<list>[^()]*?)(?:均|都)?适用\)|\bapplies to (?P<en>[^.;)]*)", re.IGNORECASE)


def _said_of(text: str, names: Names) -> list[str]:
    """The operations that a condition names as its own; a mere mention restricts nothing."""
    applies = _APPLIES.search(text)
    if applies:
        return names.in_list(applies["list"] or applies["en"])
    return names.leading(text)


def _from_table(
    passage: Passage, table: ReadTable, home: tuple[str, ...], names: Names, operations: Sequence[Operation]
) -> Iterator[Refusal]:
    for number, row in enumerate(table.rows):
        condition = table.cell(row, Column.CONDITION) or table.cell(row, Column.NAME)
        message = (table.cell(row, Column.MESSAGE) or table.cell(row, Column.CODE)).strip('`“”"「」 ')
        prefix = re.match(r"^([\w ]{3,30}):\s*", condition)
        said = _said_of(condition, names) or home
        if prefix:
            said = _by_prefix(prefix[1], operations) or said
            condition = condition[prefix.end() :]
        yield Refusal(
            condition,
            (message,) if message else (),
            tuple(said),
            passage.row_ids(number + table.header_rows),
            ordered=True,
        )


def _by_prefix(prefix: str, operations: Sequence[Operation]) -> list[str]:
    return [
        operation.name
        for operation in operations
        if prefix.lower() in gerund_forms(operation.name) or fold(prefix) == fold(operation.name)
    ]


_INSTEAD = re.compile(r"[,，。;]\s*(?:对于?)(?P<who>[^“”,]{2,12}?)(?:而言|来说)[^“”]*“(?P<message>[^”]+)”")


def _from_item(
    passage: Passage, home: tuple[str, ...], parent: tuple[str, ...], names: Names
) -> Iterator[Refusal]:
    """A list item with one message is one refusal; with several it is split where each has its own words."""
    text = passage.text
    instead = _INSTEAD.search(text)
    if instead and names.in_text(instead["who"]):
        text = text[: instead.start()] + text[instead.end() :]
    messages = _QUOTES.findall(text)
    if not messages:
        return
    said = tuple(_said_of(text, names)) or parent or home
    if instead and names.in_text(instead["who"]):
        yield Refusal(
            _condition(text),
            (instead["message"],),
            tuple(names.in_text(instead["who"])),
            passage.ids,
            ordered=True,
        )
    parts = _parts(text)
    if len(parts) > 1:
        for part in parts:
            who = tuple(_said_of(part, names)) or said
            yield Refusal(_condition(part), tuple(_QUOTES.findall(part)[:1]), who, passage.ids, ordered=True)
    else:
        yield Refusal(_condition(text), tuple(messages), said, passage.ids, ordered=True)


def _parts(text: str) -> list[str]:
    """The clauses of an item, if each has exactly one message."""
    for separator in (r"[;。]", r"\s+/\s+"):
        parts = [part for part in re.split(separator, text) if _QUOTES.search(part)]
        if len(parts) > 1 and all(len(_QUOTES.findall(part)) == 1 for part in parts):
            return parts
    return []


def _condition(text: str) -> str:
    return _QUOTES.sub(" ", text).strip(" :-,;。.()→")


def _from_sentences(passage: Passage, home: tuple[str, ...], names: Names) -> Iterator[Refusal]:
    if passage.text.count("→“") > 1:
        yield from _from_chain(passage)
        return
    said: tuple[str, ...] = ()
    refusing = False
    for sentence in map(plain, split_sentences(passage.marked)):
        if is_remark(sentence):
            continue
        refusing = refusing and _GOES_ON.match(sentence) is not None
        told = bool(names.about(sentence)) or not speaks_of_another(sentence)
        for part in re.split(r"(?<=[”\"`」])[,;]", sentence):
            said = tuple(names.about(part)) or said
            messages = _QUOTES.findall(part)
            refusing = refusing or bool(messages and (_TALK.search(part) or _TEXT_SHOWN.search(part)))
            if messages and refusing:
                yield Refusal(
                    _around(part, messages[-1]),
                    (messages[-1],),
                    said or home,
                    passage.ids,
                    ordered=False,
                    told_whom=told,
                )
        silent = _SILENT.search(sentence)
        if silent and not _QUOTES.search(sentence):
            condition = silent["a"] or silent["b"]
            yield Refusal(condition, (), said or home, passage.ids, ordered=False, told_whom=told)


_GOES_ON = re.compile(r"^\W*(?:if|when|otherwise|若|如果|否则)", re.IGNORECASE)
_SILENT = re.compile(
    r"\b(?:reject|refuse)(?:s|ed)?\b[^.]*?\b(?:if|when|unless)\b\s*(?P<a>[^.]+)|(?P<b>[^。,]{2,40}?)(?:时|的)[,]?(?:则|应|将|系统)*(?<!被)(?:拒绝|不予受理|不予通过)",
    re.IGNORECASE,
)


def _around(text: str, message: str) -> str:
    """The words of the condition: behind the message if they begin with 'if', else in front of it."""
    at = text.find(message)
    behind = re.match(
        r"\W*(?:if|when|where|unless)\b\s*(?P<words>[^.]+)", text[at + len(message) :], re.IGNORECASE
    )
    if behind:
        return behind["words"]
    before = _QUOTES.sub(" ", text[:at].strip(' “"`「:'))
    condition = re.sub(r"(?:时|的)?[,]?(?:则)?(?:提示|返回|给出)?\s*$", "", before)
    exception = _EXCEPT_BEHIND.search(text[at + len(message) :])
    return f"{condition},{exception[0]}" if exception else condition


_EXCEPT_BEHIND = re.compile(r"(?:但|除).*(?:除外|外|不受).*|\b(?:except|unless)\b.*", re.IGNORECASE)


_TEXT_SHOWN = re.compile(r":\s*(?:\"[^\"]+[.!?]\"|[“「][^”」]*[请不未无已][^”」]*[”」])")


def _from_chain(passage: Passage) -> Iterator[Refusal]:
    """'先检查填写内容（缺项…→“信息填写有误”），再检查角色（→“没有权限”），…' in its order."""
    position = 0
    for match in re.finditer(r"→((?:" + _QUOTE + r")+)", passage.text):
        condition = passage.text[position : match.start()].strip(" ,。;)(→”“")
        position = match.end()
        for message in _QUOTES.findall(match[1]):
            yield Refusal(condition, (message,), (), passage.ids, ordered=True)
