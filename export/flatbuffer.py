"""Writing TensorFlow Lite flatbuffers again, with every buffer inside and aligned."""

from __future__ import annotations

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from numpy.typing import NDArray

from export.errors import ExportError

MAX_BYTES = 2**31 - 1  # offsets in a flatbuffer are signed 32-bit
ALIGNMENT = 16  # of every buffer, as the TensorFlow Lite schema demands
IDENTIFIER = b"TFL3"


class _AlignedBuilder(flatbuffers.Builder):
    """A builder that aligns numeric vectors to `ALIGNMENT`, not only to their element size."""

    def CreateNumpyVector(self, x: NDArray[np.uint8]) -> int:
        self.StartVector(x.itemsize, x.size, ALIGNMENT)
        data = x.tobytes()
        self.head: int = self.head - len(data)
        self.Bytes[self.head : self.head + len(data)] = data
        return int(self.EndVector())


def read_model(graph: bytes) -> schema.ModelT:
    """The flatbuffer as objects, each buffer's content inside its object.

    The quantizer leaves buffers behind the flatbuffer and notes offset and size; those are
    brought in.

    Raises:
        ExportError: if a buffer lies outside the file.
    """
    model = schema.ModelT.InitFromPackedBuf(graph, 0)
    for index, buffer in enumerate(model.buffers):
        if buffer.offset > 1:  # 0 and 1 mean: inside, or empty
            end = buffer.offset + buffer.size
            if end > len(graph):
                raise ExportError(f"Buffer {index} ends at byte {end} of {len(graph)}.")
            buffer.data = np.frombuffer(graph, np.uint8, buffer.size, buffer.offset)
        buffer.offset = buffer.size = 0
        if isinstance(buffer.data, (bytes, bytearray, list)):
            buffer.data = np.frombuffer(bytes(buffer.data), np.uint8)
    return model


def write_model(model: schema.ModelT) -> bytes:
    """Pack objects into a flatbuffer; equal objects give equal bytes.

    Raises:
        ExportError: if it would be larger than a flatbuffer can be.
    """
    content = sum(0 if buffer.data is None else len(buffer.data) for buffer in model.buffers)
    if content > MAX_BYTES - 2**24:
        raise ExportError(
            f"The weights take {content:,} bytes, a .tflite file holds less than {MAX_BYTES:,}. "
            "Choose a recipe with smaller weights."
        )
    builder = _AlignedBuilder(content + 2**20)
    builder.Finish(model.Pack(builder), file_identifier=IDENTIFIER)
    return bytes(builder.Output())


def inline_buffers(graph: bytes) -> bytes:
    """The same flatbuffer with all buffers inside."""
    return write_model(read_model(graph))
