"""The encoder: token ids in, a vector a token out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
from keras import KerasTensor

from bert_tf.config import BertConfig
from bert_tf.layers.bert_embeddings import BertEmbeddings
from bert_tf.layers.self_attention import attention_bias
from bert_tf.layers.transformer_block import TransformerBlock

# Axis letters: B texts, T tokens, H hidden units.

# token_ids, segment_ids, padding_mask, each (B, T) int32; for packed rows position_ids and
# sequence_ids as well.
Inputs = Mapping[str, KerasTensor]


@keras.saving.register_keras_serializable(package="bert_tf")
class BertBackbone(keras.Model):
    """The bidirectional encoder of Devlin et al. (2018), exact to the original.

    LayerNorm follows each addition; GELU is the form that `config.activation` names.
    """

    def __init__(self, config: BertConfig, **kwargs: Any) -> None:
        kwargs.setdefault("name", "backbone")
        super().__init__(**kwargs)
        self.config = config
        self.embeddings = BertEmbeddings(config, name="embeddings")
        self.blocks = [
            TransformerBlock(config, name=f"block_{index}") for index in range(config.num_layers)
        ]
        self.build()

    def build(self, input_shape: Any = None) -> None:
        self.embeddings.build()
        for block in self.blocks:
            block.build()
        self.built = True

    def call(self, inputs: Inputs, training: bool | None = None) -> KerasTensor:
        """The last layer's vectors, (B, T, H)."""
        return self.hidden_states(inputs, training=training)[-1]

    def hidden_states(self, inputs: Inputs, training: bool | None = None) -> list[KerasTensor]:
        """The output of the embeddings and of each block: num_layers + 1 tensors (B, T, H)."""
        hidden = self.embeddings(
            inputs["token_ids"],
            inputs["segment_ids"],
            inputs.get("position_ids"),
            training=training,
        )
        bias = attention_bias(
            inputs["padding_mask"], self.compute_dtype, inputs.get("sequence_ids")
        )
        states = [hidden]
        for block in self.blocks:
            states.append(block(states[-1], bias, training=training))
        return states

    def get_config(self) -> dict[str, Any]:
        return {"name": self.name, "config": self.config.to_dict()}

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> BertBackbone:
        return cls(BertConfig.from_dict(config.pop("config")), **config)
