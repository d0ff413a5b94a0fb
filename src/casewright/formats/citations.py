"""Where a text stands in the document, as a tester would say it: section and quote."""

from __future__ import annotations

from collections.abc import Iterable

from casewright.design.cases import Source, Suite


class Citations:
    """Cites sources of one suite. The section of a block is that of the requirement items resting on it."""

    def __init__(self, suite: Suite) -> None:
        self._language = suite.language
        self._names = [document.name for document in suite.documents]
        self._sections: dict[tuple[int, int], tuple[str, ...]] = {}
        for item in suite.items:
            for source in item.sources:
                self._sections.setdefault((source.document, source.block), item.section)

    def text(self, source: Source) -> str:
        """'4.2 Transfer › Limits, row 3, column 2: “quote”'. The document is named when there are several;
        a block that no item rests on is told by its number."""
        zh = self._language == "zh"
        section = section_text(self._sections.get((source.document, source.block), ()))
        place = section or (f"第 {source.block + 1} 块" if zh else f"block {source.block + 1}")
        if len(self._names) > 1 and source.document < len(self._names):
            place = f"{self._names[source.document]} › {place}"
        if source.row is not None:
            place += f"，第 {source.row + 1} 行" if zh else f", row {source.row + 1}"
        if source.column is not None:
            place += f"，第 {source.column + 1} 列" if zh else f", column {source.column + 1}"
        if not source.quote:
            return place
        return f"{place}：“{source.quote}”" if zh else f"{place}: “{source.quote}”"

    def texts(self, sources: Iterable[Source]) -> list[str]:
        """Every source once, in the order given."""
        return list(dict.fromkeys(self.text(source) for source in sources))


def section_text(section: tuple[str, ...]) -> str:
    return " › ".join(section)
