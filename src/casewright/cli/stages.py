"""Shows how far the work is: a bar with the name of the stage, if there is a terminal to show it on."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from casewright.cli.languages import Language, Phrase
from casewright.generate import Progress as Tell

_STAGES = {
    "read": Phrase("读取文档", "Reading"),
    "items": Phrase("拆分需求", "Splitting into items"),
    "model": Phrase("建立模型", "Building the model"),
    "cases": Phrase("设计用例", "Designing cases"),
}
"""In their order. Each takes the same part of the bar."""


@contextmanager
def stages(language: Language) -> Generator[Tell]:
    """Gives what is to be called with the name of a stage and the share of it that is done."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    order = list(_STAGES)
    with bar:
        task = bar.add_task("", total=len(order))

        def tell(stage: str, share: float) -> None:
            bar.update(task, completed=order.index(stage) + share, description=_STAGES[stage].text(language))

        yield tell
