"""Two processes on loopback train through the command line, as two machines would."""

import dataclasses
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bert_tf.config import BertConfig
from bert_tf.models.model_folder import load_model

ROOT = Path(__file__).parents[3]
OPINIONS = [
    (f"the {thing} is {word}", word) for thing in ("film", "cat") for word in ("good", "bad")
]


def start(config: dict | None, *arguments: object) -> subprocess.Popen[str]:
    environment = dict(os.environ)
    environment.pop("TF_CONFIG", None)
    if config is not None:
        environment["TF_CONFIG"] = json.dumps(config)
    return subprocess.Popen(
        [sys.executable, "-m", "bert_tf", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def together(*arguments: object) -> list[str]:
    """Run a command as two workers; what each of them printed last."""
    ports = []
    for _ in range(2):
        with socket.socket() as free:
            free.bind(("localhost", 0))
            ports.append(free.getsockname()[1])
    cluster = {"worker": [f"localhost:{port}" for port in ports]}
    workers = [
        start({"cluster": cluster, "task": {"type": "worker", "index": index}}, *arguments)
        for index in range(2)
    ]
    return [finished(worker) for worker in workers]


def finished(process: subprocess.Popen[str]) -> str:
    out, error = process.communicate(timeout=400)
    assert process.returncode == 0, error[-3000:]
    return out


@pytest.mark.soak
def test_pretraining_and_fine_tuning_end_as_with_one(
    tmp_path: Path, tiny_vocabulary: list[str]
) -> None:
    rng = np.random.default_rng(1)
    words = [word for word in tiny_vocabulary[5:] if not word.startswith("##")]
    documents = [". ".join(" ".join(rng.choice(words, 8)) for _ in range(3)) for _ in range(80)]
    (tmp_path / "corpus.txt").write_text("\n".join(documents) + "\n")
    rows = [{"text": text, "label": label} for text, label in OPINIONS * 6]
    (tmp_path / "train.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
    (tmp_path / "vocab").mkdir()
    (tmp_path / "vocab" / "vocab.txt").write_text("\n".join(tiny_vocabulary) + "\n")
    shards = ("prepare", "corpus", tmp_path / "corpus.txt", "--tokenizer", tmp_path / "vocab")
    finished(start(None, *shards, "--output", tmp_path / "shards"))

    still = dataclasses.replace(
        BertConfig.named("tiny", vocabulary_size=5), dropout=0.0, attention_dropout=0.0
    )  # workers drop by numbers of their own
    still.save(tmp_path / "config.json")
    pretrain = (
        *(
            "pretrain",
            tmp_path / "shards",
            "--config",
            tmp_path / "config.json",
            "--steps",
            4,
            "--rows",
            4,
        ),
        *("--length", 16, "--precision", "float32", "--checkpoint-seconds", 0.001),
    )
    together(*pretrain, "--output", tmp_path / "two")
    finished(start(None, *pretrain, "--output", tmp_path / "one"))
    two, one = (load_model(tmp_path / name / "model") for name in ("two", "one"))
    assert_close(two, one)
    assert list((tmp_path / "two" / "checkpoints").iterdir())

    finetune = (
        *("finetune", "classification", "--start", tmp_path / "one" / "model"),
        *("--train", tmp_path / "train.jsonl", "--dev", tmp_path / "train.jsonl"),
        *("--epochs", 2, "--batch-size", 8, "--precision", "float32", "--checkpoint-steps", 2),
    )
    said = together(*finetune, "--output", tmp_path / "two-tuned")
    finished(start(None, *finetune, "--output", tmp_path / "one-tuned"))
    two, one = (load_model(tmp_path / name / "model") for name in ("two-tuned", "one-tuned"))
    assert_close(two, one)
    texts = [text for text, _ in OPINIONS]
    np.testing.assert_allclose(two.predict_proba(texts), one.predict_proba(texts), atol=1e-3)
    assert (tmp_path / "two-tuned" / "evaluation.json").is_file()
    assert "model folder" in said[0]


def assert_close(found: object, expected: object) -> None:
    pairs = zip(found.trainable_variables, expected.trainable_variables, strict=True)  # type: ignore[attr-defined]
    for ours, theirs in pairs:
        np.testing.assert_allclose(np.asarray(ours), np.asarray(theirs), atol=2e-4)
