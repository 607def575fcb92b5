"""Lines of a data file, which may be compressed (.gz, .bz2, .xz) and larger than memory."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any

from bert_tf.data.data_error import DataError
from bert_tf.text.utf8_lines import TextError, read_lines

_OPENERS: dict[str, Callable[[IO[bytes]], Any]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
}


def inner_suffix(path: Path) -> str:
    """The ending that says the format, in lower case: ``.jsonl`` of ``reviews.jsonl.gz``."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in _OPENERS:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def read_data_lines(
    path: Path, *, keep_ends: bool = False, on_bytes: Callable[[int], None] | None = None
) -> Iterator[str]:
    r"""The lines of a UTF-8 file; they end at ``\n`` or ``\r\n`` and nowhere else.

    Args:
        path: the file; its ending says whether it is compressed.
        keep_ends: leave the line's end on the line.
        on_bytes: told after each line how many bytes of the file were read.

    Raises:
        DataError: if the file cannot be read, is not UTF-8, or its compression is damaged or
            cut short.
    """
    try:
        opener = _OPENERS.get(path.suffix.lower(), nullcontext)
        with path.open("rb") as file, opener(file) as stream:
            for line in read_lines(stream, name=str(path), keep_ends=keep_ends):
                if on_bytes is not None:
                    on_bytes(file.tell())
                yield line
    except TextError as error:
        raise DataError(str(error)) from error
    except (gzip.BadGzipFile, lzma.LZMAError, zlib.error, EOFError) as error:
        raise DataError(f"{path} is damaged or cut short: {error}. Fetch it again.") from error
    except OSError as error:
        reason = error.strerror or str(error)  # bz2 reports damage without an error number
        raise DataError(f"{path} cannot be read: {reason}.") from error
