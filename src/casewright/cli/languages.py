"""Which language the command line speaks, and texts that exist in both."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Phrase(NamedTuple):
    """One text in both languages. `{names}` in it are filled by `text`."""

    zh: str
    en: str

    def text(self, language: Language, **values: object) -> str:
        text = self.zh if language == "zh" else self.en
        return text.format_map(values) if values else text


def language_of_user(chosen: Language | None, environment: Mapping[str, str] = os.environ) -> Language:
    """`chosen` if there is one, else that of the locale: the first of its variables that is set counts."""
    if chosen is not None:
        return chosen
    variables = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((value for value in variables if value), "")
    return "zh" if locale.lower().startswith("zh") else "en"
