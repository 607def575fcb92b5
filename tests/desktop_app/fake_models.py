"""Jobs on models without a process: they answer by simple rules, when told to or at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.inference.models_session import ModelsSession
from desktop_app.models.measurements import Measurements
from desktop_app.models.model_entry import ModelEntry
from desktop_app.models.model_error import ModelError, ModelJobCancelledError, ModelJobLostError
from desktop_app.models.model_store import ModelStore

SELFTEST = {
    "examples": 9,
    "largest_difference": 0.0042,
    "largest_float_difference": 0.019,
    "tolerance": 0.1,
    "token_mismatches": 0,
    "passed": True,
}
SPEED = {
    "best": {"workers": 2, "threads": 1, "texts": 512, "texts_per_second": 776.4},
    "latencies": [
        {"tokens": 16, "threads": 1, "runs": 9, "p50_ms": 7.34, "p95_ms": 9.0},
        {"tokens": 16, "threads": 2, "runs": 9, "p50_ms": 5.12, "p95_ms": 9.0},
        {"tokens": 64, "threads": 1, "runs": 9, "p50_ms": 21.9, "p95_ms": 25.0},
    ],
}


def description(path: Path) -> dict[str, Any]:
    """What a bundle of that name would say of itself."""
    embedding = "embedding" in str(path)
    labels = [] if embedding else ["praise", "question", "complaint"]
    return {
        "size": 4_987_608,
        "sha256": path.stem.encode().hex().ljust(64, "0")[:64],
        "name": path.stem,
        "task": "embedding" if embedding else "classification",
        "language": "en",
        "recipe": {"name": "dynamic_wi8_afp32", "tolerance": {"cosine_mean": 0.998}},
        "labels": labels,
        "licence": {"weights": "MIT"},
        "output": {"name": "out", "dim": len(labels) or 384},
        "provenance": {"start": "random\u202eweights"},
    }


class FakeJob:
    """`held`: an event that a work waits for; None: it answers at once."""

    held: threading.Event | None = None
    deadly = ""  # a part of the name of a file that ends its process

    def __init__(self, request: dict[str, Any]) -> None:
        self.request = request
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """As `ModelJob`."""
        self._cancelled.set()

    def run(self, heard: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        """As `ModelJob`."""
        kind = self.request["kind"]
        if kind == "list":
            for path, origin in self.request["files"]:
                if self.deadly and self.deadly in path:
                    raise ModelJobLostError("killed by SIGSEGV")
                heard({"event": "entry", "entry": _entry(Path(path), origin).to_dict()})
            return {}
        heard({"event": "progress", "share": 0.5})
        while self.held is not None and not self.held.wait(0.01):
            if self._cancelled.is_set():
                raise ModelJobCancelledError
        return self._add() if kind == "add" else self._measure(kind)

    def _add(self) -> dict[str, Any]:
        path, store = Path(self.request["path"]), ModelStore(Path(self.request["store"]))
        if "bad" in path.name:
            raise ModelError("The archive at the end of this file is damaged or padded.")
        about = description(path)
        place = store.place_for(task=about["task"], name=about["name"], sha256=about["sha256"])
        fresh = not place.exists()
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"model")
        entry = ModelEntry(path=place, origin="added", description=about)
        return {"entry": entry.to_dict(), "fresh": fresh}

    def _measure(self, kind: str) -> dict[str, Any]:
        sha256 = description(Path(self.request["bundle"]))["sha256"]
        return {**(SELFTEST if kind == "selftest" else SPEED), "sha256": sha256}


def _entry(path: Path, origin: Any) -> ModelEntry:
    if "damaged" in path.name:
        return ModelEntry(path=path, origin=origin, fault="This file was cut short.")
    return ModelEntry(path=path, origin=origin, description=description(path))


def fake_models(store: ModelStore, path: Path | None = None) -> ModelsSession:
    """A session without processes."""
    return ModelsSession(store, Measurements(path, "a processor"), make_job=FakeJob)
