"""A bundle: one `.tflite` file with all that running it needs packed at its tail.

Layout: the flatbuffer (its buffers inside, its own metadata written), then a zip archive of
stored members: `manifest.json`, `bundle.json`, `vocab.txt`, `golden.json`, for classification
`labels.txt`, and papers such as `README.md`. The manifest's hashes cover everything else, and
the archive has one exact form, so no byte of the file can change unnoticed.
This module owns the format; whoever writes bundles imports `seal_bundle` and the schema.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from bert_tf.text.tokenizer import BertTokenizer
from export.runtime.errors import BundleError
from export.runtime.golden import GOLDEN, Golden
from export.runtime.machine_memory import total_memory_bytes
from export.runtime.manifest import MANIFEST, Manifest
from export.runtime.metadata import METADATA, BundleMetadata
from export.runtime.zip_tail import read_tail, write_tail

MAX_BUNDLE_BYTES = 2_000_000_000  # a flatbuffer cannot be larger than 2 GiB
VOCABULARY, LABELS, MODEL_CARD, LICENCE = ("vocab.txt", "labels.txt", "README.md", "LICENSE.txt")
MAX_VOCABULARY_BYTES = 16 << 20  # 250,000 tokens have 4 MiB
_REQUIRED = (MANIFEST, METADATA, VOCABULARY, GOLDEN)
_FLATBUFFER_MARK = b"TFL3"  # file identifier, bytes 4 to 8


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A bundle that has been read and found consistent; the network has not been built yet."""

    metadata: BundleMetadata
    tokenizer: BertTokenizer
    golden: Golden
    content: bytes = field(repr=False)  # the whole file; interpreters read its front as it is
    graph_size: int  # bytes in front of the archive
    files: dict[str, bytes] = field(repr=False)  # all members, by name
    manifest: Manifest

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return len(self.content)

    @property
    def graph(self) -> bytes:
        """The flatbuffer without the archive, a copy."""
        return self.content[: self.graph_size]

    @cached_property
    def sha256(self) -> str:
        """The hash of the whole file, in hexadecimal."""
        return sha256(self.content).hexdigest()

    @property
    def model_card(self) -> str:
        """The README that travels with the network, or an empty string."""
        return self.files.get(MODEL_CARD, b"").decode("utf-8", errors="replace")


def seal_bundle(graph: bytes, files: Mapping[str, bytes]) -> bytes:
    """The bytes of a bundle, reproducible: equal parts give equal bytes.

    Args:
        graph: the flatbuffer, its buffers inside and its own metadata written.
        files: every member but the manifest; at least `bundle.json` (`BundleMetadata.to_bytes`),
            `vocab.txt` (`BertTokenizer.vocabulary_bytes`), `golden.json` (`Golden.to_bytes`) and,
            for classification, `labels.txt` (`labels_bytes`).

    Raises:
        ValueError: for a member name that is not allowed.
        BundleError: if `read_bundle` would refuse the result.
    """
    if MANIFEST in files:
        raise ValueError(f"{MANIFEST} is made while sealing; leave it out of the files.")
    members = {MANIFEST: Manifest.of(graph, files).to_bytes(), **files}
    content = graph + write_tail(members, offset=len(graph))
    read_bundle(content)
    return content


def labels_bytes(labels: tuple[str, ...]) -> bytes:
    """The content of `labels.txt`: UTF-8, a label a line."""
    return "".join(f"{label}\n" for label in labels).encode("utf-8")


def read_bundle(source: Path | str | bytes) -> Bundle:
    """Read a bundle and check all that can be checked without building the network.

    Nothing in the file is executed, and nothing of it reaches the interpreter before every
    hash was found right.

    Args:
        source: a path, or the content of the file.

    Raises:
        BundleError: if the file is not a bundle, damaged, or of another schema version.
        OSError: if it cannot be read.
    """
    content, graph_size, files = open_archive(source)
    manifest = Manifest.from_bytes(files[MANIFEST])
    graph = memoryview(content)[:graph_size]  # no copy: it may be large
    manifest.check(graph, {name: data for name, data in files.items() if name != MANIFEST})
    metadata = BundleMetadata.from_bytes(files[METADATA])
    _check_labels(metadata, files)
    return Bundle(
        metadata=metadata,
        tokenizer=_tokenizer(metadata, files[VOCABULARY]),
        golden=_golden(metadata, files[GOLDEN]),
        content=content,
        graph_size=graph_size,
        files=files,
        manifest=manifest,
    )


def open_archive(source: Path | str | bytes) -> tuple[bytes, int, dict[str, bytes]]:
    """The parts of a bundle of whatever schema version, with no hash checked yet.

    Args:
        source: a path, or the content of the file.

    Returns:
        The content, the bytes in front of the archive, and the members by name, among them all
        that every bundle has.

    Raises:
        BundleError: if the file is not a bundle, or its archive is damaged.
        OSError: if it cannot be read.
    """
    content = source if isinstance(source, bytes) else _read(Path(source))
    if content[4:8] != _FLATBUFFER_MARK:
        found = f"{len(content)} bytes beginning with {content[:8]!r}" if content else "no bytes"
        raise BundleError(f"This is not a .tflite file ({found}). Choose a bundle, a file that "
                          "`bert-export build` wrote.")  # fmt: skip
    graph_size, files = read_tail(content)
    missing = [name for name in _REQUIRED if name not in files]
    if missing:
        raise BundleError(
            f"This .tflite file is no bundle of this program: its archive lacks "
            f"{', '.join(missing)}. Export it with `bert-export build`."
        )
    return content, graph_size, files


def _read(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise BundleError(f"{path} is not a file. Choose a .tflite bundle.")
    if status.st_size > MAX_BUNDLE_BYTES:
        raise BundleError(
            f"{path} has {status.st_size:,} bytes; a bundle has at most {MAX_BUNDLE_BYTES:,}."
        )
    memory = total_memory_bytes()
    if memory is not None and status.st_size > memory:
        raise BundleError(
            f"{path} has {status.st_size:,} bytes, this computer {memory:,} bytes of memory. "
            "Choose a smaller bundle."
        )
    return path.read_bytes()


def _check_labels(metadata: BundleMetadata, files: Mapping[str, bytes]) -> None:
    expected = labels_bytes(metadata.labels) if metadata.task == "classification" else None
    if files.get(LABELS) != expected:
        raise BundleError(f"{LABELS} and the labels in {METADATA} differ. Export the bundle again.")


def _tokenizer(metadata: BundleMetadata, vocabulary: bytes) -> BertTokenizer:
    settings = metadata.tokenizer
    if len(vocabulary) > MAX_VOCABULARY_BYTES:
        raise BundleError(
            f"{VOCABULARY} has {len(vocabulary):,} bytes, at most {MAX_VOCABULARY_BYTES:,} are "
            "read. Export the bundle again."
        )
    try:
        tokenizer = BertTokenizer.from_vocabulary_bytes(
            vocabulary, lowercase=settings.lowercase, strip_accents=settings.strip_accents
        )
    except ValueError as error:
        raise BundleError(f"{VOCABULARY}: {error} Export the bundle again.") from error
    if tokenizer.vocabulary_size != metadata.config.vocabulary_size:
        raise BundleError(
            f"{VOCABULARY} has {tokenizer.vocabulary_size} tokens, the network was made for "
            f"{metadata.config.vocabulary_size}. Export the bundle again."
        )
    if tokenizer.sha256 != settings.sha256:
        raise BundleError(
            f"{VOCABULARY} and the casing do not give the tokenizer that the network was trained "
            f"with (sha256 {tokenizer.sha256[:12]}..., expected {settings.sha256[:12]}...)."
        )
    return tokenizer


def _golden(metadata: BundleMetadata, content: bytes) -> Golden:
    golden = Golden.from_bytes(content)
    for example in golden.examples:
        if not len(example.output) == len(example.float_output) == metadata.output.dim:
            raise BundleError(
                f"{GOLDEN}: an example has {len(example.output)} outputs and "
                f"{len(example.float_output)} float outputs, the network has "
                f"{metadata.output.dim}. Export the bundle again."
            )
    return golden
