"""Where a run computes: one device, several, several machines; and whether bit for bit."""

from __future__ import annotations

import json
import os

import tensorflow as tf


def make_strategy(devices: int = 0) -> tf.distribute.Strategy:
    """The strategy of `tf.distribute` that a run should use.

    With `TF_CONFIG` in the environment this process is one worker of several
    (MultiWorkerMirroredStrategy); else several devices of this machine share each batch
    (MirroredStrategy); else the default strategy of one device.

    Args:
        devices: how many devices of this machine; 0 = every GPU, or the CPU. On a machine
            without GPUs the CPU is divided into so many logical devices, to try things out.

    Raises:
        ValueError: if there are fewer GPUs, TF_CONFIG is damaged, or TensorFlow has already
            begun to compute.
    """
    if devices < 0:
        raise ValueError(f"devices must not be negative, received {devices}.")
    if _workers() > 1:
        return tf.distribute.MultiWorkerMirroredStrategy()
    gpus = tf.config.list_physical_devices("GPU")
    if devices > len(gpus) > 0:
        raise ValueError(f"devices must be at most the {len(gpus)} GPUs here, received {devices}.")
    if gpus:
        wanted = [f"GPU:{index}" for index in range(devices or len(gpus))]
    else:
        _divide_cpu(devices)
        wanted = [f"CPU:{index}" for index in range(max(1, devices))]
    if len(wanted) == 1:
        return tf.distribute.get_strategy()
    return tf.distribute.MirroredStrategy(wanted)


def make_deterministic() -> None:
    """Make every operation give the same bits every time, at the price of some speed.

    Sums that several threads share out otherwise depend on which of them comes first.
    """
    tf.config.experimental.enable_op_determinism()


def is_chief(strategy: tf.distribute.Strategy) -> bool:
    """Whether this process writes checkpoints and models; exactly one of the workers does."""
    resolver = getattr(strategy, "cluster_resolver", None)
    if resolver is None or not resolver.task_type:
        return True
    has_chief = "chief" in resolver.cluster_spec().as_dict()
    return (resolver.task_type, resolver.task_id) == ("chief" if has_chief else "worker", 0)


def _workers() -> int:
    """How many processes TF_CONFIG names; 1 without it."""
    content = os.environ.get("TF_CONFIG", "")
    if not content:
        return 1
    try:
        cluster = json.loads(content)["cluster"]
        return sum(len(cluster.get(kind, [])) for kind in ("chief", "worker"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            'TF_CONFIG must be JSON such as {"cluster": {"worker": ["host:port", ...]}, '
            f'"task": {{"type": "worker", "index": 0}}}}, received {content[:200]!r}.'
        ) from error


def _divide_cpu(devices: int) -> None:
    if devices < 2:
        return
    cpu = tf.config.list_physical_devices("CPU")[0]
    try:
        tf.config.set_logical_device_configuration(
            cpu, [tf.config.LogicalDeviceConfiguration() for _ in range(devices)]
        )
    except RuntimeError as error:
        if len(tf.config.list_logical_devices("CPU")) >= devices:
            return
        raise ValueError(
            f"The CPU cannot be divided into {devices} devices any more: TensorFlow has begun to "
            "compute. Choose the devices first."
        ) from error
