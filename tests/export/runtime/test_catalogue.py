"""Names and paths to bundles."""

import pytest

from export.runtime import catalogue
from export.runtime.catalogue import find_bundle, list_bundles, open_bundle
from export.runtime.engine import Engine
from export.runtime.errors import BundleError


@pytest.fixture
def shipped(tmp_path, monkeypatch, classifier, embedder):
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "mood.tflite").write_bytes(classifier.seal())
    (folder / "near.tflite").write_bytes(embedder.seal())
    monkeypatch.setattr(catalogue, "SHIPPED", folder)
    return folder


def test_shipped_bundles_are_listed_with_their_hashes(shipped):
    mood, near = list_bundles()
    assert (mood.name, mood.task, near.name, near.task) == (
        "mood",
        "classification",
        "near",
        "embedding",
    )
    assert mood.sha256 == open_bundle("mood").sha256
    assert mood.size == mood.path.stat().st_size
    assert mood.to_dict()["path"] == str(shipped / "mood.tflite")


def test_a_name_or_a_path_is_found(shipped, monkeypatch):
    monkeypatch.chdir(shipped)
    assert find_bundle("mood") == shipped / "mood.tflite"
    assert find_bundle("mood.tflite").resolve() == shipped / "mood.tflite"
    assert find_bundle(shipped / "near.tflite") == shipped / "near.tflite"
    with Engine.open("mood") as engine:
        assert engine.metadata.name == "tiny-classification"


@pytest.mark.parametrize("name", ["nobody", "../shipped/mood", "", "mood.tflite"])
def test_what_is_not_there_names_what_is(shipped, name, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    if name == "":
        with pytest.raises(BundleError):
            open_bundle(name)  # the folder itself
        return
    with pytest.raises(BundleError, match="shipped: mood, near"):
        find_bundle(name)


@pytest.mark.parametrize("name", ["~nobody-of-that-name/x.tflite", "x" * 5000])
def test_what_cannot_be_looked_for_is_a_bundle_error(shipped, name):
    with pytest.raises(BundleError, match="cannot be looked for"):
        find_bundle(name)


def test_a_damaged_shipped_bundle_is_named(shipped):
    path = shipped / "mood.tflite"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BundleError, match=r"mood\.tflite"):
        open_bundle("mood")
    with pytest.raises(BundleError, match=r"mood\.tflite"):
        list_bundles()
