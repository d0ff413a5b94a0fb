"""Generates test cases from everything in `examples/`, in every format, into `out/`: what `make run` does."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from casewright.cli.choices import Format
from casewright.cli.main import main

ROOT = Path(__file__).resolve().parents[1]
FORMATS = [option for each in Format for option in ("--format", each)]


def run() -> int:
    """The first exit code that isn't 0, else 0."""
    codes: list[int] = []
    for example in sorted((ROOT / "examples").iterdir()):
        folder = Path(os.path.relpath(ROOT / "out" / example.stem))
        codes.append(main(["generate", str(example), *FORMATS, "--output", str(folder)]))
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(run())
