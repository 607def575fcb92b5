from dataclasses import replace
from types import SimpleNamespace

from desktop_app.results.provenance import Provenance, joint_labels, joint_values

FIVE = Provenance(
    name="sentiment-en",
    sha256="0" * 64,
    language="en",
    recipe="r",
    licence="l",
    labels=("very negative", "negative", "neutral", "positive", "very positive"),
    label_values=(-4.0, -2.0, 0.0, 2.0, 4.0),
)
TWO = replace(
    FIVE, name="sentiment-zh", language="zh", labels=("negative", "positive"), label_values=None
)


def test_labels_of_several_bundles_stand_along_the_scale_whichever_comes_first():
    assert joint_labels((FIVE, TWO)) == FIVE.labels
    assert joint_labels((TWO, FIVE)) == FIVE.labels


def test_without_values_labels_stand_as_they_come():
    topics = replace(TWO, labels=("sport", "art", "negative"))
    assert joint_labels((topics, TWO)) == ("sport", "art", "negative", "positive")
    assert joint_values((topics, FIVE)) is None
    assert joint_values(()) is None


def test_an_identity_is_read_from_the_metadata():
    metadata = SimpleNamespace(
        name="mine",
        language="en",
        labels=("a", "b"),
        label_values=None,
        recipe=SimpleNamespace(name="float16"),
        licence={"weights": "MIT", "data": "CC0"},
    )
    found = Provenance.of(metadata, "ef" * 32)
    assert found.licence == "weights: MIT; data: CC0"
    assert found.identity == "mine@efefefefefef"
    assert (found.recipe, found.labels, found.label_values) == ("float16", ("a", "b"), None)
