"""Files of every kind at places with odd names: nothing native ever gets a path."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "documents"))  # for make_documents

from make_documents import make_docx, make_pdf, make_xlsx

from desktop_app.documents.parser_process import ParserProcess
from desktop_app.documents.table_row import TableRow
from desktop_app.projects.project import Project
from desktop_app.projects.source_identity import SourceIdentity
from desktop_app.results.result_row import ResultRow, ResultTable
from desktop_app.results.write_results import write_results
from export.runtime.catalogue import find_bundle
from export.runtime.worker import Worker

FOLDERS = {
    "chinese and spaces": "我的 文档/模型 文件",
    "emoji": "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467/\U0001f4c1",
    "signs": "a'b\"c%20#?&;$(x)[1]{2}",
    "long": "/".join(["x" * 80] * 4),  # with what stands before, more than 260 characters
    "of a server": "share",  # with two slashes before it, as names of servers have
}


@pytest.fixture(params=list(FOLDERS))
def folder(request, tmp_path):
    made = tmp_path / FOLDERS[request.param]
    made.mkdir(parents=True)
    if request.param == "long":
        assert len(str(made)) > 260
    return Path(f"/{made}") if request.param == "of a server" else made


def test_documents_are_read(folder):
    samples = Path(__file__).parent / "documents" / "samples"
    (folder / "表 \U0001f600.csv").write_text("id,text\n1,good\n", encoding="utf-8")
    make_xlsx(folder / "表.xlsx", {"one": [["id", "text"], ["1", "good"]]})
    make_docx(folder / "文.docx", "<w:p><w:r><w:t>good</w:t></w:r></w:p>")
    make_pdf(folder / "书.pdf", [["good"]])
    shutil.copy(samples / "table.xls", folder / "旧.xls")
    with ParserProcess() as parser:
        for path in folder.iterdir():
            rows = list(parser.rows(path))
            assert rows and all(row.status == "ok" for row in rows), path


def test_a_model_opens_and_judges(folder):
    path = folder / "我的 模型 \U0001f600.tflite"
    shutil.copy(find_bundle("sentiment-en"), path)
    with Worker(path) as worker:
        (verdict,) = worker.submit("classify", ["A good film."]).result(60)
        assert verdict.label in worker.metadata.labels


def test_projects_and_results_are_written_and_found_again(folder):
    path = folder / "答案 \U0001f600.bertproject"
    with Project.create(path) as project:
        document = project.add_document(
            path=folder / "a.csv", source=SourceIdentity(size=1), columns=("text",),
            text_column=0, options={},
        )  # fmt: skip
        project.append_rows(document.id, [TableRow(("good",))])
    with Project.open(path) as project:
        assert project.documents()[0].path == str(folder / "a.csv")
    table = ResultTable(columns=("text",), text_column="text", labels=("a",), provenance=())
    for form in ("csv", "xlsx", "jsonl"):
        place = folder / f"结果 \U0001f600.{form}"
        assert write_results(
            place, table, [ResultRow(("x",), "ok", "a", (1.0,), None, "en", False)]
        )
        assert place.stat().st_size > 20
