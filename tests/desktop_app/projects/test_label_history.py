import pytest

from desktop_app.projects import label_history
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError

TEXTS = ["a", "b", "c", "d"]


def labels(project: Project) -> list[str | None]:
    return [row.corrected for row in project.rows([1, 2, 3, 4], {})]


def test_undo_and_redo_survive_closing(path, steps):
    with Project.create(path) as project:
        steps.imported(project, TEXTS)
        project.correct_label(1, "good")
        project.correct_labels([1, 2, 3], "bad")
        project.correct_label(2, None)
        assert project.undo_steps() == (3, 0)
    with Project.open(path) as project:
        assert labels(project) == ["bad", None, "bad", None]
        change = project.undo()
        assert (change.rows, change.given) == ((2,), ("bad",))
        assert labels(project) == ["bad", "bad", "bad", None]
        project.undo()
        assert labels(project) == ["good", None, None, None]
    with Project.open(path) as project:
        assert project.undo_steps() == (1, 2)
        project.redo()
        assert labels(project) == ["bad", "bad", "bad", None]
        project.undo()
        project.undo()
        assert labels(project) == [None] * 4
        assert project.undo() is None
        for _ in range(3):
            project.redo()
        assert project.redo() is None
        assert labels(project) == ["bad", None, "bad", None]


def test_a_new_correction_ends_what_could_be_done_again(project, steps):
    steps.imported(project, TEXTS)
    project.correct_label(1, "good")
    project.undo()
    project.correct_label(2, "bad")
    assert project.redo() is None and project.undo_steps() == (1, 0)
    assert labels(project) == [None, "bad", None, None]


def test_only_so_many_commands_are_kept(project, steps, monkeypatch):
    monkeypatch.setattr(label_history, "MOST_COMMANDS", 3)
    steps.imported(project, TEXTS)
    for number in range(5):
        project.correct_label(1, f"label {number}")
    assert project.undo_steps() == (3, 0)
    while project.undo() is not None:
        pass
    assert labels(project)[0] == "label 1"


def test_impossible_corrections_change_nothing(project, steps, monkeypatch):
    steps.imported(project, TEXTS)
    with pytest.raises(ProjectError, match="no row 99"):
        project.correct_labels([1, 99], "good")
    with pytest.raises(ProjectError, match="needs a name"):
        project.correct_label(1, " ")
    monkeypatch.setattr(label_history, "MOST_ROWS", 2)
    with pytest.raises(ProjectError, match="At most 2 rows"):
        project.correct_labels([1, 2, 3], "good")
    assert labels(project) == [None] * 4 and project.undo_steps() == (0, 0)
