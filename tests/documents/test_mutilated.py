"""Mutilated documents are read or refused; none crashes the reading, hangs it or takes all memory.

200 of them, a hundred of each set; CASEWRIGHT_MUTILATED in the environment is another number for each set.
`mutilate.py` shows what came of each.
"""

from __future__ import annotations

import importlib.util
import io
import os
import resource
import sys
from pathlib import Path
from types import ModuleType

import docx
import pytest
import xlsxwriter
from reportlab.pdfgen.canvas import Canvas

from casewright.documents.limits import Limits

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / ".." / "shared" / "samples"
COUNT = int(os.environ.get("CASEWRIGHT_MUTILATED", "30"))
SEED = 20261125
LIMITS = Limits(seconds=60)
MOST_MEMORY = 1024**3

_PARAGRAPHS = [
    f"{n}.{m} 用户登录 The user logs in; at most {n * m} times." for n in range(9) for m in range(9)
]
_TABLE = [["编号", "规则", "limit"], ["R1", "密码长度", "8–20"], ["R2", "金额", "0.01"]]


def _mutilate() -> ModuleType:
    """The script beside this file; the tests are no package that it could be imported from."""
    spec = importlib.util.spec_from_file_location("mutilate", HERE / "mutilate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


mutilate = _mutilate()


def word() -> bytes:
    document = docx.Document()
    document.add_heading("登录 Login", 1)
    for text in _PARAGRAPHS:
        document.add_paragraph(text, style="List Number" if text.startswith("3") else None)
    table = document.add_table(len(_TABLE), len(_TABLE[0]))
    for row, texts in zip(table.rows, _TABLE, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return mutilate.packed(mutilate.unpacked(buffer.getvalue()))


def excel() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("规则")
        for number, texts in enumerate(_TABLE * 20):
            sheet.write_row(number, 0, texts)
        sheet.merge_range("E1:F3", "merged")
    parts = mutilate.unpacked(buffer.getvalue())
    # It tells when the file was made.
    return mutilate.packed(parts | {"docProps/core.xml": b"<x/>"})


def pdf() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for number, text in enumerate(_PARAGRAPHS):
        canvas.drawString(72, 780 - 14 * (number % 50), text.partition(" ")[2][5:])
        if number % 50 == 49:
            canvas.grid([72, 200, 400], [100, 130, 160])
            canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def built_in() -> dict[str, bytes]:
    rows = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) + "</tr>\n" for row in _TABLE * 5)
    paragraphs = "\n".join(f"<p>{text}</p><ul><li>a<li>b</ul>" for text in _PARAGRAPHS)
    page = f"<!DOCTYPE html><html><body><h1>登录</h1>{paragraphs}<table>{rows}</table></body></html>"
    lines = "\n".join(",".join(row) for row in _TABLE * 20)
    table = "\n".join("|" + "|".join(row) + "|" for row in [_TABLE[0], ["-", "-", "-"], *_TABLE[1:]])
    markdown = "# 登录\n\n" + "\n\n".join(f"- **{text}**\n  > `x`" for text in _PARAGRAPHS) + "\n\n" + table
    return {
        "built-in.docx": word(),
        "built-in.xlsx": excel(),
        "built-in.pdf": pdf(),
        "built-in.html": page.encode(),
        "built-in.csv": lines.encode("gb18030"),
        "built-in.md": markdown.encode(),
        "built-in.txt": "\n\n".join(_PARAGRAPHS).encode("utf-16"),
    }


def check(originals: dict[str, bytes]) -> None:
    outcomes = mutilate.take_all(mutilate.mutilated(originals, COUNT, SEED), LIMITS)
    assert len(outcomes) == COUNT
    # A signal is a crash in C; the time is many times what the whole originals take.
    bad = [
        f"{outcome.copy}: {outcome.result} {outcome.detail}"
        for outcome in outcomes
        if "SIG" in outcome.detail or outcome.result in {"took-too-long", "took-too-much-memory"}
    ]
    assert not bad
    assert len({outcome.result for outcome in outcomes}) > 1, "harm shows"
    assert peak_memory() < MOST_MEMORY


def peak_memory() -> int:
    """Bytes of the largest child that this process has had."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit


def test_mutilated_copies_of_documents_made_here_are_read_or_refused() -> None:
    check(built_in())


def test_mutilated_copies_of_strangers_documents_are_read_or_refused() -> None:
    if not SAMPLES.is_dir():
        pytest.skip(f"there is no {SAMPLES}")
    check({path.name: path.read_bytes() for path in SAMPLES.iterdir() if path.name != "README.md"})


def test_the_same_seed_makes_the_same_copies() -> None:
    first = list(mutilate.mutilated(built_in(), 20, SEED))
    second = list(mutilate.mutilated(built_in(), 30, SEED))
    assert first == second[:20]
    assert first != list(mutilate.mutilated(built_in(), 20, SEED + 1))
