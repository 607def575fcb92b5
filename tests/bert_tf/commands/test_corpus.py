import gzip
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from bert_tf.cli import app
from bert_tf.data.table_reader import iterate_rows
from bert_tf.data.token_shards import TokenShards
from bert_tf.text.tokenizer import BertTokenizer


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.txt.gz"
    text = "我们来了。他们走了！\nThe cat sat. The cats ran.\n" * 3
    path.write_bytes(gzip.compress(text.encode()))
    return path


@pytest.fixture
def vocabulary(corpus: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "vocabulary"
    result = call("vocabulary", corpus, "--size", 80, "--output", folder, "--language", "zh")
    assert result.exit_code == 0, result.output
    return folder


def test_from_files_to_shards(corpus: Path, vocabulary: Path, tmp_path: Path) -> None:
    tokenizer = BertTokenizer.from_folder(vocabulary)
    card = json.loads((vocabulary / "vocabulary.json").read_text())
    assert card["language"] == "zh" and card["settings"]["lowercase"]
    assert card["vocabulary_size"] == tokenizer.vocabulary_size
    assert card["tokenizer_sha256"] == tokenizer.sha256
    assert card["sources"] == ["corpus.txt.gz"]

    output = tmp_path / "shards"
    for _ in range(2):  # the second time over the first
        result = call(
            *("prepare", "corpus", corpus, "--tokenizer", vocabulary, "--output", output, "--json")
        )
        assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert (figures["documents"], figures["sentences"]) == (6, 12)
    shards = TokenShards.open(output, verify=True)
    assert figures["tokens"] == len(shards.tokens)
    expected = tokenizer.token_ids(["我们来了。", "他们走了！"])
    ends = shards.sentence_offsets[: shards.document_offsets[1] + 1]
    assert [shards.tokens[a:b].tolist() for a, b in pairwise(ends)] == expected
    assert shards.tokenizer.sha256 == tokenizer.sha256
    assert not np.isin(shards.tokens[:], [tokenizer.unk_id]).any()


def test_a_model_folder_is_never_replaced_by_shards(
    corpus: Path, vocabulary: Path, tmp_path: Path
) -> None:
    """Its vocabulary is a tokenizer for the corpus, and it has a manifest as shards have."""
    (vocabulary / "manifest.json").write_text('{"files": {}}')
    before = {file.name: file.read_bytes() for file in vocabulary.iterdir()}
    command = ("prepare", "corpus", corpus, "--tokenizer", vocabulary, "--output", vocabulary)
    for options in ((), ("--dry-run",)):
        result = call(*command, *options)
        assert result.exit_code == 2 and "holds something else" in result.output
    assert {file.name: file.read_bytes() for file in vocabulary.iterdir()} == before


def test_the_same_command_gives_the_same_files(
    corpus: Path, vocabulary: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    assert call("vocabulary", corpus, "--size", 80, "-o", again, "--language", "zh").exit_code == 0
    for file in vocabulary.iterdir():
        assert (again / file.name).read_bytes() == file.read_bytes()


def test_casing_accents_columns_and_layout(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("body\n" + "Été Paris\n" * 3)
    lines = tmp_path / "a.txt"
    lines.write_text("Madrid\nMadrid\n\n" * 2)
    result = call(
        *("vocabulary", table, lines, "--size", 60, "--case", "cased", "--keep-accents"),
        *("--column", "body", "--layout", "sentences", "--output", tmp_path / "v", "--json"),
    )
    assert result.exit_code == 0, result.output
    words = (tmp_path / "v" / "vocab.txt").read_text().split("\n")
    assert {"Été", "Paris", "Madrid"} <= set(words)
    settings = json.loads(result.stdout)["settings"]
    assert settings["lowercase"] is False and settings["strip_accents"] is False


def test_dry_run_counts_and_writes_nothing(corpus: Path, vocabulary: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    expected = {"documents": 6, "sentences": 12, "characters": 105}
    made = call("vocabulary", corpus, "--output", tmp_path / "new", "--dry-run", "--json")
    assert json.loads(made.stdout) == expected
    cut = call(
        *("prepare", "corpus", corpus, "--tokenizer", vocabulary),
        *("--output", tmp_path / "new", "--dry-run"),
    )
    assert cut.stdout == "6 documents, 12 sentences, 105 characters\n"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("content", "more", "message"),
    [
        (b"", [], "holds no text"),
        (b"caf\xe9\n", [], "is not UTF-8: line 1, byte offset 3"),
        (b"text\n", ["--size", 3], "size must be at least 6"),
        (b"text\n" * 9, ["--size", 8], "size must be at least"),
        (b"text\n", ["--min-character-count", 9], "a vocabulary needs text"),
        (b"text\n", ["/nowhere/gone.txt"], "gone.txt cannot be read"),
    ],
)
def test_mistakes_are_one_line_and_exit_2(
    tmp_path: Path, content: bytes, more: list[object], message: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    result = call("vocabulary", path, "--output", tmp_path / "v", *more)
    assert result.exit_code == 2, result.output
    assert message in result.output and "Traceback" not in result.output
    assert not (tmp_path / "v").exists()


def test_a_bad_tokenizer_or_target_is_named(corpus: Path, vocabulary: Path, tmp_path: Path) -> None:
    result = call("prepare", "corpus", corpus, "--tokenizer", tmp_path, "-o", tmp_path / "s")
    assert result.exit_code == 2 and "holds no vocab.txt" in result.output
    for command in (
        ["vocabulary", corpus, "--output", tmp_path],
        ["prepare", "corpus", corpus, "--tokenizer", vocabulary, "--output", vocabulary],
    ):
        result = call(*command)
        assert result.exit_code == 2, result.output
        assert "holds something else" in result.output
    assert (vocabulary / "vocab.txt").is_file() and corpus.is_file()


def test_prepare_chinese_writes_the_known_source_and_no_test_text_into_a_corpus(
    tmp_path: Path,
) -> None:
    result = call("prepare", "chinese", "--output", tmp_path, "--json")
    assert result.exit_code == 0, result.output
    sizes = json.loads(result.stdout)
    assert sum(sizes[f"reviews_{split}"] for split in ("train", "dev", "test")) == 17363
    assert (sizes["reviews_test"], sizes["peoples_daily_test"]) == (1757, 1956)
    assert (sizes["corpus"], sizes["corpus_dev"]) == (30924, 1720)
    test = {
        row["text"]
        for kind in ("reviews", "peoples_daily")
        for _, row in iterate_rows(tmp_path / kind / "test.jsonl")
    }
    assert len(test) == 1757 + 1956
    for name in ("corpus.jsonl.gz", "corpus_dev.jsonl.gz"):
        assert not any(row["text"] in test for _, row in iterate_rows(tmp_path / name))
    reviews = [
        row["label"]
        for split in ("train", "dev", "test")
        for _, row in iterate_rows(tmp_path / "reviews" / f"{split}.jsonl")
    ]
    assert reviews.count("positive") == 8332
    labels = json.loads((tmp_path / "labels.json").read_text())["labels"]
    assert labels == ["negative", "positive"] == sorted(set(reviews))


def test_a_full_disk_is_one_line_and_loses_nothing(
    corpus: Path, vocabulary: Path, tmp_path: Path
) -> None:
    """The limit on a file's size stands for the end of the disk; both are an `OSError`."""
    output = tmp_path / "shards"
    command = ["prepare", "corpus", str(corpus), "--tokenizer", str(vocabulary), "-o", str(output)]
    assert call(*command).exit_code == 0
    before = sorted(tmp_path.iterdir())
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))\n"
        "from bert_tf.cli import main\n"
        f"sys.argv = {['bert-tf', *command]!r}\n"
        "main()"
    )
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert outcome.returncode == 1, outcome.stderr
    assert outcome.stderr.startswith("error: ") and outcome.stderr.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before
    assert TokenShards.open(output, verify=True).num_documents == 6


def test_pairs_of_what_stood_beside_each_other(tmp_path: Path) -> None:
    reviews = tmp_path / "reviews.csv"
    reviews.write_text(
        "id,review\n1,The room was big. The bed was soft.\n2,Good\n"
        '3,"房间很大很干净，但是早餐不好吃。"\n',
        encoding="utf-8",
    )
    output = tmp_path / "pairs.jsonl"
    command = ("prepare", "pairs", reviews, "--column", "review", "--output", output, "--json")
    result = call(*command)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"output": str(output), "documents": 3, "pairs": 2}
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [(row["first"], row["second"]) for row in rows] == [
        ("The room was big.", "The bed was soft."),
        ("房间很大很干净，", "但是早餐不好吃。"),
    ]


def test_texts_that_cannot_be_cut_leave_no_file(tmp_path: Path) -> None:
    short = tmp_path / "short.txt"
    short.write_text("Good\nBad\n")
    output = tmp_path / "pairs.jsonl"
    for extra, said in (
        (("--output", output), "None of the 2 documents could be cut in two"),
        (("--output", tmp_path / "pairs.csv"), "must end in .jsonl"),
        (("--output", output, "--cuts", 0), "at least 1, received 0"),
    ):
        result = call("prepare", "pairs", short, *extra)
        assert result.exit_code == 2 and said in " ".join(result.output.split())
    assert not output.exists()


def test_half_a_character_does_not_end_the_pairs(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"text": "The room was \\ud800 big. The bed was soft."}\n')
    output = tmp_path / "pairs.jsonl"
    result = call("prepare", "pairs", texts, "--output", output)
    assert result.exit_code == 0, result.output
    row = json.loads(output.read_text(encoding="utf-8"))
    assert row["second"] == "The bed was soft." and "room was" in row["first"]
