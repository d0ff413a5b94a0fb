"""The summary for people, on the standard error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group
from rich.table import Table
from rich.text import Text

from casewright.cli.languages import Language, Phrase
from casewright.cli.outputs import STANDARD_OUTPUT
from casewright.cli.plain import one_line
from casewright.cli.summary import ModelFigures, Summary
from casewright.cli.terminal import console
from casewright.design.cases import Status
from casewright.formats import words

_SHOWN = 3
"""How many of the questions and of the sentences that were not understood are shown."""

_ITEMS = Phrase("需求条目", "Requirement items")
_MODEL = Phrase("测试模型", "Test model")
_FIGURES = Phrase(
    "操作 {operations} · 输入 {inputs} · 规则 {rules} · 状态 {states}",
    "operations {operations} · inputs {inputs} · rules {rules} · states {states}",
)
_NOT_UNDERSTOOD = Phrase("没有理解的句子", "Not understood")
_QUESTIONS = Phrase("需要澄清的问题", "Questions")
_CASES = Phrase("测试用例", "Test cases")
_COVERAGE = Phrase("覆盖项", "Coverage items")
_NOTICES = Phrase("文档提示", "About the document")
_WRITTEN = Phrase("已写入", "Written")
_NONE_ASSERTED = Phrase(
    "没有一条用例能推算出预期结果，需人工填写。"
    "可用 `casewright model` 查看读懂了什么，补全后用 `casewright design` 生成。",
    "No case has a computed expected result: a person has to fill them in. "
    "See with `casewright model` what was understood, complete it, and use `casewright design`.",
)
_TECHNIQUE = Phrase("设计方法", "Technique")
_TOTAL = Phrase("合计", "total")
_MORE = Phrase("……还有 {count} 条", "… and {count} more")


def model_line(model: ModelFigures, language: Language) -> str:
    return _FIGURES.text(language, **model.model_dump())


def print_summary(summary: Summary, language: Language) -> None:
    out = console("stderr")
    out.print(Text(one_line(summary.title), style="bold"))
    out.print(_overview(summary, language))
    out.print(_cases(summary, language))
    if summary.cases.total and not summary.cases.asserted:
        out.print(Text(_NONE_ASSERTED.text(language), style="yellow"))
    for output in summary.outputs:
        if output.path != str(STANDARD_OUTPUT):
            out.print(Text(f"{_WRITTEN.text(language)} {output.path}", style="green"), soft_wrap=True)


def _overview(summary: Summary, language: Language) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(justify="right")
    table.add_column()
    for name, count, detail in _rows(summary, language):
        table.add_row(name.text(language), "" if count is None else str(count), detail)
    return table


def _rows(summary: Summary, language: Language) -> Iterator[tuple[Phrase, int | None, Group | Text]]:
    if summary.items.total:
        kinds = summary.items.by_kind.items()
        detail = Text(_listed((words.ITEM_KINDS[kind].text(language), count) for kind, count in kinds))
        yield _ITEMS, summary.items.total, detail
    yield _MODEL, None, Text(model_line(summary.model, language))
    if summary.not_understood.total:
        yield (
            _NOT_UNDERSTOOD,
            summary.not_understood.total,
            _first(summary.not_understood.sentences, language),
        )
    if summary.questions:
        asked = [each.question for each in summary.questions]
        yield _QUESTIONS, len(asked), _first(asked, language)
    coverage = [(words.COVERAGES[key].text(language), count) for key, count in summary.coverage.items()]
    if total := sum(summary.coverage.values()):
        yield _COVERAGE, total, Text(_listed(coverage))
    if summary.notices:
        yield _NOTICES, len(summary.notices), _first(summary.notices, language)


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return " · ".join(f"{name} {count}" for name, count in counts if count)


def _first(texts: tuple[str, ...] | list[str], language: Language) -> Group:
    lines = [Text(one_line(text), no_wrap=True, overflow="ellipsis") for text in texts[:_SHOWN]]
    if len(texts) > _SHOWN:
        lines.append(Text(_MORE.text(language, count=len(texts) - _SHOWN), style="dim"))
    return Group(*lines)


def _cases(summary: Summary, language: Language) -> Table:
    cases = summary.cases
    table = Table(title=_CASES.text(language), title_justify="left", show_footer=True)
    table.add_column(_TECHNIQUE.text(language), footer=_TOTAL.text(language))
    totals = {Status.ASSERTED: cases.asserted, Status.UNVERIFIED: cases.unverified}
    for status, count in totals.items():
        table.add_column(words.STATUSES[status].text(language), footer=str(count), justify="right")
    for technique, counts in cases.by_technique.items():
        numbers = [str(counts[status]) for status in totals]
        table.add_row(words.TECHNIQUES[technique].text(language), *numbers)
    return table
