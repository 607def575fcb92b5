"""What can be wrong with a place that results are to be written to."""

from __future__ import annotations

CALLED_OFF = "The writing was called off; nothing was written."


class ResultError(ValueError):
    """Results cannot be written there; what was found, and what to do, is in the message.

    Nothing was written under the final name, and nothing of the results is lost.
    """


class ResultsCancelledError(ResultError):
    """The writing was called off; nothing was written under the final name."""
