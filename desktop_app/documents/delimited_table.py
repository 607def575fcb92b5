"""CSV, TSV and their kin: any delimiter, any encoding, any size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from desktop_app.documents.column_names import column_names, has_header, width_of
from desktop_app.documents.delimited_records import DelimitedRecords, Record
from desktop_app.documents.delimiter_guess import guess_delimiter
from desktop_app.documents.opened_table import OpenedTable, Reading
from desktop_app.documents.row_shape import RowShape
from desktop_app.documents.table_row import TableRow
from desktop_app.documents.text_source import TextSource

_SAMPLE_RECORDS = 200
_TABULATED = (".tsv", ".tab", ".xls", ".txt")


def open_delimited(reading: Reading) -> OpenedTable:
    """Open a table of delimited text.

    Raises:
        DocumentError: if it cannot be opened or is no text.
    """
    options = reading.options
    source = TextSource(reading)
    preferred = "\t" if reading.path.suffix.lower() in _TABULATED else ","
    delimiter = options.delimiter
    if delimiter is None:
        delimiter = guess_delimiter(source.head_lines, preferred=preferred)
    sample = _sample(source, delimiter, options.max_columns)
    header = options.header if options.header is not None else has_header(sample)
    width = width_of(sample, options.max_columns)
    shape = RowShape(
        width,
        joint=delimiter,
        max_cell_characters=options.max_cell_characters,
        encoding=source.guess.encoding,
    )
    records = DelimitedRecords(
        source.lines(), delimiter=delimiter, max_cells=options.max_columns, width=width
    )
    names = sample[0] if header and sample else []
    return OpenedTable(
        kind="csv",
        columns=column_names(names[:width], width),
        rows=_rows(iter(records), shape, header=header, head_only=_is_cut(source, reading)),
        encoding=source.guess.encoding,
        delimiter=delimiter,
        header=header,
        warnings=_warnings(source, names, sample, width),
        size=source.file.size,
        modified_ns=source.file.modified_ns,
        close=source.file.close,
    )


def _sample(source: TextSource, delimiter: str, max_columns: int) -> list[list[str]]:
    records = DelimitedRecords(source.head_lines(), delimiter=delimiter, max_cells=max_columns)
    return [cells for cells, _ in islice(records, _SAMPLE_RECORDS) if cells]


def _is_cut(source: TextSource, reading: Reading) -> bool:
    from desktop_app.documents.text_source import PREVIEW_BYTES

    return reading.head_only and source.file.size > PREVIEW_BYTES


def _rows(
    records: Iterator[Record], shape: RowShape, *, header: bool, head_only: bool
) -> Iterator[TableRow]:
    records = _after_header(records) if header else records
    if not head_only:
        yield from shape.rows(records)
        return
    # the last row of a preview ends where its bytes end, not where the row does
    held: TableRow | None = None
    shown = 0
    for row in shape.rows(records):
        if held is not None:
            yield held
            shown += 1
        held = row
    if held is not None and shown == 0:
        yield TableRow(held.cells, "cut", "longer than a preview shows")


def _after_header(records: Iterator[Record]) -> Iterator[Record]:
    """Without the first record that has cells."""
    for cells, _ in records:
        if cells:
            return chain(records)
    return iter(())


def _warnings(
    source: TextSource, names: list[str], sample: list[list[str]], width: int
) -> tuple[str, ...]:
    found = []
    if not source.guess.certain:
        found.append(f"The encoding {source.guess.encoding} is a guess; check the characters.")
    stripped = [name.strip() for name in names]
    if len(set(filter(None, stripped))) < len([name for name in stripped if name]):
        found.append("Some columns have the same name; they were numbered.")
    if names and not all(stripped[:width]):
        found.append("Some columns have no name; they were given letters.")
    ragged = sum(len(cells) != width for cells in sample)
    if ragged:
        found.append(
            f"{ragged} of the first {len(sample)} rows have more or fewer than {width} cells."
        )
    return tuple(found)
