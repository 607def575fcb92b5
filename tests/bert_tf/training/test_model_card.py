import dataclasses

import pytest

from bert_tf.models.task import Task
from bert_tf.training.embedding_evaluation import EmbeddingReport
from bert_tf.training.model_card import task_card, with_figures
from bert_tf.training.tasks.classification import Classification
from bert_tf.training.tasks.embedding import Embedding
from bert_tf.training.tasks.multi_label import MultiLabel, MultiLabelReport
from bert_tf.training.tasks.regression import Regression, RegressionReport

MANY = MultiLabelReport(
    count=3, micro_f1=0.5, macro_f1=0.25, exact=1.0, cross_entropy=0.1, labels={"a | b": (1, 2, 3)}
)
NUMBER = RegressionReport(count=3, pearson_r=0.5, spearman=0.25, mae=1.5)
VECTORS = EmbeddingReport(count=3, metric="spearman", spearman=0.75, pearson_r=0.5)


@pytest.mark.parametrize(
    ("task", "labels", "report", "sentence", "row"),
    [
        (MultiLabel(), ("a | b", "c"), MANY, "any of 2 labels: a |", "| a \\| b | 1 | 2 | 3 |"),
        (Regression(), (), NUMBER, "Gives each text (language: en) one number.", "| all | 0.500 |"),
        (Embedding(), (), VECTORS, "one vector by mean pooling", "| spearman | 0.750 |"),
    ],
)  # fmt: skip
def test_a_card_says_what_the_model_does_and_how_well(
    task, labels: tuple[str, ...], report, sentence: str, row: str
) -> None:
    described = Task(
        kind=task.kind, name="toy", language="en", max_length=8, pooling="mean", labels=labels,
        licence={"weights": "MIT"}, provenance={"seed": 7},
    )  # fmt: skip
    card = task_card(task, described, report, report_name="test")
    assert card.startswith(f'---\nlanguage: "en"\nlicense: "MIT"\nlibrary_name: bert_tf\n'
                           f"pipeline_tag: {task.pipeline}\n---\n")  # fmt: skip
    for part in (sentence, row, "## Measured on test (3 texts)", '"seed": 7', "up to 8 tokens"):
        assert part in card


def test_every_task_has_a_sentence_that_can_be_filled_in() -> None:
    for task in (Classification, MultiLabel, Regression, Embedding):
        found = task.sentence.format(language="en", classes=2, labels="a, b", pooling="cls")
        assert "{" not in found and found.endswith(".")


def test_other_figures_leave_every_other_word() -> None:
    task = Task(kind="regression", name="toy", language="en", max_length=8, pooling="mean")
    cards = []
    for temperature, count in ((2.0, 3), (3.0, 9)):
        calibration = {"calibration": [{"temperature": temperature}]}
        task = dataclasses.replace(task, provenance=calibration)
        report = dataclasses.replace(NUMBER, count=count)
        cards.append(task_card(Regression(), task, report, report_name=f"set {count}"))
    (_, old), (_, new) = (card.partition("## Origin")[0].split("## Measured on ") for card in cards)
    assert "2.000" in old and "3.000" in new
    head, _, tail = cards[0].partition(f"## Measured on {old}")
    head += "Ask me.\n\n```sh\n# a comment\n## another\n```\n\n## Measured on my scales\n\n7\n\n"
    tail += "\n## Calibration\n\nOf the scales.\n\n# Thanks\n\nTo all.\n"
    for figures in (old, new, ""):
        mine = head + (f"## Measured on {figures}" if figures else "") + tail
        found = with_figures(mine, task, report, report_name="set 9")
        if figures:
            assert found == f"{head}## Measured on {new}{tail}"
        else:  # they had been taken out
            assert found == f"{mine}\n## Measured on {new}".rstrip("\n") + "\n"


def test_figures_end_a_card_that_has_none() -> None:
    task = Task(kind="regression", name="toy", language="en", max_length=8, pooling="mean")
    found = with_figures("# Mine\n\nWords.", task, NUMBER, report_name="test")
    assert found.startswith("# Mine\n\nWords.\n\n## Measured on test (3 texts)\n\n| ")
    assert found.endswith("|\n")
