import json

import pytest

from desktop_app.settings import Settings, SettingsFile


def test_settings_come_back(tmp_path):
    stored = SettingsFile(tmp_path / "deep" / "settings.json")
    stored.save(Settings(language="zh_CN", appearance="dark"))
    assert stored.load() == Settings(language="zh_CN", appearance="dark")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["settings.json"]


DAMAGED = {
    "empty": b"",
    "cut": b'{"language": "zh_',
    "a list": b"[]",
    "no text": b"\xff\xfe\x00",
    "deep": b"[" * 60_000,
    "huge": b'{"language": "' + b"x" * 200_000 + b'"}',
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_kept_aside_and_told_once(tmp_path, content):
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    stored = SettingsFile(path)
    assert stored.load() == Settings()
    assert stored.damaged == tmp_path / "settings.json.damaged"
    assert stored.damaged.read_bytes() == content
    stored.save(Settings(language="en"))
    again = SettingsFile(path)
    assert again.load() == Settings(language="en")
    assert again.damaged is None


@pytest.mark.parametrize("value", ['"xx"', "3", "null", "[]", '{"a": 1}'])
def test_a_value_that_makes_no_sense_costs_only_itself(tmp_path, value):
    path = tmp_path / "settings.json"
    path.write_text(f'{{"language": {value}, "appearance": "dark"}}')
    stored = SettingsFile(path)
    assert stored.load() == Settings(appearance="dark")
    assert stored.damaged is None


def test_what_a_newer_version_added_is_kept(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{"zoom": {"page": 2}, "language": "en", "sound": "\u97f3"}', encoding="utf-8")
    stored = SettingsFile(path)
    stored.load()
    stored.save(Settings(language="zh_CN"))
    assert json.loads(path.read_text()) == {
        "zoom": {"page": 2}, "sound": "\u97f3", "language": "zh_CN", "appearance": "system",
    }  # fmt: skip


def test_a_crash_while_saving_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "settings.json"
    stored = SettingsFile(path)
    stored.save(Settings(language="en"))

    def power_cut(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", power_cut)
    with pytest.raises(KeyboardInterrupt):
        stored.save(Settings(language="zh_CN"))
    assert stored.load() == Settings(language="en")
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]


def test_a_place_that_cannot_be_written_is_no_trouble(tmp_path):
    (tmp_path / "file").write_text("")
    SettingsFile(tmp_path / "file" / "settings.json").save(Settings())
    SettingsFile(None).save(Settings())
    assert SettingsFile(None).load() == Settings()
