"""Speed and peak memory of `bert-edge embed` on many distinct short texts, from file to file.

    python -m benchmarks.bulk_memory --texts 1000000

The texts are the 23,703 rated VADER sentences over and over, each time with another number
behind, so that no two are equal. Exits 1 if more than 500 MB were resident.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bert_tf.data.vader import read_vader

GOAL_BYTES = 500_000_000  # resident, at most
ROOT = Path(__file__).parent.parent
_KILOBYTE = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss


def write_texts(path: Path, count: int) -> None:
    """Write that many distinct lines.

    Args:
        path: where to.
        count: of lines.
    """
    texts = [" ".join(item.text.split()) for item in read_vader()]
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            turn, place = divmod(number, len(texts))
            stream.write(f"{texts[place]} {turn}.{place}\n")


def measure(source: Path, target: Path, *, bundle: str, threads: int | None) -> tuple[float, int]:
    """Run the command.

    Args:
        source: lines of text.
        target: a `.npy` or `.jsonl` file.
        bundle: a shipped name or a path.
        threads: processors to use; None: all.

    Returns:
        Seconds from start to exit, and the most bytes that were resident.

    Raises:
        SystemExit: if the command fails.
    """
    command = [sys.executable, "-m", "export.runtime", "embed", "--resume", "--bundle", bundle]
    command += ["--input", str(source), "--output", str(target)]
    command += [] if threads is None else ["--threads", str(threads)]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"bert-edge ended with exit code {process.returncode}.")
    return seconds, usage.ru_maxrss * _KILOBYTE


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=int, default=1_000_000, help="how many")
    parser.add_argument("--bundle", default="embedding-en", help="shipped name, or a path")
    parser.add_argument("--threads", type=int, help="processors to use; all, if not given")
    parser.add_argument("--format", choices=("npy", "jsonl"), default="npy")
    parser.add_argument("--folder", type=Path, help="for the files: 1.6 GB for a million vectors")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        source, target = Path(folder, "texts.txt"), Path(folder, f"vectors.{arguments.format}")
        write_texts(source, arguments.texts)
        seconds, peak = measure(source, target, bundle=arguments.bundle, threads=arguments.threads)
        if arguments.format == "npy":
            rows = len(np.load(target, mmap_mode="r"))
        else:
            with target.open("rb") as stream:
                rows = sum(1 for _ in stream)
        print(
            f"{rows:,} distinct texts ({source.stat().st_size / 1e6:.1f} MB) in {seconds:.1f} s: "
            f"{rows / seconds:,.0f} texts/s; peak resident memory {peak / 1e6:.0f} MB "
            f"(goal {GOAL_BYTES / 1e6:.0f} MB)"
        )
    if rows != arguments.texts:
        sys.exit(f"{arguments.texts:,} texts went in and {rows:,} vectors came out.")
    if peak > GOAL_BYTES:
        sys.exit(1)


if __name__ == "__main__":
    main()
