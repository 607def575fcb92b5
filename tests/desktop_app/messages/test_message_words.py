"""No room without Qt can say a sentence that the window does not know in Chinese."""

import ast
import errno
import re
from pathlib import Path

import pytest

import desktop_app
from desktop_app.analysis.open_project import OpenProject
from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.open_document import document_rows, preview_document
from desktop_app.documents.read_options import ReadOptions
from desktop_app.language import LanguageSwitch
from desktop_app.messages.message_words import FRAGMENTS, SENTENCES, message_words
from desktop_app.projects.project import Project
from desktop_app.projects.project_error import ProjectError
from desktop_app.results import destination
from desktop_app.results.destination import place_error

APP = Path(desktop_app.__file__).parent
ROOMS = ("analysis", "documents", "models", "projects", "results")
SOURCES = sorted(path for room in ROOMS for path in (APP / room).glob("*.py"))
SAYING = {"DocumentError", "ProjectError", "ResultError", "ResultsCancelledError", "BundleError",
          "Failed", "ModelError", "_tell_fault"}  # fmt: skip
PASSED_ON = {  # what was said elsewhere, and is checked there
    "str(error)", "str(error) or repr(error)", "frame.header['message']", "outcome.cut",
    "changes", "unread", "CALLED_OFF", "str(header['message'])",
    "'\\n'.join(self._faults)",
}  # fmt: skip


def constants(tree: ast.AST) -> dict[str, str]:
    """Texts that have a name."""
    return {
        ast.unparse(node.targets[0]): node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and ast.unparse(node.targets[0]).islower()
    }


def template(node: ast.expr, named: dict[str, str]) -> str | None:
    """A literal or an f-string with numbered places, texts that have a name put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    text, number = "", 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += part.value
        elif ast.unparse(part.value) in named:
            text += named[ast.unparse(part.value)]
        else:
            number += 1
            text += f"%{number}"
    return text


def said_in(path: Path):
    """Each sentence that a file can say, as code and as a template, and where."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if ast.unparse(node.func).split(".")[-1] in SAYING:
            named = [each.value for each in node.keywords if each.arg in ("message",)]
            if ast.unparse(node.func).endswith("Failed"):
                named = [each.value for each in node.keywords if each.arg == "reason"]
            for message in node.args[:1] or named:
                yield message, template(message, constants(tree)), f"{path.name}:{node.lineno}"


def notes_in(path: Path):
    """Each note on a row, and each warning."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name.endswith("TableRow") and len(node.args) == 3:
                yield node.args[2], f"{path.name}:{node.lineno}"
            elif name in ("notes.append", "warnings.append", "found.append", "self.empty"):
                for note in node.args:
                    yield note, f"{path.name}:{node.lineno}"


@pytest.fixture
def chinese(qapp):
    switch = LanguageSwitch(qapp)
    switch.use("zh_CN")
    yield
    switch.remove()


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_every_sentence_of_the_rooms_without_qt_is_known():
    count, unknown = 0, []
    for path in SOURCES:
        for message, text, place in said_in(path):
            count += 1
            known = text in SENTENCES if text is not None else ast.unparse(message) in PASSED_ON
            if not known:
                unknown.append(f"{place}: {text or ast.unparse(message)}")
    assert count > 70
    assert unknown == [], "add them to desktop_app/messages, and their Chinese to the .ts file"


def test_every_note_and_warning_is_known():
    known = {*SENTENCES, *FRAGMENTS}
    found = [
        (template(note, {}), place)
        for path in SOURCES
        if path.parent.name == "documents"
        for note, place in notes_in(path)
    ]
    literal = [(text, place) for text, place in found if text]
    assert len(literal) > 10
    assert [f"{place}: {text}" for text, place in literal if text not in known] == []


def test_nothing_is_translated_that_nobody_says():
    runtime = APP.parent / "export" / "runtime"
    paths = [*SOURCES, *sorted(runtime.glob("*.py")), APP / "inference" / "summary_session.py"]
    said = set()
    for path in paths:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant | ast.JoinedStr):
                said |= set((template(node, named) or "").split("\n"))
    said |= {str(line) for line in destination._WHY.values()}
    assert [text for text in SENTENCES if text not in said] == []


@pytest.mark.parametrize("text", [*SENTENCES, *FRAGMENTS])
def test_each_is_said_in_chinese_with_all_that_it_names(chinese, text):
    numbers = sorted({int(number) for number in re.findall(r"%(\d)", text)})
    named = {number: f"</{number}>名%{number % 3 + 1}" for number in numbers}
    message = re.sub(r"%(\d)", lambda place: named[int(place[1])], text)
    said = message_words(message)
    assert is_chinese(said.replace("名", "")), said
    assert all(said.count(each) == 1 for each in named.values()), said


@pytest.mark.parametrize("text", [*SENTENCES, *FRAGMENTS])
def test_in_english_a_message_stays_as_it_is(qapp, text):
    assert message_words(text) == text


def test_reasons_of_the_system_are_said_in_chinese(chinese):
    for number in (*destination._WHY, errno.ENOTEMPTY):
        error = place_error(Path("/data/结果.csv"), OSError(number, "Odd thing"))
        said = message_words(str(error))
        assert "/data/结果.csv" in said
        assert ("Odd thing" in said) == (number == errno.ENOTEMPTY)
        assert "place" not in said and "name" not in said


def test_what_really_happens_is_said_in_chinese(chinese, tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n1,words\n")
    (tmp_path / ".hidden").touch()
    (tmp_path / "b.gif").touch()
    for warning in preview_document(tmp_path).warnings:
        assert not re.search("[a-z]{4,}", message_words(warning)), warning
    empty = tmp_path / "empty folder"
    empty.mkdir()
    (empty / ".one").touch()
    (empty / "c; d.gif").touch()
    for path, options in (
        (empty, None),
        (tmp_path / "none.csv", None),
        (tmp_path / "a.csv", ReadOptions(encoding="utf-16")),
    ):
        with pytest.raises(DocumentError) as caught:
            preview_document(path, options)
        said = message_words(str(caught.value)).replace(str(path), "")
        assert is_chinese(said) and "hidden" not in said and "No such" not in said
    with pytest.raises(ProjectError) as refused:
        Project.open(tmp_path / "a.csv")
    assert "SQLite 数据库" in message_words(str(refused.value))


def test_notes_on_rows_are_said_in_chinese(chinese, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\n1,质量很好\n1,2,3\n1,x\n".encode() + b"2,\xff\xfe,3\n")
    notes = [row.note for row in document_rows(path) if row.note]
    assert len(notes) == 2 and "; " in notes[1]
    assert message_words(notes[0]) == "2 列对应 3 个单元格"
    assert "；" in message_words(notes[1]) and "cells" not in message_words(notes[1])


def test_several_lines_are_said_one_by_one(chinese, tmp_path):
    made = tmp_path / "a.bertproject"
    with Project.create(made) as project:
        opened = OpenProject(
            project=project,
            routes=None,
            live=None,
            note="The moon is full.\nTexts are judged by their language.",
        )
        lines = message_words(opened.changes()).split("\n")
    assert lines == ["The moon is full.", "文本按其语言判断。"]


def test_the_words_of_a_file_stay_what_they_are(chinese):
    path = "/data/%2 was cancelled. Reading hidden files.csv"
    assert path in message_words(f"Reading {path} was cancelled.")
    assert message_words("The moon is full.") == "The moon is full."


def test_a_hostile_message_costs_no_time(chinese):
    import time

    begun = time.process_time()
    message_words("x has " + " rows and y bytes; at most (" * 100_000)
    message_words("Reading " * 50_000 + "x" + " was cancelled." * 50_000)
    message_words("a: " * 50_000 + "\nb; " * 50_000)
    assert time.process_time() - begun < 1.0


@pytest.mark.parametrize(
    "message",
    [
        "/m/a.tflite: This is not a .tflite file (no bytes). Choose a bundle, a file that "
        "`bert-export build` wrote.",
        "/m/a.tflite: This is not a .tflite file (8 bytes beginning with b'PK'). Choose a bundle, "
        "a file that `bert-export build` wrote.",
        "/m/a.tflite cannot be read: Permission denied.",
        "Rows of the project are missing. Open it again.",
        "'x' has 600 bytes, this computer 500 bytes of memory. Choose a smaller bundle.",
    ],
)
def test_what_is_said_of_a_refused_model_is_chinese(chinese, message):
    words = message_words(message)
    assert is_chinese(words)
    assert not {"file", "(no", "bytes", "read", "rows", "Choose", "denied"} & set(words.split())
