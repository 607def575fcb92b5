"""Models of other programs are refused by what they are; nothing in them ever runs."""

import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from export.runtime.catalogue import find_bundle
from export.runtime.errors import BundleError
from export.runtime.worker import Worker

ROOT = Path(__file__).parents[2]
SECONDS = 60


class Payload:
    """Makes a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self):
        return Path.touch, (self._mark,)


@pytest.fixture
def hostile(tmp_path):
    """Files that run code in programs that load what their names say, and what they would make."""
    mark = tmp_path / "it ran"
    pickled = pickle.dumps(Payload(mark))
    layer = f'{{"class_name": "Lambda", "config": {{"function": "open({str(mark)!r}, \'w\')"}}}}'
    archive = tmp_path / "hostile.keras"
    with zipfile.ZipFile(archive, "w") as stream:
        stream.writestr("config.json", layer)
        stream.writestr("metadata.json", '{"keras_version": "3.0.0"}')
        stream.writestr("model.weights.h5", b"\x89HDF\r\n\x1a\n" + pickled)
    (tmp_path / "hostile.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + layer.encode() + pickled)
    (tmp_path / "hostile.pkl").write_bytes(pickled)
    (tmp_path / "hostile.tflite").write_bytes(archive.read_bytes())
    (tmp_path / "named.tflite").write_bytes(pickled)
    return sorted(path for path in tmp_path.iterdir()), mark


def test_no_other_kind_of_model_is_loaded(hostile):
    files, mark = hostile
    assert len(files) == 5
    with Worker(find_bundle("sentiment-en")) as worker:
        worker.ready.result(SECONDS)
        for path in files:
            with pytest.raises(BundleError, match=r"not a \.tflite file"):
                worker.open(path).result(SECONDS)
        (verdict,) = worker.submit("classify", ["A good film."]).result(SECONDS)
        assert verdict.label is not None and worker.restarts == 0
    assert not mark.exists()


def test_what_could_load_them_is_not_even_imported():
    code = (
        "import sys, desktop_app.application, export.runtime.engine\n"
        "import export.runtime.worker_process\n"
        "print(sorted({'tensorflow', 'keras', 'h5py', 'torch', 'joblib', 'dill'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
