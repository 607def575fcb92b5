"""A process that works on a project until it is killed: `python busy_project.py PATH SEED`.

It says what it is about to do and what is done, a line each: `do label 3 x`, `done rows 40`.
"""

import os
import random
import sys
from pathlib import Path

from desktop_app.documents.table_row import TableRow
from desktop_app.projects.project import Project
from desktop_app.projects.source_identity import SourceIdentity
from desktop_app.projects.verdict import ProjectBundle, StoredJudgement

BATCH = 20
BUNDLE = "b" * 64
ROUTING = {"*": BUNDLE}


def text_of(number: int) -> str:
    """A third of the rows repeat a text."""
    return f"第{number % 7}份 answer {number if number % 3 else 0} " + "长" * (number % 90)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main(path: Path, seed: int) -> None:
    rng = random.Random(seed)
    project = Project.open(path)
    project.add_bundle(ProjectBundle(sha256=BUNDLE, name="b", labels=("x", "y")))
    document = project.add_document(
        path=Path("/data/a.csv"),
        source=SourceIdentity(size=1),
        columns=("n", "text"),
        text_column=1,
        options={},
    )
    say("done open")
    count = document.row_count
    while True:
        numbers = range(count, count + BATCH)
        project.append_rows(document.id, [TableRow((str(n), text_of(n))) for n in numbers])
        count += BATCH
        say(f"done rows {count}")
        for _ in range(3):
            row, label = rng.randrange(1, count + 1), f"{seed}-{rng.random()}"
            say(f"do label {row} {label}")
            project.correct_label(row, label)
            say(f"done label {row} {label}")
        for batch in project.unanalysed(ROUTING, limit=BATCH):
            project.store_results(
                StoredJudgement(text.id, "zh", "judged", BUNDLE, "x", (0.75, 0.25))
                for text in batch
            )
            say(f"done results {batch[-1].id}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
