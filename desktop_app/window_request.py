"""What a second start asks of the window that is open."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self, get_args

from desktop_app.command_line import Arguments, PageName

MOST_BYTES = 1 << 20  # of a request; a text of the command line has fewer
_VERSION = 1
_LANGUAGES, _APPEARANCES = ("en", "zh_CN"), ("system", "light", "dark")


@dataclass(frozen=True, kw_only=True)
class WindowRequest:
    """Checked when made: a value that the command line would not take raises `ValueError`."""

    file: str | None = None  # an absolute path
    page: PageName | None = None
    language: str | None = None
    appearance: str | None = None
    text: str | None = None

    def __post_init__(self) -> None:
        for value in asdict(self).values():
            if not (value is None or isinstance(value, str)):
                raise ValueError(f"a request holds texts, received {type(value).__name__}.")
        for name, allowed in (
            ("page", get_args(PageName)),
            ("language", _LANGUAGES),
            ("appearance", _APPEARANCES),
        ):
            if getattr(self, name) not in (None, *allowed):
                raise ValueError(f"{name} must be one of {', '.join(allowed)}.")
        if self.file is not None and ("\0" in self.file or not Path(self.file).is_absolute()):
            raise ValueError("file must be an absolute path.")

    @classmethod
    def of(cls, arguments: Arguments) -> Self:
        """The same as a command line asks for, from wherever it was given."""
        return cls(
            file=None if arguments.file is None else str(Path(arguments.file).absolute()),
            page=arguments.page,
            language=arguments.language,
            appearance=arguments.appearance,
            text=arguments.text,
        )

    def to_bytes(self) -> bytes:
        """As JSON."""
        return json.dumps({"version": _VERSION, **asdict(self)}).encode("ascii")

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Read what may come from anywhere.

        Raises:
            ValueError: if it is no request.
        """
        if len(content) > MOST_BYTES:
            raise ValueError(f"a request has at most {MOST_BYTES} bytes.")
        try:
            values: Any = json.loads(content)
        except RecursionError as error:
            raise ValueError("a request is not that deep.") from error
        if not isinstance(values, dict) or values.get("version") != _VERSION:
            raise ValueError("this is no request of this version.")
        return cls(**{field.name: values.get(field.name) for field in fields(cls)})
