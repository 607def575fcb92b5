"""The metadata flatbuffer, read field by field as a foreign reader would."""

from __future__ import annotations

import struct

import numpy as np

from export.container_metadata import METADATA_NAME, ContainerMetadata, attach_metadata
from export.flatbuffer import read_model, write_model

METADATA = ContainerMetadata(
    name="tiny",
    description="A tiny model",
    version="1",
    license="MIT",
    inputs=("token_ids", "padding_mask"),
    output="embedding",
    files=("bundle.json", "vocab.txt", "labels.txt"),
)


class Table:
    """Enough of a flatbuffer reader to check one."""

    def __init__(self, data: bytes, place: int) -> None:
        self.data, self.place = data, place
        self.table = place - struct.unpack_from("<i", data, place)[0]

    def slot(self, index: int) -> int | None:
        if 4 + 2 * index >= struct.unpack_from("<H", self.data, self.table)[0]:
            return None
        offset = struct.unpack_from("<H", self.data, self.table + 4 + 2 * index)[0]
        return self.place + offset if offset else None

    def target(self, index: int) -> int:
        place = self.slot(index)
        assert place is not None
        return place + struct.unpack_from("<I", self.data, place)[0]

    def text(self, index: int) -> str:
        place = self.target(index)
        size = struct.unpack_from("<I", self.data, place)[0]
        return self.data[place + 4 : place + 4 + size].decode()

    def tables(self, index: int) -> list[Table]:
        place = self.target(index)
        count = struct.unpack_from("<I", self.data, place)[0]
        entries = [place + 4 + 4 * number for number in range(count)]
        return [Table(self.data, e + struct.unpack_from("<I", self.data, e)[0]) for e in entries]


def root(data: bytes) -> Table:
    return Table(data, struct.unpack_from("<I", data)[0])


def test_fields_are_where_the_schema_puts_them() -> None:
    data = METADATA.to_bytes()
    assert data[4:8] == b"M001"
    model = root(data)
    texts = {0: "tiny", 1: "A tiny model", 2: "1", 5: "MIT", 7: "1.0.1"}
    assert {slot: model.text(slot) for slot in texts} == texts
    files = model.tables(6)
    assert [file.text(0) for file in files] == list(METADATA.files)
    kinds = [0 if file.slot(2) is None else data[file.slot(2)] for file in files]
    assert kinds == [0, 5, 2]  # unknown, vocabulary, labels
    (subgraph,) = model.tables(3)
    assert [tensor.text(0) for tensor in subgraph.tables(2)] == list(METADATA.inputs)
    assert [tensor.text(0) for tensor in subgraph.tables(3)] == ["embedding"]


def test_attaching_twice_keeps_one(embedder_graph: bytes) -> None:
    model = read_model(embedder_graph)
    attach_metadata(model, METADATA)
    attach_metadata(model, METADATA)
    again = read_model(write_model(model))
    entries = [entry for entry in again.metadata if entry.name == METADATA_NAME.encode()]
    assert len(entries) == 1
    assert np.asarray(again.buffers[entries[0].buffer].data).tobytes() == METADATA.to_bytes()
