"""Why something could not be done with a bundle."""

from __future__ import annotations


class ModelError(ValueError):
    """The message says what was wrong and what to do."""


class ModelJobCancelledError(Exception):
    """Somebody no longer wants the answer."""


class ModelJobLostError(Exception):
    """The process died, or gave no sign of life; the message says how."""
