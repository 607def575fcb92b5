from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bert_tf.text.tokenizer import BertTokenizer


@pytest.fixture(scope="module")
def tokenizer(minilm_folder: Path) -> BertTokenizer:
    return BertTokenizer.from_folder(minilm_folder)


HARD_TEXTS = [
    "",
    " \t\n ",
    "Café naïve ÉCOLE",
    "中文和English混在一起。",
    "no\u00a0break\u3000wide\u200bzero",
    "a" * 101,
    "😀😀 👨‍👩‍👧",
    "don't stop-believing!!!",
    "\x00\x07control\ufffd",
    "ﬁne ＦＵＬＬ width",
    "مرحبا עברית",
]


def test_ids_equal_hugging_face(
    tokenizer: BertTokenizer, minilm_folder: Path, movie_snippets: list[str]
) -> None:
    from tokenizers import Tokenizer

    reference = Tokenizer.from_file(str(minilm_folder / "tokenizer.json"))
    reference.no_padding()
    reference.no_truncation()
    texts = [*HARD_TEXTS, *movie_snippets]
    expected = [e.ids for e in reference.encode_batch(texts, add_special_tokens=False)]
    assert tokenizer.token_ids(texts) == expected


def test_special_tokens_typed_by_a_user_are_plain_text(tokenizer: BertTokenizer) -> None:
    special = {tokenizer.pad_id, tokenizer.cls_id, tokenizer.sep_id, tokenizer.mask_id}
    text = "[CLS] one [SEP] two [MASK] [PAD] [UNK]"
    pieces = tokenizer.word_pieces(text)
    assert special.isdisjoint(pieces.token_ids)
    assert tokenizer.unk_id not in pieces.token_ids
    assert tokenizer.token_ids([text])[0] == pieces.token_ids
    assert pieces.tokens[:5] == ["[", "cl", "##s", "]", "one"]


def test_offsets_lead_back_to_the_original_characters(tokenizer: BertTokenizer) -> None:
    text = "Ünïted  Café\u0301 中文 😀 ends"
    pieces = tokenizer.word_pieces(text)
    by_token = dict(zip(pieces.tokens, pieces.offsets, strict=True))
    start, end = by_token["united"]
    assert text[start:end] == "Ünïted"
    start, end = by_token["中"]
    assert text[start:end] == "中"
    start, end = by_token["ends"]
    assert text[start:end] == "ends"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_ids_and_ordered_offsets(tokenizer: BertTokenizer, text: str) -> None:
    pieces = tokenizer.word_pieces(text)
    assert len(pieces.token_ids) == len(pieces.offsets)
    assert all(0 <= i < tokenizer.vocabulary_size for i in pieces.token_ids)
    assert all(0 <= start <= end <= len(text) for start, end in pieces.offsets)


def test_lone_surrogates_become_replacement_characters(tokenizer: BertTokenizer) -> None:
    assert tokenizer.token_ids(["bad \ud800 text"]) == tokenizer.token_ids(["bad \ufffd text"])


def test_what_is_no_list_of_strings_is_refused(tiny_vocabulary: list[str]) -> None:
    tokenizer = BertTokenizer(tiny_vocabulary)
    with pytest.raises(TypeError, match="For one text pass a list"):
        tokenizer.token_ids("good")
    with pytest.raises(TypeError, match=r"received None \(NoneType\) at index 1\."):
        tokenizer.token_ids(["good", None])
    with pytest.raises(TypeError, match=r"received b'good' \(bytes\)"):
        tokenizer.word_pieces(b"good")
    assert tokenizer.token_ids(text for text in ["good"]) == tokenizer.token_ids(["good"])


def test_batch_frames_cuts_and_pads(tokenizer: BertTokenizer) -> None:
    batch = tokenizer.batch(["one two three four five", "one"], max_length=5)
    assert batch.token_ids.shape == (2, 5)
    assert batch.token_ids[0, 0] == tokenizer.cls_id
    assert batch.token_ids[0, -1] == tokenizer.sep_id
    np.testing.assert_array_equal(batch.padding_mask, [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
    assert (batch.token_ids[1, 3:] == tokenizer.pad_id).all()
    assert not batch.segment_ids.any()


def test_files_round_trip(tokenizer: BertTokenizer, tmp_path: Path) -> None:
    tokenizer.save(tmp_path)
    again = BertTokenizer.from_folder(tmp_path)
    assert again.vocabulary == tokenizer.vocabulary
    assert again.settings() == tokenizer.settings()
    assert again.sha256 == tokenizer.sha256


def test_a_cased_tokenizer_keeps_case(tiny_vocabulary: list[str], tmp_path: Path) -> None:
    cased = BertTokenizer([*tiny_vocabulary, "The"], lowercase=False)
    assert cased.word_pieces("The the").tokens == ["The", "the"]
    cased.save(tmp_path)
    assert BertTokenizer.from_folder(tmp_path).word_pieces("The").tokens == ["The"]


def test_a_damaged_vocabulary_is_refused(tiny_vocabulary: list[str]) -> None:
    with pytest.raises(ValueError, match="repeat"):
        BertTokenizer([*tiny_vocabulary, "cat"])
    with pytest.raises(ValueError, match=r"\[SEP\] missing"):
        BertTokenizer([token for token in tiny_vocabulary if token != "[SEP]"])
    with pytest.raises(ValueError, match="UTF-8"):
        BertTokenizer.from_vocabulary_bytes(b"\xff\xfe")


def test_the_casing_of_an_older_folder_is_kept(tiny_vocabulary: list[str], tmp_path: Path) -> None:
    BertTokenizer([*tiny_vocabulary, "The"]).save(tmp_path)
    (tmp_path / "tokenizer.json").unlink()
    assert BertTokenizer.from_folder(tmp_path).word_pieces("The").tokens == ["the"]
    (tmp_path / "tokenizer_config.json").write_text('{"do_lower_case": false}')
    assert BertTokenizer.from_folder(tmp_path).word_pieces("The").tokens == ["The"]


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"normalizer": "x"}', '{"normalizer": {"lowercase": "no"}}']
)
def test_a_damaged_definition_is_named(
    tiny_vocabulary: list[str], tmp_path: Path, content: str
) -> None:
    BertTokenizer(tiny_vocabulary).save(tmp_path)
    (tmp_path / "tokenizer.json").write_text(content)
    with pytest.raises(ValueError, match=r"tokenizer\.json"):
        BertTokenizer.from_folder(tmp_path)


def test_a_million_characters_on_one_line(tokenizer: BertTokenizer) -> None:
    ids = tokenizer.token_ids(["word " * 200_000])[0]
    assert len(ids) == 200_000
    assert tokenizer.token_ids(["x" * 1_000_000]) == [[tokenizer.unk_id]]
