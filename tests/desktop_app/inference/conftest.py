import pytest

from desktop_app.inference.worker_requests import WorkerRequests


@pytest.fixture
def requests(qapp, started, worker):
    """Requests to the fixture `worker` of the test's own file."""
    requests = WorkerRequests()
    requests.replace(started(worker))
    yield requests
    requests.close()
