"""Bundles of one family by language."""

from export.runtime.bundle_family import SHIPPED, bundles_by_language


def test_members_are_found_by_name_english_first(tmp_path):
    for name in ("mood-zh", "mood-en", "mood-de", "mood", "mood-v2", "mood-EN", "other-en"):
        (tmp_path / f"{name}.tflite").touch()
    (tmp_path / "mood-fr.txt").touch()
    members = bundles_by_language("mood", tmp_path)
    assert list(members.items()) == [("en", "mood-en"), ("de", "mood-de"), ("zh", "mood-zh")]
    assert bundles_by_language("nothing", tmp_path) == {}


def test_english_is_shipped():
    assert (SHIPPED / f"{bundles_by_language('sentiment')['en']}.tflite").is_file()
    assert bundles_by_language("embedding")["en"] == "embedding-en"
