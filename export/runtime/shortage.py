"""What a machine may run out of while it works: that is no mistake of the user's."""

from __future__ import annotations

import errno

_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def shortage(error: BaseException) -> str | None:
    """One line on the memory or the room on the disk that was lacking; None: it was neither.

    Args:
        error: that ended the work. Of one that says it in other words ("Cannot write ..."), the
            cause counts.
    """
    if isinstance(error, MemoryError):
        return _memory(str(error))
    if not isinstance(error, OSError):
        return None
    cause = error
    if cause.errno is None and isinstance(cause.__cause__, OSError):
        cause = cause.__cause__
    if cause.errno == errno.ENOMEM:
        return _memory(cause.strerror)
    if cause.errno in _DISK:
        place = f" at {cause.filename}" if cause.filename else ""
        return f"The disk is full{place} ({cause.strerror}). Make room and run it again."
    return None


def _memory(detail: str | None) -> str:
    known = f" ({detail.removesuffix('.')})" if detail else ""
    return f"The memory is not enough{known}. Close other programs, or ask for less at once."
