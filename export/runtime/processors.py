"""How many processors there are for this process, and of which kind."""

from __future__ import annotations

import os
import platform
from pathlib import Path

# Instructions for int8 products, as Linux names them.
INT8_FLAGS = ("avx2", "avx_vnni", "avx512_vnni", "amx_int8", "asimddp", "i8mm", "sve")


def available_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def processor_name() -> str:
    """The processor, with those of its instructions that matter where the system tells them."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    fields = {}
    for line in reversed(lines):  # so that the first processor's are kept
        name, _, value = line.partition(":")
        fields[name.strip()] = value.strip()
    flags = fields.get("flags", fields.get("Features", "")).split()
    known = ", ".join(flag for flag in INT8_FLAGS if flag in flags)
    name = fields.get("model name") or platform.processor() or platform.machine() or "unknown"
    return f"{name} ({known})" if known else name
