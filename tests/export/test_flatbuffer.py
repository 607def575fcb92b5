"""Buffers come inside, aligned, and equal objects give equal bytes."""

from __future__ import annotations

import flatbuffers
import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema

from export.errors import ExportError
from export.flatbuffer import ALIGNMENT, inline_buffers, read_model, write_model


@pytest.fixture(scope="module")
def outside(embedder_graph: bytes) -> bytes:
    """As the quantizer writes larger models: buffers behind the flatbuffer."""
    model = read_model(embedder_graph)
    contents = [b"" if b.data is None else b.data.tobytes() for b in model.buffers]
    for buffer, content in zip(model.buffers, contents, strict=True):
        if content:
            buffer.data, buffer.offset, buffer.size = None, 2**31, len(content)
    place = len(_packed(model))
    for buffer, content in zip(model.buffers, contents, strict=True):
        if content:
            buffer.offset, place = place, place + len(content)
    return _packed(model) + b"".join(contents)


def _packed(model: schema.ModelT) -> bytes:
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
    return bytes(builder.Output())


def buffers(graph: bytes) -> list[schema.Buffer]:
    model = schema.Model.GetRootAs(graph, 0)
    return [model.Buffers(index) for index in range(model.BuffersLength())]


def test_buffers_are_brought_inside_and_aligned(outside: bytes) -> None:
    assert any(buffer.Offset() > 1 for buffer in buffers(outside))
    graph = inline_buffers(outside)
    assert graph[4:8] == b"TFL3"
    start = np.frombuffer(graph, np.uint8).ctypes.data
    for buffer in buffers(graph):
        assert buffer.Offset() <= 1
        if buffer.DataLength():
            assert (buffer.DataAsNumpy().ctypes.data - start) % ALIGNMENT == 0


def test_content_survives_and_bytes_repeat(outside: bytes) -> None:
    graph = inline_buffers(outside)
    assert graph == inline_buffers(outside) == inline_buffers(graph)
    before, after = read_model(outside).buffers, read_model(graph).buffers
    for one, other in zip(before, after, strict=True):
        size = 0 if one.data is None else len(one.data)
        assert size == (0 if other.data is None else len(other.data))
        assert size == 0 or np.array_equal(one.data, other.data)


def test_a_buffer_outside_the_file_is_an_error(outside: bytes) -> None:
    with pytest.raises(ExportError, match="ends at byte"):
        read_model(outside[:-100])


def test_more_than_two_gigabytes_are_refused(embedder_graph: bytes) -> None:
    class Huge:
        def __len__(self) -> int:
            return 2**31

    model = read_model(embedder_graph)
    model.buffers[1].data = Huge()
    with pytest.raises(ExportError, match="less than"):
        write_model(model)
