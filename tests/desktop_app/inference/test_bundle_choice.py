import pytest

from desktop_app.corpus.route import Route, language_differs
from desktop_app.inference.bundle_choice import BundleChoice

CHOICE = {"en": "mood-en", "zh": "mood-zh"}


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("It was good.", Route(bundle="mood-en", language="en", basis="words")),
        ("lol", Route(bundle="mood-en", language="en", basis="default")),
        ("质量很好", Route(bundle="mood-zh", language="zh", basis="characters")),
        ("Ich liebe es sehr", Route(bundle=None, language="de", basis="words")),
        ("😀 12", Route(bundle=None, language=None, basis="no words")),
    ],
)
def test_a_text_goes_to_the_bundle_of_its_language(text, route):
    assert BundleChoice(CHOICE).route([text]) == route


def test_a_mixture_goes_to_the_language_that_most_of_it_is_in():
    english = ["I bought this camera for our trip to Lisbon.", "All in all I love it!"]
    others = ["质量很好。", "Les acteurs sont excellents.", "😀😀😀😀" * 20]
    assert BundleChoice(CHOICE).route([*others, *english]).language == "en"
    assert (
        BundleChoice(CHOICE).route([*others, "这台相机是为旅行买的，照片很清晰。"]).language == "zh"
    )
    assert BundleChoice(CHOICE).route([]) == Route(bundle=None, language=None, basis="no words")


def test_a_bundle_chosen_by_hand_takes_every_text():
    choice = BundleChoice(CHOICE)
    choice.fix("mood-en")
    assert choice.route(["质量很好"]) == Route(bundle="mood-en")
    assert choice.route(["质量很好"]).by_hand
    choice.fix(None)
    assert choice.route(["质量很好"]).bundle == "mood-zh"
    assert choice.bundles == ("mood-en", "mood-zh")


def test_an_opened_file_stays_among_the_choices():
    choice = BundleChoice(CHOICE)
    for _ in range(2):
        choice.fix("/some/own.tflite")
    choice.fix(None)
    assert choice.bundles == ("mood-en", "mood-zh", "/some/own.tflite")
    assert choice.shipped == ("mood-en", "mood-zh")


def test_added_bundles_come_and_go():
    choice = BundleChoice(CHOICE)
    choice.fix("/models/a.tflite")
    choice.offer(["/models/a.tflite", "/models/b.tflite"])
    assert choice.bundles == ("mood-en", "mood-zh", "/models/a.tflite", "/models/b.tflite")
    assert choice.route(["质量很好"]).bundle == "/models/a.tflite"
    choice.offer(["/models/b.tflite"])  # the file of the other one was removed
    assert choice.fixed is None and choice.bundles[2:] == ("/models/b.tflite",)
    assert choice.route(["质量很好"]).bundle == "mood-zh"


def test_what_comes_first():
    assert BundleChoice(CHOICE).first == "mood-en"
    assert BundleChoice({}).first is None
    choice = BundleChoice(CHOICE)
    choice.fix("x.tflite")
    assert choice.first == "x.tflite"


def test_a_piece_in_another_language_is_told_but_not_one_too_short_to_tell():
    english = BundleChoice(CHOICE).route(["I bought this camera for our trip."])
    assert language_differs("质量很好", english)
    assert language_differs("Les acteurs sont excellents.", english)
    assert not language_differs("lol", english)
    assert not language_differs("😀", english)
    chinese = BundleChoice(CHOICE).route(["质量很好"])
    assert language_differs("It was a good film.", chinese)
    assert not language_differs("质量很好", Route(bundle="mood-en"))
