"""A new project that is judged by one bundle from its first row on."""

from __future__ import annotations

from pathlib import Path

from desktop_app.analysis.bundle_routes import RouteMaker
from desktop_app.analysis.new_project_path import new_project_path
from desktop_app.analysis.open_project import OpenProject
from desktop_app.projects.project import Project


def make_project(folder: Path, document: Path, bundle: str, make_routes: RouteMaker) -> Path:
    """Make it and close it; it remembers the bundle.

    Args:
        folder: of the projects; made when needed.
        document: that it is for, and named after.
        bundle: a name or path.
        make_routes: chooses bundles.

    Returns:
        Its path. Nothing is left there if an error is raised.

    Raises:
        ProjectError: if it cannot be made there.
        BundleError, ValueError, OSError: if the bundle cannot be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = new_project_path(folder, document)
    try:
        with Project.create(path) as project:
            OpenProject.of(project, make_routes).use_bundle(bundle, make_routes)
    except BaseException:
        path.unlink(missing_ok=True)  # nothing is in it
        raise
    return path
