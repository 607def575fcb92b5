from dataclasses import dataclass
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import typer
from typer.testing import CliRunner

from bert_tf.commands.field_options import (
    field_options,
    from_values,
    parameter,
    with_parameters,
)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What to cook."""

    source: Annotated[Path, "Where it was found."]
    portions: Annotated[int, "Plates."] = 2
    heat: Annotated[Literal["low", "high"], "Of the stove."] = "low"
    with_salt: Annotated[bool, "Or without."] = True
    note: Annotated[str | None, "For the cook."] = None


def run(*arguments: str, **choices: Any) -> Any:
    seen: list[dict[str, Any]] = []
    app = typer.Typer()
    options = field_options(Recipe, **choices)
    app.command()(with_parameters(seen.append, options, name="cook", doc="Cook it."))
    result = CliRunner().invoke(app, list(arguments))
    return seen[0] if result.exit_code == 0 and seen else result


def test_each_field_is_an_option_with_its_type_and_default() -> None:
    assert run("--source", "a.txt") == {
        "source": Path("a.txt"), "portions": 2, "heat": "low", "with_salt": True, "note": None
    }  # fmt: skip
    values = run(
        "--source", "b", "--portions", "3", "--heat", "high", "--no-with-salt", "--note", "x"
    )
    assert from_values(Recipe, {**values, "other": 1}) == Recipe(
        source=Path("b"), portions=3, heat="high", with_salt=False, note="x"
    )


@pytest.mark.parametrize(
    "arguments", [[], ["--source", "a", "--portions", "x"], ["--source", "a", "--heat", "mild"]]
)
def test_wrong_values_are_wrong_usage(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_help_says_what_the_fields_say() -> None:
    text = run("--help").output
    for part in ("Cook it.", "Where it was found.", "Plates.", "--no-with-salt", "low|high"):
        assert part in text


def test_a_part_of_the_fields_may_be_optional() -> None:
    assert run(only=("source", "portions"), optional=True) == {"source": None, "portions": None}


def test_a_field_without_help_is_a_mistake() -> None:
    @dataclass
    class Bare:
        number: int = 1

    with pytest.raises(TypeError, match="number must be Annotated"):
        field_options(Bare)


def test_a_parameter_of_ones_own() -> None:
    made = parameter("force", bool, typer.Option("--force"), default=False)
    assert (made.name, made.default, made.kind) == ("force", False, Parameter.KEYWORD_ONLY)
