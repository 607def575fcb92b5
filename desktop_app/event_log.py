"""What goes into the log: the program's own words and numbers, never a text of the user.

Everything here is made so that a text cannot get in by mistake: a value that is no plain word or
number is replaced by its length, an exception is noted without its message, a document by a hash
that means something in this run only.
"""

from __future__ import annotations

import errno
import functools
import logging
import os
import re
import traceback
from collections.abc import Iterator
from pathlib import Path

LOGGER = logging.getLogger("bert-desktop")
LOGGER.addHandler(logging.NullHandler())  # without a log file, warnings go nowhere
LOGGER.propagate = False
_WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]{0,47}")
_MOST_FRAMES = 30  # of a traceback, the innermost
_MOST_CAUSES = 5
_LOSSES = (
    (re.compile(r"killed by (SIG[A-Z0-9]+)"), "killed-{}"),
    (re.compile(r"no sign of life"), "silent"),
    (re.compile(r"answered nonsense"), "nonsense"),
    (re.compile(r"exit code (-?\d+)"), "exit-code-{}"),
)


def record(event: str, *, level: int = logging.INFO, **values: str | float | None) -> None:
    """Note that something happened.

    Args:
        event: a literal; a test sees to that.
        level: of `logging`.
        values: numbers, and words such as names of shipped bundles; whatever else a string holds
            is replaced by its length.
    """
    if LOGGER.isEnabledFor(level):
        LOGGER.log(level, "%s", event + "".join(f" {k}={_plain(v)}" for k, v in values.items()))


def record_exception(event: str, error: BaseException) -> None:
    """Note an exception: its type and where it came from, without its message."""
    lines = [line for each in _causes(error) for line in _described(each)]
    LOGGER.error("%s", "\n".join([event, *lines]))


def document_mark(path: str | os.PathLike[str]) -> str:
    """Stands for a document: the same for the same name in this run, of no use in another."""
    from hashlib import blake2b

    name = os.fsencode(Path(path).absolute())
    return blake2b(name, key=_run_key(), digest_size=4).hexdigest()


def loss_word(reason: str) -> str:
    """How a worker process ended, in one word; its last words may hold a text and are left out."""
    reason = reason.partition("; its last words")[0]
    for pattern, word in _LOSSES:
        if found := pattern.search(reason):
            return word.format(*found.groups())
    return "ended"


@functools.cache
def _run_key() -> bytes:
    return os.urandom(16)


def _plain(value: str | float | None) -> str:
    if isinstance(value, str):
        return value if _WORD.fullmatch(value) else f"<{len(value)} characters>"
    if isinstance(value, float):
        return f"{value:.4g}"
    return str(value)


def _causes(error: BaseException) -> Iterator[BaseException]:
    following: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if following is None:
            return
        yield following
        following = following.__cause__ or following.__context__


def _described(error: BaseException) -> Iterator[str]:
    kind = type(error)
    detail = ""
    if isinstance(error, OSError) and error.errno is not None:
        detail = f" {errno.errorcode.get(error.errno, error.errno)}"
    yield f"    {kind.__module__}.{kind.__qualname__}{detail}"
    frames = list(traceback.walk_tb(error.__traceback__))[-_MOST_FRAMES:]
    for frame, line in frames:
        module = frame.f_globals.get("__name__", "?")
        yield f"      {_plain(str(module))}:{line} {frame.f_code.co_name}"
