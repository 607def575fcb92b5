"""`bert-tf`: prepare data, import weights, fine-tune, evaluate, encode, inspect."""

from __future__ import annotations

import logging
import sys

import typer

from bert_tf.commands import corpus, models
from bert_tf.commands.conventions import INTERRUPTED
from bert_tf.commands.encode import encode
from bert_tf.commands.evaluate import calibrate, evaluate
from bert_tf.commands.finetune import finetune_app
from bert_tf.commands.pretrain import pretrain
from bert_tf.commands.soften import soften
from bert_tf.commands.sources import import_app, prepare_app
from bert_tf.tensorflow_start import show_crashes

app = typer.Typer(
    help="Train BERT in Keras: prepare, import, finetune, evaluate, encode, inspect.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(finetune_app, name="finetune")
app.add_typer(prepare_app, name="prepare")
app.add_typer(import_app, name="import")
prepare_app.command("chinese")(corpus.prepare_chinese_command)
prepare_app.command("corpus")(corpus.prepare_corpus_command)
prepare_app.command("pairs")(corpus.prepare_pairs_command)
for verb in (
    corpus.vocabulary,
    pretrain,
    models.average,
    evaluate,
    calibrate,
    soften,
    encode,
    models.inspect,
):
    app.command()(verb)


def main() -> None:
    """Entry point of the console script and of `python -m bert_tf`."""
    show_crashes()
    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
