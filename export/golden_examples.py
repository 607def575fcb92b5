"""The texts by which a bundle proves itself on another machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.model_folder import TextModel
from export.runtime.golden import Golden, GoldenExample
from export.runtime.graph_runner import GraphRunner

_SENTENCES = (
    ".",
    "Good.",
    "The battery died after two days.",
    "I have never laughed so hard in a cinema, and I would see it again tomorrow.",
    "The plot is thin and the ending is predictable, but the two leads are so charming together "
    "that I did not mind either of them for a moment.",
    "这部电影的故事很简单，但是演员非常出色，我很喜欢。",
    "Best. Day. Ever! 😀🎉❤️ #nofilter http://example.com/?q=1",
    "Café naïve: the résumé was 50% off — “really”, she said…",
)
_DIGITS = 8  # significant digits kept; float32 has seven


def golden_texts(max_words: int) -> tuple[str, ...]:
    """Texts of several lengths; the last has at least `max_words` words and will be cut."""
    words = " ".join(_SENTENCES[2:5]).split()
    return (*_SENTENCES, " ".join((words * (max_words // len(words) + 1))[: max_words + 8]))


def float_outputs(model: TextModel, texts: list[str]) -> NDArray[np.float32]:
    """What the Keras model answers, (N, D): probabilities or vectors."""
    if isinstance(model, BertClassifier):
        return model.predict_proba(texts)
    return model.encode(texts)


def make_golden(model: TextModel, runner: GraphRunner, *, tolerance: float) -> Golden:
    """Run the golden texts through the graph and through the float model.

    Args:
        model: the float model.
        runner: over the finished graph.
        tolerance: largest difference that another processor is allowed.
    """
    texts = list(golden_texts(model.task.max_length))
    reference = float_outputs(model, texts)  # (N, D)
    examples = []
    for text, expected in zip(texts, reference, strict=True):
        token_ids = model.tokenizer.batch([text], max_length=model.task.max_length).token_ids
        output = runner.run(token_ids)[0]  # (D,)
        examples.append(
            GoldenExample(
                text=text,
                token_ids=tuple(int(item) for item in token_ids[0]),
                output=rounded(output),
                float_output=rounded(expected),
            )
        )
    return Golden(tolerance=tolerance, examples=tuple(examples))


def rounded(values: NDArray[np.float32]) -> tuple[float, ...]:
    """As many digits as float32 has."""
    return tuple(float(f"{value:.{_DIGITS}g}") for value in values)
