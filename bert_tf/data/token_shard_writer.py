"""Tokenize a corpus once, in parallel, into a folder that `TokenShards` maps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from bert_tf.atomic_folder import atomic_folder
from bert_tf.data.corpus import Document
from bert_tf.data.shard_manifest import (
    DOCUMENT_OFFSETS,
    FLAG_DTYPE,
    MANIFEST,
    OFFSET_DTYPE,
    SENTENCE_OFFSETS,
    TOKEN_DTYPES,
    CorpusCounts,
    ShardError,
    ShardManifest,
    continues_name,
    tokens_name,
)
from bert_tf.text.tokenizer import CONTINUATION_PREFIX, BertTokenizer

SHARD_MARKER = tokens_name(0)  # every folder of shards has it; model folders have a manifest too
SHARD_TOKENS = 1 << 26  # 64M: 128 MiB of uint16 ids
_BATCH_CHARACTERS = 1 << 20  # tokenized at once, spread over all cores by the Rust tokenizer


def write_token_shards(
    documents: Iterable[Document],
    tokenizer: BertTokenizer,
    folder: Path,
    *,
    sources: Sequence[str] = (),
    shard_tokens: int = SHARD_TOKENS,
    on_documents: Callable[[CorpusCounts], None] | None = None,
) -> CorpusCounts:
    """Tokenize documents and write them; the folder appears whole or not at all.

    A piece goes on with the word before it if it begins with `##`, and, where a document gives
    its words, if none of them begins at the piece. Sentences without a piece are left out.

    Args:
        documents: read once, a part at a time.
        tokenizer: cuts the sentences; it is saved in the folder.
        folder: where to; an older folder of shards is replaced.
        sources: names of the files behind the documents, for the manifest.
        shard_tokens: tokens in a shard at most, unless one document is longer.
        on_documents: told the counts so far, now and then.

    Raises:
        ShardError: if no token is found.
        FileExistsError: if something else lies at `folder`.
        OSError: if the disk is full or the folder cannot be written.
    """
    if shard_tokens < 1:
        raise ValueError(f"shard_tokens must be at least 1, received {shard_tokens}.")
    with atomic_folder(folder, marker=SHARD_MARKER) as temporary:
        with _ShardFiles(temporary, tokenizer, shard_tokens) as files:
            for batch in _batches(documents):
                files.add(batch)
                if on_documents is not None:
                    on_documents(files.counts())
        counts = files.counts()
        if not counts.tokens:
            raise ShardError("The corpus holds no token: every text is empty or blank.")
        tokenizer.save(temporary)
        manifest = ShardManifest(
            token_dtype=files.token_dtype,
            vocabulary_size=tokenizer.vocabulary_size,
            tokenizer_sha256=tokenizer.sha256,
            vocabulary_sha256=sha256(tokenizer.vocabulary_bytes()).hexdigest(),
            shard_tokens=files.shard_tokens,
            counts=counts,
            sha256=files.digests(),
            sources=list(sources),
        )
        (temporary / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    return counts


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += sum(map(len, document.sentences))
        if characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


class _HashedFile:
    """A file that is written and hashed at once."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.hasher = sha256()
        self._file: BinaryIO = path.open("wb", buffering=1 << 20)

    def write(self, array: NDArray[np.generic]) -> None:
        content = array.tobytes()
        self.hasher.update(content)
        self._file.write(content)

    def close(self) -> None:
        self._file.close()


class _ShardFiles:
    """The open files of a folder of shards, and what was written to them."""

    def __init__(self, folder: Path, tokenizer: BertTokenizer, limit: int) -> None:
        self._folder, self._tokenizer, self._limit = folder, tokenizer, limit
        self.token_dtype = "uint16" if tokenizer.vocabulary_size <= 1 << 16 else "uint32"
        self._continues = np.asarray(
            [token.startswith(CONTINUATION_PREFIX) for token in tokenizer.vocabulary], FLAG_DTYPE
        )
        self.shard_tokens: list[int] = []
        self._files: list[_HashedFile] = []
        self._sentences = self._open(SENTENCE_OFFSETS)
        self._documents = self._open(DOCUMENT_OFFSETS)
        for file in (self._sentences, self._documents):
            file.write(np.zeros(1, OFFSET_DTYPE))
        self._num_documents = self._num_sentences = self._num_tokens = self._num_unknown = 0

    def __enter__(self) -> _ShardFiles:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.close()

    def _open(self, name: str) -> _HashedFile:
        self._files.append(_HashedFile(self._folder / name))
        return self._files[-1]

    def counts(self) -> CorpusCounts:
        return CorpusCounts(
            documents=self._num_documents,
            sentences=self._num_sentences,
            tokens=self._num_tokens,
            unknown_tokens=self._num_unknown,
        )

    def digests(self) -> dict[str, str]:
        return {file.name: file.hasher.hexdigest() for file in self._files}

    def add(self, documents: list[Document]) -> None:
        """Tokenize documents and append them."""
        plain = self._plain_pieces([d for d in documents if d.word_starts is None])
        given = self._given_pieces([d for d in documents if d.word_starts is not None])
        for document in documents:
            if document.word_starts is None:
                self._append([next(plain) for _ in document.sentences], None)
                continue
            pieces, flags = [], []
            for words in document.word_starts:
                ids, starts = next(given)
                begins = set(words)
                pieces.append(ids)
                flags.append([start not in begins for start in starts])
            self._append(pieces, flags)

    def _plain_pieces(self, documents: list[Document]) -> Iterator[list[int]]:
        for sentences in _sentence_lists(documents):
            yield from self._tokenizer.token_ids(sentences)

    def _given_pieces(self, documents: list[Document]) -> Iterator[tuple[list[int], list[int]]]:
        """Ids, and the character that each of them begins at."""
        for sentences in _sentence_lists(documents):
            yield from zip(*self._tokenizer.token_ids_and_starts(sentences), strict=True)

    def _append(self, pieces: list[list[int]], inside: list[list[bool]] | None) -> None:
        """One document: ids by sentence, and flags of pieces within a word that was given."""
        lengths = np.fromiter((len(ids) for ids in pieces if ids), OFFSET_DTYPE)
        if not lengths.size:
            return
        ends = np.cumsum(lengths)
        total = int(ends[-1])
        ids = np.fromiter(chain.from_iterable(pieces), TOKEN_DTYPES[self.token_dtype], total)
        continues = self._continues[ids]
        if inside is not None:
            continues |= np.fromiter(chain.from_iterable(inside), FLAG_DTYPE, total)
        continues[0] = 0
        continues[ends[:-1]] = 0  # a sentence begins with a word
        if not self.shard_tokens or self.shard_tokens[-1] + total > self._limit:
            self._ids = self._open(tokens_name(len(self.shard_tokens)))
            self._flags = self._open(continues_name(len(self.shard_tokens)))
            self.shard_tokens.append(0)
        self._ids.write(ids)
        self._flags.write(continues)
        self._sentences.write(self._num_tokens + ends)
        self._num_sentences += lengths.size
        self._documents.write(np.asarray([self._num_sentences], OFFSET_DTYPE))
        self.shard_tokens[-1] += total
        self._num_tokens += total
        self._num_documents += 1
        self._num_unknown += int((ids == self._tokenizer.unk_id).sum())


def _sentence_lists(documents: list[Document]) -> Iterator[list[str]]:
    """Their sentences, so many at a time as are to be tokenized at once."""
    gathered: list[str] = []
    characters = 0
    for sentence in chain.from_iterable(document.sentences for document in documents):
        gathered.append(sentence)
        characters += len(sentence)
        if characters >= _BATCH_CHARACTERS:
            yield gathered
            gathered, characters = [], 0
    if gathered:
        yield gathered
