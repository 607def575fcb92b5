import errno
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bert_tf.data import token_shard_writer
from bert_tf.data.corpus import Document
from bert_tf.data.shard_manifest import MANIFEST, ShardError, ShardManifest
from bert_tf.data.token_shard_writer import write_token_shards
from bert_tf.data.token_shards import TokenShards
from bert_tf.text.tokenizer import BertTokenizer

CHINESE = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "我", "们", "来", "了", "。", "a", "##b"]
DOCUMENTS = [
    Document(sentences=["The cats sat.", "A dog ran!"]),
    Document(sentences=["zebra"]),
    Document(sentences=["The film was boring, not good.", "\u200b", "Awful!"]),
]


@pytest.fixture
def tokenizer(tiny_vocabulary: list[str]) -> BertTokenizer:
    return BertTokenizer(tiny_vocabulary)


def documents_of(shards: TokenShards, *, flags: bool = False) -> list[list[list[int]]]:
    """The ids (or word flags) of every sentence of every document."""
    array = shards.continues_word if flags else shards.tokens
    sentences = [array[start:end].tolist() for start, end in pairwise(shards.sentence_offsets)]
    return [sentences[start:end] for start, end in pairwise(shards.document_offsets)]


def test_what_is_written_is_what_the_tokenizer_gives(
    tokenizer: BertTokenizer, tmp_path: Path
) -> None:
    seen = []
    counts = write_token_shards(
        DOCUMENTS, tokenizer, tmp_path / "s", sources=["a.txt"], on_documents=seen.append
    )
    shards = TokenShards.open(tmp_path / "s", verify=True)
    assert shards.num_documents == 3
    assert documents_of(shards) == [
        tokenizer.token_ids(["The cats sat.", "A dog ran!"]),
        [[tokenizer.unk_id]],
        tokenizer.token_ids(["The film was boring, not good.", "Awful!"]),
    ]
    assert documents_of(shards, flags=True)[0] == [[0, 0, 1, 0, 0], [0, 0, 0, 0]]
    assert shards.manifest.counts == counts == seen[-1]
    assert (counts.documents, counts.sentences, counts.tokens) == (3, 5, len(shards.tokens))
    assert counts.unknown_share == 1 / counts.tokens
    assert shards.manifest.sources == ["a.txt"]
    assert shards.tokens.dtype == np.uint16
    assert shards.tokenizer.vocabulary == tokenizer.vocabulary


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    texts=st.lists(
        st.lists(
            st.text("the cats!?\u3000我\u200b.é", min_size=1, max_size=12), min_size=1, max_size=4
        ),
        min_size=1,
        max_size=8,
    ),
    shard_tokens=st.integers(1, 20),
)
def test_any_documents_come_back_from_any_number_of_shards(
    tokenizer: BertTokenizer, tmp_path: Path, texts: list[list[str]], shard_tokens: int
) -> None:
    expected = [[ids for ids in tokenizer.token_ids(text) if ids] for text in texts]
    expected = [document for document in expected if document]
    documents = [Document(sentences=text) for text in texts]
    if not expected:
        with pytest.raises(ShardError, match="holds no token"):
            write_token_shards(documents, tokenizer, tmp_path / "none")
        assert not (tmp_path / "none").exists()
        return
    write_token_shards(documents, tokenizer, tmp_path / "s", shard_tokens=shard_tokens)
    shards = TokenShards.open(tmp_path / "s", verify=True)
    assert documents_of(shards) == expected and shards.num_documents == len(expected)
    flat = [piece for document in expected for ids in document for piece in ids]
    assert shards.tokens[:].tolist() == flat
    flags = [tokenizer.vocabulary[piece].startswith("##") for piece in flat]
    assert shards.continues_word[:].tolist() == flags
    sizes = shards.manifest.shard_tokens
    longest = max(sum(map(len, document)) for document in expected)
    assert sum(sizes) == len(flat) and max(sizes) <= max(shard_tokens, longest)


def test_given_words_are_kept(tmp_path: Path) -> None:
    documents = [
        Document(sentences=["我们来了。", "我 ab"], word_starts=[[0, 2, 4], [0, 2]]),
        Document(sentences=["我们ab"]),
    ]
    write_token_shards(documents, BertTokenizer(CHINESE), tmp_path / "s")
    shards = TokenShards.open(tmp_path / "s")
    assert documents_of(shards, flags=True) == [[[0, 1, 0, 1, 0], [0, 0, 1]], [[0, 0, 0, 1]]]


def test_a_word_that_spans_sentences_begins_anew(tmp_path: Path) -> None:
    documents = [Document(sentences=["我们", "来了"], word_starts=[[0], []])]
    write_token_shards(documents, BertTokenizer(CHINESE), tmp_path / "s")
    shards = TokenShards.open(tmp_path / "s")
    assert documents_of(shards, flags=True) == [[[0, 1], [0, 1]]]


def test_a_large_vocabulary_takes_wider_ids(tmp_path: Path) -> None:
    vocabulary = [*CHINESE, *(f"w{index}" for index in range(70_000))]
    tokenizer = BertTokenizer(vocabulary)
    write_token_shards([Document(sentences=["w69999 w1"])], tokenizer, tmp_path / "s")
    shards = TokenShards.open(tmp_path / "s")
    assert shards.tokens.dtype == np.uint32
    assert documents_of(shards) == [tokenizer.token_ids(["w69999 w1"])]


def test_batches_change_nothing(
    tokenizer: BertTokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_token_shards(DOCUMENTS, tokenizer, tmp_path / "one")
    monkeypatch.setattr(token_shard_writer, "_BATCH_CHARACTERS", 1)
    write_token_shards(DOCUMENTS, tokenizer, tmp_path / "many")
    one, many = TokenShards.open(tmp_path / "one"), TokenShards.open(tmp_path / "many")
    assert one.manifest == many.manifest
    assert one.fingerprint == many.fingerprint
    write_token_shards(DOCUMENTS[1:], tokenizer, tmp_path / "many")  # replaced
    assert TokenShards.open(tmp_path / "many").fingerprint != one.fingerprint


def test_another_tokenizer_is_refused(
    tokenizer: BertTokenizer, tiny_vocabulary: list[str], tmp_path: Path
) -> None:
    write_token_shards(DOCUMENTS, tokenizer, tmp_path / "s")
    shards = TokenShards.open(tmp_path / "s")
    with pytest.raises(ShardError, match="Run bert-tf prepare corpus with this tokenizer"):
        shards.check_tokenizer(BertTokenizer(tiny_vocabulary, lowercase=False))
    BertTokenizer(CHINESE).save(tmp_path / "s")
    with pytest.raises(ShardError, match="was tokenized with"):
        _ = TokenShards.open(tmp_path / "s").tokenizer
    (tmp_path / "s" / "vocab.txt").unlink()
    with pytest.raises(ShardError, match="no usable tokenizer"):
        _ = TokenShards.open(tmp_path / "s").tokenizer


def test_every_file_cut_short_or_missing_is_named(tokenizer: BertTokenizer, tmp_path: Path) -> None:
    write_token_shards(DOCUMENTS, tokenizer, tmp_path / "s", shard_tokens=8)
    arrays = sorted((tmp_path / "s").glob("*.bin"))
    assert len(arrays) > 5
    for path in arrays:
        content = path.read_bytes()
        for damaged in (content[:-1], content + b"\0", b""):
            path.write_bytes(damaged)
            with pytest.raises(ShardError, match=f"{path.name} must have .* bytes"):
                TokenShards.open(tmp_path / "s")
        path.unlink()
        with pytest.raises(ShardError, match=f"{path.name} cannot be read"):
            TokenShards.open(tmp_path / "s")
        path.write_bytes(content)
    assert TokenShards.open(tmp_path / "s", verify=True).num_documents == 3


def test_every_flipped_byte_is_found_by_verify(tokenizer: BertTokenizer, tmp_path: Path) -> None:
    write_token_shards(DOCUMENTS, tokenizer, tmp_path / "s")
    for path in (tmp_path / "s").glob("*.bin"):
        content = path.read_bytes()
        for place in range(0, len(content), 11):
            damaged = bytearray(content)
            damaged[place] ^= 0x40
            path.write_bytes(damaged)
            with pytest.raises(ShardError, match="damaged"):
                TokenShards.open(tmp_path / "s", verify=True)
        path.write_bytes(content)


def test_ids_beyond_the_vocabulary_are_found(tokenizer: BertTokenizer, tmp_path: Path) -> None:
    write_token_shards(DOCUMENTS, tokenizer, tmp_path / "s")
    path = tmp_path / "s" / MANIFEST
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "vocabulary_size": 8}))
    with pytest.raises(ShardError, match="ids beyond its vocabulary"):
        TokenShards.open(tmp_path / "s", verify=True)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", 2),
        ("format", "other"),
        ("token_dtype", "object"),
        ("shard_tokens", [1]),
        ("shard_tokens", [-1]),
        ("shard_tokens", None),
        ("shard_tokens", [True]),
        ("shard_tokens", []),
        ("shard_tokens", [19, 0]),
        ("counts", {"documents": 1}),
        ("counts", []),
        ("vocabulary_size", "x"),
        ("sha256", []),
        ("sources", 3),
    ],
)
def test_a_hostile_manifest_is_refused(
    tokenizer: BertTokenizer, tmp_path: Path, key: str, value: object
) -> None:
    write_token_shards(DOCUMENTS, tokenizer, tmp_path / "s")
    path = tmp_path / "s" / MANIFEST
    content = json.loads(path.read_text())
    content[key] = value
    path.write_text(json.dumps(content))
    with pytest.raises(ShardError, match="is no manifest"):
        TokenShards.open(tmp_path / "s")


def test_the_manifest_survives_the_round_trip(tokenizer: BertTokenizer, tmp_path: Path) -> None:
    write_token_shards(DOCUMENTS, tokenizer, tmp_path / "s")
    manifest = TokenShards.open(tmp_path / "s").manifest
    assert ShardManifest.from_json(manifest.to_json()) == manifest
    for broken in ("", "[]", "3", "{}"):
        (tmp_path / "s" / MANIFEST).write_text(broken)
        with pytest.raises(ShardError, match="is no manifest"):
            TokenShards.open(tmp_path / "s")
    with pytest.raises(ShardError, match="Make them with bert-tf prepare corpus"):
        TokenShards.open(tmp_path)


def test_an_interrupted_write_leaves_nothing_and_the_old_folder(
    tokenizer: BertTokenizer, tmp_path: Path
) -> None:
    write_token_shards(DOCUMENTS, tokenizer, tmp_path / "s")

    def failing():
        yield DOCUMENTS[0]
        raise OSError(errno.ENOSPC, "No space left on device")

    for target in ("s", "new"):
        with pytest.raises(OSError, match="No space left"):
            write_token_shards(failing(), tokenizer, tmp_path / target)
    assert [path.name for path in tmp_path.iterdir()] == ["s"]
    assert TokenShards.open(tmp_path / "s", verify=True).num_documents == 3


@pytest.mark.parametrize("name", ["notes.txt", MANIFEST])  # a model folder has a manifest too
def test_somebody_elses_folder_is_left_alone(
    tokenizer: BertTokenizer, tmp_path: Path, name: str
) -> None:
    notes = tmp_path / "s" / name
    notes.parent.mkdir()
    notes.write_text("mine")
    with pytest.raises(FileExistsError, match="holds something else"):
        write_token_shards(DOCUMENTS, tokenizer, tmp_path / "s")
    assert notes.read_text() == "mine"
