"""Chinese reviews: the shipped bundle beside SnowNLP and TF-IDF, and what pre-training is worth.

    python -m benchmarks.chinese_sentiment --data build/chinese
        [--bundle NAME_OR_PATH] [--pretrained FOLDER ... --random FOLDER ...]

All are judged on the same held-out reviews of `bert-tf prepare chinese`. SnowNLP's own classifier
was trained by its author on all reviews, the held-out ones among them. The model folders given
with --pretrained and --random stand in the order of their seeds.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.training_statistics import Difference, quality_of
from bert_tf.training.metrics import bootstrap_interval, calibration_error
from export.runtime.engine import Engine

Classes = NDArray[np.int64]

# Axis letters: S seeds, N texts.


@dataclass(frozen=True, kw_only=True)
class Reviews:
    """One split: texts and the places of their labels, (N,)."""

    texts: list[str]
    classes: Classes

    @classmethod
    def read(cls, folder: Path, split: str) -> Reviews:
        """Read the split of a folder written by `bert-tf prepare chinese`."""
        labels = read_labels(folder)
        lines = (folder / "reviews" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        classes = np.asarray([labels.index(row["label"]) for row in rows], np.int64)
        return cls(texts=[row["text"] for row in rows], classes=classes)


def read_labels(folder: Path) -> list[str]:
    """The labels in the order of their numbers."""
    labels: list[str] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))["labels"]
    return labels


def probabilities_of_bundle(
    bundle: str, texts: list[str], labels: list[str]
) -> NDArray[np.float64]:
    """What a bundle says, run by the Engine of `bert-edge`, (N, C)."""
    with Engine.open(bundle) as engine:
        rows = [[v.scores[label] for label in labels] for v in engine.classify(texts)]
    return np.asarray(rows, np.float64)


def answers_of_model(folder: Path, texts: list[str]) -> Classes:
    """What a float model folder says, (N,)."""
    from bert_tf.models.bert_classifier import BertClassifier
    from bert_tf.models.model_folder import load_model

    model = load_model(folder)
    if not isinstance(model, BertClassifier):
        raise SystemExit(f"{folder} holds no classifier.")
    return np.asarray(model.predict_proba(texts).argmax(axis=1), np.int64)


def answers_of_snownlp(texts: list[str], labels: list[str]) -> Classes:
    """What SnowNLP's own classifier says, (N,)."""
    from snownlp import SnowNLP

    places = (labels.index("negative"), labels.index("positive"))
    return np.asarray([places[SnowNLP(text).sentiments > 0.5] for text in texts], np.int64)


def answers_of_tf_idf(train: Reviews, dev: Reviews, texts: list[str]) -> Classes:
    """Character 1- to 3-grams, TF-IDF, logistic regression; dev chooses its strength, (N,)."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    features = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    known, held = features.fit_transform(train.texts), features.transform(dev.texts)
    fits = [
        LogisticRegression(C=c, max_iter=1000).fit(known, train.classes) for c in (1, 3, 10, 30)
    ]
    best = max(fits, key=lambda fit: (fit.predict(held) == dev.classes).mean())
    return np.asarray(best.predict(features.transform(texts)), np.int64)


def seeds_difference(
    ours: Sequence[Classes], theirs: Sequence[Classes], expected: Classes
) -> Difference:
    """The mean gain in accuracy over pairs of equal seed; seeds and texts are drawn again."""
    gains = np.stack(
        [
            (one == expected).astype(np.float64) - (other == expected)
            for one, other in zip(ours, theirs, strict=True)
        ]
    )  # (S, N)
    rng = np.random.default_rng(2)

    def measure(rows: NDArray[Any]) -> float:
        seeds = rng.integers(0, len(gains), len(gains))
        return float(gains[seeds][:, rows].mean())

    low, high = bootstrap_interval(measure, gains.shape[1], rng=np.random.default_rng(1))
    return Difference(value=float(gains.mean()), low=low, high=high)


def row_of(name: str, found: Classes, expected: Classes) -> dict[str, Any]:
    """Accuracy with a 95 % interval, and macro F1."""
    hits = (found == expected).astype(np.float64)
    low, high = bootstrap_interval(
        lambda rows: float(hits[rows].mean()), len(hits), rng=np.random.default_rng(0)
    )
    quality = quality_of(found, expected, 2)
    return {"engine": name, **asdict(quality), "low": low, "high": high}


def render(rows: Sequence[dict[str, Any]], difference: Difference | None, seeds: int) -> str:
    """A Markdown table, and a sentence on pre-training."""
    lines = ["| engine | accuracy (95 % interval) | macro F1 |", "|---|---:|---:|"]
    lines += [
        f"| {row['engine']} | {row['accuracy']:.4f} ({row['low']:.3f} to {row['high']:.3f}) | "
        f"{row['macro_f1']:.4f} |"
        for row in rows
    ]
    if difference is not None:
        lines += [
            "",
            f"Pre-training adds {difference.value:+.4f} accuracy (95 % interval "
            f"{difference.low:+.4f} to {difference.high:+.4f}, {seeds} seeds each, paired).",
        ]
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("build/chinese"))
    parser.add_argument("--split", choices=["dev", "test"], default="test")
    parser.add_argument("--bundle", default="sentiment-zh")
    parser.add_argument("--pretrained", type=Path, nargs="*", default=[])
    parser.add_argument("--random", type=Path, nargs="*", default=[])
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    if len(chosen.pretrained) != len(chosen.random):
        parser.error("--pretrained and --random must name the same number of folders.")
    labels = read_labels(chosen.data)
    train, dev, held = (
        Reviews.read(chosen.data, split) for split in ("train", "dev", chosen.split)
    )
    texts, expected = held.texts, held.classes
    probabilities = probabilities_of_bundle(chosen.bundle, texts, labels)
    answers = {
        f"`{Path(chosen.bundle).stem}`, int8": probabilities.argmax(axis=1),
        "character TF-IDF, logistic regression": answers_of_tf_idf(train, dev, texts),
        "SnowNLP (has seen these texts)": answers_of_snownlp(texts, labels),
    }
    pretrained = [answers_of_model(folder, texts) for folder in chosen.pretrained]
    random = [answers_of_model(folder, texts) for folder in chosen.random]
    for name, found in (("pre-trained", pretrained), ("from random weights", random)):
        answers |= {f"float, {name}, seed {seed}": a for seed, a in enumerate(found, start=1)}
    rows = [row_of(name, found, expected) for name, found in answers.items()]
    difference = seeds_difference(pretrained, random, expected) if random else None
    unsure = calibration_error(probabilities, np.eye(len(labels))[expected])
    if chosen.json:
        found = {"rows": rows, "pretraining": difference and asdict(difference)}
        print(json.dumps({**found, "calibration_error": unsure}))
    else:
        print(render(rows, difference, len(random)))
        print(f"\nExpected calibration error of the bundle: {unsure:.4f}.")


if __name__ == "__main__":
    main()
