"""The real window at its limits, here with few rows; a slow one has the limits themselves."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.limits_files import COLUMNS, SEARCHED, write_csv
from benchmarks.limits_window import TABLE
from benchmarks.window_limits import FIRST_ROWS_GOAL, GAP_GOAL, RESIDENT_GOAL, lines_of, measure

ROOT = Path(__file__).parent.parent.parent


def test_few_rows_and_a_small_table_are_visited(tmp_path: Path) -> None:
    report = measure(tmp_path, rows=3_000, csv_size=3_000_000)
    rows, table = report["windows"]["rows"], report["windows"]["csv"]
    names = [step["step"] for step in rows["steps"]]
    assert rows["rows"] == 3_000 and 0 < rows["with_word"] < 3_000 > rows["with_label"] > 0
    assert [name for name in names if name.startswith("sorted")] == [
        "sorted by confidence",
        "sorted by valence",
        "sorted by the column id",
        "sorted by the column reference",
        "sorted by the column date",
        "sorted by valence again",
    ]
    assert {"chosen by a label", "searched for a word", "a label is corrected", "charts"} < {*names}
    assert table["shown"] == 100 and table["column"] == "comment"
    assert 0 < table["first_rows_seconds"] < 30
    for step in [*rows["steps"], *table["steps"]]:
        assert 50e6 < step["private"] <= step["proportional"] <= step["peak"] < RESIDENT_GOAL
        assert 0 < step["computed"] <= step["gap"]
    said = "\n".join(lines_of({**report, "missed": ["one thing"]}))
    assert "3,000 rows" in said and "NOT REACHED: one thing" in said
    assert not (tmp_path / TABLE).exists()


def test_the_table_has_real_rows_that_all_differ(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    count = write_csv(path, 8_000_000)
    assert 8_000_000 <= path.stat().st_size < 12_000_000
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    assert tuple(head) == COLUMNS and {len(row) for row in rows} == {len(COLUMNS)}
    assert len(rows) == count == len({row[0] for row in rows}) == len({row[-1] for row in rows})
    assert any(SEARCHED in row[-1] for row in rows)


def test_a_peak_is_seen_and_forgotten() -> None:
    """In a process of its own: a large one may keep what is freed."""
    code = (
        "from benchmarks.memory_seen import MemorySeen, forget_peak\n"
        "forget_peak()\n"
        "before = MemorySeen.now()\n"
        "block = bytearray(b'x') * 80_000_000\n"
        "assert MemorySeen.now().resident > before.resident + 60e6\n"
        "del block\n"
        "assert MemorySeen.now().peak > before.peak + 60e6\n"
        "forget_peak()\n"
        "after = MemorySeen.now()\n"
        "assert after.peak < before.peak + 60e6 and after.private <= after.resident\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--csv-size", "5 parsecs"], "expected a size"), (["--csv-size", "900000GB"], "are free")],
)
def test_what_cannot_be_measured_is_said_in_a_line(words: list[str], said: str) -> None:
    command = [sys.executable, "-m", "benchmarks.window_limits", *words]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 2 and said in run.stderr and "Traceback" not in run.stderr


@pytest.mark.soak
def test_a_million_rows_and_five_gigabytes(tmp_path: Path) -> None:
    assert os.statvfs(tmp_path).f_bavail * os.statvfs(tmp_path).f_frsize > 7e9
    report = measure(tmp_path, rows=1_000_000, csv_size=5_000_000_000)
    print(*lines_of(report), sep="\n")
    steps = [step for seen in report["windows"].values() for step in seen["steps"]]
    assert all(step["peak"] <= RESIDENT_GOAL for step in steps)
    assert all(step["computed"] <= 2 * GAP_GOAL for step in steps)
    assert report["windows"]["csv"]["first_rows_seconds"] <= FIRST_ROWS_GOAL
