"""`python -m benchmarks.project_store [ROWS]`: a project of a million rows, step by step.

Short texts, half Chinese, half English, an eighth of them repeated; four cells a row; two bundles
of three labels. Every step is printed with the seconds that passed and those this process computed,
which are the ones to compare where other programs run beside. Reading is measured in a process of
its own, as the window is one.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from desktop_app.documents.table_row import TableRow
from desktop_app.projects.project import Project
from desktop_app.projects.source_identity import SourceIdentity
from desktop_app.projects.verdict import ProjectBundle, Routing, StoredJudgement, WaitingText

BATCH = 2_000
LABELS = ("negative", "neutral", "positive")
ROUTING = {"en": "e" * 64, "zh": "c" * 64}
_CHARACTERS = (
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可"
)
_WORDS = "the product was good bad service slow delivery price quality would buy again never love"
Answer = TypeVar("Answer")


def main() -> int:
    """Print the figures; returns the exit code."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["--read"]:
        _read(Path(arguments[1]))
        return 0
    rows = int(arguments[0]) if arguments else 1_000_000
    with tempfile.TemporaryDirectory(prefix="project-store-") as folder:
        path = Path(folder, "million.bertproject")
        fill(path, rows)
        command = [sys.executable, "-m", "benchmarks.project_store", "--read", str(path)]
        return subprocess.run(command, check=False).returncode


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a project is filled with."""

    columns: tuple[str, ...]  # the last one has the texts
    batches: Callable[[int], Iterator[list[TableRow]]]  # of so many rows
    bundles: Mapping[str, ProjectBundle]  # language to what judged it
    verdict: Callable[[WaitingText], StoredJudgement]

    @property
    def routing(self) -> Routing:
        """Language to sha256."""
        return {language: each.sha256 for language, each in self.bundles.items()}


def fill(path: Path, rows: int, content: Content | None = None) -> None:
    """Make a project of so many judged rows.

    Args:
        path: of the project, which must not be there.
        rows: how many.
        content: None: the short texts of this module.
    """
    content = SHORT_TEXTS if content is None else content
    with Project.create(path) as project:
        document = project.add_document(
            path=None,
            source=SourceIdentity(),
            columns=content.columns,
            text_column=len(content.columns) - 1,
            options={},
        )
        spent = [0.0, 0.0]
        for batch in content.batches(rows):
            start = (time.perf_counter(), time.process_time())
            project.append_rows(document.id, batch)
            spent[0] += time.perf_counter() - start[0]
            spent[1] += time.process_time() - start[1]
        _say(f"import of {rows:,} rows", *spent, f"{rows / spent[1]:,.0f} rows/s computed")
        project.finish_document(document.id)
        for bundle in content.bundles.values():
            project.add_bundle(bundle)
        routing = content.routing
        texts = _timed("waiting texts counted", lambda: project.waiting_count(routing))
        _timed(f"{texts:,} results made and stored", lambda: _judge(project, content))
    _say("file", 0, 0, f"{path.stat().st_size / 1e6:,.0f} MB")


def _judge(project: Project, content: Content) -> None:
    for batch in project.unanalysed(content.routing, limit=BATCH):
        project.store_results(content.verdict(text) for text in batch)


def _verdict(text: WaitingText) -> StoredJudgement:
    language = "en" if text.text.isascii() else "zh"
    return StoredJudgement(
        text_id=text.id,
        language=language,
        status="judged",
        bundle=ROUTING[language],
        label=LABELS[text.id % 3],
        scores=(0.2, 0.3, 0.5),
        valence=(text.id % 800) / 100 - 4,
        uncertain=text.id % 10 == 0,
    )


def _read(path: Path) -> None:
    _say("memory before", 0, 0, f"{resident():.0f} MB resident")
    project = _timed("open", lambda: Project.open(path))
    columns = _timed("columns of the table", lambda: project.columns(ROUTING))
    _say("memory after", 0, 0, f"{resident():.0f} MB resident, {len(columns):,} rows")
    rng = random.Random(1)
    spent = []
    for _ in range(30):
        first = rng.randrange(max(1, len(columns) - 100))
        ids = columns.rows[first : first + 100].tolist()
        start = time.process_time()
        project.rows(ids, ROUTING)
        spent.append(1000 * (time.process_time() - start))
    spent.sort()
    _say("100 rows in view", 0, 0, f"median {spent[15]:.1f} ms, worst {spent[-1]:.1f} ms computed")
    for words in ("来到", "service", "delivery 来到", "“good bad”"):
        found = _timed(f"search {words}", lambda words=words: project.search(words))
        print(f"    {len(found):,} texts", flush=True)
    found = project.search("service")
    _timed("rows of the texts found", lambda: columns.holding(found))
    row = int(columns.rows[len(columns) // 2])
    _timed("label corrected", lambda: project.correct_label(row, "positive"))
    _timed("undone", project.undo)
    _timed("every byte checked", project.check)
    _say("memory at the end", 0, 0, f"{resident():.0f} MB resident")
    _timed("closed", project.close)


def _batches(rows: int) -> Iterator[list[TableRow]]:
    rng = random.Random(1)
    chinese = "".join(rng.choices(_CHARACTERS, k=200_000))
    english = " ".join(rng.choices(_WORDS.split(), k=100_000))
    for start in range(0, rows, BATCH):
        batch = []
        for number in range(start, min(start + BATCH, rows)):
            place = rng.randrange(195_000) if number % 20 else 7
            source = chinese if number % 2 else english
            text = source[place : place + (10 + number % 30) * (1 if number % 2 else 3)]
            cells = (str(number), f"Phone {number % 7}", f"2026-01-{number % 28 + 1:02}", text)
            batch.append(TableRow(cells))
        yield batch


SHORT_TEXTS = Content(
    columns=("id", "product", "date", "text"),
    batches=_batches,
    bundles={
        language: ProjectBundle(sha256=sha256, name=language, labels=LABELS)
        for language, sha256 in ROUTING.items()
    },
    verdict=_verdict,
)


def _timed(name: str, work: Callable[[], Answer]) -> Answer:
    start = (time.perf_counter(), time.process_time())
    answer = work()
    _say(name, time.perf_counter() - start[0], time.process_time() - start[1])
    return answer


def _say(name: str, passed: float, computed: float, more: str = "") -> None:
    times = f"{passed:8.2f} s passed {computed:8.2f} s computed  " if passed or computed else ""
    print(f"{name:<36} {times}{more}", flush=True)


def resident() -> float:
    """Memory of this process, MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1000


if __name__ == "__main__":
    sys.exit(main())
