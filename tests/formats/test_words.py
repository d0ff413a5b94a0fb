"""No label is missing in either language."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import get_args

import pytest

from casewright.design.cases import (
    ClarificationKind,
    Coverage,
    ItemKind,
    Outcome,
    Priority,
    Status,
    Suite,
    Technique,
    Words,
)
from casewright.formats import words

LABELLED = [
    (Priority, words.PRIORITIES),
    (Technique, words.TECHNIQUES),
    (Status, words.STATUSES),
    (Coverage, words.COVERAGES),
    (Outcome, words.OUTCOMES),
    (ItemKind, words.ITEM_KINDS),
    (ClarificationKind, words.CLARIFICATION_KINDS),
]


@pytest.mark.parametrize(("kind", "labels"), LABELLED, ids=lambda value: getattr(value, "__name__", ""))
def test_every_member_of_an_enumeration_has_its_own_label(
    kind: type[StrEnum], labels: Mapping[StrEnum, Words]
) -> None:
    assert set(labels) == set(kind)
    for language in ("zh", "en"):
        assert len({label.text(language) for label in labels.values()}) == len(kind)


def test_an_english_label_is_the_word_of_the_interface() -> None:
    for kind, labels in LABELLED:
        for member in kind:
            assert labels[member].en == member.value


def test_every_depth_has_a_label() -> None:
    assert set(words.DEPTHS) == set(get_args(Suite.model_fields["depth"].annotation))


def test_every_word_is_written_in_both_languages() -> None:
    for name, word in vars(words).items():
        if isinstance(word, Words):
            assert word.en.replace("…", "").isascii(), name
            assert word.en.strip(), name
            assert any("\u4e00" <= character <= "\u9fff" for character in word.zh), name
