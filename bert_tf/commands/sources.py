"""`bert-tf prepare` and `bert-tf import`: data and weights from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bert_tf.commands.conventions import Json, Output, command, say
from bert_tf.models.task import Pooling

prepare_app = typer.Typer(help="Fetch data and weights (pinned, checked).", no_args_is_help=True)
import_app = typer.Typer(help="Read other people's weights.", no_args_is_help=True)


@prepare_app.command("vader")
def prepare_vader_command(output: Output, as_json: Json = False) -> None:
    """Fetch the four VADER sets and write train, dev and test as JSON lines.

    Example: bert-tf prepare vader --output build/vader
    """
    from bert_tf.data.vader import prepare_vader

    with command(needs_tensorflow=False):
        sizes = prepare_vader(output)
    say(as_json, {"folder": str(output), **sizes}, f"{output}: {sizes}")


@prepare_app.command("minilm")
def prepare_minilm_command(output: Output, as_json: Json = False) -> None:
    """Fetch MiniLM-L6 and write it as a model folder for sentence embeddings.

    Example: bert-tf prepare minilm --output build/embedding-en
    """
    with command():
        _write_embedder("minilm", output, name="embedding-en", language="en", max_length=256)
    say(as_json, {"folder": str(output)}, f"{output}: embedding-en")


@import_app.command("hugging-face")
def import_command(
    folder: Annotated[
        Path, typer.Argument(help="Holds config.json, model.safetensors, vocab.txt.")
    ],
    output: Output,
    name: Annotated[str, typer.Option(help="Name of the model.")] = "embedding",
    language: Annotated[str, typer.Option(help="Language code of its texts.")] = "en",
    max_length: Annotated[int, typer.Option(help="Longest text in tokens.")] = 256,
    pooling: Annotated[Pooling, typer.Option(help="Token vectors to one.")] = "mean",
    as_json: Json = False,
) -> None:
    """Turn a Hugging Face BERT into a model folder that gives embeddings.

    Example: bert-tf import hugging-face bert-base-uncased/ --output build/base
    """
    with command():
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder} is not a folder.")
        _write_embedder(
            str(folder),
            output,
            name=name,
            language=language,
            max_length=max_length,
            pooling=pooling,
        )
    say(as_json, {"folder": str(output)}, f"{output}: {name}")


def _write_embedder(
    start: str, output: Path, *, name: str, language: str, max_length: int, pooling: Any = "mean"
) -> None:
    from bert_tf.models.bert_embedder import BertEmbedder
    from bert_tf.models.model_folder import save_model
    from bert_tf.models.task import Task
    from bert_tf.training.model_card import embedding_card
    from bert_tf.training.start_weights import load_start_weights

    weights = load_start_weights(start)
    task = Task(
        kind="embedding",
        name=name,
        language=language,
        max_length=min(max_length, weights.backbone.config.max_sequence_length),
        pooling=pooling,
        licence={"weights": weights.licence},
        provenance={"start": weights.provenance},
    )
    embedder = BertEmbedder(weights.backbone, task, weights.tokenizer)
    save_model(embedder, output, card=embedding_card(task))
