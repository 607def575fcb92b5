"""The one error of reading other people's weights."""

from __future__ import annotations


class ForeignWeightsError(ValueError):
    """A folder of weights that cannot be read as a BERT; the message says why."""
