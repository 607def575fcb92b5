"""How many operations a second the device could do at best, to compare with."""

from __future__ import annotations

import re
import time

import tensorflow as tf

# Dense bfloat16 (or float16) and TF32 or float32 peaks in TFLOP/s, from the makers' data sheets.
_GPU_PEAKS = {
    r"H100|H200": (989.0, 494.0),
    r"A100": (312.0, 156.0),
    r"L40S?": (362.0, 183.0),
    r"L4\b": (121.0, 60.0),
    r"V100": (125.0, 15.7),
    r"T4\b": (65.0, 8.1),
    r"4090": (165.0, 82.6),
    r"3090": (71.0, 35.6),
}
_PROBE = 1024  # rows and columns of the product that a CPU is measured by


def peak_flops(compute_dtype: str, replicas: int = 1) -> tuple[float, str]:
    """Operations a second of the devices that compute together, and where the figure is from.

    Known GPUs have their maker's figure; everything else is measured by a matrix product,
    which takes a fraction of a second.

    Args:
        compute_dtype: of the matrix products, such as "bfloat16".
        replicas: GPUs that share a batch, on all machines; a CPU that plays several devices is
            one.
    """
    gpus = tf.config.list_physical_devices("GPU")
    if gpus:
        name = str(tf.config.experimental.get_device_details(gpus[0]).get("device_name", "GPU"))
        for pattern, (half, full) in _GPU_PEAKS.items():
            if re.search(pattern, name):
                peak = full if compute_dtype == "float32" else half
                return peak * 1e12 * replicas, f"{replicas} x {name}, data sheet"
        return _measured(compute_dtype) * replicas, f"{replicas} x {name}, measured"
    return _measured(compute_dtype), "CPU, measured by a matrix product"


def _measured(compute_dtype: str) -> float:
    left = tf.cast(tf.random.normal([_PROBE, _PROBE], seed=1), compute_dtype)

    @tf.function(autograph=False)
    def product(values: tf.Tensor) -> tf.Tensor:
        for _ in range(8):
            values = tf.matmul(left, values)
        return tf.reduce_sum(tf.cast(values, tf.float32))

    product(left).numpy()
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        product(left).numpy()
        best = min(best, time.perf_counter() - start)
    return 8 * 2.0 * _PROBE**3 / best
