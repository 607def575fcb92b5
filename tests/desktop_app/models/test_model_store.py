import pytest

from desktop_app.models.model_store import ModelStore

NAME = "tickets-0123456789ab.tflite"


def test_files_are_found_by_their_folder_and_name(tmp_path):
    store = ModelStore(tmp_path / "models")
    assert store.added() == () and store.bundles("classification") == ()
    for path in (f"classification/{NAME}", f"embedding/{NAME}", "classification/other.tflite"):
        (tmp_path / "models" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "models" / path).write_bytes(b"x")
    (tmp_path / "models" / "embedding" / f"folder-{'0' * 12}.tflite").mkdir()
    assert store.bundles("classification") == (str(tmp_path / "models" / "classification" / NAME),)
    assert len(store.added()) == 2
    assert [path.stem for path in store.shipped()] == [
        "embedding-en",
        "embedding-zh",
        "sentiment-en",
        "sentiment-zh",
    ]


def test_only_an_added_file_is_removed(tmp_path):
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    own = shipped / NAME
    own.write_bytes(b"x")
    store = ModelStore(tmp_path / "models", shipped=shipped)
    for path in (own, shipped / ".." / "shipped" / NAME, tmp_path / "elsewhere.tflite"):
        with pytest.raises(ValueError, match="not added here"):
            store.remove(path)
    assert own.exists()
    place = store.place_for(task="embedding", name="tickets", sha256="0123456789ab" + "c" * 52)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"x")
    store.remove(place)
    assert not place.exists()


def test_what_a_killed_copy_left_is_swept(tmp_path):
    store = ModelStore(tmp_path)
    folder = tmp_path / "classification"
    folder.mkdir()
    for name in (NAME, f".{NAME}.0011223344ff.part"):
        (folder / name).write_bytes(b"x")
    store.sweep()
    assert [path.name for path in folder.iterdir()] == [NAME]
