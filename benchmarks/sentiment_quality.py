"""How well a sentiment bundle agrees with people, beside VADER, one human and the float model.

    python -m benchmarks.sentiment_quality [--split dev|test] [--bundle NAME_OR_PATH]

The bundle is run by the same Engine as `bert-edge`. Three classes: the text is negative,
neutral or positive as most of its raters said (-4..-1, 0, 1..4), and as the bundle's
probabilities, added up the same way, say. The calibration error is that of the five classes,
against the share of raters who gave the predicted one.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.vader import DOMAINS, RatedText, read_vader
from bert_tf.training.metrics import (
    bootstrap_interval,
    calibration_error,
    confusion_matrix,
    macro_f1,
    pearson_r,
)
from export.runtime.engine import Engine

ONE_HUMAN = {"tweets": 0.888, "movies": 0.899, "amazon": 0.857, "nyt": 0.745}
"""Correlation of a single rater with the mean: table 4 of Hutto and Gilbert (2014)."""

Array = NDArray[np.float64]


def three_classes(shares: Array, values: Array) -> NDArray[np.int64]:
    """0 negative, 1 neutral, 2 positive: the largest of the added shares, (N,) of (N, C)."""
    added = [
        shares[:, values < 0].sum(1),
        shares[:, values == 0].sum(1),
        shares[:, values > 0].sum(1),
    ]
    return np.stack(added, axis=1).argmax(axis=1)


def run_bundle(bundle: str, texts: list[str]) -> tuple[Array, Array]:
    """Probabilities (N, C) of a classification bundle and the values of its classes (C,)."""
    with Engine.open(bundle) as engine:
        values = engine.metadata.label_values
        if values is None:
            raise SystemExit(f"{bundle} has no valence; name a sentiment bundle.")
        verdicts = engine.classify(texts)
    rows = [list(verdict.scores.values()) for verdict in verdicts]
    return np.asarray(rows, np.float64), np.asarray(values, np.float64)


def run_float(folder: Path, texts: list[str]) -> Array:
    """Probabilities (N, C) of the float Keras model that a bundle was built from."""
    from bert_tf.models.bert_classifier import BertClassifier
    from bert_tf.models.model_folder import load_model

    model = load_model(folder)
    if not isinstance(model, BertClassifier):
        raise SystemExit(f"{folder} holds no classifier.")
    return model.predict_proba(texts).astype(np.float64)


def run_vader(texts: list[str]) -> Array:
    """VADER's compound score for each text, (N,)."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return np.asarray([analyzer.polarity_scores(text)["compound"] for text in texts])


def measure(
    domain: str, texts: list[RatedText], bundle: str, model_folder: Path | None
) -> dict[str, float | str | int]:
    """All figures of one domain."""
    words = [text.text for text in texts]
    truth = np.asarray([text.valence for text in texts])
    shares = np.asarray([text.distribution for text in texts])
    probabilities, values = run_bundle(bundle, words)
    valence = probabilities @ values  # (N,)
    low, high = bootstrap_interval(
        lambda rows: pearson_r(valence[rows], truth[rows]), len(texts), rng=np.random.default_rng(0)
    )
    matrix = confusion_matrix(
        three_classes(shares, values), three_classes(probabilities, values), 3
    )
    row: dict[str, float | str | int] = {
        "domain": domain,
        "texts": len(texts),
        "r": pearson_r(valence, truth),
        "r_low": low,
        "r_high": high,
        "mae": float(np.abs(valence - truth).mean()),
        "macro_f1": macro_f1(matrix),
        "calibration_error": calibration_error(probabilities, shares),
        "vader_r": pearson_r(run_vader(words), truth),
        "one_human_r": ONE_HUMAN[domain],
    }
    if model_folder is not None:
        row["float_r"] = pearson_r(run_float(model_folder, words) @ values, truth)
    return row


def render(rows: list[dict[str, float | str | int]]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| domain | texts | r (95 % interval) | float r | mean error | macro F1, 3 classes | "
        "calibration error | VADER r | one human r |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        float_r = f"{row['float_r']:.4f}" if "float_r" in row else ""
        lines.append(
            f"| {row['domain']} | {row['texts']} | {row['r']:.4f} "
            f"({row['r_low']:.3f} to {row['r_high']:.3f}) | {float_r} | {row['mae']:.3f} | "
            f"{row['macro_f1']:.3f} | {row['calibration_error']:.3f} | "
            f"{row['vader_r']:.3f} | {row['one_human_r']:.3f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--split", choices=["dev", "test"], default="dev")
    parser.add_argument("--bundle", default="sentiment-en")
    parser.add_argument("--model", type=Path, help="the float model folder, for comparison")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    texts = [text for text in read_vader() if text.split == chosen.split]
    rows = [
        measure(domain, [t for t in texts if t.domain == domain], chosen.bundle, chosen.model)
        for domain in DOMAINS
    ]
    print(json.dumps(rows, indent=2) if chosen.json else render(rows))


if __name__ == "__main__":
    main()
