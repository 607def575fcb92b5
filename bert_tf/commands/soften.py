"""`bert-tf soften`: labels mixed with what a model thinks of them."""

from __future__ import annotations

from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any

import typer

from bert_tf.commands.conventions import Json, check_output_file, command, say
from bert_tf.commands.field_options import field_options, parameter, with_parameters
from bert_tf.training.tasks.classification import Classification

_SLICE = 2048  # texts between two reports of progress
_READING = ("text_column", "label_column", "distribution_column")
_COLUMN = "distribution"  # where the mix goes, unless the given labels come as distributions

_Folder = Annotated[Path, typer.Argument(help="A model folder: classification.")]
_Data = Annotated[Path, typer.Option(help="Labelled texts: .csv, .tsv or .jsonl.")]
_Share = Annotated[float, typer.Option(help="Weight of the model's opinion, 0 to 1.")]
_File = Annotated[Path, typer.Option("--output", "-o", help="A .jsonl file.")]


def _soften(values: dict[str, Any]) -> None:
    folder, data, output = values["model_folder"], values["data"], values["output"]
    share, as_json = values["share"], values["as_json"]
    with command():
        from bert_tf.data.soft_labels import check_column_is_free, mix_labels, write_soft_labels
        from bert_tf.models.model_folder import load_model

        if not 0 <= share <= 1:
            raise ValueError(f"--share must be between 0 and 1, received {share}.")
        if output.suffix != ".jsonl":
            raise ValueError(f"--output must end in .jsonl, received {str(output)!r}.")
        check_output_file(output, data)
        task = Classification(**{n: values[n] for n in _READING if values[n] is not None})
        column = task.distribution_column or _COLUMN
        if task.distribution_column is None:
            check_column_is_free(data, column)
        model = load_model(folder)
        if model.task.kind != "classification":
            raise ValueError(
                f"{folder} is of kind {model.task.kind}; labels are softened by a classification."
            )
        examples = task.read_dev(data, model.task.labels)
        probabilities = _probabilities(model, examples.texts[0], quiet=as_json)
        mixed = mix_labels(examples.arrays["targets"], probabilities, share)
        write_soft_labels(data, output, mixed, column=column)
    agreed = float((probabilities.argmax(1) == examples.arrays["targets"].argmax(1)).mean())
    content = {"output": str(output), "texts": len(examples), "agreement": round(agreed, 4)}
    text = f"{output}: {len(examples)} texts, the model agrees with {agreed:.1%} of the labels"
    say(as_json, content, text)


def _probabilities(model: Any, texts: list[str], *, quiet: bool) -> Any:
    import numpy as np

    from bert_tf.commands.text_progress import text_progress

    parts = []
    with text_progress("reading", quiet=quiet) as progress:
        for start in range(0, len(texts), _SLICE):
            parts.append(model.predict_proba(texts[start : start + _SLICE]))
            progress(min(start + _SLICE, len(texts)), len(texts))
    return np.concatenate(parts)


soften = with_parameters(
    _soften,
    [
        parameter("model_folder", _Folder, default=Parameter.empty),
        parameter("data", _Data, default=Parameter.empty),
        parameter("output", _File, default=Parameter.empty),
        parameter("share", _Share, default=0.5),
        *field_options(Classification, only=_READING, optional=True),
        parameter("as_json", Json, default=False),
    ],
    name="soften",
    doc="""Mix a model's probabilities into the labels of a file, against labels that are wrong.

    The model may have learned from the same file, if only for an epoch or two: labels that
    contradict the many are doubted before they are learned by heart. Then learn again from the
    start with --distribution-column distribution.

    Example: bert-tf soften runs/first/model --data train.csv --output runs/softened.jsonl
    """,
)
