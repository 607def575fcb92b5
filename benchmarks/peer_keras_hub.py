"""keras-hub's own LiteRT export of MiniLM's weights, quantized by the same quantizer.

    python -m benchmarks.peer_keras_hub --output build/bench/keras_hub_int8.tflite

writes the file, with TensorFlow and keras-hub; the `Peer` runs it without them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from ai_edge_litert.interpreter import Interpreter

from benchmarks.embedding_peer import KERAS_HUB, BatchPeer, RunBatch, Vectors
from bert_tf.text.encoded_batch import EncodedBatch
from bert_tf.text.tokenizer import BertTokenizer

RECIPE = "dynamic_wi8_afp32"  # as the shipped bundle has it


class KerasHub(BatchPeer):
    """`BertTextEmbedder.export(format="litert")` after ai-edge-quantizer."""

    name = KERAS_HUB
    package = "ai-edge-litert"

    def __init__(self, graph: bytes, tokenizer: BertTokenizer) -> None:
        """Keep the file's bytes."""
        super().__init__(tokenizer)
        self._graph = graph

    def runners(self, workers: int, threads: int) -> list[RunBatch]:
        """As `BatchPeer.runners`."""
        return [_runner(Interpreter(model_content=self._graph, num_threads=threads))
                for _ in range(workers)]  # fmt: skip


def _runner(interpreter: Any) -> RunBatch:
    names = ("token_ids", "padding_mask", "segment_ids")
    details = interpreter.get_input_details()
    inputs = {name: next(d["index"] for d in details if name in d["name"]) for name in names}
    output = interpreter.get_output_details()[0]["index"]
    shape: tuple[int, ...] = ()

    def run(batch: EncodedBatch) -> Vectors:
        nonlocal shape
        arrays = batch.as_inputs()  # (B, T) each
        if batch.token_ids.shape != shape:
            for name, index in inputs.items():
                interpreter.resize_tensor_input(index, arrays[name].shape)
            interpreter.allocate_tensors()
            shape = batch.token_ids.shape
        for name, index in inputs.items():
            interpreter.set_tensor(index, arrays[name])
        interpreter.invoke()
        vectors: Vectors = interpreter.get_tensor(output)  # (B, H)
        return vectors

    return run


def build(weights: Path) -> bytes:
    """The quantized file; needs TensorFlow and keras-hub.

    Args:
        weights: a BERT in Hugging Face layout.
    """
    from bert_tf.tensorflow_start import start_tensorflow

    start_tensorflow()
    import keras_hub

    from benchmarks.training_keras_hub import assign_encoder, make_backbone
    from benchmarks.training_ours import encoder_arrays
    from bert_tf.checkpoints.hugging_face import import_hugging_face
    from export.quantize import quantize
    from export.recipes import find_recipe

    ours, _ = import_hugging_face(weights)
    theirs = make_backbone(ours.config, dtype="float32")
    assign_encoder(theirs, encoder_arrays(ours))
    embedder = keras_hub.models.BertTextEmbedder(theirs)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "float.tflite")
        embedder.export(str(path), format="litert", verbose=False)
        return quantize(path.read_bytes(), find_recipe(RECIPE))


def main() -> None:
    """Write the file."""
    from bert_tf.atomic_file import atomic_path
    from bert_tf.data.package_sources import minilm_folder

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--output", type=Path, required=True, help="where to")
    arguments = parser.parse_args()
    graph = build(minilm_folder())
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    with atomic_path(arguments.output) as fresh:
        fresh.write_bytes(graph)
    print(f"{arguments.output}: {len(graph) / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
