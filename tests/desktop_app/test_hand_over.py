"""A second start hands over to the open window: how long it waits for that."""

import threading
import time

from desktop_app.request_watch import RequestWatch
from desktop_app.window_request import WindowRequest
from desktop_app.window_seat import ask_window, take_seat


def test_asking_an_open_window_takes_less_than_half_a_second(qtbot, qapp, tmp_path):
    folder = tmp_path / "run" / "window-0"
    seat = take_seat(folder)
    assert seat is not None
    watch = RequestWatch(seat)
    wanted = [WindowRequest(file=f"/{number}.csv", page="files") for number in range(3)]
    seconds = []
    for request in wanted:  # the quickest counts: other programs run on this machine too
        asked = threading.Thread(target=ask_window, args=(folder, request))
        begun = time.perf_counter()
        with qtbot.waitSignal(watch.requested, timeout=10_000) as taken:
            asked.start()
        asked.join(10)
        seconds.append(time.perf_counter() - begun)
        assert taken.args == [request]
    watch.close()
    assert min(seconds) < 0.5
