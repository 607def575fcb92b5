"""What large arrays took goes back to the system."""

import subprocess
import sys

_GROW_AND_SHRINK = """
import numpy as np
from benchmarks.memory_seen import MemorySeen
from desktop_app.returned_memory import return_large_blocks

if {wanted}:
    return_large_blocks()
arrays = [np.ones(3_000_000 // 8) for _ in range(40)]
del arrays[20:]  # mapped by themselves: glibc now thinks that such blocks are for the heap
more = [np.ones(3_000_000 // 8) for _ in range(20)]
pinned = [bytearray(200_000)]
before = MemorySeen.now().resident
del more, arrays
print((before - MemorySeen.now().resident) // 1_000_000)
"""


def returned(*, wanted: bool) -> int:
    """Megabytes that are resident no more, of 120."""
    words = [sys.executable, "-c", _GROW_AND_SHRINK.format(wanted=wanted)]
    return int(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def test_large_blocks_leave_at_once() -> None:
    kept_back = returned(wanted=False)
    assert returned(wanted=True) >= 110 > kept_back
