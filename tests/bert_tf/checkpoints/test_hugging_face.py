import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from bert_tf.checkpoints.foreign_weights_error import ForeignWeightsError
from bert_tf.checkpoints.hugging_face import import_hugging_face, read_config
from bert_tf.config import BertConfig
from bert_tf.models.bert_backbone import BertBackbone
from bert_tf.text.tokenizer import BertTokenizer


def hugging_face_tensors(config: BertConfig) -> dict[str, np.ndarray]:
    """Random tensors of a whole BERT, in Hugging Face's names and layout."""
    rng = np.random.default_rng(0)
    width, inner = config.hidden_dim, config.intermediate_dim
    shapes = {
        "embeddings.word_embeddings.weight": (config.vocabulary_size, width),
        "embeddings.position_embeddings.weight": (config.max_sequence_length, width),
        "embeddings.token_type_embeddings.weight": (2, width),
        "embeddings.LayerNorm.weight": (width,),
        "embeddings.LayerNorm.bias": (width,),
    }
    for index in range(config.num_layers):
        layer = f"encoder.layer.{index}"
        for name, (fan_out, fan_in) in {
            "attention.self.query": (width, width),
            "attention.self.key": (width, width),
            "attention.self.value": (width, width),
            "attention.output.dense": (width, width),
            "intermediate.dense": (inner, width),
            "output.dense": (width, inner),
        }.items():
            shapes[f"{layer}.{name}.weight"] = (fan_out, fan_in)
            shapes[f"{layer}.{name}.bias"] = (fan_out,)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes[f"{layer}.{name}.weight"] = (width,)
            shapes[f"{layer}.{name}.bias"] = (width,)
    return {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


@pytest.fixture
def folder(tmp_path: Path, tiny_vocabulary: list[str]) -> Path:
    config = BertConfig(
        vocabulary_size=len(tiny_vocabulary),
        hidden_dim=8,
        num_layers=2,
        num_heads=2,
        intermediate_dim=16,
        max_sequence_length=12,
    )
    BertTokenizer(tiny_vocabulary).save(tmp_path)
    values = {
        "model_type": "bert",
        "hidden_act": "gelu",
        "vocab_size": config.vocabulary_size,
        "hidden_size": 8,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 16,
        "max_position_embeddings": 12,
        "type_vocab_size": 2,
        "layer_norm_eps": 1e-12,
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
    }
    (tmp_path / "config.json").write_text(json.dumps(values))
    save_file(hugging_face_tensors(config), tmp_path / "model.safetensors")
    return tmp_path


def change_config(folder: Path, **values: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def test_kernels_are_transposed_and_joined(folder: Path) -> None:
    from safetensors.numpy import load_file

    backbone, _ = import_hugging_face(folder)
    assert isinstance(backbone, BertBackbone)
    tensors = load_file(folder / "model.safetensors")
    kernel = np.asarray(backbone.blocks[1].attention.query_key_value.kernel)
    expected = tensors["encoder.layer.1.attention.self.value.weight"].T
    np.testing.assert_array_equal(kernel[:, 16:], expected)


def test_a_prefix_before_every_name_is_accepted(folder: Path) -> None:
    from safetensors.numpy import load_file

    path = folder / "model.safetensors"
    save_file({f"bert.{name}": value for name, value in load_file(path).items()}, path)
    backbone, _ = import_hugging_face(folder)
    assert np.asarray(backbone.embeddings.word_table).std() > 0.5


def test_the_activation_follows_the_checkpoint(folder: Path) -> None:
    change_config(folder, hidden_act="gelu_new")
    assert read_config(folder).activation == "gelu_tanh"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"model_type": "roberta"}, "type 'bert', received 'roberta'"),
        ({"hidden_act": "swish"}, "hidden_act must be one of"),
        ({"position_embedding_type": "relative_key"}, "relative positions"),
        ({"num_attention_heads": 3}, "multiple of num_heads"),
        ({"vocab_size": 5000}, "do not match"),
        ({"hidden_size": 16, "intermediate_size": 64}, "must have the shape"),
        ({"num_hidden_layers": 3}, "lack the tensor 'encoder.layer.2"),
    ],
)
def test_folders_that_are_no_bert_are_refused(folder: Path, values: dict, message: str) -> None:
    change_config(folder, **values)
    with pytest.raises(ForeignWeightsError, match=message):
        import_hugging_face(folder)


def test_weights_that_are_no_numbers_are_refused(folder: Path) -> None:
    from safetensors.numpy import load_file

    path = folder / "model.safetensors"
    tensors = load_file(path)
    tensors["encoder.layer.1.output.dense.bias"][3] = np.nan
    save_file(tensors, path)
    with pytest.raises(ForeignWeightsError, match=r"encoder\.layer\.1\.output\.dense\.bias.* NaN"):
        import_hugging_face(folder)


def test_damaged_files_are_refused(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:500])
    with pytest.raises(ForeignWeightsError, match="damaged"):
        import_hugging_face(folder)
    weights.unlink()
    with pytest.raises(ForeignWeightsError, match="missing"):
        import_hugging_face(folder)
    (folder / "config.json").write_text("{")
    with pytest.raises(ForeignWeightsError, match="not the config of a BERT"):
        import_hugging_face(folder)
    shutil.rmtree(folder)
    with pytest.raises(ForeignWeightsError):
        import_hugging_face(folder)
