"""A program is killed while it exports; the file of before or a whole new one is there."""

import csv
import json
import random
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

HERE = Path(__file__).parent
CHILD = """
import os, sys
from pathlib import Path
sys.path[:0] = [sys.argv[3], sys.argv[4]]
from desktop_app.results.result_row import ResultRow, ResultTable
from desktop_app.results.write_results import write_results
table = ResultTable(columns=("n", "text"), text_column="text", labels=("a", "b"), provenance=())
count = int(sys.argv[2])
while True:
    rows = (ResultRow((str(count), "words " * 9), "ok", "b", (0.2, 0.8), None, "en", False)
            for _ in range(count))
    os.write(1, b"began %d\\n" % count)
    write_results(Path(sys.argv[1]), table, rows)
    count += 1
"""


def cells(path: Path) -> list[str]:
    """The first column: every row says how many there are."""
    if path.suffix == ".csv":
        return [line[0] for line in csv.reader(path.open(encoding="utf-8-sig", newline=""))][1:]
    if path.suffix == ".jsonl":
        return [json.loads(line)["n"] for line in path.read_text("utf-8").splitlines()]
    sheet = openpyxl.load_workbook(path, read_only=True)["results"]
    return [row[0] for row in sheet.iter_rows(values_only=True)][1:]


def survive(path: Path, kills: int) -> None:
    rng = random.Random(str(path.name))
    for kill in range(kills):
        count = 300 + 100 * kill
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path), str(count), str(HERE), str(HERE.parents[2])],
            stdout=subprocess.PIPE,
        )
        for _ in range(1 + rng.randrange(4)):
            assert child.stdout.readline().startswith(b"began")
        time.sleep(rng.random() * 0.03)
        child.kill()
        child.communicate()
        if path.exists():
            found = cells(path)
            assert found and set(found) == {str(len(found))}  # whole, and of one writing
    assert path.exists()


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_killed_while_exporting_no_half_file_has_the_name(tmp_path, form):
    survive(tmp_path / f"out.{form}", 4)


@pytest.mark.soak
@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_killed_often_while_exporting(tmp_path, form):
    survive(tmp_path / f"out.{form}", 60)
