"""A new project judged by one bundle, while others make theirs."""

import sqlite3
from pathlib import Path

import pytest

from desktop_app.analysis.bundle_routes import BundleRoutes
from desktop_app.inference import new_project
from desktop_app.inference.new_project import make_project
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError

REVIEWS = Path("/data/reviews.csv")


def routes(_bundle):
    return BundleRoutes(bundles={}, provenance=())


@pytest.fixture
def somebody_else(tmp_path, monkeypatch):
    """Makes a project of the name that was free a moment ago."""
    find = new_project.new_project_path

    def too_late(folder, document):
        path = find(folder, document)
        Project.create(path).close()
        return path

    monkeypatch.setattr(new_project, "new_project_path", too_late)


def test_a_project_that_somebody_else_made_meanwhile_stays(tmp_path, somebody_else):
    with pytest.raises(ProjectError) as told:
        make_project(tmp_path, REVIEWS, "topics", routes)
    assert told.value.reason == "exists"
    with Project.open(tmp_path / "reviews.bertproject") as theirs:
        assert theirs.documents() == ()


def test_what_sqlite_says_is_told_and_nothing_is_left(tmp_path):
    def taken_away(_bundle):
        raise sqlite3.OperationalError("no such table: documents")

    with pytest.raises(ProjectError, match=r"no such table: documents\. Choose"):
        make_project(tmp_path, REVIEWS, "topics", taken_away)
    assert list(tmp_path.glob("*.bertproject*")) == []
