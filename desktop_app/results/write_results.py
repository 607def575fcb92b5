"""Results to a file of any form: streamed, atomic, with progress, and to be called off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from desktop_app.results.csv_writer import write_csv
from desktop_app.results.destination import destination, place_error
from desktop_app.results.json_lines_writer import write_json_lines
from desktop_app.results.result_error import CALLED_OFF, ResultsCancelledError
from desktop_app.results.result_row import ResultRow, ResultTable
from desktop_app.results.write_options import Form, WriteOptions, form_of
from desktop_app.results.xlsx_writer import write_xlsx

_ROWS_BETWEEN = 256  # calls of progress and cancelled: a few milliseconds


def write_results(
    path: Path,
    table: ResultTable,
    rows: Iterable[ResultRow],
    *,
    form: Form | None = None,
    options: WriteOptions | None = None,
    source: Path | None = None,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write rows as they come; the file has its name when all are in it, or stays as it was.

    Args:
        path: of the file.
        table: head of the table.
        rows: any number of them.
        form: None: by the end of the name.
        options: for CSV.
        source: the file the rows were read from, which is never written over.
        progress: called with the number of rows written.
        cancelled: asked now and then; True calls the writing off.

    Returns:
        The number of rows written.

    Raises:
        ResultError: if the file cannot be written; an error of `rows` comes through as it is.
        ResultsCancelledError: if it was called off.
    """
    form = form_of(path, form)
    options = options or WriteOptions()
    watched = _WatchedRows(rows, progress, cancelled)
    try:
        with destination(path, source=source) as stream:
            if form == "csv":
                write_csv(stream, table, watched, options)
            elif form == "jsonl":
                write_json_lines(stream, table, watched)
            else:
                write_xlsx(stream, table, watched, folder=_beside(path))
    except OSError as error:
        if error is watched.failure:
            raise
        raise place_error(path, error) from error
    if progress is not None:
        progress(watched.count)
    return watched.count


def _beside(path: Path) -> Path | None:
    """Where there is room for the file there is room for its parts; not so beside a device."""
    target = path.resolve()
    return target.parent if target.is_file() or not target.exists() else None


class _WatchedRows:
    """Counts rows on their way, and remembers an error that is theirs and not the file's."""

    def __init__(
        self,
        rows: Iterable[ResultRow],
        progress: Callable[[int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.count = 0
        self.failure: BaseException | None = None
        self._rows, self._progress, self._cancelled = rows, progress, cancelled

    def __iter__(self) -> Iterator[ResultRow]:
        rows = iter(self._rows)
        while True:
            self._look_up()
            try:
                row = next(rows)
            except StopIteration:
                return
            except BaseException as error:
                self.failure = error
                raise
            yield row
            self.count += 1

    def _look_up(self) -> None:
        if self.count % _ROWS_BETWEEN:
            return
        if self._cancelled is not None and self._cancelled():
            raise ResultsCancelledError(CALLED_OFF)
        if self._progress is not None and self.count:
            self._progress(self.count)
