"""Options of the command line from the fields of configurations, each written down once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import typer

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Config = TypeVar("Config", bound="DataclassInstance")

_SHORT = {"output": "-o"}  # letters beside the long names


def field_options(
    configuration: type[Any], *, only: Iterable[str] | None = None, optional: bool = False
) -> list[Parameter]:
    """One parameter a field of a dataclass; its annotation `Annotated[type, "help"]` says the rest.

    Args:
        configuration: a dataclass.
        only: names of fields; None = all.
        optional: give each the default None, whatever the field's is.
    """
    hints = get_type_hints(configuration, include_extras=True)
    chosen = None if only is None else set(only)
    return [
        _parameter(field, hints[field.name], optional=optional)
        for field in dataclasses.fields(configuration)
        if chosen is None or field.name in chosen
    ]


def _parameter(field: dataclasses.Field[Any], hint: Any, *, optional: bool) -> Parameter:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"The field {field.name} must be Annotated with its help.")
    kind, explanation = get_args(hint)[:2]
    long = f"--{field.name.replace('_', '-')}"
    if kind is bool:
        names = [f"{long}/--no-{long.removeprefix('--')}"]
    else:
        names = [long, *([_SHORT[field.name]] if field.name in _SHORT else [])]
    missing = field.default is dataclasses.MISSING
    default = None if optional else Parameter.empty if missing else field.default
    given = typer.Option(*names, help=explanation)
    return parameter(field.name, kind | None if optional else kind, given, default=default)


def parameter(name: str, kind: Any, *given: Any, default: Any) -> Parameter:
    """A parameter of a command; `given` is its `typer.Option` where `kind` does not hold it."""
    annotation = Annotated[kind, *given] if given else kind
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def with_parameters(
    function: Callable[..., None], parameters: list[Parameter], *, name: str, doc: str
) -> Callable[..., None]:
    """Let a function that takes any keywords appear to Typer with these."""

    def command(**values: Any) -> None:
        function(values)

    command.__name__, command.__doc__ = name, doc
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {item.name: item.annotation for item in parameters}
    return command


def from_values(configuration: type[Config], values: Mapping[str, Any]) -> Config:
    """The configuration that these values of options describe; others are passed over."""
    names = {field.name for field in dataclasses.fields(configuration)}
    return configuration(**{name: value for name, value in values.items() if name in names})
