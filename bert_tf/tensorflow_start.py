"""TensorFlow, loaded without the notes that its libraries write to the terminal."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
import tempfile
from typing import Any


def show_crashes() -> None:
    """Where native code dies, the Python lines that led there go to standard error.

    To that of now: while TensorFlow is imported another one is in its place.
    """
    with contextlib.suppress(OSError):  # a program without standard error
        faulthandler.enable(os.dup(2))


def start_tensorflow(*, cpu_devices: int = 1) -> None:
    """Import TensorFlow and find its devices; what it prints is shown only if that fails.

    Its native libraries write straight to the file descriptor of standard error before any
    log level applies: notes on instruction sets and missing GPU drivers that say nothing to a
    user of a command line. Does nothing if TensorFlow is loaded already.

    Args:
        cpu_devices: logical devices that the CPU is divided into where there is no GPU.

    Raises:
        ImportError: if TensorFlow is not installed; says how to install it.
    """
    if sys.modules.get("tensorflow") is not None:
        return
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    sys.stderr.flush()
    terminal = os.dup(2)
    with tempfile.TemporaryFile() as notes:
        os.dup2(notes.fileno(), 2)
        try:
            import tensorflow as tf

            _choose_devices(tf, cpu_devices)
        except ImportError as error:
            raise ImportError(
                f"TensorFlow cannot be loaded ({error}). Install what training and export need: "
                "pip install 'bert_tf[export]'"
            ) from error
        except BaseException:
            notes.seek(0)
            os.write(terminal, notes.read())
            raise
        finally:
            os.dup2(terminal, 2)
            os.close(terminal)


def _choose_devices(tf: Any, cpu_devices: int) -> None:
    """Devices are fixed by the first operation, and so is whether workers meet (TF_CONFIG)."""
    gpus = tf.config.list_physical_devices("GPU")
    if cpu_devices > 1 and not gpus:
        tf.config.set_logical_device_configuration(
            tf.config.list_physical_devices("CPU")[0],
            [tf.config.LogicalDeviceConfiguration() for _ in range(cpu_devices)],
        )
    if not os.environ.get("TF_CONFIG"):
        tf.constant(0)
