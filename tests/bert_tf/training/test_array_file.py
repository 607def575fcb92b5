import tracemalloc
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest

from bert_tf.training.array_file import DamagedArraysError, read_arrays, write_arrays


def test_every_kind_of_number_comes_back_bit_by_bit(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    arrays = {
        "float": rng.normal(size=(3, 4)).astype(np.float32),
        "turned": rng.normal(size=(3, 4)).T,
        "bfloat16": rng.normal(size=7).astype(ml_dtypes.bfloat16),
        "big-endian": np.arange(5, dtype=">i8"),
        "state": rng.integers(0, 2**32, 6, dtype=np.uint32),
        "done": np.asarray(True),
        "empty": np.zeros((0, 3), np.float16),
        "special": np.asarray([np.nan, -np.inf, -0.0]),
    }
    entries, digest = write_arrays(tmp_path / "a", arrays)
    again = read_arrays(tmp_path / "a", entries, digest)
    assert list(again) == list(arrays)
    for name, array in arrays.items():
        assert again[name].dtype == array.dtype.newbyteorder("=")
        np.testing.assert_array_equal(again[name], array)
    assert np.signbit(again["special"][2])


def test_no_second_copy_is_made(tmp_path: Path) -> None:
    arrays = {"w": np.ones((2500, 4000), np.float32)}  # 40 MB
    tracemalloc.start()
    entries, digest = write_arrays(tmp_path / "a", arrays)
    written = tracemalloc.get_traced_memory()[1]
    read_arrays(tmp_path / "a", entries, digest)
    read = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert written < 1e6
    assert read < 41e6


def test_objects_and_text_are_refused(tmp_path: Path) -> None:
    for array in (np.asarray(["text"]), np.asarray([{}], object)):
        with pytest.raises(ValueError, match="must hold numbers"):
            write_arrays(tmp_path / "a", {"w": array})


def test_a_file_of_another_length_takes_no_memory(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1234")
    entry = {"name": "w", "dtype": "float64", "shape": [10**15]}
    with pytest.raises(DamagedArraysError, match="must have 8000000000000000 bytes, it has 4"):
        read_arrays(tmp_path / "a", [entry], "0" * 64)  # type: ignore[list-item]
