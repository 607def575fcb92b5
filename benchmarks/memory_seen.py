"""What memory this process has, as Linux says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

_OWN = Path("/proc/self")


@dataclass(frozen=True, kw_only=True)
class MemorySeen:
    """Bytes."""

    resident: int  # now, pages shared with others and of mapped files too
    peak: int  # the most that was resident since `forget_peak`
    proportional: int  # now, a shared page divided by those who share it
    private: int  # now, pages that nobody else has

    @classmethod
    def now(cls) -> Self:
        """Look."""
        status, rollup = _fields(_OWN / "status"), _fields(_OWN / "smaps_rollup")
        return cls(
            resident=status["VmRSS"],
            peak=status["VmHWM"],
            proportional=rollup["Pss"],
            private=rollup["Private_Clean"] + rollup["Private_Dirty"],
        )


def forget_peak() -> None:
    """Let the peak begin anew from what is resident now."""
    (_OWN / "clear_refs").write_text("5", encoding="ascii")


def _fields(path: Path) -> dict[str, int]:
    """Those that have kilobytes, in bytes."""
    found = {}
    for line in path.read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if value.endswith(" kB"):
            found[name] = 1024 * int(value.split()[0])
    return found
