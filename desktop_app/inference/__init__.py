"""The Qt side of the worker process: requests with ids, answers as signals."""
