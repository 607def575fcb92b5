"""The cells of the rows in view, read page by page and kept for a while. No Qt."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.projects.document import ProjectRow

PAGE_ROWS = 32  # read at once: about a screen of rows, a millisecond or two
_KEPT_ROWS = 4_096

ReadRows = Callable[[Sequence[int]], list[ProjectRow]]


class CellPages:
    """Rows by their place in the columns. What a row says never changes, so nothing goes stale."""

    def __init__(self, read: ReadRows) -> None:
        """Nothing is read yet; `read` gives the rows of some places, in their order."""
        self._read = read
        self._rows: OrderedDict[int, ProjectRow] = OrderedDict()

    def row(self, order: NDArray[np.int32], position: int) -> ProjectRow | None:
        """The row at a position of an order; its neighbours are read with it.

        Args:
            order: (S,) places of the rows that are shown.
            position: in `order`.

        Returns:
            None where the project does not have it any more.
        """
        place = int(order[position])
        known = self._rows.get(place)
        if known is not None:
            self._rows.move_to_end(place)
            return known
        first = position - position % PAGE_ROWS
        wanted = [int(each) for each in order[first : first + PAGE_ROWS]]
        missing = [each for each in wanted if each not in self._rows]
        for each, row in zip(missing, self._read(missing), strict=False):
            self._rows[each] = row
        while len(self._rows) > _KEPT_ROWS:
            self._rows.popitem(last=False)
        return self._rows.get(place)

    def forget(self) -> None:
        """Read everything again when it is asked for."""
        self._rows.clear()
