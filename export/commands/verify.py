"""`bert-export verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bert_tf.tensorflow_start import start_tensorflow
from export.commands.conventions import FAILED, Json, reported, show


def verify(
    path: Annotated[Path, typer.Argument(metavar="BUNDLE", help="The .tflite file.")],
    reference: Annotated[Path, typer.Option(help="The model folder it was built from.")],
    data: Annotated[Path, typer.Option(help="At least 500 texts: .txt, .csv or .jsonl.")],
    as_json: Json = False,
) -> None:
    """Compare a bundle with its float model on real text; exit 1 beyond the tolerance."""
    from export.runtime.proof import prove
    from export.texts import read_texts

    with reported():
        texts = read_texts(data)
        bundle = prove(path)
        start_tensorflow()
        from bert_tf.models.model_folder import load_model
        from export.verify import verify as compare

        report = compare(bundle, load_model(reference), texts)
        show(report.to_dict(), report.render(), as_json)
    if not report.passed:
        raise typer.Exit(FAILED)
