from desktop_app.documents.plain_text import join_lines


def test_a_line_is_a_row_and_empty_lines_are_none(tmp_path, read):
    path = tmp_path / "文 件.txt"
    path.write_bytes("很好\r\n\r\n  太差 \r\n".encode("gb18030"))
    table, rows = read(path)
    assert (table.kind, table.columns, table.encoding) == ("txt", ("text",), "gb18030")
    assert [row.cells for row in rows] == [("很好",), ("  太差 ",)]


def test_paragraphs_if_asked_for(tmp_path, read):
    path = tmp_path / "prose.txt"
    path.write_text("one\ntwo\n\n很\n好\n")
    _, rows = read(path, unit="paragraph")
    assert [row.cells[0] for row in rows] == ["one two", "很好"]


def test_markdown_loses_its_marks(tmp_path, read):
    path = tmp_path / "notes.md"
    path.write_text(
        "# A *title*\n\nSome **bold** text\nand a [link](http://x.y).\n- one\n- two\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode_with_*stars*\n```\n"
    )
    table, rows = read(path)
    assert table.kind == "markdown"
    texts = ["A title", "Some bold text and a link.", "one", "two", "a   b", "1   2"]
    assert [row.cells[0] for row in rows][:6] == texts


def test_lines_are_joined_as_their_script_is_written():
    assert join_lines(["one", "two"]) == "one two"
    assert join_lines(["很", "好", "ok"]) == "很好 ok"
