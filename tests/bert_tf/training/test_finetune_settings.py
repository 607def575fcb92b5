import pytest

from bert_tf.training.finetune_settings import FinetuneSettings


@pytest.mark.parametrize(
    "values",
    [
        {"epochs": 0},
        {"batch_size": 0},
        {"learning_rate": 0.0},
        {"learning_rate": float("inf")},
        {"warmup": 1.0},
        {"weight_decay": -0.1},
        {"clip_norm": float("nan")},
        {"epsilon": 0.0},
        {"patience": -1},
        {"seed": -1},
        {"micro_batch_size": -1},
        {"freeze_layers": -1},
        {"layer_decay": 0.0},
        {"layer_decay": 1.5},
        {"mask_rate": 1.0},
        {"adversarial_norm": -0.5},
    ],
)
def test_impossible_settings_are_refused(values: dict) -> None:
    with pytest.raises(ValueError, match=next(iter(values))):
        FinetuneSettings(**values)


@pytest.mark.parametrize(("batch", "micro", "parts"), [(32, 0, 1), (32, 40, 1), (32, 10, 4)])
def test_a_batch_is_cut_so_that_no_part_is_larger(batch: int, micro: int, parts: int) -> None:
    settings = FinetuneSettings(batch_size=batch, micro_batch_size=micro)
    assert settings.micro_batches == parts
