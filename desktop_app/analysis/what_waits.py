"""What is still to be read, in sentences for people."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.analysis.document_import import ImportWish
from desktop_app.analysis.file_state import state_since
from desktop_app.analysis.name_list import name_list


def what_waits(wishes: Sequence[ImportWish]) -> str:
    """Which documents are offered, and which are not as they were; "" where there are none."""
    states = [state_since(each.path, each.seen) for each in wishes]
    found = list(zip([each.path for each in wishes], states, strict=True))
    there = [path for path, state in found if state != "missing"]
    changed = [path for path, state in found if state == "changed"]
    gone = [path for path, state in found if state == "missing"]
    lines = []
    if there:
        lines.append(
            f"Still to be read: {name_list(there)}. Go on, or cancel to leave out what was not "
            "read."
        )
    if changed:
        lines.append(f"Changed since it was chosen: {name_list(changed)}. It is read as it is now.")
    if gone:
        lines.append(
            f"To be read, but no longer there: {name_list(gone)}. Put it back before you go on, "
            "or it is left out."
        )
    return "\n".join(lines)


def what_stays(kept: Sequence[ImportWish], lost: Sequence[ImportWish]) -> str:
    """What a project that is closed has nothing of yet; "" where it has of all.

    Args:
        kept: the project remembers them.
        lost: it does not.
    """
    lines = []
    if kept:
        names = name_list([each.path for each in kept])
        lines.append(f"Not read yet: {names}. Open the project again to go on.")
    if lost:
        lines.append(f"Not read: {name_list([each.path for each in lost])}. Import them again.")
    return "\n".join(lines)
