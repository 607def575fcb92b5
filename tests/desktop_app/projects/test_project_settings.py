"""A project from elsewhere may hold settings of any kind."""

import contextlib
import json
import sqlite3

import pytest

from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.projects.project_settings import MOST_BYTES


def forge(path, value):
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT OR REPLACE INTO settings VALUES ('odd', ?)", (value,))


@pytest.mark.parametrize(
    ("value", "detail"),
    [
        ('"' + "x" * MOST_BYTES + '"', "settings of 16,"),
        ("[" * 200_000, "settings that are no JSON"),
        ("9" * 5_000, "settings that are no JSON"),
        ("{", "settings that are no JSON"),
    ],
    ids=["too large", "too deep", "a number without end", "half"],
)
def test_forged_settings_are_told_as_damage(tmp_path, value, detail):
    path = tmp_path / "a.bertproject"
    Project.create(path).close()
    forge(path, value)
    with Project.open(path) as project, pytest.raises(ProjectError, match=detail) as caught:
        project.settings()
    assert caught.value.reason == "damaged"


def test_settings_are_kept_beside_each_other(tmp_path):
    path = tmp_path / "a.bertproject"
    with Project.create(path) as project:
        project.store_settings({"a": [1, None], "b": "\udcff"})
        project.store_settings({"a": {"c": True}})
    with Project.open(path) as project:
        assert project.settings() == {"a": {"c": True}, "b": "\udcff"}
        assert project.settings("b", "none") == {"b": "\udcff"}
    with contextlib.closing(sqlite3.connect(path)) as connection:
        stored = dict(connection.execute("SELECT name, value FROM settings"))
    assert json.loads(stored["a"]) == {"c": True}
