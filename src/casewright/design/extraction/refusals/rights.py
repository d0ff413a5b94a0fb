"""Refusals of roles: 'the role is guest', '非馆员', 'anybody but the site manager'."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casewright.design.extraction.refusals.comparing import EXCEPTION, NEGATION
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.words import UNKNOWN

_BRACKETS = re.compile(r"\([^()]*(?:\)|$)|(?:例如|比如|for example|e\.g\.|such as).*", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:else|other|only)\b|其[他它余]|以外|之外|仅限?|只有|只能", re.IGNORECASE)
_GLUE = re.compile(
    r"\b(?:the|an?|is|are|has|have|in|role|roles|users?|actors?|callers?|person|anybody|anyone|somebody|other|than|else|not|no|but|"
    r"except|of|or|and|nor|neither|whose|with|who|if|when|by|does|do|permission|permitted|allowed|to|this|it|for|only)s?\b|"
    r"角色|用户|人员|操作人|当前|的|为|是|非|不|除|以外|之外|外|其他|没有|无|权限|操作|时|或|和|与|及|者|仅限?|只有|\W",
    re.IGNORECASE,
)


def refused_roles(text: str, roles: Iterable[str]) -> str | None:
    """The condition on who asks, where the text names roles; None where it names none."""
    said = _BRACKETS.sub(" ", text)
    named = names_in(said, roles)
    if not named:
        return None
    others = EXCEPTION.search(said) or NEGATION.search(said) or _OTHERS.search(said)
    rest = said
    for name in sorted(named, key=len, reverse=True):
        rest = re.sub(rf"{re.escape(name)}(?:e?s)?", " ", rest, flags=re.IGNORECASE)
    condition = f"actor {'not in' if others else 'in'} [{', '.join(named)}]"
    return condition if not _GLUE.sub("", rest) else f"{condition} and {UNKNOWN}" if not others else UNKNOWN
