import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from bert_tf.cli import app
from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_embedder import BertEmbedder
from bert_tf.models.model_folder import load_model, save_model
from bert_tf.models.task import Task
from bert_tf.text.tokenizer import BertTokenizer


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory, tiny_vocabulary: list[str]) -> Path:
    config = BertConfig(
        vocabulary_size=len(tiny_vocabulary),
        hidden_dim=8,
        num_layers=1,
        num_heads=2,
        intermediate_dim=16,
        max_sequence_length=16,
    )
    task = Task(kind="embedding", name="tiny", language="en", max_length=6, pooling="mean")
    folder = tmp_path_factory.mktemp("encoder") / "model"
    save_model(BertEmbedder(BertBackbone(config), task, BertTokenizer(tiny_vocabulary)), folder)
    return folder


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "lines.txt"
    path.write_bytes(b"the cat\r\nthe dog sat on the tree\n\n")
    return path


def encode(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["encode", *map(str, arguments)])


def test_one_vector_a_line_in_each_form(encoder: Path, lines: Path, tmp_path: Path) -> None:
    expected = load_model(encoder).encode(["the cat", "the dog sat on the tree", ""])
    for name in ("v.npy", "v.npz", "v.jsonl"):
        result = encode(encoder, "--input", lines, "--output", tmp_path / name)
        assert result.exit_code == 0, result.output
        assert result.stdout == f"{tmp_path / name}: 3 x 8\n"
    np.testing.assert_array_equal(np.load(tmp_path / "v.npy"), expected)
    np.testing.assert_array_equal(np.load(tmp_path / "v.npz")["vectors"], expected)
    rows = [json.loads(line) for line in (tmp_path / "v.jsonl").read_text().splitlines()]
    assert [row["index"] for row in rows] == [0, 1, 2]
    np.testing.assert_array_equal(np.asarray([r["vector"] for r in rows], np.float32), expected)


def test_a_vector_a_token(encoder: Path, lines: Path, tmp_path: Path) -> None:
    options = ("--pooling", "tokens", "--layers", "-1,0", "--combine", "concat", "--json")
    result = encode(encoder, "-i", lines, "-o", tmp_path / "v.npz", *options)
    assert json.loads(result.stdout)["shape"] == [12, 16]
    assert encode(encoder, "-i", lines, "-o", tmp_path / "v.jsonl", *options).exit_code == 0
    model = load_model(encoder)
    saved = np.load(tmp_path / "v.npz")
    assert saved["offsets"].tolist() == [0, 4, 10, 12]
    expected = model.encode("the cat", pooling="tokens", layers=(-1, 0), combine="concat")
    np.testing.assert_allclose(saved["vectors"][:4], expected, atol=2e-6)
    rows = [json.loads(line) for line in (tmp_path / "v.jsonl").read_text().splitlines()]
    assert rows[0]["tokens"] == ["[CLS]", "the", "cat", "[SEP]"]
    assert rows[1]["tokens"] == ["[CLS]", "the", "dog", "sat", "on", "[SEP]"]  # cut at 6
    vocabulary = model.tokenizer.vocabulary
    assert [vocabulary[i] for i in saved["token_ids"][4:10]] == rows[1]["tokens"]
    np.testing.assert_array_equal(
        np.asarray(rows[2]["vectors"], np.float32), saved["vectors"][10:12]
    )


def test_lines_are_read_as_bert_edge_does(encoder: Path, tmp_path: Path) -> None:
    lines, output = tmp_path / "lines.txt", tmp_path / "v.npy"
    for content, count in [(b"", 0), (b"\n", 1), (b"the\n\ncat", 3), (b"\xef\xbb\xbfthe\r\n", 1)]:
        lines.write_bytes(content)
        assert encode(encoder, "--input", lines, "--output", output).exit_code == 0
        assert np.load(output).shape == (count, 8)
    lines.write_bytes(b"the\nca\xfft\n")
    result = encode(encoder, "--input", lines, "--output", output)
    assert result.exit_code == 2
    assert "line 2, byte offset 6" in result.output
    lines.write_bytes(b"")
    output = tmp_path / "none.npz"
    assert encode(encoder, "-i", lines, "-o", output, "--pooling", "tokens").exit_code == 0
    assert np.load(output)["offsets"].tolist() == [0]


@pytest.mark.parametrize(
    ("output", "options", "message"),
    [
        ("v.txt", (), "ending in .npy, .npz, .jsonl"),
        ("v.npy", ("--pooling", "tokens"), "ending in .npz, .jsonl"),
        ("v.npy", ("--layers", "last"), "whole numbers with commas"),
        ("v.npy", ("--layers", "5"), "from -2 to 1"),
        ("v.npy", ("--batch-size", "0"), "at least 1"),
    ],
)
def test_mistakes_are_one_line_and_exit_2(
    encoder: Path, lines: Path, tmp_path: Path, output: str, options: tuple, message: str
) -> None:
    result = encode(encoder, "-i", lines, "-o", tmp_path / output, *options)
    assert result.exit_code == 2, result.output
    assert message in result.output and "Traceback" not in result.output
    assert not (tmp_path / output).exists()


def test_where_nothing_can_be_written_nothing_is_computed(
    encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_text("a good film\n")
    (tmp_path / "folder.npy").mkdir()
    monkeypatch.setattr(BertEmbedder, "encode", lambda *_, **__: pytest.fail("work was done"))
    for output, message in {
        tmp_path / "missing" / "v.npy": "missing does not exist; make it first",
        tmp_path / "folder.npy": "is a folder; name a file in it",
        texts: "is the file that is read",
    }.items():
        result = encode(encoder, "-i", texts, "-o", output)
        assert result.exit_code == 2 and message in result.output, result.output
    assert texts.read_text() == "a good film\n"
