from desktop_app.log_lines import lines_from

LINES = [
    "    the rest of a record that was cut off",
    "2026-01-01T00:00:00.000Z INFO     window shown",
    "2026-01-01T00:00:01.000Z ERROR    uncaught exception",
    "    builtins.ValueError",
    "2026-01-01T00:00:02.000Z WARNING  worker lost how=silent",
    "2026-01-01T00:00:03.000Z CRITICAL Qt: gone",
]


def test_records_are_chosen_with_the_lines_that_belong_to_them():
    assert lines_from(LINES, "INFO") == LINES[1:]
    assert lines_from(LINES, "WARNING") == LINES[2:]
    assert lines_from(LINES, "ERROR") == [*LINES[2:4], LINES[5]]
