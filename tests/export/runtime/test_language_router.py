"""Texts of a mixture of languages, each judged by its own bundle."""

import dataclasses
from collections import Counter

import pytest

from export.runtime.engine import Engine
from export.runtime.errors import BundleError
from export.runtime.language_router import MAX_OPEN, LanguageRouter, not_judged_note

FRENCH = "C'est vraiment nul"
TEXTS = ["a good film", "很好", "", FRENCH, "the film is bad", "😀", "好 film", "很好"]


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def engines(classifier, tmp_path):
    """Language to the Engine of a bundle that says it is for it."""
    made = {}
    for language in ("en", "zh", "fr"):
        metadata = dataclasses.replace(classifier.metadata, language=language)
        path = tmp_path / f"mood-{language}.tflite"
        path.write_bytes(classifier.seal(metadata=metadata))
        made[f"mood-{language}"] = path
    return made


@pytest.fixture
def make_router(engines, opened):
    def make(*languages: str) -> LanguageRouter:
        def open_engine(name: str) -> Engine:
            opened.append(name)
            return Engine.open(engines[name])

        return LanguageRouter({each: f"mood-{each}" for each in languages}, open_engine)

    return make


def test_every_text_goes_to_the_bundle_of_its_language(make_router, engines):
    answers = make_router("en", "zh").classify(TEXTS)
    assert [answer.status for answer in answers] == [
        "judged", "judged", "blank", "unsupported language", "judged", "unknown language",
        "judged", "judged",
    ]  # fmt: skip
    assert [answer.language for answer in answers] == [
        "en", "zh", None, "fr", "en", None, "zh", "zh",
    ]  # fmt: skip
    bundles = {answer.language: answer.bundle for answer in answers if answer.verdict}
    assert bundles == {"en": "mood-en", "zh": "mood-zh"}
    with Engine.open(engines["mood-en"]) as engine:
        assert answers[4].verdict == engine.classify([TEXTS[4]])[0]  # to the bit
    assert answers[2].verdict is None


def test_a_bundle_is_opened_when_its_first_text_comes(make_router, opened):
    router = make_router("en", "zh")
    router.classify(["good", "it is bad"])
    assert opened == ["mood-en"]
    router.classify(["很好", "good"])
    assert opened == ["mood-en", "mood-zh"]


def test_no_more_than_two_engines_are_open(make_router, opened):
    router = make_router("en", "zh", "fr")
    router.classify(TEXTS)
    assert len(router._engines) == MAX_OPEN == 2
    router.classify([FRENCH, "a good film"])
    assert opened == ["mood-en", "mood-zh", "mood-fr", "mood-en"]
    router.close()
    assert len(router._engines) == 0


def test_progress_counts_every_text(make_router):
    seen = []
    make_router("en", "zh").classify(TEXTS, progress=seen.append)
    assert seen == sorted(seen)
    assert max(seen) <= len(TEXTS)


def test_a_bundle_named_for_another_language_is_refused(engines):
    router = LanguageRouter({"en": "mood-zh"}, lambda name: Engine.open(engines[name]))
    with pytest.raises(BundleError, match="made for 'zh'"):
        router.classify(["a good film"])


def test_no_bundle_at_all_is_told():
    with pytest.raises(BundleError, match="no shipped bundles"):
        LanguageRouter({}, Engine.open)


def test_the_note_names_languages_and_numbers():
    note = not_judged_note(Counter({"fr": 1200, None: 3}), ["en", "zh"], 5000)
    assert note.startswith("1,203 of 5,000 texts")
    assert "1,200 fr, 3 unknown" in note
    assert "bundles for en, zh" in note
    assert not_judged_note(Counter(), ["en"], 5) == ""


def test_a_bare_string_is_no_list_of_texts(make_router):
    with pytest.raises(TypeError, match="list"):
        make_router("en").classify("good film")
