"""A million distinct short texts through `bert-edge embed`: memory, speed, a kill in the middle.

    python -m benchmarks.million_texts [--texts N] [--killed-texts N] [--folder FOLDER]

First all texts in one go: the largest resident memory of the command and its children together, the
rate, and the progress that a terminal saw. Then the first of them once more, killed with SIGKILL
in the middle and resumed: what the kill cost, and whether the vectors are the same bytes. A
smaller `--texts` proves the same, and the time that a million would take is printed.

The texts are the 23,703 rated VADER sentences over and over, each time with another number
behind, so that no two are equal. Exits 1 where a goal is missed. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.watched_command import Watched, run_watched
from bert_tf.data.vader import read_vader
from export.runtime.resumable_output import LEFT_ENDS
from export.runtime.text_lines import CHUNK_LINES

GOAL_BYTES = 500_000_000  # resident, at most
MILLION = 1_000_000
KILLED_TEXTS = 5 * CHUNK_LINES  # of the run that is killed


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


def write_first_lines(source: Path, target: Path, count: int) -> None:
    """Copy the first lines of a file."""
    with source.open("rb") as lines, target.open("wb") as stream:
        for _ in range(count):
            stream.write(lines.readline())


def command(source: Path, target: Path, *, bundle: str, threads: int | None) -> list[str]:
    """What is run."""
    words = [sys.executable, "-m", "export.runtime", "embed", "--resume", "--bundle", bundle]
    words += ["--input", str(source), "--output", str(target)]
    return words if threads is None else [*words, "--threads", str(threads)]


def texts_kept(target: Path) -> int:
    """How many texts a partial output holds; 0 if there is none."""
    try:
        state = target.with_name(target.name + LEFT_ENDS[1]).read_text(encoding="ascii")
    except FileNotFoundError:
        return 0
    return int(json.loads(state)["done"]["texts"])


def whole_run(words: list[str], target: Path, count: int) -> tuple[list[str], bool]:
    """Embed all texts, and say what it took.

    Args:
        words: the command.
        target: its output.
        count: texts that go in.

    Returns:
        Lines for people, and whether every goal was reached.

    Raises:
        SystemExit: if the command fails, or another number of vectors comes out.
    """
    run = run_watched(words, on_progress=_tenths())
    _require_success(run)
    rows = len(np.load(target, mmap_mode="r"))
    if rows != count:
        raise SystemExit(f"{count:,} texts went in and {rows:,} vectors came out.")
    small = run.peak_bytes <= GOAL_BYTES
    rate = rows / run.seconds
    minutes = MILLION / rate / 60
    return [
        f"{rows:,} distinct texts in {run.seconds:,.1f} s: {rate:,.0f} texts/s, start and end "
        f"counted; a million would take {minutes:,.0f} minutes",
        f"largest resident memory of the command and its children: {run.peak_bytes / 1e6:.0f} MB "
        f"(goal <= {GOAL_BYTES / 1e6:.0f} MB: {'reached' if small else 'MISSED'})",
        f"progress: {len(run.progress):,} lines, one of them {_middle(run.progress)!r} "
        f"(goal: seen: {'reached' if run.progress else 'MISSED'})",
    ], small and bool(run.progress)


def killed_run(words: list[str], target: Path, unbroken: Path, count: int) -> tuple[str, bool]:
    """Embed texts, kill the command in the middle of a batch, resume, and compare.

    Args:
        words: the command.
        target: its output.
        unbroken: vectors of the same texts, and perhaps of more behind them.
        count: texts that go in.

    Returns:
        A line for people, and whether every goal was reached.

    Raises:
        SystemExit: if the second command fails.
    """
    half = count // 2
    run = run_watched(words, kill_when=lambda texts: texts >= half > 0)
    if not run.killed:
        return f"{count:,} texts: done before half of them were reported (goal: MISSED)", False
    seen, kept = run.texts_seen, texts_kept(target)
    _require_success(run_watched(words))
    found, expected = np.load(target, mmap_mode="r"), np.load(unbroken, mmap_mode="r")
    same = found.shape[0] == count and found.tobytes() == expected[:count].tobytes()
    lost = seen - kept
    good = same and 0 <= lost <= CHUNK_LINES
    return (
        f"killed at {seen:,} of {count:,} texts: {kept:,} were kept, {lost:,} lost (goal: at most "
        f"a batch of {CHUNK_LINES:,}); resumed, the vectors are "
        f"{'the same bytes' if same else 'OTHERS'} as unbroken ({'reached' if good else 'MISSED'})"
    ), good


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    count, killed = arguments.texts, min(arguments.killed_texts, arguments.texts)
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        source, target = Path(folder, "texts.txt"), Path(folder, "vectors.npy")
        fewer, resumed = Path(folder, "fewer.txt"), Path(folder, "resumed.npy")
        write_texts(source, count)
        options = {"bundle": arguments.bundle, "threads": arguments.threads}
        lines, good = whole_run(command(source, target, **options), target, count)
        print(*lines, sep="\n", flush=True)
        write_first_lines(source, fewer, killed)
        line, lossless = killed_run(command(fewer, resumed, **options), resumed, target, killed)
        print(line)
    sys.exit(0 if good and lossless else 1)


def _require_success(run: Watched) -> None:
    if run.exit_code:
        raise SystemExit(f"bert-edge ended with exit code {run.exit_code}: {run.last_words}")


def _tenths() -> Callable[[str], None]:
    """Shows a line of progress for each tenth that is done; half an hour is long without one."""
    shown: set[str] = set()

    def show(line: str) -> None:
        percent = line.strip().split("%")[0]
        if percent.isdigit() and percent.zfill(2)[:-1] not in shown:
            shown.add(percent.zfill(2)[:-1])
            print(line.strip(), file=sys.stderr, flush=True)

    return show


def _middle(lines: list[str]) -> str:
    return lines[len(lines) // 2] if lines else ""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=int, default=MILLION, help="how many")
    parser.add_argument(
        "--killed-texts", type=int, default=KILLED_TEXTS, help="of them, in the run that is killed"
    )
    parser.add_argument("--bundle", default="embedding-en", help="shipped name, or a path")
    parser.add_argument("--threads", type=int, help="processors to use; all, if not given")
    parser.add_argument("--folder", type=Path, help="for the files: 1.6 GB for a million vectors")
    arguments = parser.parse_args()
    if min(arguments.texts, arguments.killed_texts) <= 2 * CHUNK_LINES:
        parser.error(f"more than {2 * CHUNK_LINES} texts are needed: the kill comes behind a batch")
    return arguments


if __name__ == "__main__":
    main()
