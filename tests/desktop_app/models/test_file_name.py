import pytest

from desktop_app.models.file_name import is_stored_name, shown_name, stored_file_name

SHA = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("tickets", "tickets-0123456789ab.tflite"),
        ("工单 分类", "工单 分类-0123456789ab.tflite"),
        ("../../etc/passwd", "_.._etc_passwd-0123456789ab.tflite"),
        ("...", "model-0123456789ab.tflite"),
        ("a\0b\ud800:c", "a_b__c-0123456789ab.tflite"),
    ],
)
def test_any_name_becomes_that_of_a_file(tmp_path, name, stored):
    assert stored_file_name(name, SHA) == stored
    assert is_stored_name(stored)
    (tmp_path / stored).write_bytes(b"")
    assert [path.name for path in tmp_path.iterdir()] == [stored]


def test_a_long_name_is_cut_between_characters(tmp_path):
    stored = stored_file_name("很" * 500, SHA)
    assert stored == "很" * 26 + "-0123456789ab.tflite"
    (tmp_path / f".{stored}.0123456789ab.part").write_bytes(b"")


@pytest.mark.parametrize(
    ("bundle", "shown"),
    [
        ("sentiment-en", "sentiment-en"),
        ("/home/me/own.tflite", "own.tflite"),
        ("/data/models/classification/tickets-0123456789ab.tflite", "tickets (012345)"),
    ],
)
def test_a_list_shows_names_and_tells_equal_ones_apart(bundle, shown):
    assert shown_name(bundle) == shown


def test_other_names_are_not_ours():
    for name in ("tickets.tflite", "tickets-0123456789AB.tflite", "-0123456789ab.tflite"):
        assert not is_stored_name(name)
