"""Typed reading of JSON that came with a file and is not to be trusted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from export.runtime.errors import BundleError

T = TypeVar("T")
MAX_JSON_BYTES = 8 << 20  # ours have less than 1 MiB; as objects, JSON takes up to 20 times that
MAX_JSON_DEPTH = 32  # containers within containers
_JSON_NAMES = {
    dict: "an object",
    list: "a list",
    str: "a string",
    int: "an integer",
    bool: "a boolean",
}


def parse_object(content: bytes, *, what: str) -> dict[str, Any]:
    """The JSON object in `content`.

    Args:
        content: UTF-8 bytes.
        what: the name of the member, for messages.

    Raises:
        BundleError: if it is not UTF-8, not JSON, holds NaN, infinity or half a character, is
            too large or too deep, or is no object. So it can always be written again.
    """
    if len(content) > MAX_JSON_BYTES:
        raise BundleError(
            f"{what} has {len(content):,} bytes, at most {MAX_JSON_BYTES:,} are read. "
            "Export the bundle again."
        )
    try:
        values = json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
        _check_depth(values)
        json.dumps(values, ensure_ascii=False, allow_nan=False).encode("utf-8")  # 1e999, "\ud800"
    except (ValueError, RecursionError) as error:
        raise BundleError(
            f"{what} is not valid JSON ({error}). Export the bundle again."
        ) from error
    if not isinstance(values, dict):
        raise BundleError(f"{what} must hold a JSON object, received {type(values).__name__}.")
    return values


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _check_depth(values: Any) -> None:
    level = [values]
    for _ in range(MAX_JSON_DEPTH):
        containers = [item for item in level if isinstance(item, dict | list)]
        level = [
            inner
            for item in containers
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return
    raise ValueError(f"nested more than {MAX_JSON_DEPTH} deep")


def field(values: Mapping[str, Any], name: str, kind: type[T], *, what: str) -> T:
    """`values[name]`, which must be of exactly this JSON type (a boolean is no integer).

    Raises:
        BundleError: if it is missing or of another type.
    """
    if name not in values:
        raise BundleError(f"{what} lacks the field {name!r}. Export the bundle again.")
    value = values[name]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        wanted = _JSON_NAMES.get(kind, kind.__name__)
        raise BundleError(f"{what}: {name!r} must be {wanted}, received {value!r:.80}.")
    return value


def strings(values: Mapping[str, Any], name: str, *, what: str) -> tuple[str, ...]:
    """A list of strings.

    Raises:
        BundleError: if it is anything else.
    """
    items = field(values, name, list, what=what)
    if not all(isinstance(item, str) for item in items):
        raise BundleError(f"{what}: {name!r} must hold strings only, received {items!r:.80}.")
    return tuple(items)


def numbers(values: Mapping[str, Any], name: str, *, what: str) -> tuple[float, ...]:
    """A list of numbers.

    Raises:
        BundleError: if it is anything else.
    """
    items = field(values, name, list, what=what)
    if not all(isinstance(item, int | float) and not isinstance(item, bool) for item in items):
        raise BundleError(f"{what}: {name!r} must hold numbers only, received {items!r:.80}.")
    try:
        return tuple(float(item) for item in items)
    except OverflowError as error:
        raise BundleError(f"{what}: {name!r} holds a number too large for a float.") from error
