import ast
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

import desktop_app
from desktop_app import update_translations
from desktop_app.update_translations import TRANSLATIONS
from desktop_app.views.main_window import EMBEDDINGS

SOURCES = sorted(Path(desktop_app.__file__).parent.rglob("*.py"))
LANGUAGES = ("en", "zh_CN")
SETTERS = {"setText", "setTitle", "setToolTip", "setPlaceholderText", "setWindowTitle",
           "setAccessibleName", "setAccessibleDescription", "setStatusTip", "addItem",
           "setWhatsThis"}  # fmt: skip
SIGNS = {"", "…", "✕"}  # the same in every language


def calls(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_only_literals_are_translated(path):
    for call in calls(path):
        if name_of(call) == "tr":
            assert is_text(call.args[0]), f"{path}:{call.lineno}: tr() of a non-literal"
        if name_of(call) == "translate" and ast.unparse(call.func).startswith("QCore"):
            assert all(map(is_text, call.args[:2])), f"{path}:{call.lineno}: non-literal"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_translation_hides_in_an_f_string(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for call in (inner for inner in ast.walk(node) if isinstance(inner, ast.Call)):
                assert name_of(call) not in ("tr", "translate"), f"{path}:{call.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_shown_text_bypasses_translation(path):
    for call in calls(path):
        if name_of(call) in SETTERS and call.args and is_text(call.args[0]):
            assert call.args[0].value in SIGNS, f"{path}:{call.lineno}: not translated"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_are_complete_and_compiled(language, tmp_path):
    committed = TRANSLATIONS / f"desktop_app_{language}.ts"
    fresh = tmp_path / committed.name
    fresh.write_bytes(committed.read_bytes())
    update_translations.update(language, fresh)
    messages = ET.parse(fresh).getroot().iter("message")
    missing = [
        message.findtext("source")
        for message in messages
        if message.find("translation").get("type") == "unfinished"
        or not "".join(message.find("translation").itertext()).strip()
    ]
    assert missing == [], "run `python -m desktop_app.update_translations` and translate these"
    assert fresh.read_text() == committed.read_text(), "the .ts file is out of date"
    update_translations.compile_to(fresh, fresh.with_suffix(".qm"))
    compiled = committed.with_suffix(".qm").read_bytes()
    assert compiled == fresh.with_suffix(".qm").read_bytes(), "the .qm file is out of date"


def test_placeholders_survive_translation():
    for message in ET.parse(TRANSLATIONS / "desktop_app_zh_CN.ts").getroot().iter("message"):
        source = message.findtext("source")
        translated = "".join(message.find("translation").itertext())
        for mark in ("%1", "%2", "%3", "%Ln"):
            assert (mark in source) == (mark in translated), source


def shown_texts(window) -> set[str]:
    texts = {label.text() for label in window.findChildren(QLabel)}
    texts |= {button.text() for button in window.findChildren(QAbstractButton)}
    texts |= {action.text() for action in window.findChildren(type(window._quit))}
    texts |= {window.classify_placeholder, window.question_placeholder}
    return {text for text in texts if text}


def test_the_language_changes_while_the_window_is_open(qtbot, desktop):
    with qtbot.waitSignal(desktop.bundle_shown):
        desktop.window.show_page(EMBEDDINGS)
    classify, embeddings = desktop.classify_page, desktop.embeddings_page
    with qtbot.waitSignal(classify.judged):
        classify.show_text("A good day.")
    desktop.window.messages.note(lambda: embeddings.tr("The model could not read on. (%1)"))

    def texts() -> set[str]:
        window = desktop.window
        window.classify_placeholder = classify.editor.placeholderText()
        window.question_placeholder = embeddings.question.placeholderText()
        return shown_texts(window)

    english = texts()
    desktop.use_language("zh_CN")
    qtbot.waitUntil(lambda: classify.caption.title.text() == "分类")
    qtbot.wait(50)
    chinese = texts()
    same = {text for text in english & chinese if any(c.isascii() and c.isalpha() for c in text)}
    assert same == {"English"}  # languages carry their own names
    assert "正面" in "".join(chinese)
    desktop.use_language("en")
    qtbot.waitUntil(lambda: texts() == english)


@pytest.mark.parametrize(("count", "expected"), [(1, "1 sentence"), (3, "3 sentences")])
def test_english_plurals(qtbot, desktop, count, expected):
    page = desktop.classify_page
    with qtbot.waitSignal(page.judged):
        page.show_text("Good. " * count)
    assert page._count.text() == expected
