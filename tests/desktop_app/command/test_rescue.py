import pytest

from desktop_app.__main__ import main
from desktop_app.documents.table_row import TableRow
from desktop_app.projects.project import Project
from desktop_app.projects.source_identity import SourceIdentity


def make_project(path):
    with Project.create(path) as project:
        document = project.add_document(
            path=None,
            source=SourceIdentity(size=1, modified_ns=1, fingerprint="f"),
            columns=["text"],
            text_column=0,
            options={},
        )
        rows = [TableRow(cells=(f"text {n} " + "x" * 400,)) for n in range(500)]
        project.append_rows(document.id, rows)
        project.finish_document(document.id)
        project.correct_labels([1, 2], "good")


def test_a_damaged_project_is_saved_into_a_new_one(tmp_path, capsys):
    path, target = tmp_path / "broken.bertproject", tmp_path / "saved.bertproject"
    make_project(path)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(content)
    assert main(["rescue", str(path), "--output", str(target)]) == 0
    told = capsys.readouterr().out
    with Project.open(target) as project:
        kept = project.documents()[0].row_count
    assert 400 < kept <= 500
    assert f"{kept} rows and 2 labels; {500 - kept} rows are lost" in told
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [(None, 2, "cannot be read"), (b"", 1, "rescue: "), (b"no database" * 999, 1, "rescue: ")],
)
def test_what_holds_nothing_leaves_no_file(tmp_path, capsys, content, code, said):
    path, target = tmp_path / "a.bertproject", tmp_path / "b.bertproject"
    if content is not None:
        path.write_bytes(content)
    assert main(["rescue", str(path), "--output", str(target)]) == code
    assert said in capsys.readouterr().err and not target.exists()


def test_a_project_that_is_there_is_not_replaced(tmp_path, capsys):
    path, target = tmp_path / "a.bertproject", tmp_path / "b.bertproject"
    make_project(path)
    target.write_bytes(b"mine")
    assert main(["rescue", str(path), "--output", str(target)]) == 2
    assert "b.bertproject" in capsys.readouterr().err and target.read_bytes() == b"mine"
