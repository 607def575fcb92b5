"""Languages of short texts: scripts, words, and what cannot be told."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from export.runtime import text_language
from export.runtime.text_language import TextLanguage, detect_language

NOTICE = Path(text_language.__file__).with_name("language_model") / "NOTICE.md"


@pytest.mark.parametrize(
    ("text", "code", "basis"),
    [
        ("质量很好，就是屏幕小", "zh", "characters"),
        ("畫面很漂亮", "zh", "characters"),  # traditional
        ("iPhone很好用", "zh", "characters"),
        ("降价太快了！@！！", "zh", "characters"),
        ("見 https://a.b/c 很好", "zh", "characters"),
        ("映画はとても面白かったです。", "ja", "characters"),
        ("最高の映画", "ja", "characters"),
        ("이 영화 정말 재미있어요", "ko", "characters"),
        ("I visited 北京 last summer and loved it", "en", "words"),
        ("The plot is thin, but the actors are wonderful.", "en", "words"),
        ("TERRIBLE, I HATE THIS", "en", "words"),
        ("good", "en", "default"),
        ("lol", "en", "default"),
        ("Le film était vraiment magnifique.", "fr", "words"),
        ("C'EST NUL", "fr", "words"),
        ("Ich liebe dieses Produkt!", "de", "words"),
        ("Это было ужасно", "ru", "words"),
        ("Τέλειο", "el", "words"),
    ],
)
def test_languages(text, code, basis):
    assert detect_language(text) == TextLanguage(code=code, basis=basis)


@pytest.mark.parametrize("text", ["", " \n\t", "😀👍", "12345", ":-)", "http://a.b/c", "@me #tag"])
def test_without_words_there_is_no_language(text):
    assert detect_language(text) == TextLanguage(code=None, basis="no words")


@pytest.mark.parametrize("text", ["a\ud800b c", "\x00x\x00", "x" * 1_000_000, "字" * 1_000_000])
def test_odd_texts_get_an_answer(text):
    assert detect_language(text).basis != "no words"


def test_letters_of_another_alphabet_are_never_english():
    texts = ["Это", "да", "ок", "ممتاز", "สุด", "ა", "אב", "ἀ"]
    assert not {detect_language(text).code for text in texts} & {"en", "zh"}


def test_the_model_is_the_one_that_its_notice_names():
    content = NOTICE.with_name("lid.176.ftz").read_bytes()
    assert sha256(content).hexdigest() in NOTICE.read_text(encoding="utf-8")


def test_without_its_model_it_goes_by_alphabets_alone(monkeypatch, tmp_path):
    text_language._model.cache_clear()
    monkeypatch.setattr(text_language, "_MODEL", tmp_path / "none.ftz")
    try:
        assert detect_language("C'est nul") == TextLanguage(code="en", basis="default")
        assert detect_language("Это было ужасно").code is None
        assert detect_language("质量很好").code == "zh"
    finally:
        text_language._model.cache_clear()


def test_characters_are_told_without_loading_the_model():
    code = (
        "import sys\n"
        "from export.runtime.text_language import detect_language\n"
        "assert detect_language('质量很好').code == 'zh'\n"
        "assert not {'fasttext', 'numpy'} & set(sys.modules)\n"
        "assert detect_language('good morning').code == 'en'\n"
        "assert 'numpy' not in sys.modules\n"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)
