"""A worker's process that dies over one text and hangs over another, the first time.

`python mortal_child.py MARKER LIMIT NICENESS THREADS`; the marker is made when it hangs.
"""

import json
import os
import struct
import sys
import threading
import time
from pathlib import Path


def main(marker: Path, arguments: list[str]) -> None:
    ready = threading.Event()
    ticking = threading.Thread(target=tick, args=(os.dup(1), ready), daemon=True)
    ticking.start()
    sys.path.insert(0, str(Path(__file__).parents[3]))
    from export.runtime import worker_process

    class Mortal(worker_process.WorkerProcess):
        def _open(self, bundle, *, prove):
            answer = super()._open(bundle, prove=prove)
            ready.set()
            ticking.join()
            return answer

        def _run(self, kind, texts):
            if any("停住" in text for text in texts) and not marker.exists():
                marker.touch()
                time.sleep(600)
            if any("死掉" in text for text in texts):
                os._exit(3)
            return super()._run(kind, texts)

    worker_process.WorkerProcess = Mortal
    worker_process.main(arguments)


def tick(pipe: int, ready: threading.Event) -> None:
    """Signs of life until the bundle is open: a busy machine may take long to start."""
    sign = json.dumps({"event": "progress", "done": 0}).encode()
    while not ready.wait(0.2):
        os.write(pipe, struct.pack("<2Q", len(sign), 0) + sign)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
