"""What was measured of bundles on this machine, kept by sha256 and processor."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from export.runtime.atomic_output import atomic_output

_MOST_BUNDLES = 100  # the oldest go first
_MOST_BYTES = 1 << 20
KINDS = ("selftest", "speed")


class Measurements:
    """One small JSON file; what in it makes no sense is left out."""

    def __init__(self, path: Path | None, processor: str) -> None:
        """Nothing is read yet.

        Args:
            path: of the file; None: nothing is remembered beyond this object.
            processor: that results count for, `processor_name()`.
        """
        self._path = path
        self._processor = processor
        self._values: dict[str, dict[str, dict[str, Any]]] | None = None

    def get(self, sha256: str, kind: str) -> dict[str, Any] | None:
        """The report of a bundle on this processor, as its `to_dict` made it; None: none.

        Args:
            sha256: of the bundle's file.
            kind: "selftest" or "speed".
        """
        report = self._all().get(sha256, {}).get(self._processor, {}).get(kind)
        return report if isinstance(report, dict) and _READERS[kind](report) else None

    def store(self, sha256: str, kind: str, report: dict[str, Any]) -> None:
        """Keep a report; where the file cannot be written it is kept until the program ends."""
        values = self._all()
        of_bundle = values.pop(sha256, {})
        of_bundle.setdefault(self._processor, {})[kind] = report
        values[sha256] = of_bundle
        while len(values) > _MOST_BUNDLES:
            del values[next(iter(values))]
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with atomic_output(self._path) as stream:
                    stream.write(json.dumps(values, indent=1).encode("ascii"))

    def _all(self) -> dict[str, dict[str, dict[str, Any]]]:
        if self._values is None:
            self._values = {} if self._path is None else _load(self._path)
        return self._values


def _load(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            return {}
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(stored, dict):
        return {}
    return {
        sha256: {name: dict(kinds) for name, kinds in processors.items() if isinstance(kinds, dict)}
        for sha256, processors in stored.items()
        if isinstance(processors, dict)
    }


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_selftest(report: dict[str, Any]) -> bool:
    names = ("examples", "largest_difference", "largest_float_difference", "tolerance")
    numbers = all(_number(report.get(name)) for name in (*names, "token_mismatches"))
    return numbers and isinstance(report.get("passed"), bool)


def _is_speed(report: dict[str, Any]) -> bool:
    best, latencies = report.get("best"), report.get("latencies")
    if not isinstance(best, dict) or not isinstance(latencies, list):
        return False
    many = all(_number(best.get(name)) for name in ("workers", "threads", "texts_per_second"))
    names = ("tokens", "threads", "p50_ms", "p95_ms")
    return many and all(
        isinstance(one, dict) and all(_number(one.get(name)) for name in names) for one in latencies
    )


_READERS = {"selftest": _is_selftest, "speed": _is_speed}
