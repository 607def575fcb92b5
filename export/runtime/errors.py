"""The errors that cross the border of the device runtime."""


class BundleError(ValueError):
    """A file is not a bundle that this version can run; the message says why and what to do."""


class WorkerError(RuntimeError):
    """The supervised process could not answer, even after it was started again."""


class WorkerLostError(WorkerError):
    """Each process that was asked died of it, or hung."""
