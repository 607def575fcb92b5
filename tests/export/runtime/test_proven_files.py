"""What was proven is remembered for one place, and nothing breaks where it cannot be."""

import json
import sys
from pathlib import Path

import pytest

from export.runtime import proven_files
from export.runtime.proven_files import ProvenFiles, proven_files_path


def test_a_hash_is_known_where_it_was_proven(tmp_path):
    path = tmp_path / "new" / "proven.json"
    here, there = ProvenFiles(path, "LiteRT 2 on this"), ProvenFiles(path, "LiteRT 3 on this")
    assert "a" not in here
    here.add("a")
    assert "a" in here and "a" in ProvenFiles(path, "LiteRT 2 on this")
    assert "b" not in here and "a" not in there
    there.add("a")
    there.add("a")
    assert "a" in here and "a" in there
    assert json.loads(path.read_bytes()) == {"a": ["LiteRT 2 on this", "LiteRT 3 on this"]}
    assert [file.name for file in path.parent.iterdir()] == ["proven.json"]


def test_the_oldest_go_first(tmp_path, monkeypatch):
    monkeypatch.setattr(proven_files, "_MOST_FILES", 2)
    known = ProvenFiles(tmp_path / "proven.json", "here")
    for sha256 in ("a", "b", "a", "c"):
        known.add(sha256)
    assert ["a" in known, "b" in known, "c" in known] == [True, False, True]


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"5", b"\xff", b"[" * 100_000, b'{"a": 5}', b'{"a": "here"}'),
        *(b'{"a": [["here"], 5]}', b" " * (2 << 20) + b"{}"),
    ],
    ids=lambda content: repr(content[:20]),
)
def test_a_damaged_file_knows_nothing_and_is_replaced(tmp_path, content):
    path = tmp_path / "proven.json"
    path.write_bytes(content)
    known = ProvenFiles(path, "here")
    assert "a" not in known
    known.add("a")
    assert "a" in known


def test_a_place_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").write_bytes(b"in the way")
    for path in (tmp_path / "file" / "proven.json", tmp_path, None):
        known = ProvenFiles(path, "here")
        known.add("a")
        assert "a" not in known


def test_where_it_lies(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert proven_files_path() == tmp_path / "bert-edge" / "proven.json"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")  # counts for nothing
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")
    assert proven_files_path() == tmp_path / ".cache" / "bert-edge" / "proven.json"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert proven_files_path() == tmp_path / "local" / "bert-edge" / "proven.json"
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(Path, "home", no_home)
    assert proven_files_path() is None


def no_home() -> Path:
    raise RuntimeError("Could not determine home directory.")
