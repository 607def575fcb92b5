"""`bert-export calibrate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from export.commands.conventions import (
    DistributionColumn,
    Force,
    Json,
    TextColumn,
    ValueColumn,
    check_output,
    reported,
    show,
)


def calibrate(
    path: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A classifier's.")],
    data: Annotated[Path, typer.Option(help="Texts it has not learned from: .csv or .jsonl.")],
    output: Annotated[Path, typer.Option(help="The .tflite file to write.")],
    text_column: TextColumn = "text",
    label_column: Annotated[str, typer.Option(help="Column of the class name.")] = "label",
    distribution_column: DistributionColumn = None,
    value_column: ValueColumn = None,
    group_column: Annotated[str | None, typer.Option(help="Score group by group.")] = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Make a bundle's probabilities mean what they say: fit a temperature on labelled texts.

    The model folder is not needed. Which class is likeliest never changes.

    Example: bert-export calibrate tickets.tflite --data dev.csv --output calibrated.tflite
    """
    from bert_tf.data.classification_examples import Columns
    from bert_tf.tensorflow_start import start_tensorflow
    from export.runtime.atomic_output import atomic_output

    with reported():
        check_output(output, force=force)
        start_tensorflow()
        from export.bundle_calibration import calibrate_bundle

        columns = Columns(
            text=text_column,
            label=label_column,
            distribution=distribution_column,
            value=value_column,
            group=group_column,
        )
        content, report = calibrate_bundle(path, data, columns)
        with atomic_output(output) as file:
            file.write(content)
        show({"output": str(output), **report.to_dict()}, report.render(), as_json)
