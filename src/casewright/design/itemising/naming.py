"""Ids that are unique over all documents, from those that drafts have by their place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath


def unique_ids(ids: Sequence[str], name: str, taken: set[str]) -> list[str]:
    """The ids of one document, in order, none of them in `taken` (which grows by them). The second '4.2.1'
    of a document is '4.2.1~2'; one that an earlier document has goes by the name: 'rules:4.2.1'."""
    stem = re.sub(r"\s+", "-", PurePath(name).stem) or "document"
    within = list(_numbered(ids, set()))
    clashing = [f"{stem}:{id_}" if id_ in taken else id_ for id_ in within]
    result = list(_numbered(clashing, taken))
    taken.update(result)
    return result


def _numbered(ids: Iterable[str], taken: set[str]) -> Iterable[str]:
    seen = set(taken)
    counts: Counter[str] = Counter()
    for id_ in ids:
        unique = id_
        while unique in seen:
            counts[id_] = max(counts[id_], 1) + 1
            unique = f"{id_}~{counts[id_]}"
        seen.add(unique)
        yield unique
