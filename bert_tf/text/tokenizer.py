"""WordPiece exactly as BERT defines it, over the Rust `tokenizers` library."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import WordPiece

from bert_tf.text.encoded_batch import EncodedBatch, assemble_batch

PAD, UNK, CLS, SEP, MASK = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"
REQUIRED_TOKENS = (PAD, UNK, CLS, SEP)
CONTINUATION_PREFIX = "##"
MAX_CHARACTERS_PER_WORD = 100  # a longer word is [UNK], as in the first release


@dataclass(frozen=True, kw_only=True)
class WordPieces:
    """One text cut into word pieces, without [CLS], [SEP] and without truncation."""

    token_ids: list[int]  # one id a piece
    tokens: list[str]  # the pieces themselves
    offsets: list[tuple[int, int]]  # characters [start, end) of the text as it was given


class BertTokenizer:
    """Text to WordPiece ids (Devlin et al. 2018; Wu et al. 2016), free of TensorFlow.

    A special token that a user types, such as ``[SEP]``, is ordinary text: it is cut into
    pieces and never becomes the special id. Only `batch` adds [CLS] and [SEP].
    """

    def __init__(
        self,
        vocabulary: Sequence[str],
        *,
        lowercase: bool = True,
        strip_accents: bool | None = None,
    ) -> None:
        """Make a tokenizer from its tokens in the order of their ids.

        Args:
            vocabulary: the tokens; the place in the list is the id.
            lowercase: fold to lower case first (an uncased model).
            strip_accents: drop combining marks; None follows `lowercase`, as BERT does.

        Raises:
            ValueError: if a token is repeated or a special token is missing.
        """
        ids = {token: index for index, token in enumerate(vocabulary)}
        if len(ids) != len(vocabulary):
            repeated = next(t for index, t in enumerate(vocabulary) if ids[t] != index)
            raise ValueError(f"A vocabulary must not repeat a token, received {repeated!r} twice.")
        missing = [token for token in REQUIRED_TOKENS if token not in ids]
        if missing:
            raise ValueError(
                f"A vocabulary must contain {', '.join(REQUIRED_TOKENS)}; "
                f"{', '.join(missing)} missing among {len(ids)} tokens."
            )
        self.vocabulary: tuple[str, ...] = tuple(vocabulary)
        self.lowercase = lowercase
        self.strip_accents = strip_accents
        self.pad_id, self.unk_id = ids[PAD], ids[UNK]
        self.cls_id, self.sep_id = ids[CLS], ids[SEP]
        self.mask_id = ids.get(MASK)
        self._rust = Tokenizer(
            WordPiece(
                ids,
                unk_token=UNK,
                max_input_chars_per_word=MAX_CHARACTERS_PER_WORD,
                continuing_subword_prefix=CONTINUATION_PREFIX,
            )
        )
        self._rust.normalizer = normalizers.BertNormalizer(
            clean_text=True,
            handle_chinese_chars=True,
            strip_accents=strip_accents,
            lowercase=lowercase,
        )
        self._rust.pre_tokenizer = pre_tokenizers.BertPreTokenizer()

    @property
    def vocabulary_size(self) -> int:
        """How many tokens there are."""
        return len(self.vocabulary)

    @cached_property
    def sha256(self) -> str:
        """A hash of all that decides which ids a text becomes, in hexadecimal."""
        parts = ["\n".join(self.vocabulary), str(self.lowercase), str(self.strip_accents)]
        return sha256("\0".join(parts).encode("utf-8")).hexdigest()

    # Text to ids

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The word-piece ids of each text: no special tokens, no truncation. The fast way."""
        return [encoding.ids for encoding in self._rust.encode_batch_fast(valid_texts(texts))]

    def token_ids_and_starts(self, texts: Sequence[str]) -> tuple[list[list[int]], list[list[int]]]:
        """As `token_ids`, and for each piece the character of the text that it begins at."""
        found = self._rust.encode_batch(valid_texts(texts), add_special_tokens=False)
        starts = [[start for start, _ in encoding.offsets] for encoding in found]
        return [encoding.ids for encoding in found], starts

    def word_pieces(self, text: str) -> WordPieces:
        """The pieces of one text with the characters each of them came from."""
        encoding = self._rust.encode(valid_texts([text])[0], add_special_tokens=False)
        return WordPieces(token_ids=encoding.ids, tokens=encoding.tokens, offsets=encoding.offsets)

    def batch(self, texts: Sequence[str], *, max_length: int) -> EncodedBatch:
        """The encoder's inputs for texts: framed, cut to `max_length`, padded to the longest."""
        return self.assemble(self.token_ids(texts), max_length=max_length)

    def assemble(
        self,
        word_piece_ids: Sequence[Sequence[int]],
        *,
        max_length: int,
        pad_to: int | None = None,
    ) -> EncodedBatch:
        """`assemble_batch` with this tokenizer's special ids."""
        return assemble_batch(
            word_piece_ids,
            cls_id=self.cls_id,
            sep_id=self.sep_id,
            pad_id=self.pad_id,
            max_length=max_length,
            pad_to=pad_to,
        )

    # Files

    def settings(self) -> dict[str, Any]:
        """What a bundle or folder must keep beside the vocabulary."""
        return {"lowercase": self.lowercase, "strip_accents": self.strip_accents}

    def save(self, folder: Path) -> None:
        """Write `vocab.txt` and `tokenizer.json` (readable by Hugging Face `tokenizers`)."""
        (folder / "vocab.txt").write_bytes(self.vocabulary_bytes())
        (folder / "tokenizer.json").write_text(self._rust.to_str(pretty=True), encoding="utf-8")

    def vocabulary_bytes(self) -> bytes:
        """The content of `vocab.txt`: UTF-8, a token a line, every line ended."""
        return "".join(f"{token}\n" for token in self.vocabulary).encode("utf-8")

    @classmethod
    def from_vocabulary_bytes(
        cls, content: bytes, *, lowercase: bool = True, strip_accents: bool | None = None
    ) -> BertTokenizer:
        """The inverse of `vocabulary_bytes`; lines end at LF or CRLF and nowhere else.

        Raises:
            ValueError: if the content is not UTF-8 or not a vocabulary.
        """
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ValueError(f"A vocabulary must be UTF-8: {error}.") from error
        lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
        return cls(lines, lowercase=lowercase, strip_accents=strip_accents)

    @classmethod
    def from_folder(cls, folder: Path) -> BertTokenizer:
        """Read `vocab.txt` and the casing in `tokenizer.json` or `tokenizer_config.json`.

        The second is all that older folders of Hugging Face have; without both, the text is
        folded to lower case.

        Works for folders of this package and of Hugging Face alike; their padding and
        truncation settings are left behind on purpose.

        Raises:
            FileNotFoundError: if there is no vocabulary.
            ValueError: if the vocabulary or the JSON is damaged.
        """
        lowercase, strip_accents = True, None
        definition, key = folder / "tokenizer.json", "lowercase"
        if not definition.exists():
            definition, key = folder / "tokenizer_config.json", "do_lower_case"
        if definition.exists():
            try:
                content = json.loads(definition.read_text(encoding="utf-8"))
                if definition.name == "tokenizer.json":
                    content = content.get("normalizer") or {}
                lowercase = content.get(key, True)
                strip_accents = content.get("strip_accents")
            except (ValueError, AttributeError) as error:
                raise ValueError(f"{definition} describes no tokenizer: {error}.") from error
            if not isinstance(lowercase, bool) or strip_accents not in (None, False, True):
                raise ValueError(
                    f"{definition}: {key} and strip_accents must be true or false, received "
                    f"{lowercase!r} and {strip_accents!r}."
                )
        return cls.from_vocabulary_bytes(
            (folder / "vocab.txt").read_bytes(),
            lowercase=lowercase,
            strip_accents=strip_accents,
        )


def checked_texts(texts: Iterable[str]) -> list[str]:
    """The texts as a list, which also takes a generator.

    Raises:
        TypeError: for one string in place of several, and for a text that is no string.
    """
    if isinstance(texts, str | bytes | bytearray):  # or each letter would be a text
        raise TypeError(
            f"Texts must be a list of strings, received {texts!r:.60} ({type(texts).__name__}). "
            "For one text pass a list of it: [text]."
        )
    try:
        given = iter(texts)
    except TypeError as error:
        raise TypeError(
            f"Texts must be a list of strings, received {texts!r:.60} ({type(texts).__name__})."
        ) from error
    found = list(given)
    for place, text in enumerate(found):
        if not isinstance(text, str):
            raise TypeError(
                f"Each text must be a string, received {text!r:.60} ({type(text).__name__}) at "
                f"index {place}. Decode bytes, and replace what is missing by an empty string."
            )
    return found


def valid_texts(texts: Iterable[str]) -> list[str]:
    """The texts with lone surrogates, which no UTF-8 text can hold, replaced by U+FFFD.

    Raises:
        TypeError: as `checked_texts`.
    """
    cleaned = []
    for text in checked_texts(texts):
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
        cleaned.append(text)
    return cleaned
