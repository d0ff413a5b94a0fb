from collections.abc import Callable

import pytest

from casewright.design.extraction.extracting import extract
from casewright.design.items import split
from casewright.design.model.compiled import compile_model
from casewright.design.model.schema import Model
from casewright.documents.limits import Limits
from casewright.documents.readers.markdown import reader as markdown


@pytest.fixture
def read() -> Callable[[str], Model]:
    """Markdown in, model out; it always compiles."""

    def model_of(text: str) -> Model:
        document = markdown.read(text.encode(), "document.md", Limits(), lambda _: None)
        language = "zh" if any("\u4e00" <= char <= "\u9fff" for char in text) else "en"
        model = extract([document], split([document]), language)
        compile_model(model)
        return model

    return model_of
