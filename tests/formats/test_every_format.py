"""What holds of every format alike."""

from __future__ import annotations

import importlib
import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from casewright.design.cases import Step, Suite, TestCase
from casewright.formats.writing import FORMATS, Format

every_format = pytest.mark.parametrize("written", FORMATS.values(), ids=FORMATS)
CHINESE = re.compile("[\u4e00-\u9fff（）：；“”]")


def text_of(content: bytes) -> str:
    """All text of a file; of a zip, that of its entries (not an Excel theme: that names fonts)."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(
            archive.read(name).decode("utf-8") for name in archive.namelist() if "theme" not in name
        )


@every_format
def test_the_same_suite_gives_the_same_file(
    written: Format, rich_suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written.write(rich_suite)
    rebuilt = Suite.model_validate(rich_suite.model_dump())
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert written.write(rebuilt) == first


@pytest.mark.parametrize("name", ["xlsx", "xmind"])
def test_no_entry_of_an_archive_tells_when_it_was_written(name: str, rich_suite: Suite) -> None:
    content = FORMATS[name].write(rich_suite)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[:2] for entry in archive.infolist()} == {(1980, 1)}
    assert str(datetime.now(UTC).year) not in text_of(content)


@every_format
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_suite_without_cases_is_still_a_file(
    written: Format, language: str, build_suite: Callable[..., Suite]
) -> None:
    assert written.write(build_suite(language=language, documents=()))


@every_format
def test_an_english_suite_has_no_chinese_in_it(
    written: Format, build_suite: Callable[..., Suite], build_case: Callable[..., TestCase]
) -> None:
    cases = (
        build_case(),
        build_case(module="Pay", steps=(Step(action="Look", data={"on": True, "x": None}),)),
    )
    content = written.write(build_suite(cases=cases, notices=("Page 3 is scanned",)))
    assert not CHINESE.search(text_of(content))


@every_format
def test_a_broken_character_stops_no_export(
    written: Format, build_suite: Callable[..., Suite], build_case: Callable[..., TestCase]
) -> None:
    broken = "half \ud83d of a pair, \x00 and \x1b, \uffff"
    step = Step(action=broken, expectation=broken, operation=broken, data={broken: broken})
    case = build_case(id=broken, key=broken, title=broken, module=broken, steps=(step,))
    content = written.write(build_suite(title=broken, generator=broken, cases=(case,)))
    assert text_of(content)


@every_format
def test_each_format_is_told_binary_or_text_rightly(written: Format, rich_suite: Suite) -> None:
    assert zipfile.is_zipfile(io.BytesIO(written.write(rich_suite))) == written.binary


def test_every_format_has_its_module() -> None:
    for row in FORMATS.values():
        assert callable(importlib.import_module(f"casewright.formats.{row.module}").write)
