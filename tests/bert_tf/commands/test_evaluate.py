import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bert_tf.cli import app
from bert_tf.commands.evaluate import task_of
from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.models.bert_classifier import BertClassifier
from bert_tf.models.model_folder import save_model
from bert_tf.models.task import Task, load_task
from bert_tf.text.tokenizer import BertTokenizer
from bert_tf.training.tasks.classification import Classification
from bert_tf.training.tasks.embedding import Embedding
from bert_tf.training.tasks.finetune_tasks import FINETUNE_TASKS

NOTHING = {name: None for task in FINETUNE_TASKS.values() for name in task.reading}


def test_the_kind_of_a_model_says_how_its_files_are_read() -> None:
    values = {**NOTHING, "label_column": "team"}
    assert task_of("classification", values, where=Path("m")) == Classification(label_column="team")
    values = {**NOTHING, "score_max": 5.0}
    assert task_of("embedding", values, where=Path("m")) == Embedding(score_max=5.0)


def test_options_of_other_tasks_are_refused() -> None:
    values = {**NOTHING, "score_max": 5.0, "text_column": "t"}
    message = "m is of kind regression, which does not take --score-max"
    with pytest.raises(ValueError, match=message):
        task_of("regression", values, where=Path("m"))
    with pytest.raises(ValueError, match="of kind pretraining, which evaluate cannot measure"):
        task_of("pretraining", NOTHING, where=Path("m"))


def test_calibrate_rewrites_the_folder_and_its_card(
    tmp_path: Path, tiny_vocabulary: list[str]
) -> None:
    config = BertConfig(
        vocabulary_size=len(tiny_vocabulary),
        hidden_dim=16,
        num_layers=1,
        num_heads=2,
        intermediate_dim=32,
        max_sequence_length=16,
    )
    task = Task(
        kind="classification",
        name="toy",
        language="en",
        max_length=16,
        pooling="mean",
        labels=("bad", "good"),
    )
    folder, data = tmp_path / "model", tmp_path / "dev.csv"
    save_model(BertClassifier(BertBackbone(config), task, BertTokenizer(tiny_vocabulary)), folder)
    data.write_text("text,label\nthe film is good,good\nthe cat is bad,bad\na good cat,good\n")
    result = CliRunner().invoke(app, ["calibrate", str(folder), "--data", str(data), "--json"])
    assert result.exit_code == 0, result.output
    said = json.loads(result.output.splitlines()[-1])
    kept = load_task(folder)
    entry = kept.provenance["calibration"][0]
    assert entry["temperature"] == said["temperature"] and entry["data"] == "dev.csv"
    assert kept.metrics["dev"]["cross_entropy"] == pytest.approx(said["measured"]["cross_entropy"])
    card = (folder / "README.md").read_text()
    assert "Measured on dev (3 texts)" in card
    assert f"A temperature of {said['temperature']:.3f}, fitted on 3 texts of dev.csv" in card
    assert card.startswith("---\n") and "## Limits" in card  # nobody had said anything yet
    (folder / "README.md").write_text(f"{card}\n## Thanks\n\nTo all.\n")
    (folder / "LICENSE.txt").write_text("free")
    test = data.rename(tmp_path / "test.csv")
    for verb in (["evaluate", "--save"], ["calibrate"]):
        again = CliRunner().invoke(app, [*verb, str(folder), "--data", str(test)])
        assert again.exit_code == 0, again.output
        card = (folder / "README.md").read_text()
        assert card.endswith("\n## Thanks\n\nTo all.\n") and card.count("## Limits") == 1
        assert card.count("## Measured on") == 1 and "Measured on test (3 texts)" in card
        assert (folder / "LICENSE.txt").read_text() == "free"
    assert "fitted on 3 texts of test.csv" in card and card.count("A temperature of") == 1
    data = test
    given = CliRunner().invoke(app, ["calibrate", str(folder), "--temperature", "0.5"])
    assert given.exit_code == 0, given.output
    assert load_task(folder).provenance["calibration"][-1] == {"temperature": 0.5}
    for options in ([], ["--temperature", "0.5", "--data", str(data)], ["--temperature", "0"]):
        refused = CliRunner().invoke(app, ["calibrate", str(folder), *options])
        assert refused.exit_code == 2 and "temperature" in refused.output
