import json
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner, Result

from bert_tf.commands.config_file import ConfigFile

app = typer.Typer()


@app.command()
def show(
    data: Annotated[Path, typer.Option()],
    epochs: Annotated[int, typer.Option()] = 3,
    learning_rate: Annotated[float, typer.Option()] = 0.1,
    freeze: Annotated[bool, typer.Option()] = False,
    config: ConfigFile = None,
) -> None:
    typer.echo(json.dumps([str(data), epochs, learning_rate, freeze]))


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.toml", 'data = "d.csv"\nepochs = 7\nlearning_rate = 1\nfreeze = true\n'),
        ("c.json", '{"data": "d.csv", "epochs": 7, "learning-rate": 1.0, "freeze": true}'),
    ],
)
def test_a_file_gives_options_and_flags_win(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    assert json.loads(call("--config", path).output) == ["d.csv", 7, 1.0, True]
    flags = call("--config", path, "--epochs", 2, "--no-freeze", "--data", "e.csv")
    assert json.loads(flags.output) == ["e.csv", 2, 1.0, False]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("c.toml", "epochs = ", "is not TOML"),
        ("c.json", "{", "is not JSON"),
        ("c.json", b"\xff", "is not JSON"),
        ("c.json", "[" * 100_000, "is not JSON"),
        ("c.json", "[1]", "must hold options by name"),
        ("c.toml", "epoch = 3", "'epoch' is no option"),
        ("c.toml", "config = 'd.toml'", "'config' is no option"),
        ("c.toml", "[epochs]\nnumber = 3", "must be a text, a number or a truth value"),
        ("c.toml", "data = 'd.csv'\nepochs = 'many'", "'--epochs'"),
        ("c.toml", None, "cannot be read"),
    ],
)
def test_a_bad_file_is_wrong_usage(
    tmp_path: Path, name: str, content: str | bytes | None, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = call("--config", path)
    assert result.exit_code == 2
    assert message in " ".join(result.output.replace("│", " ").split())
