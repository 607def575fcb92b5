from pathlib import Path

import pytest

from bert_tf.config import NAMED_SIZES, BertConfig


def test_json_round_trip(tmp_path: Path) -> None:
    config = BertConfig.named("minilm-l6")
    config.save(tmp_path / "config.json")
    assert BertConfig.load(tmp_path / "config.json") == config


@pytest.mark.parametrize("size", NAMED_SIZES)
def test_named_sizes_are_valid(size: str) -> None:
    config = BertConfig.named(size)
    assert config.intermediate_dim == 4 * config.hidden_dim
    assert config.head_dim * config.num_heads == config.hidden_dim


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"hidden_dim": 0}, "hidden_dim must be a positive integer"),
        ({"num_heads": 5}, "multiple of num_heads"),
        ({"activation": "relu"}, "activation must be one of"),
        ({"dropout": 1.0}, "dropout must be in"),
        ({"layer_norm_epsilon": 0.0}, "layer_norm_epsilon must be positive"),
        ({"layer_norm_epsilon": float("inf")}, "layer_norm_epsilon must be positive"),
        ({"initializer_range": None}, "initializer_range must be positive"),
        ({"dropout": "0.1"}, "dropout must be in"),
        ({"attention_dropout": float("nan")}, "attention_dropout must be in"),
        ({"num_layers": 2.0}, "num_layers must be a positive integer"),
        ({"activation": ["gelu"]}, "activation must be one of"),
    ],
)
def test_impossible_values_are_refused(change: dict, message: str) -> None:
    values = BertConfig.named("tiny").to_dict() | change
    with pytest.raises(ValueError, match=message):
        BertConfig.from_dict(values)


def test_unknown_and_missing_fields_are_named() -> None:
    with pytest.raises(ValueError, match=r"unknown \['n_embd'\], missing \['hidden_dim'\]"):
        BertConfig.from_dict(
            {
                "vocabulary_size": 9,
                "num_layers": 1,
                "num_heads": 1,
                "intermediate_dim": 4,
                "n_embd": 4,
            }
        )


@pytest.mark.parametrize("content", ["{", "[]", "3", '{"hidden_dim": {}}', "\udcff"])
def test_a_file_that_is_no_config_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "config.json"
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(ValueError, match=r"config\.json is not the config of an encoder"):
        BertConfig.load(path)


def test_unknown_size_lists_the_known() -> None:
    with pytest.raises(ValueError, match="minilm-l6"):
        BertConfig.named("gigantic")
