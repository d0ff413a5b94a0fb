"""Of which kind a requirement is: by the section it stands in and by its wording."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import Enum, auto

from casewright.design.cases import ItemKind
from casewright.design.itemising import asides, signals
from casewright.design.itemising.sentences import sentence_spans
from casewright.design.itemising.topics import Topic

_CLOSED = {
    Topic.BACKGROUND: ItemKind.BACKGROUND,
    Topic.CONTENTS: ItemKind.BACKGROUND,
    Topic.OUT_OF_SCOPE: ItemKind.OUT_OF_SCOPE,
    Topic.OPEN: ItemKind.OPEN_QUESTION,
    Topic.QUALITY: ItemKind.QUALITY,
}
"""Topics that decide alone."""
_DEFAULTS = {
    Topic.OTHER: ItemKind.FUNCTIONAL,
    Topic.INTRODUCTION: ItemKind.BACKGROUND,
    Topic.SCOPE: ItemKind.BACKGROUND,
    Topic.TERMS: ItemKind.BACKGROUND,
    Topic.PERMISSION: ItemKind.PERMISSION,
    Topic.DATA: ItemKind.DATA,
    Topic.RULE: ItemKind.RULE,
}
"""What a text is that no word of it tells."""
_RANK = (
    ItemKind.RULE,
    ItemKind.FUNCTIONAL,
    ItemKind.PERMISSION,
    ItemKind.DATA,
    ItemKind.QUALITY,
    ItemKind.BACKGROUND,
)
"""Which kind wins where as many sentences speak for one as for another."""
_BY_LETTERS = (
    (re.compile(r"N-?FR|QR|QA|PERF", re.IGNORECASE), ItemKind.QUALITY),
    (re.compile(r"BR", re.IGNORECASE), ItemKind.RULE),
)
_FORMAL_STATEMENTS = 8
"""Statements with 'shall' or '(REQUIRED)' that make a formal document."""


class Convention(Enum):
    """How a document marks what it requires (IEEE 830, ISO/IEC/IEEE 29148)."""

    FREE = auto()
    MARKED = auto()
    """By 'shall', 'must', '(REQUIRED)' or the like: prose without such a word only explains."""
    NUMBERED = auto()
    """By 'shall' in statements with an id: 'must' and 'will' in other prose mean nothing special."""

    def explains(self, text: str, lead: str = "", *, listed: bool = False) -> bool:
        """Whether a statement without an id of its own is only an explanation. `lead` is the sentence that
        introduces it; `listed` says that it stands in a list."""
        if self is Convention.FREE:
            return False
        if self is Convention.NUMBERED:
            return not (signals.FORMAL.search(text) or signals.FORMAL.search(lead))
        return not (listed or lead or is_normative(text))


def convention_of(texts: Iterable[str]) -> Convention:
    formal = numbered = 0
    for text in texts:
        formal += signals.FORMAL.search(text) is not None
        numbered += signals.FORMAL_WITH_ID.match(text) is not None
    if formal < _FORMAL_STATEMENTS:
        return Convention.FREE
    return Convention.NUMBERED if numbered >= _FORMAL_STATEMENTS else Convention.MARKED


def is_normative(text: str) -> bool:
    return signals.NORMATIVE.search(text) is not None


def is_story(text: str) -> bool:
    return signals.STORY.search(text) is not None


def scope_of(sentence: str, topic: Topic) -> ItemKind | None:
    """OUT_OF_SCOPE or OPEN_QUESTION where the sentence says so itself, BACKGROUND where it lists what is
    in scope; None for any other."""
    if asides.OUT_OF_SCOPE.search(sentence):
        return ItemKind.OUT_OF_SCOPE
    if asides.OPEN.search(sentence) and not (is_normative(sentence) or topic in {Topic.RULE, Topic.DATA}):
        return ItemKind.OPEN_QUESTION
    return ItemKind.BACKGROUND if asides.IN_SCOPE.search(sentence) else None


def kind_of_label(label: str) -> ItemKind | None:
    """The kind that the letters of a label tell by convention: 'NFR-3', 'BR-12'."""
    letters = re.match(r"[A-Za-z]+(?:-[A-Za-z]+)*", label)
    if letters is None:
        return None
    return next((kind for pattern, kind in _BY_LETTERS if pattern.fullmatch(letters[0])), None)


def kind_of(text: str, topic: Topic, lead: str = "") -> ItemKind:
    """The kind of a text below a heading of `topic`; `lead` is the sentence that introduces it."""
    if topic in _CLOSED:
        return _CLOSED[topic]
    about_document = topic is Topic.INTRODUCTION and asides.ABOUT_DOCUMENT.match(text)
    if about_document or asides.VERSION_OR_DATE.fullmatch(text):
        return ItemKind.BACKGROUND
    if is_story(text):
        return ItemKind.FUNCTIONAL
    votes = Counter(kind for start, end in sentence_spans(text) if (kind := _vote(text[start:end])))
    if votes:
        return _elected(votes, topic, lead)
    return _led(topic, lead) if topic is Topic.OTHER else _DEFAULTS[topic]


def _vote(sentence: str) -> ItemKind | None:
    """What a single sentence is about; None where no word tells."""
    if asides.ABOUT_TEXT.search(sentence):
        return ItemKind.BACKGROUND
    if signals.PERMISSION.search(sentence):
        return ItemKind.PERMISSION
    if signals.QUALITY.search(sentence):
        return ItemKind.QUALITY
    about_data = signals.DATA.search(sentence) is not None
    if about_data and signals.DEFINES.match(sentence):
        return ItemKind.DATA
    if signals.RULE.search(sentence):
        return ItemKind.RULE
    if signals.BEHAVIOUR.search(sentence):
        return ItemKind.FUNCTIONAL
    return ItemKind.DATA if about_data else None


def _elected(votes: Counter[ItemKind], topic: Topic, lead: str) -> ItemKind:
    """The kind with most sentences, as far as the topic of the section lets it be."""
    if topic in {Topic.INTRODUCTION, Topic.SCOPE, Topic.TERMS}:
        del votes[ItemKind.FUNCTIONAL]
    first = max(_RANK, key=lambda kind: (votes[kind], -_RANK.index(kind)))
    if not votes[first]:
        return _DEFAULTS[topic]
    if topic is Topic.PERMISSION and first is not ItemKind.QUALITY:
        return ItemKind.PERMISSION
    if topic is Topic.RULE and first in {ItemKind.FUNCTIONAL, ItemKind.DATA}:
        return ItemKind.RULE
    return _led(topic, lead) if first is ItemKind.FUNCTIONAL else first


def _led(topic: Topic, lead: str) -> ItemKind:
    """What behaviour is by the sentence that introduces it: a check of a list of checks is a rule."""
    if topic is Topic.DATA:
        return ItemKind.DATA
    if signals.LEADS_CHECKS.search(lead):
        return ItemKind.RULE
    return ItemKind.DATA if signals.LEADS_FIELDS.search(lead) else ItemKind.FUNCTIONAL
