"""What the window's limits are measured with: a project of many rows and a CSV of many bytes.

`python -m benchmarks.limits_files PATH ROWS` writes the project.
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from benchmarks.project_store import BATCH, Content, fill
from bert_tf.data.vader import read_vader
from desktop_app.analysis.bundle_routes import project_bundle, shipped_routes
from desktop_app.documents.table_row import TableRow
from desktop_app.projects.verdict import JUDGED, ProjectBundle, StoredJudgement, WaitingText
from desktop_app.sample_text import sample_corpus

COLUMNS = ("id", "reference", "product", "date", "comment")
SEARCHED = "film"  # a word that some of the texts hold
_PRODUCTS = ("lamp", "kettle", "chair", "desk", "shelf", "clock", "fan")
_EVERY = 4  # one text in so many is Chinese
_TURN = b"TURN-"  # stands in a block of rows for the number of its turn: "00001"


def write_project(path: Path, rows: int) -> None:
    """Make a project of so many rows, judged by the shipped bundles, as the window asks for it.

    Every text differs: VADER's sentences, one in four a Chinese one, each with a number behind.
    """
    fill(
        path,
        rows,
        Content(columns=COLUMNS, batches=_batches, bundles=_bundles(), verdict=_verdict),
    )


def write_csv(path: Path, size: int) -> int:
    """Write rows until the file has at least so many bytes, and put them out of the cache.

    Returns:
        How many rows there are, without the head.
    """
    texts = _texts()
    lines = [
        ",".join([f"{place:06}TURN-", *_cells(place)[1:-1], f'"{_quoted(text)} TURN-{place:06}"'])
        for place, text in enumerate(texts)
    ]
    block = "".join(f"{line}\r\n" for line in lines).encode()
    written = turns = 0
    with path.open("wb") as stream:
        written += stream.write((",".join(COLUMNS) + "\r\n").encode())
        for turn in itertools.count():
            if written >= size:
                break
            written += stream.write(block.replace(_TURN, b"%05d" % turn))
            turns += 1
        stream.flush()
        os.fsync(stream.fileno())
        if hasattr(os, "posix_fadvise"):  # the window is to read from the disk
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return turns * len(texts)


@lru_cache(maxsize=1)
def _texts() -> tuple[str, ...]:
    """Every fourth is Chinese."""
    english = [" ".join(item.text.split()) for item in read_vader()]
    chinese = itertools.cycle(line for line in sample_corpus("zh").splitlines() if line.strip())
    return tuple(
        next(chinese) if place % _EVERY == 0 else text for place, text in enumerate(english)
    )


def _batches(rows: int) -> Iterator[list[TableRow]]:
    texts = _texts()
    for start in range(0, rows, BATCH):
        yield [
            TableRow((*_cells(number)[:-1], f"{texts[number % len(texts)]} {number}"))
            for number in range(start, min(start + BATCH, rows))
        ]


def _cells(number: int) -> tuple[str, ...]:
    """A row without its text."""
    mixed = _mixed(number)
    return (
        f"{number:06}",
        f"{mixed >> 16:04X}-{number:06}",
        _PRODUCTS[mixed % len(_PRODUCTS)],
        f"2026-{mixed % 12 + 1:02}-{mixed % 28 + 1:02}",
        "",
    )


def _mixed(number: int) -> int:
    """A number of 32 bits that looks like chance: sorting must not find it half sorted."""
    number = (number ^ number >> 16) * 0x45D9F3B & 0xFFFFFFFF
    number = (number ^ number >> 16) * 0x45D9F3B & 0xFFFFFFFF
    return number ^ number >> 16


def _quoted(text: str) -> str:
    return text.replace('"', '""')


@lru_cache(maxsize=1)
def _bundles() -> dict[str, ProjectBundle]:
    routes = shipped_routes(None)
    return dict(
        zip(routes.bundles, [project_bundle(each) for each in routes.provenance], strict=True)
    )


def _verdict(text: WaitingText) -> StoredJudgement:
    language = "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in text.text) else "en"
    bundle, mixed = _bundles()[language], _mixed(text.id)
    share = mixed / 2**32  # 0 to 1
    best = mixed % len(bundle.labels)
    high = 0.5 + share / 2
    rest = (1 - high) / (len(bundle.labels) - 1)
    return StoredJudgement(
        text_id=text.id,
        language=language,
        status=JUDGED,
        bundle=bundle.sha256,
        label=bundle.labels[best],
        scores=tuple(high if place == best else rest for place in range(len(bundle.labels))),
        valence=8 * share - 4,
        uncertain=mixed % 10 == 0,
    )


if __name__ == "__main__":
    write_project(Path(sys.argv[1]), int(sys.argv[2]))
