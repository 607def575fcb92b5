"""TensorFlow, loaded without the notes that its libraries write to the terminal."""

from __future__ import annotations

import os
import sys
import tempfile


def start_tensorflow() -> None:
    """Import TensorFlow and find its devices; what it prints is shown only if that fails.

    Its native libraries write straight to the file descriptor of standard error before any
    log level applies: notes on instruction sets and missing GPU drivers that say nothing to a
    user of a command line. Does nothing if TensorFlow is loaded already.

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

            tf.config.list_physical_devices()
            tf.constant(0)
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
