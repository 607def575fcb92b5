"""A project is killed at random moments; nothing that was saved may be missing."""

import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from busy_project import BATCH, BUNDLE, ROUTING, text_of

from desktop_app.projects.label_history import MOST_COMMANDS
from desktop_app.projects.project import Project

SCRIPT = Path(__file__).with_name("busy_project.py")
ROOT = SCRIPT.parents[3]


def killed(path: Path, seed: int) -> list[list[str]]:
    """What a process said until it was killed at a random moment."""
    rng = random.Random(seed)
    worker = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(path), str(seed)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    lines = [worker.stdout.readline() for _ in range(1 + rng.randrange(25))]
    time.sleep(rng.random() ** 2 * 0.02)
    worker.kill()
    lines += worker.stdout.readlines()
    worker.wait()
    worker.stdout.close()
    assert worker.returncode == -9
    return [line.decode().split() for line in lines]


def survive(path: Path, kills: int) -> None:
    Project.create(path).close()
    saved: dict[int, str] = {}  # row to label
    rows = results = commands = 0
    for seed in range(kills):
        begun: tuple[int, str] | None = None
        for what, kind, *values in killed(path, seed):
            if kind == "rows":
                rows = int(values[0])
            elif kind == "results":
                results = max(results, int(values[0]))
            elif kind == "label" and what == "do":
                begun = int(values[0]), values[1]
            elif kind == "label":
                saved[int(values[0])], begun = values[1], None
                commands += 1
        with Project.open(path) as project:
            project.check()
            (document,) = project.documents()
            assert document.row_count in (rows, rows + BATCH)
            rows = document.row_count
            columns = project.columns(ROUTING)
            found = project.rows(columns.rows.tolist(), ROUTING)
            wanted = [(str(number), text_of(number)) for number in range(rows)]
            assert [row.cells for row in found] == wanted
            judged = columns.texts[columns.label >= 0]
            assert set(range(1, results + 1)) <= set(judged.tolist())
            assert all(row.verdict.bundle == BUNDLE for row in found if row.verdict)
            labels = {row.id: row.corrected for row in found if row.corrected is not None}
            if begun is not None and labels.get(begun[0]) == begun[1]:
                saved[begun[0]] = begun[1]  # it was saved before it could be said
                commands += 1
            assert labels == saved
            assert project.undo_steps() == (min(commands, MOST_COMMANDS), 0)
            if seed == kills - 1 and commands <= MOST_COMMANDS:
                assert undone_and_redone(project) == commands
    assert rows > 0 and saved and results > 0 and np.isfinite(columns.confidence).any()


def undone_and_redone(project: Project) -> int:
    """Every label that was given can be taken back, and given again."""
    count = 0
    while project.undo() is not None:
        count += 1
    assert not (project.columns(ROUTING).corrected >= 0).any()
    while project.redo() is not None:
        pass
    return count


def test_twenty_kills_lose_nothing_that_was_saved(path):
    survive(path, 20)


@pytest.mark.soak
def test_two_hundred_kills_lose_nothing_that_was_saved(path):
    survive(path, 200)
