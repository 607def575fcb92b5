import pytest

from desktop_app.analysis.recent_projects import NAME, RecentProjects


def test_the_latest_comes_first_and_those_that_are_gone_are_left_out(tmp_path):
    paths = [tmp_path / f"{name}.bertproject" for name in ("a", "项目", "c")]
    recent = RecentProjects(tmp_path / "data")
    for path in (*paths, paths[0]):
        path.touch()
        recent.add(path)
    assert RecentProjects(tmp_path / "data").paths == (paths[0], paths[2], paths[1])
    paths[2].unlink()
    assert recent.paths == (paths[0], paths[1])


@pytest.mark.parametrize("content", [b"", b"{", b"[1, null]", b'{"a": 1}', b'["a\\u0000b"]'])
def test_a_damaged_list_is_empty(tmp_path, content):
    (tmp_path / NAME).write_bytes(content)
    assert RecentProjects(tmp_path).paths == ()


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path):
    (tmp_path / "file").touch()
    recent = RecentProjects(tmp_path / "file")
    path = tmp_path / "a.bertproject"
    path.touch()
    recent.add(path)
    assert recent.paths == (path,)
