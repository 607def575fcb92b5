"""The real window with a project of a million rows, and with a CSV of 5 GB.

    python -m benchmarks.window_limits [--rows N] [--csv-size 5GB] [--keep FOLDER] [--json]

The project is written through the real store, opened in a window that is its own process, scrolled,
sorted, filtered, searched, corrected and counted. For each step: the seconds it took, the most
memory that was resident in it and what stays (of that: shared pages by their part, and pages of its
own), and the longest gap of a 4 ms timer, with what this process computed in a gap at most, which
is what counts where other programs run beside. Then real rows are written to a CSV, put out of the
disk's cache, and opened in another window, up to the painting of the first rows.

Exits 1 where a target is missed. Linux only. Without a display it runs under Xvfb.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from benchmarks.limits_files import write_csv
from benchmarks.limits_window import PROJECT, TABLE
from benchmarks.window_journey import GAP_GOALS, window_command

RESIDENT_GOAL = 400e6  # bytes of the window's process at most, in every step
FIRST_ROWS_GOAL = 2.0  # seconds until the first rows are painted
GAP_GOAL = GAP_GOALS["worst"]  # milliseconds
_PATIENCE = 1800.0  # seconds for a window
_ROW_BYTES = 400  # of a row in the project, generously
_UNITS = {"": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9}


def main() -> int:
    """Measure and print; exit code 1 if a target was missed, 2 if the disk is too small."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the project; 0: none")
    parser.add_argument("--csv-size", type=_size, default="5GB", help="of the CSV; 0: none")
    parser.add_argument("--keep", type=Path, help="a folder where the project is, or stays")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="window-limits-") as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        needed = arguments.rows * _ROW_BYTES + arguments.csv_size
        free = shutil.disk_usage(folder).free
        if needed > 0.9 * free:
            parser.error(f"{needed / 1e9:.1f} GB are needed in {folder}, {free / 1e9:.1f} are free")
        report = measure(folder, rows=arguments.rows, csv_size=arguments.csv_size)
    if arguments.json:
        print(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        print(*lines_of(report), sep="\n")
    return 1 if report["missed"] else 0


def measure(folder: Path, *, rows: int, csv_size: int) -> dict[str, Any]:
    """Both windows; what was measured, and what was missed, as sentences.

    Args:
        folder: for the project, which stays, the CSV, which does not, and the windows' settings.
        rows: of the project; 0: that window is left out.
        csv_size: bytes; 0: likewise.
    """
    report: dict[str, Any] = {"windows": {}}
    if rows:
        if not (folder / PROJECT).exists():
            _write_apart(folder / PROJECT, rows)
        report["windows"]["rows"] = _window(folder, "rows")
    if csv_size:
        table = folder / TABLE
        try:
            report["csv_rows"] = write_csv(table, csv_size)
            report["csv_size"] = table.stat().st_size
            report["windows"]["csv"] = _window(folder, "csv")
        finally:
            table.unlink(missing_ok=True)
    return {**report, "missed": _missed(report["windows"])}


def lines_of(report: dict[str, Any]) -> list[str]:
    """The report for people."""
    lines = []
    for name, seen in report["windows"].items():
        if name == "rows":
            lines.append(f"{seen['rows']:,} rows")
        else:
            lines.append(
                f"{report['csv_size'] / 1e9:.2f} GB, {report['csv_rows']:,} rows: {seen['shown']} "
                f"painted after {seen['first_rows_seconds']:.2f} s (goal <= {FIRST_ROWS_GOAL:g} s)"
            )
        lines += [_step_line(each) for each in seen["steps"]]
        peak = max(each["peak"] for each in seen["steps"])
        lines.append(f"most resident: {peak / 1e6:.0f} MB (goal <= {RESIDENT_GOAL / 1e6:.0f} MB)")
    return [*lines, *(f"NOT REACHED: {each}" for each in report["missed"])]


def _step_line(step: dict[str, Any]) -> str:
    return (
        f"  {step['step']:<32}{step['seconds']:7.2f} s; resident, MB: {step['peak'] / 1e6:.0f} at "
        f"most, {step['resident'] / 1e6:.0f} now ({step['proportional'] / 1e6:.0f} in parts, "
        f"{step['private'] / 1e6:.0f} own); longest gap {step['gap']:.0f} ms, "
        f"{step['computed']:.0f} of them computed (goal <= {GAP_GOAL:.0f})"
    )


def _missed(windows: dict[str, dict[str, Any]]) -> list[str]:
    missed = []
    for seen in windows.values():
        for step in seen["steps"]:
            if step["peak"] > RESIDENT_GOAL:
                missed.append(f"{step['step']}: {step['peak'] / 1e6:.0f} MB resident")
            if step["gap"] > GAP_GOAL:
                missed.append(f"{step['step']}: the window was away for {step['gap']:.0f} ms")
        seconds = seen.get("first_rows_seconds", 0.0)
        if seconds > FIRST_ROWS_GOAL:
            missed.append(f"the first rows of the CSV were painted after {seconds:.2f} s")
    return missed


def _write_apart(path: Path, rows: int) -> None:
    """In a process of its own, whose words about the store are not printed."""
    print(f"{rows:,} rows are being written and judged", file=sys.stderr, flush=True)
    words = [sys.executable, "-m", "benchmarks.limits_files", str(path), str(rows)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def _window(folder: Path, part: str) -> dict[str, Any]:
    """Run a window to its end, and gather what it tells."""
    command = window_command("benchmarks.limits_window", part, str(folder))
    facts: dict[str, Any] = {"steps": []}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        alarm = threading.Timer(_PATIENCE, process.kill)
        alarm.start()
        for line in process.stdout:
            told = json.loads(line) if line.startswith("{") else {}
            if "step" in told:
                facts["steps"].append(told)
                print(f"{told['step']}: {told['seconds']:.1f} s", file=sys.stderr, flush=True)
            else:
                facts.update(told)
        alarm.cancel()
    if "failed" in facts or facts.get("event") != "done":
        raise SystemExit(f"The window of the {part} ended early ({process.returncode}): {facts}")
    return facts


def _size(written: str) -> int:
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?([KMG]B|)", written.strip().upper())
    if found is None:
        raise argparse.ArgumentTypeError(f"expected a size such as 5GB or 200MB, not {written!r}")
    return round(float(found[1]) * _UNITS[found[2]])


if __name__ == "__main__":
    sys.exit(main())
