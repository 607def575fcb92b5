"""`bert-tf pretrain`: what it refuses before it computes."""

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bert_tf.cli import app
from bert_tf.config import BertConfig
from bert_tf.data.corpus import Document
from bert_tf.data.token_shard_writer import write_token_shards
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.model_folder import save_model
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, tiny_vocabulary: list[str]) -> Path:
    words = [word for word in tiny_vocabulary[5:] if not word.startswith("##")]
    rng = np.random.default_rng(1)
    documents = [
        Document(sentences=tuple(" ".join(rng.choice(words, 8)) for _ in range(3)))
        for _ in range(60)
    ]
    folder: Path = tmp_path_factory.mktemp("corpus") / "shards"
    write_token_shards(documents, BertTokenizer(tiny_vocabulary), folder)
    return folder


def refused(*arguments: object) -> str:
    outcome = CliRunner().invoke(app, ["pretrain", *map(str, arguments)])
    assert outcome.exit_code == 2, outcome.output
    assert "Traceback" not in outcome.output
    return outcome.output


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--size", "tiny"], "either --steps or --epochs"),
        (["--size", "tiny", "--steps", "2", "--epochs", "1"], "either --steps or --epochs"),
        (["--size", "tiny", "--steps", "0"], "steps must be at least 1"),
        (["--size", "tiny", "--epochs", "-1"], "epochs must be positive"),
        (["--steps", "2"], "one of --size, --config and --start"),
        (["--size", "huge", "--steps", "2"], "size must be one of"),
        (["--size", "tiny", "--steps", "2", "--learning-rate", "nan"], "learning_rate must be"),
        (["--size", "tiny", "--steps", "2", "--weight-decay", "-1"], "weight_decay must not be"),
        (["--size", "tiny", "--steps", "2", "--mask-rate", "1"], "mask_rate must be in"),
        (["--start", "minilm", "--steps", "2", "--sinusoidal-positions"], "for a new encoder"),
        (["--size", "tiny", "--steps", "2", "--rows", "500"], "fewer than one batch of 500"),
    ],
)
def test_what_cannot_be_is_refused(
    corpus: Path, tmp_path: Path, flags: list[str], message: str
) -> None:
    assert message in " ".join(refused(corpus, "--output", tmp_path / "run", *flags).split())


def test_a_folder_without_shards_is_named(tmp_path: Path) -> None:
    given = (tmp_path, "--size", "tiny", "--steps", "2", "--output", tmp_path / "run")
    assert "holds no token shards" in refused(*given)


def test_an_output_that_holds_something_else_is_left_alone(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "letter.txt").write_text("mine")
    given = (corpus, "--size", "tiny", "--steps", "2", "--output", tmp_path)
    assert "holds something else (task.json is missing)" in refused(*given)
    assert (tmp_path / "model" / "letter.txt").read_text() == "mine"


def test_weights_with_another_vocabulary_of_the_same_size_are_refused(
    corpus: Path, tmp_path: Path, tiny_vocabulary: list[str]
) -> None:
    other = [*tiny_vocabulary[:5], *reversed(tiny_vocabulary[5:])]
    config = BertConfig.named("tiny", vocabulary_size=len(other))
    task = Task(kind="embedding", name="t", language="en", max_length=64, pooling="mean")
    save_model(BertEmbedder(BertBackbone(config), task, BertTokenizer(other)), tmp_path / "start")
    given = (corpus, "--start", tmp_path / "start", "--steps", "2", "--output", tmp_path / "run")
    assert "tokenizer" in refused(*given)
