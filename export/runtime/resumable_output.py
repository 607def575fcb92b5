"""An output that can be gone on with: a kill in the middle costs at most the chunk in hand.

Beside `vectors.npy` lies `vectors.npy.part`, and `vectors.npy.part.json` says what it was begun
for and how much of it is whole. The second is replaced in one step after the first was forced to
the disk, so whatever lies behind that mark is cut off and computed again.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from export.runtime.atomic_output import checked_target, sync_folder
from export.runtime.input_identity import ConsumedHash, InputIdentity

STATE_VERSION = 1
LEFT_ENDS = (".part", ".part.json", ".part.json.new")
"""What the names of the files beside an output end in."""
_TYPES = {"input_sha256": str, "memory": dict}  # of the state's values; the others are counts


@dataclass(frozen=True, kw_only=True)
class Job:
    """All that decides the bytes of an output. Partial outputs of another job are refused."""

    command: str  # for example "embed"
    bundles: dict[str, str]  # name or language to sha256 of the file
    options: dict[str, str]  # as given or by default
    versions: dict[str, str]  # package to version, of those that compute
    input: InputIdentity


@dataclass(frozen=True, kw_only=True)
class Done:
    """How far an output is."""

    texts: int = 0  # answered and on the disk
    truncated: int = 0  # of them
    input_bytes: int = 0  # that these texts are
    input_sha256: str = ""  # of these bytes, hexadecimal
    output_bytes: int = 0  # of the partial output that are whole
    memory: dict[str, Any] = field(default_factory=dict)  # JSON values that the command keeps


class PartialOutput:
    """The open partial output; made by `resumable_output`."""

    def __init__(self, stream: IO[bytes], state: Path, job: Job, done: Done) -> None:
        """Take over what was done.

        Args:
            stream: the partial output, open for reading and writing.
            state: the file that says how far it is.
            job: what it is for.
            done: what the state said, or nothing.

        Raises:
            ValueError: if the input's beginning is not what it was.
            OSError: if the input cannot be read.
        """
        self.stream, self.done = stream, done
        self.memory: dict[str, Any] = dict(done.memory)
        self._state, self._job = state, job
        self._consumed = ConsumedHash(Path(job.input.path))
        if done.texts and self._consumed.at(done.input_bytes) != done.input_sha256:
            raise ValueError(_refusal(state, "the beginning of the input was changed since"))
        stream.truncate(done.output_bytes)
        stream.seek(done.output_bytes)

    def commit(self, *, texts: int, truncated: int, input_bytes: int) -> None:
        """Make what was written so far whole: after a kill, work goes on behind it.

        Args:
            texts: answered in all.
            truncated: of them.
            input_bytes: of the input that they are.
        """
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.done = Done(
            texts=texts,
            truncated=truncated,
            input_bytes=input_bytes,
            input_sha256=self._consumed.at(input_bytes),
            output_bytes=self.stream.tell(),
            memory=self.memory,
        )
        write_state(self._state, self._job, self.done)


@contextlib.contextmanager
def resumable_output(path: Path, job: Job) -> Iterator[PartialOutput]:
    """Open `path` for writing, behind what an earlier run of the same job left.

    When the block ends well the file gets its name and the state is removed; when it ends with
    an exception, or the process is killed, both stay for the next run.

    Raises:
        ValueError: if what an earlier run left is of another job, damaged, or in use.
        OSError: if the place cannot be written.
    """
    target, mode = checked_target(path)
    if mode is not None and not stat.S_ISREG(mode):
        raise ValueError(f"{path} is no regular file; --resume needs one.")
    part, state = (target.with_name(target.name + end) for end in LEFT_ENDS[:2])
    found = part.exists()
    try:
        stream = part.open("rb+" if found else "xb+")
    except OSError as error:
        raise OSError(f"Cannot write {part}: {error.strerror or error}.") from error
    with stream:
        _lock(stream, part)
        done = _read_state(part, state, job) if found else None
        if done is None:
            write_state(state, job, Done())
        partial = PartialOutput(stream, state, job, done or Done())
        try:
            yield partial
        except BaseException:
            _leave(partial, part, state)
            raise
        stream.flush()
        os.fsync(stream.fileno())
        if mode is not None:
            part.chmod(stat.S_IMODE(mode))
        if sys.platform == "win32":
            stream.close()  # it renames no open file; elsewhere the lock is held to the end
        os.replace(part, target)
        state.unlink(missing_ok=True)
    sync_folder(target.parent)


def _leave(partial: PartialOutput, part: Path, state: Path) -> None:
    """Keep what is done, and nothing where there is nothing."""
    kept = partial.done.texts
    if kept:
        print(f"{part} keeps {kept:,} texts; --resume goes on from there.", file=sys.stderr)
        return
    if sys.platform == "win32":
        partial.stream.close()  # it removes no open file; elsewhere the lock is held to the end
    part.unlink(missing_ok=True)
    state.unlink(missing_ok=True)


def write_state(path: Path, job: Job, done: Done) -> None:
    """Replace the state in one step."""
    values = {"version": STATE_VERSION, "job": asdict(job), "done": asdict(done)}
    fresh = path.with_name(f"{path.name}.new")  # one name, so that kills leave no heap of them
    with fresh.open("wb") as stream:
        stream.write(json.dumps(values, indent=2).encode("ascii"))
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(fresh, path)


def _read_state(part: Path, state: Path, job: Job) -> Done | None:
    """What is done; None if there is nothing to go on with."""
    if not state.exists():
        if not part.stat().st_size:  # killed before the first state
            return None
        raise ValueError(
            f"{part} is in the way, and without {state.name} it is not known what it is. "
            "Delete it, or name another --output."
        )
    try:
        values = json.loads(state.read_bytes())
        if values["version"] != STATE_VERSION:
            raise ValueError(f"version {values['version']!r}")
        then, done = values["job"], Done(**values["done"])
        if any(type(value) is not _TYPES.get(name, int) for name, value in vars(done).items()):
            raise ValueError("a value is of another type")
        known = min(done.texts, done.truncated, done.input_bytes, done.output_bytes) >= 0
        if not known or part.stat().st_size < done.output_bytes or not isinstance(then, dict):
            raise ValueError("it says more than there is")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ValueError(_refusal(state, f"{state.name} is damaged ({error!r:.80})")) from error
    if not done.texts:  # killed before anything was whole: the job of then does not matter
        return None
    now = json.loads(json.dumps(asdict(job)))
    for name in now:
        if then.get(name) != now[name]:
            changed = _difference(then.get(name), now[name])
            raise ValueError(_refusal(state, f"it was begun with other {name}: {changed}"))
    return done


def _difference(then: Any, now: Any) -> str:
    """What differs, for a message."""
    if isinstance(then, dict) and isinstance(now, dict):
        names = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
        pairs = [f"{name} {then.get(name)!r:.80}, now {now.get(name)!r:.80}" for name in names]
        return "; ".join(pairs)
    return f"{then!r:.80}, now {now!r:.80}"


def _refusal(state: Path, problem: str) -> str:
    part = state.with_suffix("")
    return (
        f"Cannot go on with {part}: {problem}. Give the command and the input it was begun with, "
        f"or delete it and {state.name} to begin anew."
    )


def _lock(stream: IO[bytes], part: Path) -> None:
    """Hold the file as long as the process lives.

    Raises:
        ValueError: if another process holds it, or has just given it its final name.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            place = stream.tell()
            stream.seek(1 << 40)  # behind all content
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            stream.seek(place)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise ValueError(f"{part} is being written by another process; wait for it.") from error
    if not part.exists() or not os.path.samestat(part.stat(), os.fstat(stream.fileno())):
        raise ValueError(f"{part} was just completed by another process.")
