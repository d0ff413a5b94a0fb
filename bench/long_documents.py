"""How reading and generating grow with a document's length: seconds and memory for 30, 100 and 300 pages.

`make bench` runs it. The exponent is that of the time between the shortest and the longest: 1.0 is linear.
"""

from __future__ import annotations

import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

PAGES = (30, 100, 300)
CASEWRIGHT = Path(sys.executable).with_name("casewright")
FIELDS = (
    ("Field", "Type", "Required", "Rules"),
    ("account number", "text", "yes", "10 digits"),
    ("amount", "number", "yes", "from 0.01 to 50,000.00, at most two decimals"),
    ("currency", "choice", "yes", "`EUR`, `USD` or `GBP`"),
    ("note", "text", "no", "no more than 80 characters"),
)


def section(number: int) -> tuple[str, list[str]]:
    """A heading and about a page of requirements, none like the other."""
    title = f"Post entry {number}"
    lines = [
        f"REQ-{number}-{line}: When the clerk posts entry {number} of kind {line}, add the sum "
        f"to ledger {number * line} within {line + 1} seconds and write a line to journal {number + line}."
        for line in range(1, 21)
    ]
    return title, lines


def write_docx(path: Path, pages: int) -> None:
    document = Document()
    for number in range(1, pages + 1):
        title, lines = section(number)
        document.add_heading(f"{number} {title}", level=1)
        table = document.add_table(rows=0, cols=4, style="Table Grid")
        for row in FIELDS:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        for line in lines:
            document.add_paragraph(line)
    document.save(str(path))


def write_pdf(path: Path, pages: int) -> None:
    styles = getSampleStyleSheet()
    story: list[object] = []
    for number in range(1, pages + 1):
        title, lines = section(number)
        story.append(Paragraph(f"{number} {title}", styles["Heading1"]))
        story.append(Table(FIELDS, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])))
        story += [Paragraph(line, styles["BodyText"]) for line in lines]
    SimpleDocTemplate(str(path), pagesize=A4).build(story)


def measure(document: Path) -> tuple[float, int]:
    """Seconds and the largest memory of any process in MiB."""
    began = time.perf_counter()
    command = [
        str(CASEWRIGHT),
        "generate",
        str(document),
        "--format",
        "json",
        "--output",
        str(document) + ".json",
    ]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for suffix, write in ((".docx", write_docx), (".pdf", write_pdf)):
            seconds: list[float] = []
            for pages in PAGES:
                path = Path(scratch) / f"{pages}{suffix}"
                write(path, pages)
                taken, memory = measure(path)
                seconds.append(taken)
                print(f"{suffix:<6} {pages:>4} pages  {taken:6.1f} s  {memory:>5} MiB at most so far")
            exponent = math.log(seconds[-1] / seconds[0]) / math.log(PAGES[-1] / PAGES[0])
            print(f"{suffix:<6} exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
