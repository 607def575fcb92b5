import dataclasses
import errno
import os
from pathlib import Path

import numpy as np
import pytest

from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier, valence
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.bert_pretrainer import BertPretrainer
from bert_tf.models.folder_manifest import MANIFEST
from bert_tf.models.model_folder import load_model, save_model
from bert_tf.models.task import TASK, Task, load_task
from bert_tf.text.tokenizer import BertTokenizer

CLASSIFICATION = Task(
    kind="classification",
    name="toy",
    language="en",
    max_length=12,
    pooling="cls",
    labels=("bad", "good"),
    label_values=(-1.0, 1.0),
    provenance={"seed": 1},
)
EMBEDDING = Task(kind="embedding", name="toy", language="en", max_length=12, pooling="mean")
TEXTS = ["the cat sat", "a good film", "", "the the the the the the the the the the the the"]


def parts(vocabulary: list[str]) -> tuple[BertBackbone, BertTokenizer]:
    config = BertConfig(
        vocabulary_size=len(vocabulary),
        hidden_dim=16,
        num_layers=2,
        num_heads=4,
        intermediate_dim=32,
        max_sequence_length=16,
        activation="gelu_tanh",
    )
    return BertBackbone(config), BertTokenizer(vocabulary)


def test_a_classifier_round_trip(tiny_vocabulary: list[str], tmp_path: Path) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    model = BertClassifier(backbone, CLASSIFICATION, tokenizer)
    save_model(model, tmp_path / "model")
    save_model(model, tmp_path / "model", card="# second\n")
    again = load_model(tmp_path / "model")
    assert isinstance(again, BertClassifier)
    assert again.task == CLASSIFICATION
    assert again.config == model.config
    np.testing.assert_array_equal(again.predict_proba(TEXTS), model.predict_proba(TEXTS))
    assert (tmp_path / "model" / "README.md").read_text() == "# second\n"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_card_outlives_a_save_that_brings_none(
    tiny_vocabulary: list[str], tmp_path: Path
) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    model = BertClassifier(backbone, CLASSIFICATION, tokenizer)
    card = tmp_path / "model" / "README.md"
    save_model(model, tmp_path / "model")
    assert card.read_text() == "# toy\n"
    card.write_text("my own words\n")
    save_model(model, tmp_path / "model")
    assert card.read_text() == "my own words\n"
    save_model(model, tmp_path / "model", card="# second\n")
    assert card.read_text() == "# second\n"


def test_what_is_not_the_models_own_outlives_a_save(
    tiny_vocabulary: list[str], tmp_path: Path
) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    model, folder = BertClassifier(backbone, CLASSIFICATION, tokenizer), tmp_path / "model"
    save_model(model, folder)
    written = sorted(path.name for path in folder.iterdir())
    (folder / "LICENSE.txt").write_text("free")
    (folder / "bundles").mkdir()
    (folder / "bundles" / "toy.tflite").write_bytes(b"graph")
    for name in ("config.json", "vocab.txt", MANIFEST):
        (folder / name).write_text("stale")
    save_model(model, folder, card="# second\n")
    assert (folder / "LICENSE.txt").read_text() == "free"
    assert (folder / "bundles" / "toy.tflite").read_bytes() == b"graph"
    found = sorted(path.name for path in folder.iterdir())
    assert found == sorted([*written, "LICENSE.txt", "bundles"])
    assert load_model(folder).task == CLASSIFICATION
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_an_embedder_round_trip(tiny_vocabulary: list[str], tmp_path: Path) -> None:
    model = BertEmbedder(*parts(tiny_vocabulary)[:1], EMBEDDING, parts(tiny_vocabulary)[1])
    save_model(model, tmp_path / "model")
    vectors = load_model(tmp_path / "model").encode(TEXTS)
    np.testing.assert_array_equal(vectors, model.encode(TEXTS))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, rtol=1e-5)
    assert model.encode([]).shape == (0, 16)


def test_a_pretrainer_round_trip(tiny_vocabulary: list[str], tmp_path: Path) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    task = dataclasses.replace(EMBEDDING, kind="pretraining")
    model = BertPretrainer(backbone, task, tokenizer)
    save_model(model, tmp_path / "model")
    again = load_model(tmp_path / "model")
    assert isinstance(again, BertPretrainer)
    for ours, theirs in zip(model.weights, again.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_probabilities_sum_to_one_and_valence_is_their_expectation(
    tiny_vocabulary: list[str],
) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    model = BertClassifier(backbone, CLASSIFICATION, tokenizer)
    probabilities = model.predict_proba(TEXTS)
    np.testing.assert_allclose(probabilities.sum(1), 1.0, rtol=1e-5)
    expected = probabilities[:, 1] - probabilities[:, 0]
    np.testing.assert_allclose(valence(probabilities, (-1.0, 1.0)), expected, rtol=1e-5)
    assert model.encode(TEXTS).shape == (4, 16)


def test_order_and_neighbours_do_not_matter(tiny_vocabulary: list[str]) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    model = BertEmbedder(backbone, EMBEDDING, tokenizer)
    together = model.encode(TEXTS, batch_size=4)
    alone = np.concatenate([model.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=2e-6)


def test_damaged_folders_are_refused(tiny_vocabulary: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "model"
    with pytest.raises(FileNotFoundError, match="is not a model folder"):
        load_model(folder)
    backbone, tokenizer = parts(tiny_vocabulary)
    save_model(BertClassifier(backbone, CLASSIFICATION, tokenizer), folder)
    for name in ("config.json", "model.weights.h5", "vocab.txt", "tokenizer.json", TASK):
        content = (folder / name).read_bytes()
        for place in (0, len(content) // 3, len(content) - 1):
            flipped = bytearray(content)
            flipped[place] ^= 1
            for damaged in (content[:place], bytes(flipped)):
                (folder / name).write_bytes(damaged)
                with pytest.raises(ValueError, match=name.replace(".", r"\.")):
                    load_model(folder)
        (folder / name).unlink()
        with pytest.raises(FileNotFoundError, match=name.replace(".", r"\.")):
            load_model(folder)
        (folder / name).write_bytes(content)
    assert load_model(folder).task == CLASSIFICATION


def test_a_damaged_manifest_is_named(tiny_vocabulary: list[str], tmp_path: Path) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    save_model(BertClassifier(backbone, CLASSIFICATION, tokenizer), tmp_path / "model")
    manifest = tmp_path / "model" / MANIFEST
    content = manifest.read_bytes()
    for damaged in (
        b"",
        b"[]",
        b"{}",
        b'{"files": {"vocab.txt": 3}}',
        content[: len(content) // 2],
    ):
        manifest.write_bytes(damaged)
        with pytest.raises(ValueError, match="manifest"):
            load_model(tmp_path / "model")
    for place in range(0, len(content), 7):
        flipped = bytearray(content)
        flipped[place] ^= 1
        manifest.write_bytes(flipped)
        try:  # a space may become another character that means nothing
            load_model(tmp_path / "model")
        except ValueError as error:
            assert "is damaged" in str(error)


def test_a_folder_without_a_manifest_is_read_and_its_damage_named(
    tiny_vocabulary: list[str], tmp_path: Path
) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    folder = tmp_path / "model"
    model = BertClassifier(backbone, CLASSIFICATION, tokenizer)
    save_model(model, folder)
    (folder / MANIFEST).unlink()
    np.testing.assert_array_equal(
        load_model(folder).predict_proba(TEXTS), model.predict_proba(TEXTS)
    )
    weights = folder / "model.weights.h5"
    content = weights.read_bytes()
    for damaged in (
        content[: len(content) // 2],
        content[:-1],
        content.replace(b"SNOD\x01", b"SNOD\x07"),  # h5py: a RuntimeError
        b"\x00" * len(content),
    ):
        weights.write_bytes(damaged)
        with pytest.raises(ValueError, match="does not hold this model's weights"):
            load_model(folder)


@pytest.mark.parametrize(
    "hostile", [{"hidden_dim": 2**40}, {"num_layers": 10**12}, {"intermediate_dim": 10**13}]
)
def test_a_config_that_the_weights_cannot_fill_takes_no_memory(
    tiny_vocabulary: list[str], tmp_path: Path, hostile: dict[str, int]
) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    folder = tmp_path / "model"
    save_model(BertEmbedder(backbone, EMBEDDING, tokenizer), folder)
    (folder / MANIFEST).unlink()
    dataclasses.replace(backbone.config, **hostile).save(folder / "config.json")
    with pytest.raises(ValueError, match=r"describes an encoder of \d+ bytes or more"):
        load_model(folder)


def test_a_full_disk_leaves_the_old_folder(
    tiny_vocabulary: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    model = BertEmbedder(backbone, EMBEDDING, tokenizer)
    save_model(model, tmp_path / "model", card="old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save_model(model, tmp_path / "model", card="new")
    assert (tmp_path / "model" / "README.md").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


@pytest.mark.parametrize("content", ["{", "[]", '{"kind": "poetry"}', '{"kind": []}'])
def test_a_file_that_is_no_task_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / TASK).write_text(content)
    with pytest.raises(ValueError, match=r"task\.json"):
        load_task(tmp_path)


def test_values_of_labels_come_back_as_they_were(tmp_path: Path) -> None:
    CLASSIFICATION.save(tmp_path / TASK)
    (tmp_path / TASK).write_text((tmp_path / TASK).read_text().replace("-1.0", "-1"))
    assert load_task(tmp_path) == CLASSIFICATION


def test_only_model_folders_are_replaced(tiny_vocabulary: list[str], tmp_path: Path) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    model = BertEmbedder(backbone, EMBEDDING, tokenizer)
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    (tmp_path / "file").write_text("mine")
    for name in ("thesis", "file"):
        with pytest.raises(FileExistsError, match=r"something else \(task\.json is missing"):
            save_model(model, tmp_path / name)
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "years of work"
    assert (tmp_path / "file").read_text() == "mine"
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    save_model(model, tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "empty" / TASK).is_file()


def test_an_interruption_between_two_moves_brings_the_old_folder_back(
    tiny_vocabulary: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    model = BertEmbedder(backbone, EMBEDDING, tokenizer)
    save_model(model, tmp_path / "model", card="old")
    real, moves = os.replace, 0

    def interrupted(source: Path, target: Path) -> None:
        nonlocal moves
        moves += 1
        if moves == 2:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save_model(model, tmp_path / "model", card="new")
    assert (tmp_path / "model" / "README.md").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_word_table_that_does_not_fit_is_refused_before_it_is_made(
    tiny_vocabulary: list[str], tmp_path: Path
) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    save_model(BertEmbedder(backbone, EMBEDDING, tokenizer), tmp_path / "model")
    config = dataclasses.replace(backbone.config, vocabulary_size=10**15)
    config.save(tmp_path / "model" / "config.json")
    (tmp_path / "model" / MANIFEST).unlink()
    with pytest.raises(ValueError, match="as many tokens as the word table has rows"):
        load_model(tmp_path / "model")


def test_parts_that_do_not_fit_are_refused(tiny_vocabulary: list[str]) -> None:
    backbone, tokenizer = parts(tiny_vocabulary)
    with pytest.raises(ValueError, match="kind 'classification', received 'embedding'"):
        BertClassifier(backbone, EMBEDDING, tokenizer)
    with pytest.raises(ValueError, match="as many tokens as the word table has rows"):
        BertEmbedder(backbone, EMBEDDING, BertTokenizer([*tiny_vocabulary, "more"]))
    with pytest.raises(ValueError, match="must be a string, received int"):
        BertEmbedder(backbone, EMBEDDING, tokenizer).encode([3])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "poetry"}, "kind must be one of"),
        ({"labels": ("one",)}, "at least two labels"),
        ({"labels": ("one", "one")}, "must differ"),
        ({"label_values": (1.0,)}, "one number a label"),
        ({"pooling": "max"}, "pooling must be one of"),
        ({"max_length": 2}, "at least 3"),
        ({"max_length": "256"}, "at least 3, received '256'"),
        ({"max_length": True}, "at least 3"),
        ({"labels": ("good", "very\nbad")}, "one line of text"),
        ({"labels": ("good", " ")}, "one line of text"),
        ({"labels": ("good", "\ud800")}, "one line of text"),
        ({"labels": ("good", 1)}, "one line of text"),
        ({"labels": "ab"}, "one line of text"),
        ({"label_values": (1.0, float("nan"))}, "finite numbers"),
        ({"label_values": (1.0, 1e300)}, "finite numbers"),
        ({"label_values": ("1", "2")}, "finite numbers"),
        ({"label_values": 1.0}, "finite numbers"),
        ({"name": "two\nlines"}, "name must be one line"),
        ({"name": None}, "name must be one line"),
        ({"language": ""}, "language must be one line"),
        ({"normalize": "yes"}, "normalize must be"),
        ({"provenance": []}, "provenance must be a JSON object"),
    ],
)
def test_impossible_tasks_are_refused(change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dataclasses.replace(CLASSIFICATION, **change)
