"""`bert-export prune`."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from export.commands.conventions import Json, reported, show

if TYPE_CHECKING:
    from export.pruning_report import PruningReport
    from export.vocabulary_pruning import PieceIds, PruningRule


def prune(
    folder: Annotated[Path, typer.Argument(metavar="MODEL_FOLDER", help="From bert-tf.")],
    data: Annotated[Path, typer.Option(help="The corpus: .txt, .csv or .jsonl.")],
    output: Annotated[Path, typer.Option(help="The model folder to write.")],
    keep: Annotated[
        int | None, typer.Option(help="Tokens at most, the most frequent of the corpus first.")
    ] = None,
    min_count: Annotated[int, typer.Option(help="Drop pieces the corpus needs less often.")] = 1,
    drop_unseen_characters: Annotated[
        bool,
        typer.Option(
            "--drop-unseen-characters",
            help="Drop characters beyond ASCII too that the corpus does not have.",
        ),
    ] = False,
    held_out: Annotated[
        Path | None,
        typer.Option(help="Texts to measure on; without it, a tenth of the corpus, in a trial."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an older model folder.")] = False,
    as_json: Json = False,
) -> None:
    """Leave out of a model's vocabulary what a corpus does not need; the rest stays exact."""
    from export.vocabulary_pruning import PruningRule

    with reported():
        rule = PruningRule(
            min_count=min_count, keep=keep, unseen_characters=not drop_unseen_characters
        )
        _check_output(folder, output, force=force)
        kept, report, record = _plan(folder, data, held_out, rule, quiet=as_json)
        _write(folder, output, kept, record)
        show({"output": str(output), **report.to_dict()}, report.render(), as_json)


def _check_output(folder: Path, output: Path, *, force: bool) -> None:
    from bert_tf.atomic_folder import check_replaceable
    from bert_tf.models.task import TASK

    if output.resolve() == folder.resolve():
        raise ValueError(f"{output} is the model folder itself; name another --output.")
    check_replaceable(output, marker=TASK)
    if (output / TASK).is_file() and not force:
        raise ValueError(f"{output} exists already; choose another name, or add --force.")


def _plan(
    folder: Path, data: Path, held_out: Path | None, rule: PruningRule, *, quiet: bool
) -> tuple[PieceIds, PruningReport, dict[str, Any]]:
    """Without TensorFlow, so that mistakes are told at once."""
    from bert_tf.commands.text_progress import text_progress
    from bert_tf.config import BertConfig
    from bert_tf.file_hash import file_sha256
    from bert_tf.models.task import load_task
    from bert_tf.text.tokenizer import BertTokenizer
    from export.pruning_plan import plan_pruning
    from export.texts import read_texts

    task = load_task(folder)
    config = BertConfig.load(folder / "config.json")
    tokenizer = BertTokenizer.from_folder(folder)
    texts = read_texts(data)
    others = None if held_out is None else read_texts(held_out)
    with text_progress("cutting texts", quiet=quiet) as progress:
        kept, report = plan_pruning(
            tokenizer,
            texts,
            rule,
            name=task.name,
            hidden_dim=config.hidden_dim,
            held_out=others,
            progress=progress,
        )
    record = {
        "vocabulary_sha256": tokenizer.sha256,
        "corpus_sha256": file_sha256(data),
        "held_out_sha256": None if held_out is None else file_sha256(held_out),
        "rule": dataclasses.asdict(rule),
        **report.to_dict(),
    }
    return kept, report, record


def _write(folder: Path, output: Path, kept: PieceIds, record: dict[str, Any]) -> None:
    from bert_tf.tensorflow_start import start_tensorflow

    start_tensorflow()
    from export.pruned_folder import write_pruned_folder

    write_pruned_folder(folder, output, kept, record=record)
