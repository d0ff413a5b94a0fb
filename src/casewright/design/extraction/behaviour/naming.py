"""By which words a document names its operations: whole names, '…ing', short forms, verbs of one meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.text.listing import names_in, split_list
from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.words import CHINESE, fold


@dataclass
class Operation:
    name: str
    ids: tuple[str, ...] = ()
    fields: dict[str, Field] = field(default_factory=dict[str, Field])
    outputs: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    home: list[Passage] = field(default_factory=list[Passage])
    """The passages of its own section."""
    complete: bool = True
    """False where an input was named but not described."""


class Homes:
    """Which operations a passage is the section of; ask after all homes are found."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._names: dict[Passage, list[str]] = {}
        for operation in operations:
            for passage in operation.home:
                self._names.setdefault(passage, []).append(operation.name)

    def __getitem__(self, passage: Passage) -> list[str]:
        return self._names.get(passage, [])


def verb(name: str) -> str:
    return name.split()[0].lower()


_SOMETHING_DONE = re.compile(
    r"^\W*(?:when |if |before |after |for |on )?(?P<en>[a-z]{3,}ing)\s+(?:an?|the|any|one's)\b|"
    r"^\W*(?:用户|客户|会员)?(?P<zh>[\u3400-\u9fff]{2,10})时",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"操作|角色|权限|状态|请求|提交|填写|校验|失败|拒绝|同时|任何|字段|输入|有误|超时")


def speaks_of_another(text: str) -> bool:
    """Does it begin with something that is done ('Deleting a room …', '删除房间时…')? Ask where no known operation is
    named."""
    match = _SOMETHING_DONE.match(text)
    return match is not None and not (match["zh"] and _OF_ALL.search(match["zh"]))


def gerund_forms(name: str) -> list[str]:
    word = verb(name)
    if not word.isascii() or len(word) < 3:
        return []
    stem = word[:-1] if word.endswith("e") else word
    return [f"{stem}ing", f"{stem}{word[-1]}ing"]


_SAME_VERBS = (
    {"create", "start", "open", "new", "begin"},
    {"view", "show", "look", "see"},
    {"add", "collect", "enter", "record"},
    {"remove", "delete", "drop"},
    {"withdraw", "take back", "revoke"},
)
"""Verbs that a story's title uses for the operation that a table names otherwise."""


def same_verb(heading: str, name: str) -> bool:
    """Does the heading begin with the verb of the operation, or with one that means the same?"""
    mine = verb(name)
    meant = {mine}.union(*(group for group in _SAME_VERBS if mine in group))
    return any(re.match(rf"{re.escape(word)}\b", heading.lower()) for word in meant)


class Names:
    """Tells which operations a text names."""

    def __init__(self, operations: Iterable[str]) -> None:
        self.names = list(operations)
        self._longest = sorted(self.names, key=len, reverse=True)
        self.gerunds = _unique(self.names, gerund_forms)
        self.short = {**_unique(self.names, _short_forms), **self.gerunds}

    def in_text(self, text: str) -> list[str]:
        """Named anywhere by the whole name, or at the beginning as '…ing'."""
        return names_in(text, self.names) or self._begun(text)

    def _begun(self, text: str) -> list[str]:
        first = re.match(r"\W*(?:the )?(\w+)", text.lower())
        return [self.gerunds[first[1]]] if first and first[1] in self.gerunds else []

    def about(self, text: str) -> list[str]:
        """What a sentence is about: what it begins with, else the one operation that it names as '…ing'."""
        found = self.leading(text) or self._begun(text)
        done = {self.gerunds[word] for word in re.findall(r"[a-z]+ing", text.lower()) if word in self.gerunds}
        return found or (list(done) if len(done) == 1 else [])

    def in_list(self, text: str) -> list[str]:
        """Named as the members of a list or heading ('下单、支付、取消'); short forms count here."""
        found = [name for part in split_list(text) for name in self._exactly(part)]
        return list(dict.fromkeys(found)) or self.in_text(text)

    def leading(self, text: str) -> list[str]:
        """Named at the beginning as what the text is about: '提交订单时…', '支付、取消时…', 'Return: …'."""
        start = re.sub(r"^\s*(?:[-•]|[A-Z]+\d[\d.]*|\(?[\d①-⑳]+[).、]?)?\s*[“「\"`]?", "", text)
        match = re.match(r"^(?P<list>[^:,;。]{1,40}?)\s*(?:时|:|超过|失败|须|需|要|必须|必填|应)", start)
        if match:
            members = [self._exactly(part) for part in split_list(match["list"])]
            if all(members):
                return [name for each in members for name in each]
        found: list[str] = []
        rest = start
        while name := next((each for each in self._longest if rest.lower().startswith(each.lower())), None):
            found.append(name)
            joint = re.match(r"\s*(?:、|,|和|与|或|\band\b|\bor\b)\s*", rest[len(name) :])
            rest = rest[len(name) + joint.end() :] if joint else ""
        return found

    def _exactly(self, part: str) -> list[str]:
        for name in self.names:
            if fold(name) == fold(part):
                return [name]
        return [name] if (name := self.short.get(part) or self.short.get(part.lower())) else []


def _unique(names: Iterable[str], forms_of: Callable[[str], Iterable[str]]) -> dict[str, str]:
    """form → the one name that has it"""
    owners: dict[str, set[str]] = {}
    for name in names:
        for form in forms_of(name):
            owners.setdefault(form, set()).add(name)
    return {form: each.pop() for form, each in owners.items() if len(each) == 1}


def _short_forms(name: str) -> list[str]:
    return [name[:2], name[0] + name[-1]] if CHINESE.search(name) and len(name) >= 4 else []
