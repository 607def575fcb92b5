"""A tokenized corpus on disk, mapped into memory: ids, and where words, sentences, documents begin.

A folder of raw little-endian arrays, all in the order of the corpus:

    tokens-00000.bin ...       uint16 (or uint32): word-piece ids, no [CLS] and [SEP]
    continues-00000.bin ...    uint8: 1 where the piece goes on with the word before it
    sentence_offsets.bin       int64: where sentences begin among the tokens, and the end
    document_offsets.bin       int64: where documents begin among the sentences, and the end
    manifest.json, vocab.txt, tokenizer.json

A document never runs from one shard into the next.
"""

from __future__ import annotations

import json
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bert_tf.data.shard_manifest import (
    DOCUMENT_OFFSETS,
    MANIFEST,
    SENTENCE_OFFSETS,
    ShardError,
    ShardManifest,
    continues_name,
    tokens_name,
)
from bert_tf.data.sharded_array import ShardedArray
from bert_tf.file_hash import file_sha256
from bert_tf.text.tokenizer import BertTokenizer


class TokenShards:
    """A tokenized corpus; arrays are mapped, so opening costs nothing and memory is shared.

    Attributes:
        manifest: counts, hashes, tokenizer.
        tokens: word-piece ids of the whole corpus.
        continues_word: 1 where a piece goes on with the word before it, beside `tokens`.
        sentence_offsets: int64 (sentences + 1,), into `tokens`.
        document_offsets: int64 (documents + 1,), into the sentences.
    """

    def __init__(self, folder: Path, manifest: ShardManifest) -> None:
        self.folder, self.manifest = folder, manifest
        arrays = {
            name: np.memmap(folder / name, dtype=dtype, mode="r", shape=(length,))
            for name, (dtype, length) in manifest.files().items()
        }
        shards = range(len(manifest.shard_tokens))
        self.tokens = ShardedArray([arrays[tokens_name(index)] for index in shards])
        self.continues_word = ShardedArray([arrays[continues_name(index)] for index in shards])
        self.sentence_offsets: NDArray[np.int64] = arrays[SENTENCE_OFFSETS]
        self.document_offsets: NDArray[np.int64] = arrays[DOCUMENT_OFFSETS]

    @classmethod
    def open(cls, folder: Path, *, verify: bool = False) -> TokenShards:
        """Open a folder that `write_token_shards` made.

        Args:
            folder: the folder.
            verify: also compare every file's sha256 and look at every id, which reads all of it.

        Raises:
            ShardError: if the folder is none, or a file is missing, cut short or damaged.
        """
        folder = Path(folder)
        try:
            manifest = ShardManifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
        except OSError as error:
            raise ShardError(
                f"{folder} holds no token shards: {MANIFEST} cannot be read ({error.strerror}). "
                "Make them with bert-tf prepare corpus."
            ) from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ShardError(f"{folder / MANIFEST} is no manifest: {error}.") from error
        for name, (dtype, length) in manifest.files().items():
            _check_file(folder / name, dtype.itemsize * length)
            if verify and file_sha256(folder / name) != manifest.sha256.get(name):
                raise ShardError(f"{folder / name} is damaged: its sha256 differs. Make it again.")
        shards = cls(folder, manifest)
        shards._check_offsets(everywhere=verify)
        if verify and int(shards.tokens.max()) >= manifest.vocabulary_size:
            raise ShardError(f"{folder} is damaged: it holds ids beyond its vocabulary.")
        return shards

    def _check_offsets(self, *, everywhere: bool) -> None:
        counts = self.manifest.counts
        ends = (
            (self.sentence_offsets, counts.tokens),
            (self.document_offsets, counts.sentences),
        )
        for offsets, end in ends:
            damaged = offsets[0] != 0 or offsets[-1] != end
            if damaged or (everywhere and bool((offsets[1:] <= offsets[:-1]).any())):
                raise ShardError(f"{self.folder} is damaged: its offsets contradict its counts.")

    @property
    def num_documents(self) -> int:
        """How many documents there are."""
        return self.manifest.counts.documents

    @cached_property
    def fingerprint(self) -> str:
        """A sha256 that stands for the content: ids, boundaries and tokenizer."""
        files = json.dumps(self.manifest.sha256, sort_keys=True)
        return sha256(f"{self.manifest.tokenizer_sha256}\0{files}".encode()).hexdigest()

    @cached_property
    def tokenizer(self) -> BertTokenizer:
        """The tokenizer that cut the corpus; it lies in the folder.

        Raises:
            ShardError: if it is missing, damaged or another one.
        """
        try:
            tokenizer = BertTokenizer.from_folder(self.folder)
        except (OSError, ValueError) as error:
            raise ShardError(f"{self.folder} holds no usable tokenizer: {error}") from error
        self.check_tokenizer(tokenizer)
        return tokenizer

    def check_tokenizer(self, tokenizer: BertTokenizer) -> None:
        """Refuse another tokenizer than the one that cut the corpus.

        Raises:
            ShardError: if its ids mean something else.
        """
        if tokenizer.sha256 != self.manifest.tokenizer_sha256:
            raise ShardError(
                f"{self.folder} was tokenized with {self.manifest.vocabulary_size} tokens "
                f"(sha256 {self.manifest.tokenizer_sha256[:12]}), received a tokenizer of "
                f"{tokenizer.vocabulary_size} ({tokenizer.sha256[:12]}). Run bert-tf prepare "
                "corpus with this tokenizer."
            )


def _check_file(path: Path, expected: int) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise ShardError(f"{path} cannot be read: {error.strerror}. Make it again.") from error
    if size != expected or not path.is_file():
        raise ShardError(
            f"{path} must have {expected:,} bytes, received {size:,}. It was cut short or "
            "replaced; make it again."
        )
