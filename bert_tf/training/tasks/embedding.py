"""One vector for a text, near the vectors of texts that mean the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from bert_tf.data.data_error import DataError
from bert_tf.data.examples import Examples
from bert_tf.data.pair_examples import (
    PairColumns,
    read_pairs,
    read_texts,
    read_whatever_it_holds,
)
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training.tasks.text_task import TextTask, encoder_inputs

if TYPE_CHECKING:
    from bert_tf.models.bert_backbone import BertBackbone
    from bert_tf.models.bert_embedder import BertEmbedder
    from bert_tf.training.embedding_evaluation import EmbeddingReport
    from bert_tf.training.tasks.text_task import Loss, Tensors

Objective = Literal["pairs", "scores", "dropout"]

# Axis letters: B texts in a batch, H hidden units.


@dataclass(frozen=True, kw_only=True)
class Embedding(TextTask["BertEmbedder"]):
    """Three ways to learn vectors.

    "pairs": each text finds its partner among all partners of the batch (Henderson et al.
    2017), hard negatives included if a column holds them. "scores": the cosine of a pair meets a
    score (Reimers and Gurevych 2019). "dropout": each text finds itself in another pass
    through dropout (Gao et al. 2021), without any labels.
    """

    kind = "embedding"
    summary = "Learn vectors that are near where texts mean the same."
    example = "bert-tf finetune embedding --train pairs.jsonl --output runs/vectors"
    pipeline = "sentence-similarity"
    sentence = (
        "Turns a text (language: {language}) into one vector by {pooling} pooling, divided by "
        "its length. Texts of similar meaning get vectors with a high cosine."
    )
    reading = (
        "text_column", "first_column", "second_column", "score_column", "score_min", "score_max"
    )  # fmt: skip

    objective: Annotated[
        Objective, "pairs: find the partner; scores: meet a cosine; dropout: no labels."
    ] = "pairs"
    text_column: Annotated[str, "Column of a text alone (dropout)."] = "text"
    first_column: Annotated[str, "Column of a text."] = "first"
    second_column: Annotated[str, "Column of a text that belongs to it."] = "second"
    negative_column: Annotated[
        str | None, "Column of a text that only seems to belong to it (pairs)."
    ] = None
    score_column: Annotated[str, "Column of the similarity of two texts."] = "score"
    score_min: Annotated[float, "The score of texts with nothing in common."] = 0.0
    score_max: Annotated[float, "The score of texts that mean the same."] = 1.0
    temperature: Annotated[float, "What cosines are divided by (pairs, dropout)."] = 0.05

    def __post_init__(self) -> None:
        if self.objective not in get_args(Objective):
            raise ValueError(
                f"objective must be one of {', '.join(get_args(Objective))}, received "
                f"{self.objective!r}."
            )
        if not 0 < self.temperature < float("inf"):
            raise ValueError(f"temperature must be positive, received {self.temperature}.")
        if self.negative_column is not None and self.objective != "pairs":
            raise ValueError("negative_column goes with the objective 'pairs' alone.")

    def metric_of(self, report: EmbeddingReport) -> str:
        return report.metric

    @property
    def splittable(self) -> bool:
        return self.objective == "scores"

    @property
    def _columns(self) -> PairColumns:
        return PairColumns(
            text=self.text_column,
            first=self.first_column,
            second=self.second_column,
            negative=self.negative_column,
            score=self.score_column,
            score_min=self.score_min,
            score_max=self.score_max,
        )

    def read_train(self, path: Path) -> tuple[Examples, tuple[str, ...]]:
        if self.objective == "dropout":
            return read_texts(path, self._columns), ()
        scored = self.objective == "scores"
        return read_pairs(path, self._columns, scored=scored, negatives=True), ()

    def read_dev(self, path: Path, labels: tuple[str, ...]) -> Examples:
        return read_whatever_it_holds(path, self._columns)

    def read_more(self, path: Path, labels: tuple[str, ...]) -> Examples:
        return self.read_train(path)[0]  # what is measured needs fewer columns

    def check(self, path: Path, train: Examples, dev: Examples, labels: tuple[str, ...]) -> None:
        if self.objective != "scores" and len(train) < 2:
            raise DataError(f"{path} must hold at least two examples to compare, received 1.")

    def make_model(
        self, backbone: BertBackbone, task: Task, tokenizer: BertTokenizer
    ) -> BertEmbedder:
        from bert_tf.models.bert_embedder import BertEmbedder

        return BertEmbedder(backbone, task, tokenizer)

    def loss(self, model: BertEmbedder, batch: Tensors) -> Loss:
        import tensorflow as tf

        from bert_tf.training.contrastive_loss import cosine_error, in_batch_negatives

        weights = batch["weights"]
        if self.objective == "dropout":
            inputs = encoder_inputs(batch)
            twice = {name: tf.concat([ids, ids], axis=0) for name, ids in inputs.items()}
            first, second = tf.split(model(twice, training=True), 2)  # (B, H) each
            return in_batch_negatives(first, second, weights, temperature=self.temperature), {}
        first = model(encoder_inputs(batch), training=True)  # (B, H)
        second = model(encoder_inputs(batch, 1), training=True)  # (B, H)
        if self.objective == "scores":
            return cosine_error(first, second, batch["scores"], weights), {}
        if self.negative_column is not None:
            negative = model(encoder_inputs(batch, 2), training=True)  # (B, H)
            second = tf.concat([second, negative], axis=0)  # (2 B, H)
        return in_batch_negatives(first, second, weights, temperature=self.temperature), {}

    def measure(self, model: BertEmbedder, examples: Examples) -> EmbeddingReport:
        from bert_tf.training.embedding_evaluation import evaluate_embedding

        return evaluate_embedding(model, examples)
