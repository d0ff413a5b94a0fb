"""The generator against the subjects of the benchmark and our own: nothing that it asserts is wrong.

The benchmark lies beside the checkout (`../shared/bench`); without it these tests skip and say so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT.parent / "shared" / "bench"
CASEWRIGHT = Path(sys.executable).with_name("casewright")
OWN = ROOT / "evals" / "subjects"

pytestmark = pytest.mark.skipif(
    not (BENCH / "run.py").exists(), reason="the benchmark is not beside this checkout (../shared/bench)"
)


def _scores(root: Path, *more: str) -> dict[str, dict[str, float]]:
    command = [sys.executable, str(BENCH / "run.py"), "--root", str(root), "--json", *more, "all"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return {row["subject"]: row for row in json.loads(done.stdout)["subjects"]}


def _generated(root: Path) -> dict[str, dict[str, float]]:
    command = f"{CASEWRIGHT} generate {{requirement}} --output {{suite}} --format bench"
    return _scores(root, "--command", command)


def test_what_is_asserted_from_the_benchmarks_documents_is_right_and_finds_faults() -> None:
    rows = _generated(BENCH)
    assert len(rows) == 8
    for name, row in rows.items():
        assert row["unbound"] == 0, name
        assert row["cases"] >= 10, name
        assert row["validity"] >= 0.97, name
    assert sum(row["detection"] for row in rows.values()) / len(rows) >= 0.20


def test_what_is_asserted_from_documents_in_other_styles_is_right() -> None:
    for name, row in _generated(OWN).items():
        assert row["unbound"] == 0, name
        assert row["cases"] == 0 or row["validity"] >= 0.97, name


def test_the_suites_written_by_hand_agree_with_our_own_subjects() -> None:
    for name, row in _scores(OWN).items():
        assert (row["validity"], row["detection"]) == (1.0, 1.0), name
