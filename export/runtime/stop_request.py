"""Ctrl-C that is heard even where Python drops the exception it raises.

An exception raised while an object is being freed, or inside a callback of a native library, is
printed or lost and the program goes on. So the request is remembered as well, and long work asks
for it between its parts.
"""

from __future__ import annotations

import signal
from typing import NoReturn

_requested = False


def listen() -> None:
    """Remember Ctrl-C from now on; where it is ignored, as under `nohup`, it stays ignored."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _remember)


def raise_if_requested() -> None:
    """Stop here if Ctrl-C came since `listen`.

    Raises:
        KeyboardInterrupt: if it did.
    """
    if _requested:
        raise KeyboardInterrupt


def _remember(*_: object) -> NoReturn:
    global _requested
    _requested = True
    raise KeyboardInterrupt
