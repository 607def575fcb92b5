"""A start of the program: it opens the window, or asks the one that is open."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from desktop_app.user_folders import runtime_folder
from desktop_app.window_request import MOST_BYTES, WindowRequest
from desktop_app.window_seat import PATIENCE, WindowSeat, ask_window, seat_folder, take_seat


def seat_or_ask(
    request: WindowRequest, base: Path | None = None, patience: float = PATIENCE
) -> WindowSeat | Literal["asked"] | None:
    """Take the seat of the window, or let who has it show what is asked for.

    Args:
        request: of this start.
        base: where seats are; None: where this system keeps such things.
        patience: seconds to wait for a window that does not listen.

    Returns:
        The seat, "asked" where nothing is left to do, or None where this start opens a window
        without a seat: the one that has it does not listen, or the place cannot be used.
    """
    folder = seat_folder(base or runtime_folder())
    try:
        seat = take_seat(folder)
        if seat is not None or len(request.to_bytes()) > MOST_BYTES:
            return seat
        if ask_window(folder, request, patience):
            return "asked"
        seat = take_seat(folder)
    except OSError:
        return None
    if seat is None:
        print("The window that is open does not answer; this is another one.", file=sys.stderr)
    return seat
