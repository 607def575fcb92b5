import logging
import sys
import time
from multiprocessing import get_context

import pytest

from desktop_app.log_file import LogFile, last_lines, older_log


def say(log: LogFile, text: str, level: int = logging.INFO) -> None:
    log.emit(logging.LogRecord("bert-desktop", level, "", 0, "%s", (text,), None))


@pytest.fixture
def log(tmp_path):
    made = LogFile(tmp_path / "state" / "bert-desktop.log", most_bytes=2_000)
    yield made
    made.close()


def test_nothing_is_made_before_the_first_record(log):
    assert not log.path.parent.exists()
    say(log, "hello")
    assert last_lines(log.path, 5)[0].endswith("Z INFO     hello")


def test_only_this_user_can_read_it(log):
    say(log, "hello")
    assert log.path.stat().st_mode & 0o077 == 0
    assert log.path.parent.stat().st_mode & 0o077 == 0


def test_lines_after_the_first_belong_to_it(log):
    say(log, "first\nsecond\r\n\tthird\u2028fourth", logging.ERROR)
    lines = last_lines(log.path, 10)
    assert lines[0].endswith("ERROR    first")
    assert lines[1:] == ["    second", "    third", "    fourth"]


def test_it_never_grows_beyond_three_files(log):
    for number in range(1000):
        say(log, f"record {number} " + "x" * 50)
    files = sorted(path.name for path in log.path.parent.iterdir())
    assert files == ["bert-desktop.log", "bert-desktop.log.1", "bert-desktop.log.2"]
    assert all(path.stat().st_size <= 2_000 for path in log.path.parent.iterdir())
    numbers = [int(line.split()[3]) for line in last_lines(log.path, 30)]
    assert numbers == list(range(1000 - len(numbers), 1000))
    assert len(numbers) == 30  # more than the newest file holds


def test_one_long_record_is_cut(log):
    say(log, "y" * 1_000_000)
    assert log.path.stat().st_size < 8_100


def write_many(path, name):
    log = LogFile(path, most_bytes=20_000)
    for number in range(150):
        say(log, f"{name} {number}")


def test_two_processes_write_whole_lines(tmp_path):
    path = tmp_path / "bert-desktop.log"
    context = get_context("fork" if sys.platform != "win32" else "spawn")
    processes = [context.Process(target=write_many, args=(path, name)) for name in ("one", "two")]
    for process in processes:
        process.start()
    for process in processes:
        process.join(20)
    written = [line for file in (older_log(path, 2), older_log(path, 1), path) if file.exists()
               for line in file.read_text().splitlines()]  # fmt: skip
    said = [tuple(line.split()[2:]) for line in written]
    assert len(said) == len(set(said)) == 300


def test_a_place_that_cannot_be_written_is_no_trouble(tmp_path):
    (tmp_path / "file").write_text("")
    log = LogFile(tmp_path / "file" / "bert-desktop.log")
    say(log, "hello")
    assert last_lines(log.path, 5) == []


def test_a_link_in_its_place_is_not_followed(tmp_path):
    target = tmp_path / "target"
    target.write_text("precious")
    path = tmp_path / "bert-desktop.log"
    path.symlink_to(target)
    log = LogFile(path)
    say(log, "hello")
    log.close()
    assert target.read_text() == "precious"


def test_the_end_of_a_large_file_is_read_quickly(tmp_path):
    path = tmp_path / "bert-desktop.log"
    path.write_bytes(b"x" * 100 + b"\n" + b"a line\n" * 3_000_000)
    started = time.perf_counter()
    assert last_lines(path, 200) == ["a line"] * 200
    assert time.perf_counter() - started < 0.2
    assert path.stat().st_size > 20_000_000
