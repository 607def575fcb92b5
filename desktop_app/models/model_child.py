"""The inside of the process that touches files of bundles: one request, answered over its pipes.

Requests: `{"kind": "list", "files": [[path, origin], ...]}`,
`{"kind": "add", "path": path, "store": folder, "expected": sha256}`,
`{"kind": "selftest", "bundle": b}`, `{"kind": "speed", "bundle": b, "seconds": s}`.
Answers: `{"event": "entry", "entry": {...}}` for each listed file, `{"event": "progress",
"share": x}` in between, `{"event": "done", "result": {...}}`,
`{"event": "failed", "message": text}`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

from export.runtime.child_pipes import limit_memory, own_pipes
from export.runtime.frames import Frame, read_frame, write_frame


class ModelChild:
    """Answers one request."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO) -> None:
        self._requests, self._answers = requests, answers

    def serve(self) -> None:
        """Answer the request, or leave when the parent does."""
        frame = read_frame(self._requests)
        if frame is None:
            return
        threading.Thread(target=self._watch, daemon=True).start()
        try:
            result = self._answer(frame.header)
        except (ValueError, OSError) as error:
            self._send({"event": "failed", "message": _words(error)})
        except MemoryError:
            message = "The model takes more memory than its process may have."
            self._send({"event": "failed", "message": message})
        except Exception as error:  # the edge of the process: the parent tells it
            self._send({"event": "failed", "message": f"It cannot be used: {error!r:.300}"})
        else:
            self._send({"event": "done", "result": result})

    def _watch(self) -> None:
        with contextlib.suppress(ValueError, OSError):
            while read_frame(self._requests) is not None:
                pass
        os._exit(0)  # the parent is gone, or no longer wants to know

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        match request["kind"]:
            case "list":
                return self._list(request["files"])
            case "add":
                return self._add(request)
            case "selftest":
                return _selftest(request["bundle"])
            case _:
                return self._speed(request["bundle"], request["seconds"])

    def _list(self, files: list[list[Any]]) -> dict[str, Any]:
        from desktop_app.models.model_reading import model_entry

        for path, origin in files:
            entry = model_entry(Path(path), origin)
            self._send({"event": "entry", "entry": entry.to_dict()})
        return {}

    def _add(self, request: dict[str, Any]) -> dict[str, Any]:
        from desktop_app.models.model_adding import add_model
        from desktop_app.models.model_store import ModelStore

        entry, fresh = add_model(
            Path(request["path"]),
            ModelStore(Path(request["store"])),
            expected=request["expected"],
            progress=self._progress,
        )
        return {"entry": entry.to_dict(), "fresh": fresh}

    def _speed(self, bundle: str, seconds: float) -> dict[str, Any]:
        from export.runtime.catalogue import open_bundle
        from export.runtime.speed import measure_speed

        report = measure_speed(
            open_bundle(bundle),
            seconds=seconds,
            progress=lambda _: self._progress(0.0),  # a sign of life alone
        )
        return report.to_dict()

    def _progress(self, share: float) -> None:
        self._send({"event": "progress", "share": share})

    def _send(self, header: dict[str, Any]) -> None:
        try:
            write_frame(self._answers, Frame(header=header))
        except OSError:
            os._exit(0)  # the parent is gone


def _selftest(bundle: str) -> dict[str, Any]:
    from export.runtime.engine import Engine
    from export.runtime.processors import processor_name
    from export.runtime.selftest import selftest

    with Engine.open(bundle, num_threads=1, num_workers=1) as engine:
        report = selftest(engine).to_dict()
        return {**report, "sha256": engine.bundle.sha256, "processor": processor_name()}


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error) or repr(error)


def main(arguments: list[str]) -> None:
    """Run as a child: the argument is the memory limit in bytes."""
    requests, answers = own_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    limit_memory(int(arguments[0]))
    ModelChild(requests, answers).serve()
    os._exit(0)  # no thread and no library is waited for


if __name__ == "__main__":
    main(sys.argv[1:])
