"""Sizes as people write them."""

from __future__ import annotations

import pytest

from export.pareto.byte_size import megabytes, parse_byte_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("16MB", 16_000_000),
        ("16 MiB", 16_777_216),
        ("15.5mib", 16_252_928),
        ("900kB", 900_000),
        ("1 GB", 10**9),
        ("12B", 12),
    ],
)
def test_units(text: str, size: int) -> None:
    assert parse_byte_size(text) == size


@pytest.mark.parametrize(
    "text", ["16", "MB", "0MB", "-3MB", "1e3MB", "16 M", "16 MBs", "nanMB", ""]
)
def test_what_is_no_size_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="such as 16MB"):
        parse_byte_size(text)


def test_small_files_keep_their_digits() -> None:
    assert (megabytes(22_943_000), megabytes(41_600)) == ("22.9 MB", "0.042 MB")
