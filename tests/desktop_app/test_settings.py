import pytest

from desktop_app.settings import Settings, SettingsFile


def test_settings_come_back(tmp_path):
    stored = SettingsFile(tmp_path / "deep" / "settings.json")
    stored.save(Settings(language="zh_CN", appearance="dark"))
    assert stored.load() == Settings(language="zh_CN", appearance="dark")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"language": "xx"}', '{"appearance": 3}'])
def test_nonsense_gives_the_usual_settings(tmp_path, content):
    path = tmp_path / "settings.json"
    path.write_text(content)
    assert SettingsFile(path).load() == Settings()


def test_a_place_that_cannot_be_written_is_no_trouble(tmp_path):
    (tmp_path / "file").write_text("")
    SettingsFile(tmp_path / "file" / "settings.json").save(Settings())
    SettingsFile(None).save(Settings())
    assert SettingsFile(None).load() == Settings()
