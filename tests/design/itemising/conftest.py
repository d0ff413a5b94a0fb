from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from casewright.design.cases import RequirementItem
from casewright.design.items import split
from casewright.documents.blocks import Document
from casewright.documents.limits import Limits
from casewright.documents.readers.markdown import reader as markdown

ReadText = Callable[..., Document]
SplitText = Callable[[str], dict[str, RequirementItem]]


def _read(text: str, name: str = "document.md") -> Document:
    return markdown.read(dedent(text).encode(), name, Limits(), lambda done: None)


@pytest.fixture(scope="session")
def read_text() -> ReadText:
    """Markdown in, a document out."""
    return _read


@pytest.fixture(scope="session")
def split_text() -> SplitText:
    """Markdown in, its items out by their ids, in the order of the document."""

    def split_markdown(text: str) -> dict[str, RequirementItem]:
        return {item.id: item for item in split([_read(text)])}

    return split_markdown
