"""`bert-tf pretrain`: teach an encoder a language."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated, Literal

import typer

from bert_tf.commands.conventions import INTERRUPTED, Json, Output, command, say
from bert_tf.config import NAMED_SIZES, BertConfig
from bert_tf.training.precision import Precision


def pretrain(
    corpus: Annotated[Path, typer.Argument(help="Folder of bert-tf prepare corpus.")],
    output: Output,
    size: Annotated[
        str | None, typer.Option(help=f"Of a new encoder: {', '.join(NAMED_SIZES)}.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Of a new encoder: a config.json of a model folder.")
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(help="Go on with minilm, a Hugging Face folder or a model folder."),
    ] = None,
    sinusoidal_positions: Annotated[
        bool,
        typer.Option(
            "--sinusoidal-positions/--random-positions",
            help="How the position table of a new encoder begins; sines learn order sooner.",
        ),
    ] = False,
    steps: Annotated[int | None, typer.Option(help="Optimizer steps.")] = None,
    epochs: Annotated[
        float | None, typer.Option(help="Instead of --steps: times through the corpus.")
    ] = None,
    rows: Annotated[int, typer.Option(help="Packed rows a step.")] = 32,
    length: Annotated[int, typer.Option(help="Tokens a row.")] = 128,
    mask_rate: Annotated[float, typer.Option(help="Share of tokens to guess.")] = 0.15,
    whole_words: Annotated[
        bool, typer.Option("--whole-words/--single-pieces", help="Hide whole words.")
    ] = False,
    next_sentence: Annotated[
        bool, typer.Option("--next-sentence/--no-next-sentence", help="Learn pairs as well.")
    ] = True,
    next_sentence_weight: Annotated[float, typer.Option(help="Weight of that loss.")] = 1.0,
    pack: Annotated[
        bool, typer.Option("--pack/--no-pack", help="Several texts a row, kept apart.")
    ] = True,
    learning_rate: Annotated[float, typer.Option(help="Peak of the schedule.")] = 1e-3,
    warmup: Annotated[float, typer.Option(help="Share of steps in which the rate rises.")] = 0.05,
    weight_decay: Annotated[float, typer.Option(help="Not on biases and LayerNorm.")] = 0.01,
    optimizer: Annotated[
        Literal["adamw", "lamb"], typer.Option(help="How weights are updated.")
    ] = "adamw",
    micro_batches: Annotated[
        int, typer.Option(help="Parts of a batch, one after another, to save memory.")
    ] = 1,
    precision: Annotated[Precision, typer.Option(help="Of the matrix products.")] = "auto",
    xla: Annotated[bool, typer.Option("--xla/--no-xla", help="Compile the step; for GPUs.")] = (
        False
    ),
    devices: Annotated[int, typer.Option(help="How many; 0 = all GPUs, or the CPU.")] = 0,
    dev_share: Annotated[float, typer.Option(help="Share of documents held back.")] = 0.01,
    evaluations: Annotated[int, typer.Option(help="Looks at them during the run.")] = 10,
    checkpoint_seconds: Annotated[float, typer.Option(help="Between checkpoints.")] = 120.0,
    deterministic: Annotated[
        bool,
        typer.Option("--deterministic/--fast", help="The same bits every time; slower."),
    ] = False,
    seed: Annotated[int, typer.Option(help="Of weights, order, pairs and masks.")] = 1,
    name: Annotated[str, typer.Option(help="Name of the model.")] = "encoder",
    language: Annotated[str, typer.Option(help="Language code of the texts.")] = "en",
    data_licence: Annotated[str, typer.Option(help="Licence of the texts.")] = "unknown",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check everything, train not.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Pre-train an encoder: guess hidden tokens and which text follows which.

    Stop with Ctrl-C; the same command goes on where it stopped. Several workers train together
    where TF_CONFIG says so.

    Example: bert-tf pretrain build/corpus --size mini --epochs 10 --output runs/encoder
    """
    with command(cpu_devices=devices):
        from bert_tf.data.pretraining_batches import PretrainingBatchSettings
        from bert_tf.data.token_shards import TokenShards
        from bert_tf.models.model_folder import check_target
        from bert_tf.training.distribution import make_deterministic, make_strategy
        from bert_tf.training.pretrain import PretrainingRun, steps_of_epochs
        from bert_tf.training.pretrain import pretrain as run_pretraining
        from bert_tf.training.tasks.pretraining import PretrainingSettings
        from bert_tf.training.training_loop import TrainingInterruptedError

        if deterministic:
            make_deterministic()
        strategy = make_strategy(devices)
        shards = TokenShards.open(corpus)
        settings = PretrainingSettings(
            batches=PretrainingBatchSettings(
                rows=rows,
                length=length,
                mask_rate=mask_rate,
                whole_words=whole_words,
                next_sentence=next_sentence,
                pack=pack,
                seed=seed,
            ),
            steps=1 if steps is None else steps,
            next_sentence_weight=next_sentence_weight,
            learning_rate=learning_rate,
            warmup_share=warmup,
            weight_decay=weight_decay,
            optimizer=optimizer,
            dev_share=dev_share,
            evaluations=evaluations,
        )
        if (steps is None) == (epochs is None):
            raise ValueError("Give either --steps or --epochs.")
        if epochs is not None:
            settings = dataclasses.replace(
                settings, steps=steps_of_epochs(shards, settings, epochs)
            )
        run = PretrainingRun(
            corpus=corpus,
            output=output,
            name=name,
            language=language,
            config=_config(size, config, start, shards.tokenizer.vocabulary_size),
            start=start,
            settings=settings,
            sinusoidal_positions=sinusoidal_positions,
            micro_batches=micro_batches,
            precision=precision,
            xla=xla,
            checkpoint_seconds=checkpoint_seconds,
            corpus_licence=data_licence,
        )
        check_target(output / "model")
        if dry_run:
            facts = {**dataclasses.asdict(shards.manifest.counts), "steps": settings.steps}
            say(as_json, facts, "\n".join(f"{key}: {value}" for key, value in facts.items()))
            return
        try:
            folder, result = run_pretraining(run, strategy=strategy, quiet=as_json)
        except TrainingInterruptedError as stop:
            typer.echo(f"{stop} The same command goes on from here.", err=True)
            raise typer.Exit(INTERRUPTED) from stop
    last = result.evaluations[max(result.evaluations)]
    figures = ", ".join(f"{key} {value:.4f}" for key, value in last.scalars.items())
    content = {"model": str(folder), "steps": result.steps, "dev": dict(last.scalars)}
    say(as_json, content, f"{folder}: {result.steps} steps; dev: {figures}")


def _config(
    size: str | None, path: Path | None, start: str | None, vocabulary_size: int
) -> BertConfig | None:
    """The architecture that was asked for, with a row for each token; None to keep the start's."""
    if sum(choice is not None for choice in (size, path, start)) != 1:
        raise ValueError("Give one of --size, --config and --start.")
    if size is not None:
        return BertConfig.named(size, vocabulary_size=vocabulary_size)
    if path is not None:
        found = BertConfig.load(path)
        return dataclasses.replace(found, vocabulary_size=vocabulary_size)
    return None
