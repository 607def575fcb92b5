"""`--config`: the options of a command out of a file; flags win."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any

import typer


def _take_over(context: typer.Context, path: Path | None) -> Path | None:
    """Make what the file says the defaults of this command's options."""
    if path is None:
        return None
    known = {item.name for item in context.command.params} - {"config"}
    values = {name.replace("-", "_"): value for name, value in _read(path).items()}
    for name, value in values.items():
        if name not in known:
            raise typer.BadParameter(
                f"{path}: {name!r} is no option of this command; there are "
                f"{', '.join(sorted(filter(None, known)))}."
            )
        if not isinstance(value, str | int | float | bool):
            raise typer.BadParameter(
                f"{path}: {name} must be a text, a number or a truth value, received "
                f"{str(value)[:60]}."
            )
    context.default_map = {**(context.default_map or {}), **values}
    return path


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        found = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        form = "TOML" if path.suffix.lower() == ".toml" else "JSON"
        raise typer.BadParameter(f"{path} is not {form}: {error}.") from error
    if not isinstance(found, dict):
        raise typer.BadParameter(f"{path} must hold options by name, received {str(found)[:60]}.")
    return found


ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        is_eager=True,
        callback=_take_over,
        help="TOML or JSON with these options by name; flags win.",
    ),
]
