import csv
import io
import json

import numpy as np
import pytest
from fake_analysis import fake_routes
from undisturbed import Undisturbed

from desktop_app.analysis.judging_job import JudgingJob
from desktop_app.analysis.project_export import ExportWish, export
from desktop_app.analysis.project_results import ProjectResults
from desktop_app.results.result_error import ResultError, ResultsCancelledError
from desktop_app.results.write_options import WriteOptions

ROUTES = fake_routes(None)
TEXTS = ["It was a good film.", "质量很好", "  ", "Der Film war langweilig, schade um das Geld."]


@pytest.fixture
def judged(project, put, shelf):
    put(project, TEXTS)
    JudgingJob(project, ROUTES, shelf, Undisturbed(), stored=lambda _: None).run()
    project.correct_label(2, "negative")
    return project


def results(project, places=None):
    return ProjectResults(project, ROUTES, project.columns(ROUTES.routing), places)


def written(project, path, **options):
    export(
        results(project),
        ExportWish(path=path, options=WriteOptions()),
        project=project.path,
        progress=lambda _: None,
        cancelled=options.get("cancelled", lambda: False),
    )
    return path.read_bytes()


def test_rows_carry_all_that_is_known(judged):
    table = results(judged)
    english, chinese, blank, german = table.rows()
    assert table.table.columns == ("n", "text") and table.table.text_column == "text"
    assert english.cells == ("0", TEXTS[0]) and english.status == "ok"
    assert len(english.scores) == len(table.table.labels) == 5
    assert english.label == table.table.labels[int(np.argmax(english.scores))]
    assert chinese.corrected == "negative" and chinese.language == "zh"
    shown = dict(zip(table.table.labels, chinese.scores, strict=True))
    assert shown["positive"] > shown["negative"] and np.isnan(shown["very positive"])
    assert (blank.status, blank.label, blank.language) == ("blank", None, "")
    assert (german.status, german.language) == ("unsupported language", "de")


def test_rows_that_wait_say_so(project, put):
    put(project, TEXTS)
    assert [row.status for row in results(project).rows()] == ["waiting"] * 4


def test_chosen_rows_in_their_order(judged):
    found = list(results(judged, np.array([3, 0])).rows())
    assert [row.cells[0] for row in found] == ["3", "0"]


def test_documents_with_other_columns_share_one_table(judged, put):
    second = judged.add_document(
        path=put(judged, ["It was bad."], "b.csv").path,
        source=judged.documents()[0].source,
        columns=("comment", "n", "text"),
        text_column=0,
        options={"sheet": "2"},
    )
    from desktop_app.documents.table_row import TableRow

    judged.append_rows(second.id, [TableRow(("Good.", "9", "note"))])
    table = results(judged)
    assert table.table.columns == ("file", "n", "text", "text (2)")
    last = list(table.rows())[-1]
    assert last.cells == ("b.csv", "9", "Good.", "note")


def test_a_csv_and_json_lines_of_a_project(judged, tmp_path):
    content = written(judged, tmp_path / "结果.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["text"] for row in rows] == TEXTS
    lines = written(judged, tmp_path / "r.jsonl").decode().splitlines()
    assert len(lines) == 4 and all(json.loads(line) for line in lines)


def test_a_report_of_a_project(judged, tmp_path):
    path = tmp_path / "r.html"
    export(
        results(judged),
        ExportWish(path=path, options=WriteOptions(), report=True, language="zh_CN"),
        project=judged.path,
        progress=lambda _: None,
        cancelled=lambda: False,
    )
    content = path.read_text(encoding="utf-8")
    assert "sentiment-zh" in content and "e" * 64 in content and 'lang="zh-CN"' in content


def test_the_project_is_not_written_over_and_a_cancelled_file_is_not_there(judged, tmp_path):
    trap = tmp_path / "trap.csv"
    trap.symlink_to(judged.path)
    with pytest.raises(ResultError, match="would destroy"):
        written(judged, trap)
    with pytest.raises(ResultsCancelledError):
        written(judged, tmp_path / "no.csv", cancelled=lambda: True)
    assert not (tmp_path / "no.csv").exists()
    judged.check()
