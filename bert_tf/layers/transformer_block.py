"""One layer of the encoder: attention, then feed-forward, each added and normalised."""

from __future__ import annotations

from typing import Any

import keras
from keras import KerasTensor, ops

from bert_tf.config import BertConfig
from bert_tf.layers.byte_dropout import ByteDropout
from bert_tf.layers.fused_gelu import fused_gelu
from bert_tf.layers.self_attention import SelfAttention

# Axis letters: B texts, T tokens, H hidden units, I intermediate units.


@keras.saving.register_keras_serializable(package="bert_tf")
class TransformerBlock(keras.layers.Layer):
    """A block with LayerNorm after each addition, as BERT was published."""

    def __init__(self, config: BertConfig, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = config
        initializer = keras.initializers.TruncatedNormal(stddev=config.initializer_range)
        epsilon = config.layer_norm_epsilon
        self.attention = SelfAttention(config, name="attention")
        self.attention_layer_norm = keras.layers.LayerNormalization(
            epsilon=epsilon, name="attention_layer_norm"
        )
        self.intermediate = keras.layers.Dense(
            config.intermediate_dim, kernel_initializer=initializer, name="intermediate"
        )
        self.feed_forward_output = keras.layers.Dense(
            config.hidden_dim, kernel_initializer=initializer, name="feed_forward_output"
        )
        self.feed_forward_layer_norm = keras.layers.LayerNormalization(
            epsilon=epsilon, name="feed_forward_layer_norm"
        )
        self.dropout = ByteDropout(config.dropout, name="dropout")

    def build(self, input_shape: Any = None) -> None:
        width = (None, None, self.config.hidden_dim)
        self.attention.build(width)
        self.attention_layer_norm.build(width)
        self.intermediate.build(width)
        self.feed_forward_output.build((None, None, self.config.intermediate_dim))
        self.feed_forward_layer_norm.build(width)
        self.built = True

    def call(
        self, hidden: KerasTensor, bias: KerasTensor, training: bool | None = None
    ) -> KerasTensor:
        """(B, T, H) in, (B, T, H) out; `bias` as from `attention_bias`."""
        attended = self.attention(hidden, bias, training=training)
        attended = self.dropout(attended, training=training)
        hidden = self.attention_layer_norm(hidden + attended)  # (B, T, H)
        inner = self.intermediate(hidden)  # (B, T, I)
        approximate = self.config.activation == "gelu_tanh"
        if training:
            inner = fused_gelu(inner, approximate)
        else:
            inner = ops.gelu(inner, approximate=approximate)
        forward = self.feed_forward_output(inner)  # (B, T, H)
        forward = self.dropout(forward, training=training)
        return self.feed_forward_layer_norm(hidden + forward)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "config": self.config.to_dict()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> TransformerBlock:
        return cls(BertConfig.from_dict(config.pop("config")), **config)
