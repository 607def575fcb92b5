import numpy as np
import pytest

from bert_tf.data.examples import Examples
from bert_tf.training.embedding_evaluation import evaluate_embedding

FIRST = ["the cat sat", "a good film", "this is boring", "that tree fell"]
SECOND = ["a cat sat on it", "the film was great", "awful and boring", "the dog ran"]


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def examples(*texts: list[str], **arrays: np.ndarray) -> Examples:
    return Examples(texts=texts, arrays=arrays, ids=[str(i) for i in range(len(texts[0]))])


@pytest.fixture(scope="module")
def model(tiny_model):
    return tiny_model("embedding", pooling="mean")


def test_scored_pairs(model) -> None:
    from scipy.stats import pearsonr, spearmanr

    scores = np.asarray([0.9, 0.8, 0.7, 0.0], np.float32)
    report = evaluate_embedding(model, examples(FIRST, SECOND, scores=scores))
    cosines = (unit(model.encode(FIRST)) * unit(model.encode(SECOND))).sum(-1)
    assert report.value("spearman") == pytest.approx(spearmanr(cosines, scores)[0])
    assert report.pearson_r == pytest.approx(pearsonr(cosines, scores)[0], rel=1e-4)
    with pytest.raises(ValueError, match="metric must be spearman for this file"):
        report.value("own_partner")


def test_pairs(model) -> None:
    same = evaluate_embedding(model, examples(FIRST, FIRST))
    assert same.value(same.metric) == 1.0 and same.alignment == pytest.approx(0.0, abs=1e-9)
    turned = evaluate_embedding(model, examples(FIRST, [*FIRST[1:], FIRST[0]]))
    assert turned.value("own_partner") == 0.0
    assert turned.scalars().keys() == {"own_partner", "alignment", "uniformity"}


def test_texts_alone_are_measured_through_dropout(model) -> None:
    report = evaluate_embedding(model, examples(FIRST))
    assert report.alignment is not None and report.uniformity is not None
    assert 0 < report.alignment < 4  # two passes are not the same
    assert report.value(report.metric) == pytest.approx(-(report.alignment + report.uniformity))
    assert "alignment" in report.tables(())
