"""The suite as a mind map for XMind 2020 and later, laid out so that MeterSphere takes it in as cases.

Suite → modules → `case-P0: title` → preconditions and steps → expected result, with the labels that the
import of MeterSphere looks for ('前置条件: ', '步骤描述', '步骤: ', '预期结果: '). It refuses a map with a
case outside a module, so cases without one stand in a module 'Ungrouped'. What it has no place for (id,
requirements, technique, sources, data of a step) is in the notes of the topic.
"""

from __future__ import annotations

import hashlib
import io
import json
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from casewright.design.cases import Priority, Status, Step, Suite, TestCase, Words
from casewright.formats import words
from casewright.formats.cells import multi_line, numbered, one_line
from casewright.formats.citations import Citations
from casewright.formats.overview import by_module
from casewright.formats.values import data_text, expectation

Topic = dict[str, object]

_GRADES = {Priority.HIGH: 0, Priority.MEDIUM: 1, Priority.LOW: 2}
"""MeterSphere's P0, P1, P2; XMind's markers 'priority-1' to 'priority-3'."""

_STEP_DESCRIPTION = Words(zh="步骤描述", en="Step description")
_TOO_OLD = Words(
    zh="此文件需要用 XMind 8 Update 3 或更高版本打开，请勿在旧版本中修改或保存。",
    en="Open this file with XMind 8 Update 3 or later. Do not change or save it here.",
)


def write(suite: Suite) -> bytes:
    """The .xmind file: a zip of content.json, metadata.json, manifest.json and, for old versions of XMind, a
    content.xml that tells what to do."""
    entries = {
        "content.json": _json([_sheet(suite)]),
        "metadata.json": _json({"creator": {"name": one_line(suite.generator)}}),
        "manifest.json": b'{"file-entries":{"content.json":{},"metadata.json":{}}}',
        "content.xml": _warning_page(suite.language).encode(),
    }
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for name, data in entries.items():
            archive.writestr(_entry(name), data)
    return content.getvalue()


def _entry(name: str) -> ZipInfo:
    """Nothing in it depends on the time or the machine: the same suite gives the same file."""
    entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _sheet(suite: Suite) -> dict[str, object]:
    citations = Citations(suite)
    modules = [
        _module(module or words.UNGROUPED.text(suite.language), cases, citations, suite.language)
        for module, cases in by_module(suite).items()
    ]
    root = _topic("root:", suite.title, modules)
    root["structureClass"] = "org.xmind.ui.logic.right"
    return {
        "id": _id("sheet:"),
        "class": "sheet",
        "title": words.TEST_CASES.text(suite.language),
        "rootTopic": root,
    }


def _module(module: str, cases: list[TestCase], citations: Citations, language: str) -> Topic:
    topics = [
        _case(f"case:{number}:{module}", case, citations, language)
        for number, case in enumerate(cases, start=1)
    ]
    return _topic(f"module:{module}", module, topics)


def _case(path: str, case: TestCase, citations: Citations, language: str) -> Topic:
    children: list[Topic] = []
    if case.preconditions:
        preconditions = _labelled(words.PRECONDITION, numbered(case.preconditions), language)
        children.append(_topic(f"preconditions:{path}", preconditions, []))
    if case.steps:
        steps = [
            _step(f"step:{number}:{path}", step, language) for number, step in enumerate(case.steps, start=1)
        ]
        children.append(_topic(f"steps:{path}", _STEP_DESCRIPTION.text(language), steps))
    grade = _GRADES[case.priority]
    topic = _topic(path, f"case-P{grade}: {case.title}", children)
    topic["markers"] = [{"markerId": marker} for marker in _markers(case)]
    topic["labels"] = [
        words.PRIORITIES[case.priority].text(language),
        words.STATUSES[case.status].text(language),
    ]
    topic["notes"] = _notes(_case_notes(case, citations, language))
    return topic


def _markers(case: TestCase) -> list[str]:
    priority = f"priority-{_GRADES[case.priority] + 1}"
    return [priority] if case.status is Status.ASSERTED else [priority, "symbol-question"]


def _case_notes(case: TestCase, citations: Citations, language: str) -> str:
    notes = (
        (words.CASE_ID, case.id),
        (words.REQUIREMENTS, ", ".join(case.requirement_ids)),
        (words.TECHNIQUE, words.TECHNIQUES[case.technique].text(language)),
        (words.COVERAGE_ITEMS, "\n".join(case.coverage_items)),
        (words.SOURCES, numbered(citations.texts(case.sources))),
        (words.KEY, case.key),
    )
    return "\n".join(_labelled(name, text, language) for name, text in notes if text)


def _step(path: str, step: Step, language: str) -> Topic:
    expected = expectation(step, language)
    results: list[Topic] = []
    if expected:
        results.append(_topic(f"expected:{path}", _labelled(words.EXPECTED, expected, language), []))
    topic = _topic(path, _labelled(words.STEP, step.action, language), results)
    about = ((words.ACTOR, step.actor or ""), (words.DATA, data_text(step, language)))
    notes = "\n".join(_labelled(name, text, language) for name, text in about if text)
    if notes:
        topic["notes"] = _notes(notes)
    return topic


def _topic(path: str, title: str, children: list[Topic]) -> Topic:
    """`path` says which topic of the map it is; the same path gives the same id in every export."""
    topic: Topic = {"id": _id(path), "class": "topic", "title": multi_line(title)}
    if children:
        topic["children"] = {"attached": children}
    return topic


def _id(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", errors="replace")).hexdigest()[:26]


def _notes(text: str) -> dict[str, object]:
    return {"plain": {"content": multi_line(text)}}


def _labelled(name: Words, text: str, language: str) -> str:
    """With a colon of ASCII and a blank in Chinese too: so MeterSphere writes it itself."""
    return f"{name.text(language)}: {text}"


def _warning_page(language: str) -> str:
    text = escape(_TOO_OLD.text(language))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0" version="2.0">'
        f'<sheet id="{_id("warning:")}"><title>{text}</title>'
        f'<topic id="{_id("warning topic:")}"><title>{text}</title></topic></sheet></xmap-content>\n'
    )
