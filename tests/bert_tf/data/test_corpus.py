import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bert_tf.data import corpus as corpus_module
from bert_tf.data.corpus import Corpus, CorpusSettings, Document
from bert_tf.data.data_error import DataError
from bert_tf.text import utf8_lines


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def sentences_of(path: Path, **settings) -> list[list[str]]:
    return [document.sentences for document in Corpus([path], CorpusSettings(**settings))]


def test_a_line_a_document(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "One. Two!\n\n  \n他说：“好。”走了！真的？\nNo end")
    assert sentences_of(path) == [
        ["One.", "Two!"],
        ["他说：“好。”", "走了！", "真的？"],
        ["No end"],
    ]


def test_blank_lines_divide_documents(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "\nOne. Still one.\nTwo\n \n\n三。四。\r\n")
    assert sentences_of(path, layout="sentences") == [["One. Still one.", "Two"], ["三。四。"]]
    assert sentences_of(path, layout="paragraphs") == [
        ["One.", "Still one.", "Two"],
        ["三。", "四。"],
    ]


def test_tables_hold_a_document_a_row(tmp_path: Path) -> None:
    lines = [{"body": "一。二。"}, {"body": None}, {"body": " "}, {"body": "three"}]
    content = "\n".join(json.dumps(row) for row in lines).encode()
    path = write(tmp_path / "a.jsonl.gz", gzip.compress(content))
    assert sentences_of(path, column="body") == [["一。", "二。"], ["three"]]
    table = write(tmp_path / "a.tsv", "id\tbody\n1\tOne. Two.\n")
    assert sentences_of(table, column="body") == [["One.", "Two."]]


def test_several_files_follow_each_other_and_can_be_read_again(tmp_path: Path) -> None:
    files = [write(tmp_path / "a.txt", "one\n"), write(tmp_path / "b.csv", "text\ntwo\n")]
    corpus = Corpus(files)
    for _ in range(2):
        assert list(corpus.sentences()) == ["one", "two"]
        assert corpus.bytes_read == corpus.total_bytes == 13


def test_words_become_the_places_where_they_begin(tmp_path: Path) -> None:
    row = {
        "text": "我们 来了。他们走！",
        "words": ["我们", " ", "来", "了", "。", "他们", "走", "！"],
    }
    path = write(tmp_path / "a.jsonl", json.dumps(row))
    assert list(Corpus([path])) == [
        Document(sentences=["我们 来了。", "他们走！"], word_starts=[[0, 2, 3, 4, 5], [0, 2, 3]])
    ]
    settings = CorpusSettings(words_column="other")
    assert next(iter(Corpus([path], settings))).word_starts is None


@given(words=st.lists(st.text("甲乙。！a ", min_size=1, max_size=4), min_size=1, max_size=12))
def test_every_word_start_is_kept_in_its_sentence(words: list[str]) -> None:
    text = "".join(words)
    expected = {sum(map(len, words[:index])) for index in range(len(words))}
    for document in corpus_module._document(text, words):
        at = 0
        for sentence, starts in zip(document.sentences, document.word_starts or [], strict=True):
            at = text.index(sentence, at)
            inside = {start - at for start in expected if at <= start < at + len(sentence)}
            assert set(starts) == inside
            at += len(sentence)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", "", "holds no text: .*a.txt"),
        ("a.txt", " \n\r\n\u3000\n", "holds no text"),
        ("a.txt", b"fine\n\xb0\xa1\n", r"a.txt is not UTF-8: line 2, byte offset 5"),
        ("a.jsonl", '{"text": "x"}\n{"txt": "y"}', "line 2 has no column 'text'; it has 'txt'"),
        ("a.jsonl", '{"text": 5}', "line 1: column 'text' must hold text, received 5"),
        ("a.jsonl", '{"text": "好的", "words": ["好"]}', "line 1: 'words' must be a list of words"),
        ("a.jsonl", '{"text": "好", "words": ["好", ""]}', "line 1: 'words' must be a list"),
        ("a.jsonl", '{"text": "好", "words": [1]}', "line 1: 'words' must be a list of words"),
        ("a.csv", "words\nx\n", "line 2 has no column 'text'"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    corpus = Corpus([write(tmp_path / name, content)])
    with pytest.raises(DataError, match=message):
        list(corpus)


def test_missing_files_are_named_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone\.txt cannot be read"):
        Corpus([write(tmp_path / "a.txt", "text"), tmp_path / "gone.txt"])
    with pytest.raises(DataError, match="at least one file"):
        Corpus([])
    with pytest.raises(ValueError, match="layout must be one of line, sentences, paragraphs"):
        CorpusSettings(layout="page")  # type: ignore[arg-type]


def test_what_does_not_fit_into_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.txt", "a line\n" * 100)
    monkeypatch.setattr(corpus_module, "MAX_DOCUMENT", 500)
    with pytest.raises(DataError, match="Blank lines must divide documents"):
        sentences_of(path, layout="sentences")
    assert len(sentences_of(path)) == 100


def test_a_huge_line_is_read_and_a_monstrous_one_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "好。" * 200_000)  # 1.2 MB, more than is read at once
    assert [len(sentences) for sentences in sentences_of(path)] == [200_000]
    with path.open("rb") as stream, pytest.raises(utf8_lines.TextError, match="more than 1 MiB"):
        list(utf8_lines.raw_lines(stream, name="a.txt", max_line_bytes=1 << 20))


@given(words=st.lists(st.integers(1, 9).map("好".__mul__), min_size=1, max_size=12))
def test_an_endless_sentence_is_cut_and_loses_nothing(words: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus_module, "MAX_SENTENCE", 10)
        document = next(corpus_module._document("".join(words), words))
    assert "".join(document.sentences) == "".join(words)
    assert max(map(len, document.sentences)) <= 10
    found = [
        10 * index + start
        for index, starts in enumerate(document.word_starts or [])
        for start in starts
    ]
    assert found == [sum(map(len, words[:index])) for index in range(len(words))]
