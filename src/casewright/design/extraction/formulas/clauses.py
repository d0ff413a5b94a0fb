"""The clauses of the words about a quantity, without examples and what is said of refusals."""

from __future__ import annotations

import re

from casewright.design.extraction.text.passages import plain

_CLAUSES = re.compile(r"[;。\n]|\.(?=\s|$)|,(?!\d{3}(?!\d))")
_CONJOINED = re.compile(
    r"\s+(?:and|but)\s+(?=(?:no|not|at|never|is|it is|a)?\s*(?:less|more|least|most|never|below|above|capped|rounded|limited|minimum|maximum)\b)",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:for example|for instance|e\.g\.|such as|例如|比如|例:|如(?=\s*\d)).*?(?=[;。\n]|\.(?=\s|$)|$)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"(?:^|(?<=[。;\n]))[^。;\n]*(?:不能(?!超过|低于|高于|少于|大于|小于|为负)|拒绝|不予受理|\b(?:refused|rejected|not allowed)\b)[^。;\n]*",
    re.IGNORECASE,
)


def clauses_of(text: str) -> list[str]:
    """The clauses of a sentence; brackets keep together what is in them, but a rounding in brackets is a
    clause of its own."""
    text = _REFUSED.sub(" ", _EXAMPLE.sub(" ", plain(text)))
    text = re.sub(r",\s*(?=half (?:a cent )?(?:is )?(?:rounded )?up)", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"\s*\((?=[^()]*(?:round|四舍五入|舍去|取整))([^()]*)\)", r", \1", text)
    parts: list[str] = []
    start = 0
    for match in _CLAUSES.finditer(text):
        if text.count("(", start, match.start()) <= text.count(")", start, match.start()):
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    return [piece.strip() for part in parts for piece in _CONJOINED.split(part) if piece and piece.strip()]
