"""What the manifest of a folder of token shards says, and the files it speaks of."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from bert_tf.data.data_error import DataError

MANIFEST, FORMAT, VERSION = "manifest.json", "bert_tf.token_shards", 1
SENTENCE_OFFSETS, DOCUMENT_OFFSETS = "sentence_offsets.bin", "document_offsets.bin"
TOKEN_DTYPES: dict[str, np.dtype[Any]] = {"uint16": np.dtype("<u2"), "uint32": np.dtype("<u4")}
FLAG_DTYPE, OFFSET_DTYPE = np.dtype("u1"), np.dtype("<i8")


class ShardError(DataError):
    """A folder of token shards that is missing, damaged or made for another tokenizer."""


@dataclass(frozen=True, kw_only=True)
class CorpusCounts:
    """How much a tokenized corpus holds."""

    documents: int
    sentences: int
    tokens: int  # word pieces
    unknown_tokens: int  # of them [UNK]

    @property
    def unknown_share(self) -> float:
        """The share of pieces that are [UNK]."""
        return self.unknown_tokens / max(1, self.tokens)


@dataclass(frozen=True, kw_only=True)
class ShardManifest:
    """What `manifest.json` says."""

    token_dtype: str  # a key of TOKEN_DTYPES
    vocabulary_size: int  # tokens
    tokenizer_sha256: str  # of all that decides which ids a text becomes
    vocabulary_sha256: str  # of vocab.txt
    shard_tokens: list[int]  # tokens in each shard
    counts: CorpusCounts
    sha256: dict[str, str]  # of each array file
    sources: list[str]  # names of the files that the corpus was read from

    def to_json(self) -> str:
        """The content of the file."""
        content = {"format": FORMAT, "version": VERSION, **asdict(self)}
        content["unknown_share"] = round(self.counts.unknown_share, 8)
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, content: str) -> ShardManifest:
        """The inverse of `to_json`.

        Raises:
            ValueError, KeyError, TypeError: if the content is no manifest of this version.
        """
        values = json.loads(content)
        if (values["format"], values["version"]) != (FORMAT, VERSION):
            raise ValueError(
                f"expected {FORMAT} version {VERSION}, received {values['format']!r} version "
                f"{values['version']!r}"
            )
        shard_tokens = [_count(number) for number in values["shard_tokens"]]
        counts = CorpusCounts(**{key: _count(n) for key, n in values["counts"].items()})
        if values["token_dtype"] not in TOKEN_DTYPES:
            raise ValueError(f"unknown token type {values['token_dtype']!r}")
        if not shard_tokens or 0 in shard_tokens or sum(shard_tokens) != counts.tokens:
            raise ValueError(f"shards of {shard_tokens} tokens cannot hold {counts.tokens}")
        return cls(
            token_dtype=values["token_dtype"],
            vocabulary_size=_count(values["vocabulary_size"]),
            tokenizer_sha256=str(values["tokenizer_sha256"]),
            vocabulary_sha256=str(values["vocabulary_sha256"]),
            shard_tokens=shard_tokens,
            counts=counts,
            sha256={str(key): str(digest) for key, digest in values["sha256"].items()},
            sources=[str(name) for name in values["sources"]],
        )

    def files(self) -> dict[str, tuple[np.dtype[Any], int]]:
        """Type and length of each array file."""
        arrays: dict[str, tuple[np.dtype[Any], int]] = {}
        for index, length in enumerate(self.shard_tokens):
            arrays[tokens_name(index)] = (TOKEN_DTYPES[self.token_dtype], length)
            arrays[continues_name(index)] = (FLAG_DTYPE, length)
        arrays[SENTENCE_OFFSETS] = (OFFSET_DTYPE, self.counts.sentences + 1)
        arrays[DOCUMENT_OFFSETS] = (OFFSET_DTYPE, self.counts.documents + 1)
        return arrays


def tokens_name(index: int) -> str:
    """The file of a shard's ids."""
    return f"tokens-{index:05d}.bin"


def continues_name(index: int) -> str:
    """The file of a shard's word flags."""
    return f"continues-{index:05d}.bin"


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"a count must be a whole number, received {value!r}")
    return value
