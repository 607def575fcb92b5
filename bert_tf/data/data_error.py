"""The one error of data files."""


class DataError(ValueError):
    """A data file that cannot be used; the message names file, line and remedy."""
