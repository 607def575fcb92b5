import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from desktop_app.window_request import MOST_BYTES, WindowRequest
from desktop_app.window_seat import ask_window, seat_folder, take_seat

FILE = WindowRequest(file="/a.csv", page="files")
HOLD = """
import sys, time
from pathlib import Path
from desktop_app.window_seat import take_seat
seat = take_seat(Path(sys.argv[1]))
print(seat is not None, flush=True)
time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "run" / "window-0"


@pytest.fixture
def holder(folder):
    """A process that has the seat and never listens."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_one_has_the_seat_until_it_is_released(folder):
    seat = take_seat(folder)
    assert seat is not None
    assert take_seat(folder) is None
    seat.release()
    again = take_seat(folder)
    assert again is not None
    again.release()


def test_a_process_that_was_killed_leaves_the_seat_at_once(folder, holder):
    assert take_seat(folder) is None
    holder.kill()
    holder.wait()
    started = time.perf_counter()
    seat = take_seat(folder)
    assert seat is not None
    assert time.perf_counter() - started < 0.1
    seat.release()


def test_a_request_is_taken_once_and_in_order(folder):
    seat = take_seat(folder)
    requests = [WindowRequest(text=str(number)) for number in range(3)]
    threads = []
    for number, request in enumerate(requests, 1):
        threads.append(threading.Thread(target=ask_window, args=(folder, request)))
        threads[-1].start()
        while len(list(folder.glob("*.json"))) < number:
            time.sleep(0.005)
    assert seat.requests() == requests
    assert seat.requests() == []
    for thread in threads:
        thread.join(5)
    assert list(folder.iterdir()) == []
    seat.release()


def test_who_does_not_listen_is_not_waited_for_long(folder, holder):
    started = time.perf_counter()
    assert not ask_window(folder, FILE, patience=0.3)
    assert 0.3 <= time.perf_counter() - started < 2
    assert list(folder.iterdir()) == []  # it was withdrawn


def test_who_dies_while_being_asked_is_not_waited_for(folder, holder):
    threading.Timer(0.2, holder.kill).start()
    started = time.perf_counter()
    assert not ask_window(folder, FILE, patience=30)
    assert time.perf_counter() - started < 5
    assert list(folder.iterdir()) == []


def lay(folder: Path, content: bytes, number: int = 0) -> Path:
    path = folder / f"{number:020}-{'0' * 12}.json"
    path.write_bytes(content)
    return path


def test_hostile_content_is_passed_over(folder, tmp_path):
    seat = take_seat(folder)
    secret = tmp_path / "secret.json"
    secret.write_bytes(WindowRequest(file="/secret").to_bytes())
    lay(folder, b"{", 1)
    lay(folder, b"[" * 900_000, 2)
    lay(folder, b"\0" * (MOST_BYTES + 1), 3)
    (folder / f"{4:020}-{'0' * 12}.json").symlink_to(secret)
    os.mkfifo(folder / f"{5:020}-{'0' * 12}.json")
    (folder / f"{6:020}-{'0' * 12}.json").mkdir()
    (folder / "notes.txt").write_text("kept")
    (folder / "\u8bf7\u6c42.json").write_bytes(FILE.to_bytes())
    lay(folder, FILE.to_bytes(), 7)
    started = time.perf_counter()
    assert seat.requests() == [FILE]
    assert time.perf_counter() - started < 1
    assert secret.exists()
    assert (folder / "notes.txt").read_text() == "kept"
    assert seat.requests() == []
    seat.release()


def test_a_flood_is_taken_in_parts(folder):
    seat = take_seat(folder)
    for number in range(100):
        lay(folder, FILE.to_bytes(), number)
    assert [len(seat.requests()) for _ in range(5)] == [32, 32, 32, 4, 0]
    seat.release()


def test_a_request_that_nobody_waits_for_is_not_acted_on(folder):
    seat = take_seat(folder)
    path = lay(folder, FILE.to_bytes())
    os.utime(path, (time.time() - 120,) * 2)
    assert seat.requests() == []
    assert not path.exists()
    seat.release()


def test_a_folder_that_others_can_write_is_not_used(folder):
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    with pytest.raises(PermissionError, match="this user alone"):
        take_seat(folder)


def test_a_link_in_place_of_the_folder_is_not_used(folder, tmp_path):
    folder.parent.mkdir(mode=0o700)
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PermissionError):
        take_seat(folder)


def test_only_this_user_can_enter(folder):
    seat = take_seat(folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert folder.parent.stat().st_mode & 0o077 == 0
    seat.release()


def test_every_screen_has_a_window_of_its_own(tmp_path):
    names = [
        seat_folder(tmp_path, environment)
        for environment in (
            {"DISPLAY": ":0"},
            {"DISPLAY": ":1"},
            {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"},
            {"DISPLAY": "../../etc"},
            {},
        )
    ]
    assert len(set(names)) == 5
    assert all(path.parent == tmp_path for path in names)
