"""`python -m desktop_app.startup_time`: seconds from process start to window and first verdict."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

_TEXT = "The film is great, only the ending was a little slow."
_MILESTONES = ("window", "verdict")


def main(arguments: list[str] | None = None) -> int:
    """Start the program again and again, print a table; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m desktop_app.startup_time", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="after one that only warms up")
    parser.add_argument("--bundle", default=None, help="a file instead of the shipped one")
    chosen = parser.parse_args(arguments)
    if chosen.runs < 1:
        parser.error(f"--runs must be at least 1, received {chosen.runs}")
    measure_once(chosen.bundle)
    runs = [measure_once(chosen.bundle) for _ in range(chosen.runs)]
    print(f"{'seconds to':<12}{'median':>8}{'best':>8}{'worst':>8}   ({chosen.runs} runs)")
    for milestone in _MILESTONES:
        times = [run[milestone] for run in runs]
        figures = (statistics.median(times), min(times), max(times))
        print(f"{milestone:<12}" + "".join(f"{figure:>8.2f}" for figure in figures))
    return 0


def measure_once(bundle: str | None = None) -> dict[str, float]:
    """One start, from the creation of the process: milestone to seconds.

    Args:
        bundle: its path; None: what the program opens by itself.

    Raises:
        RuntimeError: if the program ended without reaching them.
    """
    command = [sys.executable, "-m", "desktop_app", "--milestones", "--text", _TEXT]
    command += [bundle] if bundle else []
    reached: dict[str, float] = {}
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            reached.setdefault(line.strip(), time.perf_counter() - started)
    if set(reached) != set(_MILESTONES):
        raise RuntimeError(
            f"The program ended with exit code {process.returncode} after reaching "
            f"{sorted(reached) or 'nothing'}; is there a display?"
        )
    return reached


if __name__ == "__main__":
    sys.exit(main())
