"""The whole journey through the real window, with a worker and then the window itself killed.

    python -m benchmarks.window_journey [--rows N] [--sheet-rows N] [--keep FOLDER]

A CSV in GB18030 is imported and judged, paused, an XLSX is added, a worker is killed, labels are
corrected and one taken back, rows filtered and exported; then the window is killed without warning,
opened again, goes on to the end and exports everything. Nothing may be lost. Beside it stands how
long the window's thread was away while rows were judged. Without a display it runs under Xvfb.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.journey_files import (
    COLUMNS,
    SEARCHED,
    read_results,
    rows,
    write_table,
    write_workbook,
)

GAP_GOALS = {"p99": 20.0, "p99.9": 50.0, "worst": 150.0}  # milliseconds
_PATIENCE = 3600.0  # seconds for a part of the journey
_KILL = "kill me"


def main() -> int:
    """Go the journey; exit code 1 if something was lost or the window stood still too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000, help="of the CSV")
    parser.add_argument("--sheet-rows", type=int, default=500, help="of the XLSX")
    parser.add_argument("--keep", type=Path, help="a folder for everything, which stays")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="window-journey-") as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        report = travel(folder, table_rows=arguments.rows, sheet_rows=arguments.sheet_rows)
    lost = report["lost"]
    slow = [
        f"{name} {report['gaps'][name]:.0f} ms, goal {goal:.0f}"
        for name, goal in GAP_GOALS.items()
        if report["gaps"].get(name, 0.0) > goal
    ]
    if arguments.json:
        print(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        _print(report, slow)
    return 1 if lost or slow else 0


def travel(folder: Path, *, table_rows: int, sheet_rows: int) -> dict[str, Any]:
    """Both parts; what was lost, as sentences, and what was measured."""
    write_table(folder / "reviews.csv", table_rows)
    write_workbook(folder / "answers.xlsx", sheet_rows, first=table_rows)
    first = _window(folder, "first")
    second = _window(folder, "second")
    return {
        "rows": table_rows + sheet_rows,
        "lost": _lost(folder, first, second, table_rows, sheet_rows),
        "first": first,
        "second": second,
        "gaps": second["gaps"],
    }


def window_command(module: str, *words: str) -> list[str]:
    """A module of this interpreter, under Xvfb where there is no display."""
    command = [sys.executable, "-m", module, *words]
    if any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        return command
    return ["xvfb-run", "-a", *command] if shutil.which("xvfb-run") else command


def _window(folder: Path, part: str) -> dict[str, Any]:
    """Run a part in a window of its own; it is killed as soon as it asks for that."""
    command = window_command("benchmarks.journey_window", part, str(folder))
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    facts: dict[str, Any] = {}
    deadline = time.monotonic() + _PATIENCE
    for line in process.stdout:
        if not line.startswith("{"):
            continue
        told = json.loads(line)
        if told.get("event") == _KILL:
            os.kill(told["pid"], signal.SIGKILL)
        facts.update(told)
        if time.monotonic() > deadline:
            os.killpg(process.pid, signal.SIGKILL)
            raise SystemExit(f"The {part} part took longer than {_PATIENCE:.0f} s: {facts}")
    process.wait()
    if "failed" in facts or ("gaps" if part == "second" else "event") not in facts:
        raise SystemExit(f"The {part} part ended early ({process.returncode}): {facts}")
    return facts


def _lost(
    folder: Path, first: dict[str, Any], second: dict[str, Any], table_rows: int, sheet_rows: int
) -> list[str]:
    """What the results do not hold, as sentences."""
    lost = []
    found = read_results(folder / "all.csv")
    expected = list(rows(table_rows)) + list(rows(sheet_rows, first=table_rows))
    if [tuple(row[name] for name in COLUMNS) for row in found] != expected:
        lost.append(f"{len(found)} rows were exported, not the {len(expected)} of the documents")
    given = {row["id"]: row["corrected"] for row in found if row["corrected"]}
    if given != first["labels"]:
        lost.append(f"labels of persons are {given}, given were {first['labels']}")
    unjudged = [row["id"] for row in found if not row["label"]]
    if unjudged:
        lost.append(f"{len(unjudged)} rows have no verdict, the first is {unjudged[0]}")
    part = [row["id"] for row in read_results(folder / "filtered.csv")]
    wanted = [row[0] for row in expected if SEARCHED in row[1].lower()]
    if part != wanted:
        lost.append(f"{len(part)} rows with {SEARCHED!r} were exported, there are {len(wanted)}")
    if second["judged_before"] < first["judged"] - second["in_flight_at_most"]:
        lost.append(
            f"{first['judged']} verdicts were seen, {second['judged_before']} survived the kill"
        )
    return lost


def _print(report: dict[str, Any], slow: list[str]) -> None:
    first, second, gaps = report["first"], report["second"], report["gaps"]
    print(f"{report['rows']:,} rows; first rows seen after {first['first_rows_seconds']:.2f} s")
    print(f"a worker was killed after {first['judged_at_worker_kill']:,} verdicts")
    print(
        f"the window was killed after {first['judged']:,} verdicts, "
        f"{second['judged_before']:,} were in the project"
    )
    print(f"judged in the second window: {second['rate']:.0f} texts/s")
    print(f"window process: {second['resident'] / 1e6:.0f} MB resident")
    shown = ", ".join(f"{name} {gaps[name]:.1f}" for name in ("p50", "p99", "p99.9", "worst"))
    print(f"gaps of a 4 ms timer while judging, ms: {shown} ({gaps['count']:,.0f} gaps)")
    for sentence in [*report["lost"], *slow]:
        print(f"NOT REACHED: {sentence}")
    if not report["lost"]:
        print("nothing lost")


if __name__ == "__main__":
    sys.exit(main())
