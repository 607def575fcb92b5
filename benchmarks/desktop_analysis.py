"""A file judged by the application's job and by `bert-edge classify`, turn by turn.

    python -m benchmarks.desktop_analysis [--rows N] [--rounds N] [--chinese FOLDER]

The same file of one text a line: sentences of the VADER sets and, with the folder of `bert-tf
prepare chinese`, a fifth of Chinese reviews. Both are whole: `bert-edge` from the start of its
process to the end of its output, the application from the wish to import the file into a new
project until every verdict is stored, the starts of its processes counted. Seconds that the
processors computed stand beside those that passed: compare them where other programs run beside.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from desktop_app.analysis import news
from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.project_desk import ProjectDesk
from desktop_app.documents.read_options import ReadOptions

GOAL = 0.9  # of the rate of bert-edge
_CHINESE_SHARE = 5  # every fifth line


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One run over the file."""

    seconds: float  # that passed
    computed: float  # seconds of all processors, all processes
    judging: float | None = None  # seconds that passed in the judging alone


def main() -> int:
    """Print both; exit code 1 if the application is slower than the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--chinese", type=Path, help="folder of `bert-tf prepare chinese`")
    parser.add_argument("--application", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.application:
        _run_application(*arguments.application)
        return 0
    with tempfile.TemporaryDirectory(prefix="desktop-analysis-") as folder:
        file = Path(folder, "texts.txt")
        texts = _texts(arguments.rows, arguments.chinese)
        file.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        turns: dict[str, list[Turn]] = {"bert-edge": [], "application": []}
        for number in range(arguments.rounds):
            turns["bert-edge"].append(_edge(file, Path(folder, f"{number}.jsonl")))
            turns["application"].append(_application(file, Path(folder, f"projects-{number}")))
            for name, found in turns.items():
                _say(name, found[-1], len(texts))
    return _compare(turns, len(texts))


def _texts(rows: int, chinese: Path | None) -> list[str]:
    from bert_tf.data.vader import read_vader

    english = list(dict.fromkeys(" ".join(each.text.split()) for each in read_vader()))
    if chinese is None:
        return english[:rows]
    reviews: list[str] = []
    for split in ("test", "dev"):
        lines = (chinese / "reviews" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
        reviews += [" ".join(json.loads(line)["text"].split()) for line in lines]
    reviews = list(dict.fromkeys(reviews))[: rows // _CHINESE_SHARE]
    texts = english[: rows - len(reviews)]
    for number, review in enumerate(reviews):
        texts.insert(number * _CHINESE_SHARE, review)
    return texts


def _edge(file: Path, output: Path) -> Turn:
    command = [sys.executable, "-m", "export.runtime", "classify"]
    start = time.monotonic()
    _, computed = _finished([*command, "--input", str(file), "--output", str(output)])
    return Turn(seconds=time.monotonic() - start, computed=computed)


def _application(file: Path, folder: Path) -> Turn:
    command = [sys.executable, "-m", "benchmarks.desktop_analysis", "--application"]
    answer, computed = _finished([*command, str(file), str(folder)])
    return Turn(computed=computed, **json.loads(answer))


def _finished(command: list[str]) -> tuple[bytes, float]:
    """What a process printed, and what it and its children computed."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    with process.stdout:
        answer = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with exit code {process.returncode}.")
    return answer, usage.ru_utime + usage.ru_stime


def _run_application(file: Path, folder: Path) -> None:
    """Judge the file as the window does; print the seconds as JSON."""
    ended = threading.Event()
    began: list[float] = []
    failures: list[str] = []

    def tell(item: news.News) -> None:
        match item:
            case news.StateChanged(state="judging"):
                began.append(time.monotonic())
            case news.Failed():
                failures.append(item.reason)
            case news.JobEnded():
                ended.set()

    start = time.monotonic()
    desk = ProjectDesk(folder, tell)
    desk.import_document(ImportWish(path=file, options=ReadOptions(), text_column="text"))
    ended.wait()
    end = time.monotonic()
    desk.shutdown()
    if failures:
        raise SystemExit("; ".join(failures))
    print(json.dumps({"seconds": end - start, "judging": end - began[0]}))


def _say(name: str, turn: Turn, texts: int) -> None:
    alone = "" if turn.judging is None else f", {texts / turn.judging:,.0f}/s while judging"
    print(
        f"{name:>12}: {texts:,} texts in {turn.seconds:7.1f} s ({texts / turn.seconds:,.0f}/s"
        f"{alone}), {turn.computed:7.1f} s computed",
        flush=True,
    )


def _compare(turns: dict[str, list[Turn]], texts: int) -> int:
    passed, computed = (
        [
            getattr(edge, field) / getattr(ours, field)
            for edge, ours in zip(turns["bert-edge"], turns["application"], strict=True)
        ]
        for field in ("seconds", "computed")
    )
    ratio = statistics.median(passed)
    print(
        f"application / bert-edge over {texts:,} texts: {ratio:.2f} of its rate by seconds passed "
        f"(rounds {', '.join(f'{each:.2f}' for each in passed)}), "
        f"{statistics.median(computed):.2f} by seconds computed; the goal is {GOAL:.2f}"
    )
    return 0 if ratio >= GOAL else 1


if __name__ == "__main__":
    raise SystemExit(main())
