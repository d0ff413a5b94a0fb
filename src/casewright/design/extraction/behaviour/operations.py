"""Which operations a document has, where it speaks of them, and which fields are theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from casewright.design.extraction.behaviour.asking import acting, asks, inputs_from_sentences
from casewright.design.extraction.behaviour.ears import ears_operations
from casewright.design.extraction.behaviour.naming import Homes, Names, Operation, same_verb
from casewright.design.extraction.behaviour.use_cases import use_case_inputs, use_case_operations
from casewright.design.extraction.behaviour.vocabulary import Vocabulary
from casewright.design.extraction.fields.fields import FieldSet
from casewright.design.extraction.text.listing import split_list
from casewright.design.extraction.text.passages import STRONG, Passage, plain
from casewright.design.extraction.text.tables import Column, ReadTable, TableKind
from casewright.design.extraction.text.words import CHINESE, fold

_OPERATION_LIST = re.compile(r"(?:包含|包括|in scope)\s*:", re.IGNORECASE)
_ACTED = (
    r"(?:执行|提交|登记|发起|点击|办理|进行)[“「](?P<a>[^”」]{2,10})[”」]",
    r"[“「](?P<a>[^”」]{2,10})[”」](?:时|后)?(?:须|需|要)?(?:填写|返回|输入|按|只有)",
    r"(?:[Cc]an|[Mm]ay|[Tt]o) \ue002(?P<a>[a-z][^\ue003]{2,40})\ue003",
    r"(?:^|[-•] ?|; )\ue002(?P<a>[A-Z][^\ue003]{2,40})\ue003 (?:needs|takes|shows|asks|returns)",
    r"(?:^|[-•.)] ?|; )\ue000(?P<a>[A-Z][^\ue001]{2,40})\ue001 (?:takes|needs|is possible|is allowed|shows|drops|brings|asks|returns)",
    r"^(?P<a>(?:查询|查看|获取)[\u4e00-\u9fff]{1,8})返回",
    r"\ue000(?P<a>[a-z][^\ue001]{2,40})\ue001 operation",
)
_ACTED_COMPILED = tuple(re.compile(pattern) for pattern in _ACTED)
_DONE_BY = re.compile(
    r"^(?P<list>[\u3400-\u9fff、和及]{2,60}?)(?:由|不限)[^。;]*?(?:操作|办理|执行|角色|可以做)"
)
_NO_TITLE = re.compile(
    r"^(?:what|how|why|when|who|terms?\b|words\b|glossary|scope|data dictionary)|术语|说明|约定|名词|范围|数据字典",
    re.IGNORECASE,
)
_HEADING_SPLIT = re.compile(r"、|与|和|及|,|\b(?:or|and)\b")
_NOT_OPERATION = re.compile(r"提示|错误|有误|不|请|您|已|无")


def find_operations(
    passages: Sequence[Passage], sets: Sequence[FieldSet], words: Vocabulary
) -> list[Operation]:
    found: dict[str, Operation] = {}

    def add(name: str, ids: tuple[str, ...]) -> None:
        name = name.strip(" .:")
        taken = {fold(word) for word in (*words.roles, *words.states)}
        if fold(name) and fold(name) not in taken and len(name) > 1:
            found.setdefault(fold(name), Operation(name, ids))

    found |= {fold(each.name): each for each in use_case_operations(passages)}
    for each in ears_operations(passages, words):
        found.setdefault(fold(each.name), each)
    for name, ids in _users_of_fields(sets, passages):
        add(name, ids)
    told = bool(found)
    for passage in passages if not told else (each for each in passages if each.table):
        for name, ids in _named_in(passage):
            add(name, ids)
    if not told:
        _from_headings(passages, sets, found)
    operations = list(found.values())
    _inputs_from_sets(operations, sets)
    _inputs_by_user(operations, sets)
    _find_homes(operations, passages)
    inputs_from_sentences(operations, passages, words)
    use_case_inputs(operations, passages)
    return operations


def _users_of_fields(
    sets: Sequence[FieldSet], passages: Sequence[Passage]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The operations that a data dictionary names beside its fields, if a section is about them."""
    headings = {fold(heading) for passage in passages for heading in passage.headings}
    for each in sets:
        yield from ((name, one.ids) for one in each.fields for name in one.used_by if fold(name) in headings)


def _named_in(passage: Passage) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names of operations, each with the items that name it."""
    if passage.table is not None:
        yield from _named_in_table(passage, passage.table)
        return
    for sentence in passage.sentences:
        text = plain(sentence)
        if _OPERATION_LIST.search(text) and not re.search(r"不\s*包含|out of", text, re.IGNORECASE):
            yield from ((name, passage.ids) for name in STRONG.findall(sentence))
        if not passage.skipped:
            yield from ((name, passage.ids) for name in _named_in_sentence(sentence))


def _named_in_table(passage: Passage, table: ReadTable) -> Iterator[tuple[str, tuple[str, ...]]]:
    for number, row in enumerate(table.rows):
        ids = passage.row_ids(number + table.header_rows)
        if table.kind in {TableKind.TRANSITIONS, TableKind.PERMISSIONS}:
            yield from ((name, ids) for name in split_list(table.cell(row, Column.OPERATION)))
        elif table.kind is TableKind.STATES:
            for piece in re.split(r"[;,]", table.cell(row, Column.HOW_LEFT)):
                found = re.findall(r"^\s*([a-z][a-z ]{2,24}?|[\u3400-\u9fff]{2,8})\s*→", piece)
                yield from ((name, ids) for name in found)


def _named_in_sentence(sentence: str) -> Iterator[str]:
    match = _DONE_BY.match(plain(sentence))
    if match:
        yield from (
            name for name in split_list(match["list"]) if len(name) <= 6 and not name.startswith("其")
        )
    for pattern in _ACTED_COMPILED:
        for name in pattern.findall(sentence):
            if not _NOT_OPERATION.search(name) or name.startswith("取消"):
                yield name


def _from_headings(
    passages: Sequence[Passage],
    sets: Sequence[FieldSet],
    found: dict[str, Operation],
) -> None:
    """A heading names an operation if its own section asks for inputs and names no other operation; where a
    table lists the operations, it lists them all."""
    kinds = {passage.table.kind for passage in passages if passage.table}
    if kinds & {TableKind.PERMISSIONS, TableKind.TRANSITIONS}:
        return
    names = Names(operation.name for operation in found.values())
    asked = {
        each.passage.headings
        for each in sets
        if not names.in_text(plain(each.intro)) and not any(one.used_by for one in each.fields)
    }
    for headings, own in _sections(passages).items():
        if not headings or all(passage.skipped for passage in own):
            continue
        title = re.sub(r"\(.*?\)", "", headings[-1]).strip()
        texts = [sentence for passage in own for sentence in passage.sentences]
        ids = next((passage.ids for passage in own if passage.ids and passage.table is None), own[0].ids)
        if _HEADING_SPLIT.search(title):
            for name in _able_to(title, texts):
                found.setdefault(fold(name), Operation(name, ids))
            continue
        taken = names.in_text(title) or any(acting(text, names) for text in texts if asks(text))
        asking = headings in asked or any(asks(text) or _opens_with_answer(text) for text in texts)
        if asking and not taken and len(title) <= 30 and not _NO_TITLE.search(title):
            found.setdefault(fold(title), Operation(title, ids))


def _able_to(title: str, texts: Sequence[str]) -> Iterator[str]:
    """'… can sign the offer' under a heading 'Sign or withdraw'."""
    verbs = {word.lower() for word in re.findall(r"[A-Za-z]+", title)}
    for text in texts:
        for phrase in re.findall(r"\b(?:can|may) ((?:\w+) (?:the|an?) \w+)", plain(text)):
            if phrase.split()[0] in verbs:
                yield phrase


def _opens_with_answer(sentence: str) -> bool:
    return re.match(r"(?:shows|returns|返回|显示)", plain(sentence), re.IGNORECASE) is not None


def _sections(passages: Sequence[Passage]) -> dict[tuple[str, ...], list[Passage]]:
    sections: dict[tuple[str, ...], list[Passage]] = {}
    for passage in passages:
        sections.setdefault(passage.headings, []).append(passage)
    return sections


def _inputs_from_sets(operations: Sequence[Operation], sets: Sequence[FieldSet]) -> None:
    names = Names(operation.name for operation in operations)
    for each in sets:
        mentioned = names.in_text(plain(each.intro))
        for heading in () if mentioned else reversed(each.passage.headings[1:] or each.passage.headings):
            mentioned = mentioned or names.in_list(heading)
        own = {operation.name for operation in operations}
        for operation in operations:
            if operation.name in mentioned:
                for one in each.fields:
                    if one.name not in own and not one.used_by:
                        operation.fields.setdefault(one.name, one)


def _inputs_by_user(operations: Sequence[Operation], sets: Sequence[FieldSet]) -> None:
    """A column of the table says which operations have the field."""
    names = Names(operation.name for operation in operations)
    for one in (one for each in sets for one in each.fields):
        everybody = any(
            re.fullmatch(r"all(?: operations)?|所有(?:操作)?|全部", user, re.I) for user in one.used_by
        )
        users = set(names.names) if everybody else {n for user in one.used_by for n in names.in_list(user)}
        for operation in operations:
            if operation.name in users:
                operation.fields.setdefault(one.name, one)


def _find_homes(operations: Sequence[Operation], passages: Sequence[Passage]) -> None:
    """The section whose heading names it; for operations without one, that of a heading with such a verb."""
    names = Names(operation.name for operation in operations)
    by_name = {operation.name: operation for operation in operations}
    for passage in passages:
        for name in _named_by_heading(passage, names.in_list):
            by_name[name].home.append(passage)
    homeless = [operation.name for operation in operations if not operation.home]
    homes = Homes(operations)
    for passage in passages:
        if not homes[passage]:
            for name in _named_by_heading(passage, lambda heading: _by_verb(heading, homeless)):
                by_name[name].home.append(passage)


def _named_by_heading(passage: Passage, named: Callable[[str], list[str]]) -> list[str]:
    """By the innermost heading that names any; the title of the document is none."""
    for heading in () if passage.skipped else reversed(passage.headings[1:] or passage.headings):
        found = named(heading)
        if found:
            return found
    return []


def _by_verb(heading: str, names: Iterable[str]) -> list[str]:
    """'Start a claim' is the story of 'Create claim' if no other operation has such a verb."""
    if CHINESE.search(heading) or not heading.strip():
        return []
    fits = [name for name in names if same_verb(heading, name)]
    nouns = [name for name in fits if name.split()[-1].lower() in heading.lower()]
    return nouns[:1] if len(nouns) == 1 else fits if len(fits) == 1 else []
