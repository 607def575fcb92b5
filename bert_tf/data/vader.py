"""The four VADER sets: English sentences, each rated by about twenty people.

Hutto and Gilbert (2014), "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
Social Media Text". Ratings run from -4 (extremely negative) to +4 (extremely positive).
"""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from bert_tf.atomic_file import atomic_path
from bert_tf.data.package_sources import VADER, fetch
from bert_tf.data.split import Split, split_of

ARCHIVE = "vaderSentiment-0.5/additional_resources/hutto_ICWSM_2014.tar.gz"
LEXICON = "vaderSentiment-0.5/vaderSentiment/vader_sentiment_lexicon.txt"
DOMAINS = {
    # our name: the name in the archive
    "tweets": "tweets",
    "movies": "movieReviewSnippets",
    "amazon": "amazonReviewSnippets",
    "nyt": "nytEditorialSnippets",
}
LABELS = ("very negative", "negative", "neutral", "positive", "very positive")
_CLASS_OF_RATING = {-4: 0, -3: 0, -2: 1, -1: 1, 0: 2, 1: 3, 2: 3, 3: 4, 4: 4}


@dataclass(frozen=True, kw_only=True)
class RatedText:
    """A sentence and what its raters said."""

    domain: str  # tweets, movies, amazon or nyt; lexicon for a single word
    id: str  # as in the archive, unique within the domain
    text: str  # as in the archive
    valence: float  # the published mean rating, -4..+4
    ratings: tuple[int, ...]  # the single ratings, each -4..+4

    @property
    def split(self) -> Split:
        """The split that the text belongs to."""
        return split_of(self.text)

    @property
    def distribution(self) -> list[float]:
        """The share of raters that chose each of `LABELS`."""
        counts = [0] * len(LABELS)
        for rating in self.ratings:
            counts[_CLASS_OF_RATING[rating]] += 1
        return [count / len(self.ratings) for count in counts]


def read_vader() -> list[RatedText]:
    """All 23,703 rated sentences, domain by domain in the archive's order.

    Raises:
        SourceError: if the package cannot be fetched.
        ValueError: if the archive is not the one that is known.
    """
    with zipfile.ZipFile(fetch(VADER)) as outer:
        inner = outer.read(ARCHIVE)
    with tarfile.open(fileobj=io.BytesIO(inner), mode="r:gz") as archive:
        return [text for domain in DOMAINS for text in _read_domain(archive, domain)]


def read_lexicon() -> list[RatedText]:
    """The 7,517 words, abbreviations and emoticons of VADER's lexicon, by ten raters each.

    Two emoticons hold a byte that is not UTF-8; it becomes U+FFFD, which no tokenizer keeps.

    Raises:
        SourceError: if the package cannot be fetched.
        ValueError: if the lexicon is not the one that is known.
    """
    with zipfile.ZipFile(fetch(VADER)) as outer:
        content = outer.read(LEXICON)
    return [
        RatedText(
            domain="lexicon",
            id=str(number),
            text=row[0],
            valence=float(row[1]),
            ratings=tuple(json.loads(row[3])),
        )
        for number, row in enumerate(_rows(content.decode(errors="replace"), LEXICON, columns=4))
    ]


def _read_domain(archive: tarfile.TarFile, domain: str) -> list[RatedText]:
    stem = f"hutto_ICWSM_2014/{DOMAINS[domain]}"
    of_ratings, of_means = f"{stem}_anonDataRatings.txt", f"{stem}_GroundTruth.txt"
    ratings = {
        row[0]: tuple(json.loads(row[3]))
        for row in _rows(_member(archive, of_ratings), of_ratings, columns=4)
    }
    return [
        RatedText(
            domain=domain,
            id=row[0],
            text=row[2],
            valence=float(row[1]),
            ratings=ratings[row[0]],
        )
        for row in _rows(_member(archive, of_means), of_means, columns=3)
    ]


def _member(archive: tarfile.TarFile, name: str) -> str:
    file = archive.extractfile(name)
    if file is None:
        raise ValueError(f"The VADER archive lacks {name}.")
    return file.read().decode("utf-8-sig")


def _rows(content: str, name: str, *, columns: int) -> list[list[str]]:
    """Tab-separated rows; a line ends at CRLF and nowhere else (texts hold lone CRs)."""
    lines = content.removesuffix("\r\n").split("\r\n")
    rows = [line.split("\t", columns - 1) for line in lines]
    for number, row in enumerate(rows, start=1):
        if len(row) != columns:
            raise ValueError(f"{name}, line {number}: expected {columns} columns: {row!r}.")
    return rows


def class_values(texts: list[RatedText]) -> tuple[float, ...]:
    """The mean single rating inside each of `LABELS`: the number a class stands for."""
    totals, counts = [0.0] * len(LABELS), [0] * len(LABELS)
    for text in texts:
        for rating in text.ratings:
            index = _CLASS_OF_RATING[rating]
            totals[index] += rating
            counts[index] += 1
    return tuple(round(total / count, 4) for total, count in zip(totals, counts, strict=True))


def prepare_vader(folder: Path) -> dict[str, int]:
    """Write train, dev and test, and the labels; returns the sizes.

    `train.jsonl`, `dev.jsonl` and `test.jsonl`: each line has id, domain, text, valence (mean
    rating) and distribution (share of raters a class). `train_and_lexicon.jsonl` has the single
    words of the lexicon behind the texts of train. `labels.json` names the classes and the values
    that they stand for.
    """
    texts = read_vader()
    by_split = {
        split: [text for text in texts if text.split == split] for split in ("train", "dev", "test")
    }
    files = {**by_split, "train_and_lexicon": by_split["train"] + read_lexicon()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, chosen in files.items():
        with atomic_path(folder / f"{name}.jsonl") as path:
            path.write_text("".join(_json_line(text) for text in chosen), encoding="utf-8")
    content = {"labels": LABELS, "label_values": class_values(by_split["train"])}
    with atomic_path(folder / "labels.json") as path:
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return {name: len(chosen) for name, chosen in files.items()}


def _json_line(text: RatedText) -> str:
    values = {
        "id": f"{text.domain}/{text.id}",
        "domain": text.domain,
        "text": text.text,
        "valence": text.valence,
        "distribution": [round(share, 6) for share in text.distribution],
    }
    return json.dumps(values, ensure_ascii=False) + "\n"
