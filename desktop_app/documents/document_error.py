"""Why a document cannot be read."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "missing",  # no such file, no permission, a device
    "not a document",  # none of the kinds that are read, or damaged
    "too large",  # a bomb, or beyond what its kind allows
    "no memory",  # reading it took more than the reader may have
    "changed",  # the file changed or vanished while it was read
    "options",  # an encoding or a sheet that does not exist
    "reader",  # the process that read it died or hung
    "cancelled",
]


class DocumentError(ValueError):
    """A document that cannot be read: what was wrong, what was received, what to do.

    Attributes:
        reason: the kind of trouble, for a message in the reader's language.
    """

    def __init__(self, message: str, *, reason: Reason = "not a document") -> None:
        self.reason: Reason = reason
        super().__init__(message)
