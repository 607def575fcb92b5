"""The TensorFlow Lite metadata of a bundle, as other tools read it (identifier M001).

Written by hand after `metadata_schema.fbs` of the TFLite Support library: the numbers below are
the fields' places in their tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

METADATA_NAME = "TFLITE_METADATA"
IDENTIFIER = b"M001"
MIN_PARSER_VERSION = "1.0.1"  # the first that knows vocabulary files
_LABELS, _VOCABULARY, _DESCRIPTION = 2, 5, 1  # AssociatedFileType
_FILE_TYPES = {"vocab.txt": _VOCABULARY, "labels.txt": _LABELS, "README.md": _DESCRIPTION}


@dataclass(frozen=True, kw_only=True)
class ContainerMetadata:
    """What stands in a model's own metadata."""

    name: str  # of the model
    description: str  # a sentence
    version: str  # of the bundle format
    license: str  # of weights and data, in words
    inputs: tuple[str, ...]  # names in the order of the graph's inputs
    output: str  # name of the output
    files: tuple[str, ...]  # members of the archive behind the flatbuffer

    def to_bytes(self) -> bytes:
        """The metadata flatbuffer."""
        builder = flatbuffers.Builder(1024)
        files = _vector(builder, [_associated_file(builder, name) for name in self.files])
        inputs = _vector(builder, [_table(builder, {0: name}) for name in self.inputs])
        outputs = _vector(builder, [_table(builder, {0: self.output})])
        subgraph = _table_of_offsets(builder, {2: inputs, 3: outputs})
        subgraphs = _vector(builder, [subgraph])
        strings = {
            0: self.name,
            1: self.description,
            2: self.version,
            5: self.license,
            7: MIN_PARSER_VERSION,
        }
        offsets = {slot: builder.CreateString(text) for slot, text in strings.items()}
        root = _table_of_offsets(builder, {**offsets, 3: subgraphs, 6: files})
        builder.Finish(root, file_identifier=IDENTIFIER)
        return bytes(builder.Output())


def attach_metadata(model: schema.ModelT, metadata: ContainerMetadata) -> None:
    """Put metadata into a model, in place of any it had."""
    name = METADATA_NAME.encode()
    entries = [entry for entry in model.metadata or [] if _bytes(entry.name) != name]
    buffer, entry = schema.BufferT(), schema.MetadataT()
    buffer.data = np.frombuffer(metadata.to_bytes(), np.uint8)
    entry.name, entry.buffer = name, len(model.buffers)
    model.buffers.append(buffer)
    model.metadata = [*entries, entry]


def _bytes(name: str | bytes) -> bytes:
    return name.encode() if isinstance(name, str) else name


def _associated_file(builder: flatbuffers.Builder, name: str) -> int:
    text = builder.CreateString(name)
    builder.StartObject(5)
    builder.PrependUOffsetTRelativeSlot(0, text, 0)
    builder.PrependInt8Slot(2, _FILE_TYPES.get(name, 0), 0)
    return int(builder.EndObject())


def _table(builder: flatbuffers.Builder, strings: dict[int, str]) -> int:
    offsets = {slot: builder.CreateString(text) for slot, text in strings.items()}
    return _table_of_offsets(builder, offsets)


def _table_of_offsets(builder: flatbuffers.Builder, offsets: dict[int, int]) -> int:
    builder.StartObject(max(offsets) + 1)
    for slot, offset in offsets.items():
        builder.PrependUOffsetTRelativeSlot(slot, offset, 0)
    return int(builder.EndObject())


def _vector(builder: flatbuffers.Builder, offsets: list[int]) -> int:
    builder.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):
        builder.PrependUOffsetTRelative(offset)
    return int(builder.EndVector())
