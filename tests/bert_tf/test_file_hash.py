"""The hash of a file, in the two layers that cannot share one function."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

import bert_tf.file_hash
import export.runtime.file_hash


@pytest.mark.parametrize(
    "file_sha256", [bert_tf.file_hash.file_sha256, export.runtime.file_hash.file_sha256]
)
def test_a_file_has_the_hash_of_its_content(
    file_sha256: Callable[[Path], str], tmp_path: Path
) -> None:
    path = tmp_path / "file"
    for content in (b"", b"abc", bytes(range(256)) * 5000):  # more than is read at once
        path.write_bytes(content)
        assert file_sha256(path) == sha256(content).hexdigest()
    with pytest.raises(FileNotFoundError):
        file_sha256(tmp_path / "gone")
