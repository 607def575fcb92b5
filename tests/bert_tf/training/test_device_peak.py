"""What a run is compared with: the devices that share its batches, not all that are there."""

from types import SimpleNamespace

import pytest
import tensorflow as tf

from bert_tf.training.device_peak import peak_flops


def test_a_known_gpu_counts_once_for_each_replica(monkeypatch: pytest.MonkeyPatch) -> None:
    gpus = [SimpleNamespace(name=f"/physical_device:GPU:{number}") for number in range(4)]
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: gpus)
    monkeypatch.setattr(
        tf.config.experimental,
        "get_device_details",
        lambda gpu: {"device_name": "NVIDIA A100-SXM4-40GB"},
    )
    assert peak_flops("bfloat16", 1) == (312e12, "1 x NVIDIA A100-SXM4-40GB, data sheet")
    assert peak_flops("float32", 8)[0] == 8 * 156e12  # two machines


def test_a_processor_is_measured() -> None:
    peak, source = peak_flops("float32", 2)
    assert 1e9 < peak < 1e14 and source == "CPU, measured by a matrix product"
