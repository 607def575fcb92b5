"""One layer of the encoder: attention, then feed-forward, each added and normalised."""

from __future__ import annotations

from typing import Any

import keras
from keras import KerasTensor, ops

from bert_tf.config import BertConfig
from bert_tf.layers.compiled import product
from bert_tf.layers.counter_dropout import CounterDropout
from bert_tf.layers.fused_add_norm import add_norm
from bert_tf.layers.fused_gelu import bias_gelu
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
        self.dropout = CounterDropout(config.dropout, name="dropout")

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
        if training:
            return self._call_for_training(hidden, bias)
        hidden = self.attention_layer_norm(hidden + self.attention(hidden, bias))  # (B, T, H)
        inner = self.intermediate(hidden)  # (B, T, I)
        inner = ops.gelu(inner, approximate=self._approximate)
        return self.feed_forward_layer_norm(hidden + self.feed_forward_output(inner))

    def _call_for_training(self, hidden: KerasTensor, bias: KerasTensor) -> KerasTensor:
        """The same with dropout; between the matrix products one fused pass each."""
        mixed = self.attention.mix_for_training(hidden, bias)
        hidden = self._add_norm(
            mixed, self.attention.output_projection, hidden, self.attention_layer_norm
        )  # (B, T, H)
        inner = product(hidden, self.intermediate.kernel)  # (B, T, I)
        inner = bias_gelu(inner, self.intermediate.bias, approximate=self._approximate)
        forward = product(inner, self.feed_forward_output.kernel)  # (B, T, H)
        return self._add_norm(
            forward, self.feed_forward_output, hidden, self.feed_forward_layer_norm
        )

    def _add_norm(
        self,
        values: KerasTensor,
        dense: keras.layers.Dense,
        residual: KerasTensor,
        layer_norm: keras.layers.LayerNormalization,
    ) -> KerasTensor:
        return add_norm(
            values,
            dense.bias,
            residual,
            layer_norm.gamma,
            layer_norm.beta,
            self.dropout.next_seed(),
            rate=self.config.dropout,
            epsilon=self.config.layer_norm_epsilon,
        )

    @property
    def _approximate(self) -> bool:
        return self.config.activation == "gelu_tanh"

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "config": self.config.to_dict()}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> TransformerBlock:
        return cls(BertConfig.from_dict(config.pop("config")), **config)
