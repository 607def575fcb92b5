"""Several devices and several processes against one: the same loss curve."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bert_tf.data.corpus import Document
from bert_tf.data.token_shard_writer import write_token_shards
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training.distribution import make_strategy

PROGRAM = Path(__file__).with_name("loss_curve.py")
STEPS = 50


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, tiny_vocabulary: list[str]) -> Path:
    rng = np.random.default_rng(6)
    words = [w for w in tiny_vocabulary[5:] if not w.startswith("##")]
    documents = [
        Document(sentences=tuple(" ".join(rng.choice(words, 7)) for _ in range(3)))
        for _ in range(150)
    ]
    folder: Path = tmp_path_factory.mktemp("corpus") / "shards"
    write_token_shards(documents, BertTokenizer(tiny_vocabulary), folder)
    return folder


def start(
    corpus: Path, devices: int, precision: str = "float32", **environment: str
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), str(corpus), str(STEPS), str(devices), precision],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def curve(process: subprocess.Popen[str]) -> list[dict[str, float]]:
    out, error = process.communicate(timeout=400)
    assert process.returncode == 0, error[-2000:]
    return json.loads(out.splitlines()[-1]) if out.strip() else []


@pytest.fixture(scope="module")
def one_device(corpus: Path) -> list[dict[str, float]]:
    return curve(start(corpus, 1))


def assert_same_curve(found: list[dict[str, float]], expected: list[dict[str, float]]) -> None:
    assert len(found) == len(expected) == STEPS
    for name in ("loss", "mlm_loss", "nsp_loss"):
        ours, theirs = ([step[name] for step in curve] for curve in (found, expected))
        np.testing.assert_allclose(ours, theirs, atol=1e-5, rtol=0, err_msg=name)
    norms = ([step["gradient_norm"] for step in curve] for curve in (found, expected))
    np.testing.assert_allclose(*norms, rtol=1e-3)


def test_two_devices_equal_one(corpus: Path, one_device: list[dict[str, float]]) -> None:
    assert one_device[-1]["loss"] < one_device[0]["loss"]
    assert_same_curve(curve(start(corpus, 2)), one_device)


def test_scaled_float16_losses_of_two_devices_follow_float32(
    corpus: Path, one_device: list[dict[str, float]]
) -> None:
    found = curve(start(corpus, 2, "float16"))
    ours, theirs = ([step["loss"] for step in steps] for steps in (found, one_device))
    np.testing.assert_allclose(ours, theirs, rtol=0.02)
    assert ours != theirs  # it did compute in float16


def test_two_processes_equal_one(corpus: Path, one_device: list[dict[str, float]]) -> None:
    ports = []
    for _ in range(2):
        with socket.socket() as free:
            free.bind(("localhost", 0))
            ports.append(free.getsockname()[1])
    cluster = {"worker": [f"localhost:{port}" for port in ports]}
    workers = [
        start(
            corpus,
            0,
            TF_CONFIG=json.dumps({"cluster": cluster, "task": {"type": "worker", "index": index}}),
        )
        for index in range(2)
    ]
    curves = [curve(worker) for worker in workers]
    assert_same_curve(curves[0], one_device)
    assert curves[1] == []  # only the chief speaks


@pytest.mark.parametrize("content", ["{", "[]", '{"task": {}}', '{"cluster": 3}'])
def test_a_damaged_tf_config_is_refused(content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_CONFIG", content)
    with pytest.raises(ValueError, match="TF_CONFIG must be JSON such as"):
        make_strategy()


def test_fewer_than_no_devices_are_refused() -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        make_strategy(-1)
