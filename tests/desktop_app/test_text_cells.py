from desktop_app.text_cells import text_cells


def test_wide_characters_fill_two_cells():
    assert text_cells("") == 0
    assert text_cells("film") == 4
    assert text_cells("电影 (film)") == 11
    assert text_cells("！") == 2  # full width
