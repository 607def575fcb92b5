"""Where bulk work reads from and writes to: files, standard streams, outputs to go on with."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO

from export.runtime.atomic_output import atomic_output
from export.runtime.input_identity import InputIdentity
from export.runtime.resumable_output import LEFT_ENDS, Job, PartialOutput, resumable_output

STANDARD = "-"
_BUNDLE_END = ".tflite"


def job_of(
    command: str, bundles: Mapping[str, str], source: str, target: str, options: Mapping[str, str]
) -> Job:
    """What a partial output must have been begun for, to be gone on with.

    Raises:
        ValueError: if input or output is not a file.
    """
    if STANDARD in (source, target):
        raise ValueError("--resume needs files: name both with --input and --output.")
    return Job(
        command=command,
        bundles=dict(bundles),
        options=dict(options),
        versions=_versions(),
        input=InputIdentity.of(source),
    )


def _versions() -> dict[str, str]:
    """Of all that decides the bytes of an answer; a checkout that is not installed has none."""
    found = {}
    runtimes = ("ai-edge-litert", "tflite-runtime")
    for name in ("bert_tf", *runtimes, "fasttext-predict", "numpy", "tokenizers"):
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


@contextlib.contextmanager
def open_place(
    source: str, target: str, job: Job | None = None
) -> Iterator[tuple[IO[bytes], PartialOutput | None]]:
    """Where to write: the output, or for a job one that can be gone on with.

    Raises:
        ValueError: if that would destroy the input.
    """
    if target != STANDARD:
        _check_apart(source, target)
    if job is None:
        with _output(target) as stream:
            yield stream, None
        return
    with resumable_output(Path(target), job) as partial:
        yield partial.stream, partial


def _check_apart(source: str, target: str) -> None:
    place = os.path.realpath(target)
    written = {place, *(place + end for end in LEFT_ENDS)}
    if source == STANDARD:
        destroyed = _is_standard_input(place)
    else:
        destroyed = Path(source).is_file() and any(_same_file(source, each) for each in written)
    if destroyed:
        name = "standard input" if source == STANDARD else source
        raise ValueError(f"Writing {target} would destroy the input {name}; name another --output.")
    if place.lower().endswith(_BUNDLE_END):
        raise ValueError(
            f"{target} is the name of a bundle, and answers are none; name another --output."
        )


def _same_file(first: str, second: str) -> bool:
    """Whether two names mean one file, also where letters' case does not count."""
    with contextlib.suppress(OSError):
        return Path(first).samefile(second)
    return False


def _is_standard_input(place: str) -> bool:
    """Whether standard input is read from this very file."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return os.path.samestat(os.fstat(sys.stdin.fileno()), Path(place).stat())
    return False


def size_of(stream: IO[bytes]) -> int | None:
    """Its bytes; None for what is no regular file."""
    with contextlib.suppress(OSError):
        status = os.fstat(stream.fileno())
        if stat.S_ISREG(status.st_mode):
            return status.st_size
    return None


@contextlib.contextmanager
def open_input(source: str) -> Iterator[IO[bytes]]:
    """The file of this name, or standard input for "-".

    Raises:
        OSError: if it cannot be read.
    """
    if source == STANDARD:
        yield sys.stdin.buffer
        return
    try:
        stream = Path(source).open("rb")  # noqa: SIM115, an error here is about the name
    except OSError as error:
        raise OSError(f"Cannot read {source}: {error.strerror or error}.") from error
    with stream:
        yield stream


@contextlib.contextmanager
def _output(target: str) -> Iterator[IO[bytes]]:
    if target == STANDARD:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with atomic_output(Path(target)) as stream:
        yield stream


@contextlib.contextmanager
def seekable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The stream itself, or a temporary file that is copied to it at the end."""
    if stream.seekable() and stream is not sys.stdout.buffer:
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        yield file
        file.seek(0)
        shutil.copyfileobj(file, stream)
