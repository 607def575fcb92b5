"""What a power cut leaves: all that was forced to the disk, and any part of what was not."""

import random
from pathlib import Path

import pytest

from desktop_app.projects.project import Project

ROUTING = {"en": "e" * 64, "zh": "c" * 64}
BATCH, PAGE = 25, 4096


class Cut:
    """A project before, during and after work that was not forced to the disk."""

    def __init__(self, path: Path, steps) -> None:
        log = path.with_name(path.name + "-wal")
        with Project.create(path) as project:
            self.document = steps.document(project)
            self._batches(project, steps, range(4))
            project.correct_label(7, "kept")
            self.before = path.read_bytes()
            self.forced = log.stat().st_size
            self._batches(project, steps, range(4, 9))
            steps.analysed(project, limit=10)
            assert path.read_bytes() == self.before  # all of it is in the log
            self.log = log.read_bytes()
            self.rows = 9 * BATCH
        self.after = path.read_bytes()  # the log has been carried into the file
        assert len(self.log) > self.forced > 0

    def _batches(self, project: Project, steps, batches: range) -> None:
        for batch in batches:
            rows = [
                steps.row(str(number), f"text {number} " + "x" * 200)
                for number in range(batch * BATCH, (batch + 1) * BATCH)
            ]
            project.append_rows(self.document.id, rows)


def without_unforced(cut: Cut, rng: random.Random) -> bytes:
    """The log with its end missing, overwritten or in pieces."""
    place = rng.randrange(cut.forced, len(cut.log))
    kind = rng.choice(["short", "zeros", "noise", "holes"])
    if kind == "short":
        return cut.log[:place]
    if kind == "holes":
        log = bytearray(cut.log)
        for start in range(cut.forced, len(log), 512):
            if rng.random() < 0.2:
                end = min(start + 512, len(log))
                log[start:end] = bytes(end - start)
        return bytes(log)
    end = len(cut.log) - place
    return cut.log[:place] + (bytes(end) if kind == "zeros" else rng.randbytes(end))


def half_carried(cut: Cut, rng: random.Random) -> bytes:
    """The file as it is while the log is being carried into it: some pages old, some new."""
    pages = []
    for start in range(0, len(cut.after), PAGE):
        old, new = cut.before[start : start + PAGE], cut.after[start : start + PAGE]
        pages.append(new if rng.random() < 0.5 or not old else old)
    return b"".join(pages)


def survive(path: Path, steps, cuts: int) -> None:
    cut = Cut(path, steps)
    for seed in range(cuts):
        rng = random.Random(seed)
        log = cut.log if seed % 2 else without_unforced(cut, rng)
        place = path.with_name(f"cut-{seed}.bertproject")
        place.write_bytes(half_carried(cut, rng) if seed % 2 else cut.before)
        place.with_name(place.name + "-wal").write_bytes(log)
        place.with_name(place.name + ".lock").touch()
        with Project.open(place) as project:
            project.check()
            count = project.documents()[0].row_count
            assert count == cut.rows if seed % 2 else count in range(4 * BATCH, cut.rows + 1, BATCH)
            found = project.rows(project.columns(ROUTING).rows.tolist(), ROUTING)
            assert [row.cells[0] for row in found] == [str(number) for number in range(count)]
            assert found[6].corrected == "kept"
            assert project.undo() is not None


def test_a_power_cut_takes_no_label_and_leaves_whole_batches(path, steps):
    survive(path, steps, 10)


@pytest.mark.soak
def test_fifty_power_cuts(path, steps):
    survive(path, steps, 50)
