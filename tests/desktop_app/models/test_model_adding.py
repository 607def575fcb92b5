import hashlib
import os

import pytest

from desktop_app.models.model_adding import add_model
from desktop_app.models.model_error import ModelError
from desktop_app.models.model_reading import model_entry
from export.runtime.catalogue import find_bundle
from export.runtime.engine import Engine
from export.runtime.errors import BundleError


def add(path, store, expected=""):
    return add_model(path, store, expected=expected, progress=lambda _: None)


def names(store):
    return [path.name for path in store.folder.rglob("*")] if store.folder.exists() else []


def test_a_good_file_is_copied_under_its_name_and_hash(make_bundle, store):
    path, shares = make_bundle(), []
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    entry, fresh = add_model(path, store, expected=sha256, progress=shares.append)
    assert fresh and entry.sha256 == sha256 and entry.origin == "added"
    assert entry.path.name == f"tickets-{sha256[:12]}.tflite"
    assert entry.path.read_bytes() == path.read_bytes()
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert store.bundles("classification") == (entry.bundle,)
    with Engine.open(entry.bundle) as engine:
        assert engine.classify(["很好"])[0].label in ("complaint", "praise")


def test_the_same_file_is_not_copied_twice(make_bundle, store):
    path = make_bundle()
    entry, _ = add(path, store)
    os.utime(entry.path, (1, 1))
    again, fresh = add(path, store)
    assert not fresh and again == entry
    assert entry.path.stat().st_mtime == 1
    shipped, fresh = add(find_bundle("sentiment-zh"), store)
    assert not fresh and shipped.origin == "shipped" and shipped.bundle == "sentiment-zh"
    assert len(store.added()) == 1


def test_a_damaged_copy_is_mended_by_adding_again(make_bundle, store):
    path = make_bundle()
    entry, _ = add(path, store)
    entry.path.write_bytes(path.read_bytes()[:-7])
    assert "cut short" in model_entry(entry.path, "added").fault
    _, fresh = add(path, store)
    assert fresh and model_entry(entry.path, "added").fault == ""


def test_another_file_than_expected_is_refused(make_bundle, store):
    with pytest.raises(ModelError, match=r"another one.*expected 0000"):
        add(make_bundle(), store, expected="0" * 64)
    assert names(store) == []


@pytest.mark.parametrize("place", [0.1, 0.9, 0.995, 0.9999])
def test_one_changed_byte_is_refused_and_leaves_nothing(make_bundle, store, place):
    path = make_bundle()
    content = bytearray(path.read_bytes())
    content[int(place * len(content))] ^= 0x40
    path.write_bytes(content)
    with pytest.raises(BundleError):
        add(path, store)
    assert names(store) == []


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"\0\0\0\0TFL3" + b"x" * 500])
def test_what_is_no_bundle_is_refused(tmp_path, store, content):
    path = tmp_path / "x.tflite"
    path.write_bytes(content)
    with pytest.raises(BundleError):
        add(path, store)
    assert names(store) == []


def test_answers_that_do_not_hold_are_refused(make_bundle, store):
    with pytest.raises(ModelError, match="does not give the answers it was sealed with"):
        add(make_bundle(golden_shift=0.3), store)
    assert names(store) == []


def test_what_is_no_file_is_refused_without_waiting(tmp_path, store):
    pipe = tmp_path / "pipe.tflite"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path):
        with pytest.raises(ModelError, match="is not a file"):
            add(path, store)
    with pytest.raises(FileNotFoundError):
        add(tmp_path / "none.tflite", store)


def test_a_file_of_too_many_bytes_is_refused_before_it_is_read(tmp_path, store):
    path = tmp_path / "huge.tflite"
    with path.open("wb") as stream:
        stream.truncate(3_000_000_000)  # sparse: takes no room
    with pytest.raises(ModelError, match="at most 2,000,000,000"):
        add(path, store)


def test_a_file_that_was_exchanged_is_shown_as_damaged(make_bundle, store):
    entry, _ = add(make_bundle(), store)
    other = make_bundle(name="other")
    entry.path.write_bytes(other.read_bytes())
    assert "not the file that was added" in model_entry(entry.path, "added").fault
    entry.path.unlink()
    assert "cannot be read" in model_entry(entry.path, "added").fault
