"""A new project that is judged by one bundle from its first row on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop_app.analysis.bundle_routes import RouteMaker
from desktop_app.analysis.new_project_path import new_project_path
from desktop_app.analysis.open_project import OpenProject
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError


def make_project(folder: Path, document: Path, bundle: str, make_routes: RouteMaker) -> Path:
    """Make it and close it; it remembers the bundle.

    Args:
        folder: of the projects; made when needed.
        document: that it is for, and named after.
        bundle: a name or path.
        make_routes: chooses bundles.

    Returns:
        Its path. If the bundle cannot be used, nothing is left there.

    Raises:
        ProjectError: if it cannot be made there.
        BundleError, ValueError, OSError: if the bundle cannot be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = new_project_path(folder, document)
    try:
        project = Project.create(path)  # if it fails, what is there is somebody else's
        try:
            with project:
                OpenProject.of(project, make_routes).use_bundle(bundle, make_routes)
        except BaseException:
            path.unlink(missing_ok=True)  # nothing is in it
            raise
    except sqlite3.Error as error:
        raise ProjectError(
            f"Cannot make the project {path}: {error}. Choose a folder where you may write.",
            "drive",
        ) from error
    return path
