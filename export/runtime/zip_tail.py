"""The zip archive at the end of a bundle, in one exact form.

Other people's clients read associated files from a zip archive behind the flatbuffer and
accept stored members only. Writing and reading it here, and not with `zipfile`, gives the same
bytes on every Python version and platform, so the reader can insist on them: an archive that
differs anywhere from what `write_tail` makes of its members is refused.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping

from export.runtime.errors import BundleError

MAX_MEMBERS = 64
MAX_TAIL_BYTES = 128 << 20  # of all members; a vocabulary of 250,000 tokens has 4 MiB
_LOCAL = struct.Struct("<4s5H3L2H")  # PKWARE appnote 4.3.7
_CENTRAL = struct.Struct("<4s6H3L5H2L")  # 4.3.12
_END = struct.Struct("<4s4H2LH")  # 4.3.16
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_VERSION, _MADE_ON_UNIX, _MODE = 20, 3 << 8, 0o100644 << 16
_DOS_TIME, _DOS_DATE = (0, (1 << 5) | 1)  # 1980-01-01 00:00: equal inputs give equal bytes
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_FOREIGN = (
    "no bundle data at its end: it is a plain .tflite of another program, or it was cut short "
    "while being copied. Export it with `bert-export build`, or copy it again."
)
_RESEAL = "Export the bundle again; do not edit it with zip programs."


def write_tail(members: Mapping[str, bytes], *, offset: int) -> bytes:
    """The archive of these members, to stand `offset` bytes from the beginning of the file.

    Raises:
        ValueError: for a name that is not plain, or too many members.
    """
    if len(members) > MAX_MEMBERS:
        raise ValueError(f"A bundle holds at most {MAX_MEMBERS} files, received {len(members)}.")
    body, directory = bytearray(), bytearray()
    for name, content in members.items():
        if not _NAME.fullmatch(name):
            raise ValueError(
                f"A bundle's file names must match {_NAME.pattern}, received {name!r}."
            )
        encoded = name.encode("ascii")
        # version needed, flags, method (0 = stored), time, date, crc, sizes, name length, extra
        common = (_VERSION, 0, 0, _DOS_TIME, _DOS_DATE, zlib.crc32(content), len(content),
                  len(content), len(encoded), 0)  # fmt: skip
        start = offset + len(body)
        body += _LOCAL.pack(_LOCAL_MARK, *common) + encoded + content
        directory += _CENTRAL.pack(
            _CENTRAL_MARK, _MADE_ON_UNIX | _VERSION, *common, 0, 0, 0, _MODE, start
        )
        directory += encoded
    count = len(members)
    end = _END.pack(_END_MARK, 0, 0, count, count, len(directory), offset + len(body), 0)
    return bytes(body + directory + end)


def read_tail(content: bytes) -> tuple[int, dict[str, bytes]]:
    """Where the archive begins, and its members in order.

    Args:
        content: the whole file.

    Raises:
        BundleError: if there is no archive, or it is not exactly what `write_tail` writes.
    """
    if len(content) < _END.size or content[-_END.size :][:4] != _END_MARK:
        raise BundleError(f"This file has {_FOREIGN}")
    end = _END.unpack(content[-_END.size :])
    count, directory_size, directory_start = end[4], end[5], end[6]
    if directory_start + directory_size != len(content) - _END.size or not count:
        raise BundleError(f"The archive at the end of this file is damaged or padded. {_RESEAL}")
    if count > MAX_MEMBERS:
        raise BundleError(f"The archive at the end holds {count} files, at most {MAX_MEMBERS} are "
                          f"allowed. {_RESEAL}")  # fmt: skip
    directory = content[directory_start : len(content) - _END.size]
    members: dict[str, bytes] = {}
    first = directory_start
    at = total = 0
    for _ in range(count):
        name, start, size, at = _central_entry(directory, at)
        if name in members:
            raise BundleError(f"The archive at the end holds {name!r} twice. {_RESEAL}")
        data = start + _LOCAL.size + len(name)
        if data + size > directory_start:
            raise BundleError(f"{name!r} reaches past the archive it belongs to. {_RESEAL}")
        total += size
        if total > MAX_TAIL_BYTES:  # before the copy: members may all claim the same bytes
            raise BundleError(f"The archive at the end claims {total:,} bytes or more, at most "
                              f"{MAX_TAIL_BYTES:,} are read. {_RESEAL}")  # fmt: skip
        members[name] = content[data : data + size]
        first = min(first, start)
    if content[first:] != write_tail(members, offset=first):
        raise BundleError(
            "The archive at the end is damaged, or not in the form that this program writes. "
            + _RESEAL
        )
    return first, members


def _central_entry(directory: bytes, at: int) -> tuple[str, int, int, int]:
    """Name, start of the local header, size and the place of the next entry."""
    if at + _CENTRAL.size > len(directory):
        raise BundleError(f"The archive's directory is cut short. {_RESEAL}")
    entry = _CENTRAL.unpack_from(directory, at)
    flags, method, packed, size, name_length = (entry[3], entry[4], entry[8], entry[9], entry[10])
    following = at + _CENTRAL.size + name_length + entry[11] + entry[12]
    raw = directory[at + _CENTRAL.size :][:name_length]
    name = raw.decode("ascii", errors="backslashreplace")
    if entry[0] != _CENTRAL_MARK:
        raise BundleError(f"The archive's directory is damaged. {_RESEAL}")
    if not _NAME.fullmatch(name):
        raise BundleError(f"The archive holds a file named {name!r:.80}; only plain names without "
                          f"folders are allowed. {_RESEAL}")  # fmt: skip
    if flags & 1:
        raise BundleError(f"{name!r} is encrypted; a bundle must not be. {_RESEAL}")
    if method != 0 or packed != size:
        raise BundleError(f"{name!r} is compressed; a bundle's files are stored. {_RESEAL}")
    return name, entry[16], size, following
