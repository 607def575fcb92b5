"""What can go wrong while a model is converted."""

from __future__ import annotations


class ExportError(RuntimeError):
    """A model that cannot become a bundle, or a bundle that is not what it should be."""
