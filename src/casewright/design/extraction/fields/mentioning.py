"""Which fields a text names, by the whole name or by a word that only one of them has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.words import CHINESE


def fields_in(text: str, fields: Iterable[str]) -> list[str]:
    """The fields that a text names, by the whole name or by a word that only one of them has."""
    names = list(fields)
    return names_in(text, names) or hinted_fields(text, names)


def hinted_fields(text: str, names: Sequence[str]) -> list[str]:
    """The fields of which a text has a word that only one of them has ('金额' for 转账金额)."""
    words: dict[str, set[str]] = {}
    for name in names:
        parts = [name[-2:]] if CHINESE.search(name) else [part for part in name.split() if len(part) > 3]
        for part in parts:
            words.setdefault(part, set()).add(name)
    single = {part: owners.pop() for part, owners in words.items() if len(owners) == 1}
    return list(dict.fromkeys(single[part] for part in names_in(text, single)))
