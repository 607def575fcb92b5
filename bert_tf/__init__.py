"""BERT that is trained in Keras: text, encoder, training, checkpoints.

Names are loaded when first used, so that `bert_tf.text` and `bert_tf.config` never bring
TensorFlow with them. `keras.models.load_model` finds the classes all the same.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bert_tf.keras_names import offer_to_keras

if TYPE_CHECKING:
    from bert_tf.config import BertConfig as BertConfig
    from bert_tf.models.bert_backbone import BertBackbone as BertBackbone
    from bert_tf.models.bert_classifier import BertClassifier as BertClassifier
    from bert_tf.models.bert_embedder import BertEmbedder as BertEmbedder
    from bert_tf.models.bert_pretrainer import BertPretrainer as BertPretrainer
    from bert_tf.models.model_folder import load_model as load_model
    from bert_tf.models.model_folder import save_model as save_model
    from bert_tf.text.tokenizer import BertTokenizer as BertTokenizer

__version__ = "0.1.0"

_HOMES = {
    "BertConfig": "bert_tf.config",
    "BertTokenizer": "bert_tf.text.tokenizer",
    "BertBackbone": "bert_tf.models.bert_backbone",
    "BertClassifier": "bert_tf.models.bert_classifier",
    "BertEmbedder": "bert_tf.models.bert_embedder",
    "BertPretrainer": "bert_tf.models.bert_pretrainer",
    "load_model": "bert_tf.models.model_folder",
    "save_model": "bert_tf.models.model_folder",
}
__all__ = sorted(_HOMES)

offer_to_keras()


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bert_tf' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
