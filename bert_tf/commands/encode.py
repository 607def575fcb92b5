"""`bert-tf encode`: texts to vectors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from bert_tf.commands.conventions import Json, check_output_file, command, say


def encode(
    model_folder: Annotated[Path, typer.Argument(help="A model folder.")],
    texts: Annotated[Path, typer.Option("--input", "-i", help="A text a line, UTF-8.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A .npy, .npz or .jsonl file.")],
    pooling: Annotated[
        Literal["mean", "cls", "max", "tokens"] | None,
        typer.Option(help="Token vectors to one. [default: the model's]"),
    ] = None,
    layers: Annotated[
        str, typer.Option(help="Such as -1,-2: 0 = embeddings, -1 = last layer.")
    ] = "-1",
    combine: Annotated[
        Literal["mean", "concat"], typer.Option(help="Several layers to one vector.")
    ] = "mean",
    normalize: Annotated[
        bool | None,
        typer.Option(help="Unit length. [default: as the model; tokens never]", show_default=False),
    ] = None,
    batch_size: Annotated[int, typer.Option(help="Texts at once.")] = 64,
    as_json: Json = False,
) -> None:
    """Write vectors of the lines of a text file, computed by the float model.

    One vector a line as .npy, .npz or JSON lines; with --pooling tokens a vector a token,
    [CLS] and [SEP] included, as .npz (vectors, token_ids, offsets) or JSON lines.

    Example: bert-tf encode build/embedding-en --input lines.txt --output vectors.npy

    Example: bert-tf encode build/embedding-en -i lines.txt -o v.npz --pooling tokens
    --layers=-1,-2 --combine concat
    """
    tokens = pooling == "tokens"
    with command():
        from bert_tf.commands.text_progress import text_progress
        from bert_tf.data.vector_files import check_suffix, write_vectors
        from bert_tf.models.model_folder import load_model
        from bert_tf.text.utf8_lines import read_lines

        check_suffix(output, tokens=tokens)
        check_output_file(output, texts)
        chosen = _layers(layers)
        with texts.open("rb") as file:
            lines = list(read_lines(file, name=str(texts)))
        model = load_model(model_folder)
        with text_progress("encoding", quiet=as_json) as progress:
            vectors = model.encode(
                lines,
                pooling=pooling,
                layers=chosen,
                combine=combine,
                normalize=normalize,
                batch_size=batch_size,
                progress=progress,
            )
        if tokens:
            _write_tokens(output, model, lines, vectors)
        else:
            write_vectors(output, vectors)
    shape = list(vectors.shape) if not tokens else [sum(map(len, vectors)), *_width(vectors)]
    content = {"output": str(output), "texts": len(lines), "shape": shape}
    say(as_json, content, f"{output}: {' x '.join(map(str, shape))}")


def _width(vectors: Any) -> list[int]:
    return [vectors[0].shape[1] if vectors else 0]


def _write_tokens(output: Path, model: Any, lines: list[str], vectors: Any) -> None:
    from bert_tf.data.vector_files import write_token_vectors

    tokenizer = model.tokenizer
    ids = [
        [tokenizer.cls_id, *pieces[: len(rows) - 2], tokenizer.sep_id]
        for pieces, rows in zip(tokenizer.token_ids(lines), vectors, strict=True)
    ]
    names = [[tokenizer.vocabulary[index] for index in row] for row in ids]
    write_token_vectors(output, vectors, names, ids)


def _layers(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError as error:
        raise ValueError(
            f"--layers must be whole numbers with commas between, such as -1,-2; received {text!r}."
        ) from error
