"""Messages over a pipe: a JSON object and raw bytes, each with its length in front.

JSON and numbers only: nothing that arrives can name code to run.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import IO, Any

_LENGTHS = struct.Struct("<2Q")  # bytes of the header, bytes of the payload
MAX_FRAME_BYTES = 4_000_000_000


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One message."""

    header: dict[str, Any]  # JSON; texts may hold lone surrogates
    payload: bytes = b""  # arrays, laid out as the header says


def write_frame(stream: IO[bytes], frame: Frame) -> None:
    """Write one message and flush.

    Raises:
        OSError: if the other side is gone.
    """
    header = json.dumps(frame.header).encode("ascii")
    stream.write(_LENGTHS.pack(len(header), len(frame.payload)) + header)
    stream.write(frame.payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Frame | None:
    """The next message; None when the stream ends, between messages or within one.

    Raises:
        ValueError: if what arrives is not a message.
    """
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header_size, payload_size = _LENGTHS.unpack(lengths)
    if header_size + payload_size > MAX_FRAME_BYTES:
        raise ValueError(f"A message of {header_size} + {payload_size} bytes is not plausible.")
    header, payload = stream.read(header_size), stream.read(payload_size)
    if len(header) < header_size or len(payload) < payload_size:
        return None
    values = json.loads(header)
    if not isinstance(values, dict):
        raise ValueError(  # the stream is damaged, no caller is at fault
            f"A message's header must be an object, received {header[:80]!r}."
        )
    return Frame(header=values, payload=payload)
