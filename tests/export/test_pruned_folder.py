"""Gathered rows, the same answers bit for bit, and a folder that everything accepts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_pretrainer import BertPretrainer
from bert_tf.models.model_folder import load_model, save_model
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training.start_weights import load_start_weights
from export.build import build_from_folder
from export.piece_counts import count_pieces
from export.pruned_folder import prune_model, write_pruned_folder
from export.recipes import RECIPES
from export.runtime.bundle import LICENCE, read_bundle
from export.verify import verify
from export.vocabulary_pruning import PieceIds, PruningRule, choose_pieces

TEXTS = ["the cat sat on a tree.", "a dog ran", "good!", "the films ☃ not boring", ""]
RECORD = {"tokens_before": 37, "tokens_after": 26, "corpus_sha256": "ab12"}


@pytest.fixture(scope="module")
def kept(tiny_tokenizer: BertTokenizer) -> PieceIds:
    counts = count_pieces(tiny_tokenizer, TEXTS)
    return choose_pieces(tiny_tokenizer, counts, PruningRule())


@pytest.fixture(scope="module")
def pretrainer(tiny_tokenizer: BertTokenizer) -> BertPretrainer:
    """Heads that guess tokens, with a bias a token that differs from zero."""
    config = BertConfig(
        vocabulary_size=tiny_tokenizer.vocabulary_size,
        hidden_dim=32,
        num_layers=1,
        num_heads=4,
        intermediate_dim=48,
        max_sequence_length=24,
        initializer_range=0.3,
    )
    task = Task(kind="pretraining", name="t", language="en", max_length=20, pooling="mean")
    model = BertPretrainer(BertBackbone(config), task, tiny_tokenizer)
    bias = model.masked_lm_head.output_bias
    bias.assign(np.arange(bias.shape[0], dtype=np.float32))
    return model


def test_only_rows_of_the_table_are_gone(embedder: Any, kept: PieceIds) -> None:
    pruned = prune_model(embedder, kept)
    assert 5 < len(kept) < embedder.config.vocabulary_size
    assert pruned.config == dataclasses.replace(embedder.config, vocabulary_size=len(kept))
    table = np.asarray(embedder.backbone.embeddings.word_table)
    np.testing.assert_array_equal(pruned.backbone.embeddings.word_table, table[kept])
    for old, new in zip(embedder.weights, pruned.weights, strict=True):
        if old.name != "word_table":
            np.testing.assert_array_equal(old, new)


def test_vectors_are_the_same_bit_for_bit(embedder: Any, kept: PieceIds) -> None:
    pruned = prune_model(embedder, kept)
    ids = pruned.tokenizer.token_ids(TEXTS)
    assert [[int(kept[item]) for item in row] for row in ids] == embedder.tokenizer.token_ids(TEXTS)
    assert any(row != [int(kept[item]) for item in row] for row in ids)  # ids did move
    np.testing.assert_array_equal(pruned.encode(TEXTS), embedder.encode(TEXTS))
    pairs = (
        model.encode(TEXTS, pooling="tokens", layers=(0, 1, 2)) for model in (pruned, embedder)
    )
    for ours, theirs in zip(*pairs, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_verdicts_are_the_same_bit_for_bit(classifier: Any, kept: PieceIds) -> None:
    pruned = prune_model(classifier, kept)
    np.testing.assert_array_equal(pruned.predict_proba(TEXTS), classifier.predict_proba(TEXTS))
    assert pruned.task.labels == classifier.task.labels


def test_a_model_that_guesses_tokens_keeps_the_scores_of_those_left(
    pretrainer: BertPretrainer, kept: PieceIds
) -> None:
    pruned = prune_model(pretrainer, kept)
    assert pruned.masked_lm_head.output_bias.shape == (len(kept),)
    positions = np.array([[0, 2], [1, 3]], np.int32)
    logits, pairs = [], []
    for model in (pretrainer, pruned):
        batch = model.tokenizer.batch(TEXTS[:2], max_length=12).as_inputs()
        scores = model({**batch, "mask_positions": positions, "cls_positions": positions[:, :1]})
        logits.append(np.asarray(scores["mask_logits"]))  # (R, P, V) and (R, P, K)
        pairs.append(np.asarray(scores["pair_logits"]))
    np.testing.assert_allclose(logits[1], logits[0][..., kept], rtol=1e-5, atol=1e-4)
    np.testing.assert_array_equal(*pairs)


def test_a_folder_says_what_was_pruned_and_from_what(
    make_model: Callable[..., Any], kept: PieceIds, tmp_path: Path
) -> None:
    model, source, output = make_model(), tmp_path / "whole", tmp_path / "deep" / "pruned"
    metrics = {"dev": {"spearman": 0.5}}
    model.task = dataclasses.replace(model.task, metrics=metrics, provenance={"seed": 7})
    save_model(model, source, card="---\nlicense: MIT\n---\n\n# Tiny\n")
    (source / LICENCE).write_text("Permission is hereby granted\n")
    write_pruned_folder(source, output, kept, record=RECORD)
    pruned = load_model(output)
    assert pruned.tokenizer.vocabulary_size == pruned.config.vocabulary_size == len(kept)
    np.testing.assert_array_equal(pruned.encode(TEXTS), model.encode(TEXTS))
    (entry,) = pruned.task.provenance["vocabulary_pruning"]
    assert {**RECORD, "metrics_before": metrics}.items() <= entry.items()
    assert len(entry["weights_sha256"]) == 64 and pruned.task.metrics == {}
    assert pruned.task.provenance["seed"] == 7 and pruned.task.licence == model.task.licence
    assert (output / LICENCE).read_text() == "Permission is hereby granted\n"
    card = (output / "README.md").read_text()
    assert card.startswith("---\nlicense: MIT\n") and "## Pruned vocabulary" in card
    assert "Of 37 tokens 26 were kept" in card and entry["weights_sha256"] in card
    again = tmp_path / "again"
    write_pruned_folder(output, again, np.arange(len(kept), dtype=np.int32), record=RECORD)
    assert len(load_model(again).task.provenance["vocabulary_pruning"]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "deep", "whole"]


def test_a_bundle_of_a_pruned_folder_is_built_and_verified(
    embedder: Any, kept: PieceIds, some_texts: list[str], tmp_path: Path
) -> None:
    """The texts have words that the pruned vocabulary lacks, too."""
    save_model(embedder, tmp_path / "whole")
    write_pruned_folder(tmp_path / "whole", tmp_path / "pruned", kept, record=RECORD)
    content, report = build_from_folder(tmp_path / "pruned", RECIPES["float32"])
    assert report.float_difference < 1e-4
    bundle = read_bundle(content)
    assert bundle.metadata.provenance["vocabulary_pruning"][0]["corpus_sha256"] == "ab12"
    assert verify(bundle, load_model(tmp_path / "pruned"), some_texts).passed
    start = load_start_weights(str(tmp_path / "pruned"))
    assert start.tokenizer.vocabulary_size == len(kept) == start.backbone.config.vocabulary_size
    assert start.licence == "MIT" and "vocabulary_pruning" in str(start.provenance)


def test_what_lies_at_the_output_is_left_alone(
    embedder: Any, kept: PieceIds, tmp_path: Path
) -> None:
    save_model(embedder, tmp_path / "whole")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "novel.txt").write_text("It was a dark night.")
    with pytest.raises(FileExistsError, match="something else"):
        write_pruned_folder(tmp_path / "whole", tmp_path / "mine", kept, record=RECORD)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["novel.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "whole"]
