"""Whether a path lies on another computer, where SQLite's write-ahead log is unsafe."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW
_KINDS = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone")


def is_network_drive(path: Path, mounts: Path = Path("/proc/self/mounts")) -> bool:
    """True where the drive is known to be another computer's.

    Where the system does not say (macOS), false: SQLite itself then refuses the write-ahead log
    on drives without shared memory.

    Args:
        path: an existing file or folder.
        mounts: where Linux lists its drives.
    """
    place = os.path.realpath(path)
    if sys.platform == "win32":
        import ctypes

        root = os.path.splitdrive(place)[0]
        return root.startswith("\\\\") or (
            ctypes.windll.kernel32.GetDriveTypeW(root + "\\") == _REMOTE
        )
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    best, kind = "", ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        inside = place == point or place.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):  # a later mount hides an earlier one
            best, kind = point, fields[2]
    return kind.startswith(_KINDS)
