"""The most memory that this process ever had in its hands."""

from __future__ import annotations

import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak_memory() -> int:
    """Bytes that were resident at most since this program was started.

    On Linux the kernel's `VmHWM`: `ru_maxrss` would count the process that started this one.

    Raises:
        OSError: if the system does not tell.
    """
    if sys.platform == "win32":
        return _windows_peak()
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise OSError(f"{_STATUS} tells no VmHWM, so the peak memory is not known here.")


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = [
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            *(
                (name, ctypes.c_size_t)
                for name in (
                    "PeakWorkingSetSize",
                    "WorkingSetSize",
                    "QuotaPeakPagedPoolUsage",
                    "QuotaPagedPoolUsage",
                    "QuotaPeakNonPagedPoolUsage",
                    "QuotaNonPagedPoolUsage",
                    "PagefileUsage",
                    "PeakPagefileUsage",
                )
            ),
        ]

    def _windows_peak() -> int:
        counters = _Counters(cb=ctypes.sizeof(_Counters))
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        ask = kernel.K32GetProcessMemoryInfo
        ask.argtypes = (wintypes.HANDLE, ctypes.POINTER(_Counters), wintypes.DWORD)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        if not ask(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb):
            raise OSError(f"Windows tells no peak memory: error {ctypes.get_last_error()}.")
        return int(counters.PeakWorkingSetSize)
