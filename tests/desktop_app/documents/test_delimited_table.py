"""Rows in, rows out: nothing that stands in a CSV stops it or loses a row."""

import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.documents.document_error import DocumentError
from desktop_app.documents.open_document import document_rows, preview_document
from desktop_app.documents.read_options import ReadOptions
from desktop_app.documents.table_row import TableRow
from desktop_app.documents.text_source import HEAD_BYTES, PREVIEW_BYTES


def write(tmp_path, content, name="table.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_columns_are_text_exactly_as_written(tmp_path, read):
    text = 'id,zip,review\n007,01234, " x"\n12345678901234567890,1e5,"很好, ""真的"""\n'
    table, rows = read(write(tmp_path, text.encode("gb18030")))
    assert table.columns == ("id", "zip", "review")
    assert (table.encoding, table.delimiter, table.header) == ("gb18030", ",", True)
    assert rows == [
        TableRow(("007", "01234", ' " x"')),
        TableRow(("12345678901234567890", "1e5", '很好, "真的"')),
    ]


def test_ragged_rows_stay_and_say_so(tmp_path, read):
    _, rows = read(write(tmp_path, "a,b\n1,2\n3\n4,5,6\n\n7,8\n9,0\n"))
    assert [row.cells for row in rows] == [
        ("1", "2"),
        ("3", ""),
        ("4", "5,6"),
        ("", ""),
        ("7", "8"),
        ("9", "0"),
    ]
    statuses = ["ok", "ragged", "ragged", "no text", "ok", "ok"]
    assert [row.status for row in rows] == statuses
    assert rows[1].note == "1 cells for 2 columns"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "gb18030"])
def test_row_count_parity(tmp_path, read, end, encoding):
    odd = ["1,a", "2", "3,b,c", '4,"stray', "5,nul\0here", '6,mid"quote', "7,\x07bell", '8,"x"y']
    odd += ["9,\ufeffmark", "10,\u2028separator\x0c\x0b\x85", '11,""', "12,…很好", "13,"]
    text = end.join(["id,text", *odd, *(f"{number},fine" for number in range(14, 60))]) + end
    _, rows = read(write(tmp_path, text.encode(encoding)))
    assert [row.cells[0] for row in rows] == [str(number) for number in range(1, 60)]
    assert rows[4].cells[1] == "nulhere"
    assert rows[9].cells[1] == "\u2028separator\x0c\x0b\x85"


def test_lone_carriage_returns_end_rows_only_where_rows_come_of_it(tmp_path, read):
    _, rows = read(write(tmp_path, "a,b\n1,x\r2,y\n3,one\rtwo\n"))
    assert [row.cells for row in rows] == [("1", "x"), ("2", "y"), ("3", "one\rtwo")]


def test_files_that_were_joined_keep_no_mark_inside(tmp_path, read):
    _, rows = read(write(tmp_path, '\ufeffa,b\n1,x\n\ufeff"2","y"\n'))
    assert rows[1] == TableRow(("2", "y"))


def test_damaged_bytes_mark_their_row_alone(tmp_path, read):
    good = "1,这家店的服务真的很好\n".encode() * 30
    _, rows = read(write(tmp_path, b"id,text\n" + good + b"2,\xff\xfe bad\n" + good))
    assert [row.status for row in rows].count("unreadable") == 1
    assert rows[30].cells == ("2", "\ufffd\ufffd bad")
    assert "2 characters" in rows[30].note and "utf-8" in rows[30].note
    assert len(rows) == 61


def test_missing_empty_and_repeated_headers(tmp_path, read):
    table, rows = read(write(tmp_path, "1,good\n2,bad\n"))
    assert (table.header, table.columns, len(rows)) == (False, ("A", "B"), 2)
    table, rows = read(write(tmp_path, "text,,text\n1,2,3\n"))
    assert table.columns == ("text", "B", "text (2)")
    assert len(table.warnings) == 2
    table, rows = read(write(tmp_path, "1,good\n2,bad\n"), header=True)
    assert (table.columns, len(rows)) == (("1", "good"), 1)


def test_a_person_knows_better(tmp_path, read):
    path = write(tmp_path, "a,b;c\n很,好;x\n".encode("gb18030"))
    assert read(path, delimiter=";", header=True)[1][0].cells == ("很,好", "x")
    assert read(path, delimiter="", header=True)[1][0].cells == ("很,好;x",)
    assert read(path, encoding="cp1252", delimiter=";")[1][1].cells[0] == "ºÜ,ºÃ"
    table, _ = read(write(tmp_path, b"\xef\xbb\xbfa,b\n1,2\n"), encoding="utf-8")
    assert table.columns == ("a", "b")


def test_a_cell_of_50_million_characters_is_cut_and_marked(tmp_path, read):
    begun = time.process_time()
    text = b'id,text\n1,"' + b"word " * 10_000_000 + b'"\n2,next\n'
    _, rows = read(write(tmp_path, text))
    assert [row.status for row in rows] == ["cut", "ok"]
    assert len(rows[0].cells[1]) == 1_000_000
    assert "50,000,000" in rows[0].note
    assert rows[1].cells == ("2", "next")
    assert time.process_time() - begun < 3.0


def test_more_columns_than_allowed_stay_in_the_last(tmp_path, read):
    table, rows = read(write(tmp_path, "a,b,c,d\n1,2,3,4\n5,6,7,8\n"), max_columns=2)
    assert len(table.columns) == 2
    assert rows[0].cells == ("1", "2,3,4")


def test_a_preview_of_five_gigabytes_reads_only_its_head(tmp_path):
    path = write(tmp_path, "id,text\n" + "1,plain words\n" * 60_000)
    os.truncate(path, 5_000_000_000)  # a hole, which reads as zeros
    begun = time.perf_counter()
    preview = preview_document(path)
    assert time.perf_counter() - begun < 2.0
    assert len(preview.rows) == 100
    assert preview.rows[99] == TableRow(("1", "plain words"))
    assert preview.size == 5_000_000_000
    rows = document_rows(path)
    assert next(rows).cells == ("1", "plain words")
    rows.close()


def test_a_preview_reads_a_bounded_number_of_bytes(tmp_path, monkeypatch):
    from desktop_app.documents.source_file import SourceFile

    taken = []
    real = SourceFile.read_at

    def counted(self, offset, count):
        data = real(self, offset, count)
        taken.append(len(data))
        return data

    monkeypatch.setattr(SourceFile, "read_at", counted)
    path = write(tmp_path, "id,text\n1," + "long words " * 2_000_000)
    preview = preview_document(path)
    assert [row.status for row in preview.rows] == ["cut"]
    assert sum(taken) <= PREVIEW_BYTES + 4 * HEAD_BYTES + 1024


def test_chinese_far_behind_an_ascii_head_is_found(tmp_path):
    text = "id,text\n" + "1,plain\n" * 40_000 + "2,很好，真的不错\n" * 30_000
    path = write(tmp_path, text.encode("gb18030"))
    assert preview_document(path).encoding == "gb18030"
    *_, last = document_rows(path)
    assert last == TableRow(("2", "很好，真的不错"))


def test_a_file_that_changes_or_vanishes_meanwhile_is_told(tmp_path):
    path = write(tmp_path, "id,text\n" + "1,words and words\n" * 40_000)
    for change in (lambda: path.write_bytes(b"other"), path.unlink):
        write(tmp_path, "id,text\n" + "1,words and words\n" * 40_000)
        rows = document_rows(path)
        assert next(rows).status == "ok"
        change()
        with pytest.raises(DocumentError, match="while it was read") as caught:
            list(rows)
        assert caught.value.reason == "changed"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n\n",
        b"   ",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"a",
        b'"',
        b",",
        b"\0",
        b"\xff\xff",
    ],
)
def test_hardly_anything(tmp_path, content):
    path = write(tmp_path, content)
    preview = preview_document(path)
    assert len(preview.columns) >= 1
    assert len(preview.rows) <= 1


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"\1\2\3\4abc" * 100, b"\x7fELF\2\1\1"]
)
def test_what_is_no_text_is_refused(tmp_path, content):
    with pytest.raises(DocumentError, match="not a text file"):
        preview_document(write(tmp_path, content))


@given(
    st.one_of(
        st.binary(max_size=300),
        st.text('ab,;"\t\r\n\0很é\ufeff\ud800', max_size=200).map(
            lambda text: text.encode("utf-8", "surrogatepass")
        ),
        st.tuples(st.text('a,"\r\n很', max_size=60), st.sampled_from(["utf-16", "gb18030"])).map(
            lambda pair: pair[0].encode(pair[1])
        ),
    ),
    st.sampled_from([None, "utf-8", "utf-16", "gb18030", "utf-7", "cp1252", "big5", "idna"]),
)
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_give_rows_or_a_document_error(tmp_path, content, encoding):
    path = write(tmp_path, content)
    try:
        options = ReadOptions(encoding=encoding)
    except ValueError:
        assert encoding in ("idna", "utf-7")
        return
    try:
        preview = preview_document(path, options)
        rows = list(document_rows(path, options))
    except DocumentError:
        return
    assert all(len(row.cells) == len(preview.columns) for row in rows)
    assert tuple(rows[:100]) == preview.rows


@pytest.mark.soak
def test_200_million_bytes_stream_in_little_memory(tmp_path):
    import psutil

    path = tmp_path / "large.csv"
    line = "17,这家店的服务真的很好，下次还会来,4.5\n".encode("gb18030")
    with path.open("wb") as file:
        file.write("id,评论,score\n".encode("gb18030"))
        for _ in range(200_000_000 // (len(line) * 10_000)):
            file.write(line * 10_000)
    before = psutil.Process().memory_info().rss
    count = sum(1 for _ in document_rows(path))
    assert count == path.stat().st_size // len(line)
    assert psutil.Process().memory_info().rss - before < 64 << 20
