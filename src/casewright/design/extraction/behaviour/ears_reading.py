"""Requirements in EARS phrases: 'When …, the system shall …', 'If …, then the system shall reject …', '当…时,系统应…'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from casewright.design.extraction.behaviour.vocabulary import Vocabulary
from casewright.design.extraction.text.passages import Passage

_LABEL = re.compile(r"^\W*(?P<label>[A-Z]{1,6}(?:[-_][A-Z]+)*[-_ ]?\d+(?:[.-]\d+)*)\b[.:)]?\s*")
_SYSTEM = r"(?:the )?[\w -]{2,40}? shall "
_SYSTEM_ZH = r"(?:系统|软件|本系统|平台)(?:应当?|须|必须|应该)"
_KINDS = (
    rf"^(?P<when>(?:while [^,]+, )?when .+?), (?:then )?{_SYSTEM}(?P<shall>.+)$",
    rf"^(?P<if>(?:if|where|while) .+?), (?:then )?{_SYSTEM}(?P<shall>.+)$",
    rf"^{_SYSTEM}(?P<shall>.+)$",
    rf"^当(?P<when>.+?)(?:时|后)?,\s*{_SYSTEM_ZH}(?P<shall>.+)$",
    rf"^(?P<if>(?:若|如果|如).+?)(?:时|的)?,\s*(?:则)?{_SYSTEM_ZH}(?P<shall>.+)$",
    rf"^{_SYSTEM_ZH}(?P<shall>.+)$",
)
_COMPILED = tuple(re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in _KINDS)
_PERSON = re.compile(
    r"^(?:an? |the |any )?(?:\w+ )?(?:user|customer|client|operator|member|visitor|admin\w*|employee|manager|clerk|agent|applicant|guest|owner)s?\b|"
    r"^(?:用户|客户|会员|管理员|操作员|访客|申请人|员工)",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"\b(?:requests?|submits?|asks?|claims?|enters?|selects?|confirms?|wants?|\w{3,}s)\b|申请|提交|发起|请求|点击|办理",
    re.IGNORECASE,
)
_STATE_CLAUSE = re.compile(
    r"\b(?:while|whose|as long as|provided)\b.*|在[^,]*?状态[^,]*?时|(?:当?前?状态|处于)[^,]*", re.IGNORECASE
)
_LONGEST_NAME = 40
_MOST_WORDS = 5


class Phrase(Enum):
    WHEN = "when"
    IF = "if"
    ALWAYS = "always"


@dataclass(frozen=True)
class Requirement:
    """One sentence. `condition`: the words between 'when' or 'if' and the comma, without these."""

    label: str
    phrase: Phrase
    condition: str
    shall: str
    passage: Passage


def read_requirements(passages: Sequence[Passage]) -> list[Requirement]:
    found: list[Requirement] = []
    for passage in passages:
        if passage.table is not None or passage.skipped:
            continue
        label = _LABEL.match(passage.text)
        for sentence in _sentences(passage.text[label.end() :] if label else passage.text):
            read = _read(sentence, label["label"] if label else "", passage)
            found += [read] if read else []
    return found


def _sentences(text: str) -> Iterable[str]:
    return filter(
        None, map(str.strip, re.split(r"(?<=[。;\n])|(?<=[a-z0-9)%\"”])\.(?:\s+(?=[A-Z])|$)", text))
    )


def _read(sentence: str, label: str, passage: Passage) -> Requirement | None:
    for pattern in _COMPILED:
        match = pattern.match(sentence)
        if match is None:
            continue
        said = match.groupdict()
        shall = match["shall"].rstrip(" .。;")
        if said.get("when"):
            return Requirement(
                label, Phrase.WHEN, re.sub(r"^when ", "", said["when"], flags=re.IGNORECASE), shall, passage
            )
        if said.get("if"):
            condition = re.sub(r"^(?:if|where|while|若|如果|如)\s*", "", said["if"], flags=re.IGNORECASE)
            return Requirement(label, Phrase.IF, condition, shall, passage)
        return Requirement(label, Phrase.ALWAYS, "", shall, passage)
    return None


@dataclass(frozen=True, eq=False)
class Section:
    """The section of one operation: its heading is the name."""

    name: str
    requirements: tuple[Requirement, ...]
    triggers: tuple[Requirement, ...]
    """Those that tell who starts it."""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for each in self.triggers for name in each.passage.ids))


def read_sections(passages: Sequence[Passage], words: Vocabulary) -> list[Section]:
    """Sections in which somebody starts one thing; where several things are started, no heading names them."""
    by_headings: dict[tuple[str, ...], list[Requirement]] = {}
    for each in read_requirements(passages):
        by_headings.setdefault(each.passage.headings, []).append(each)
    found: list[Section] = []
    for headings, requirements in by_headings.items():
        triggers = [each for each in requirements if each.phrase is Phrase.WHEN and _started(each, words)]
        started = {_started(each, words) for each in triggers}
        name = re.sub(r"\(.*?\)", "", headings[-1]).strip() if headings else ""
        if len(started) == 1 and 1 < len(name) <= _LONGEST_NAME and len(name.split()) <= _MOST_WORDS:
            found.append(Section(name, tuple(requirements), tuple(triggers)))
    return found


def _started(requirement: Requirement, words: Vocabulary) -> str:
    """What somebody does, in the words of the requirement; empty if nobody does anything."""
    text = re.sub(r"^while [^,]+, when ", "", requirement.condition, flags=re.IGNORECASE)
    bare = re.sub(r"\s{2,}", " ", _STATE_CLAUSE.sub(" ", text)).strip()
    does = _DOES.search(bare)
    who = words.roles_in(bare[: does.start()]) if does else []
    known = bool(who) or _PERSON.match(bare) is not None
    return bare[does.start() :].strip().lower() if does and known else ""


def state_clause(requirement: Requirement) -> str:
    """'while the ticket status is Issued' out of a condition; empty if it has none."""
    leading = re.match(r"while [^,]+(?=, when )", requirement.condition, re.IGNORECASE)
    if leading:
        return leading[0]
    match = _STATE_CLAUSE.search(requirement.condition)
    return match[0] if match else ""


def who_starts(requirement: Requirement, words: Vocabulary) -> list[str]:
    does = _DOES.search(requirement.condition)
    return words.roles_in(requirement.condition[: does.start()]) if does else []
