"""What the writer puts into a bundle, read back by its reader."""

from __future__ import annotations

from pathlib import Path

from export.flatbuffer import read_model
from export.pack import read_papers
from export.runtime.bundle import read_bundle


def test_the_reader_finds_everything(embedder, embedder_bundle: bytes) -> None:
    bundle = read_bundle(embedder_bundle)
    metadata = bundle.metadata
    assert (metadata.name, metadata.task, metadata.language) == (
        "tiny-embedding",
        "embedding",
        "en",
    )
    assert metadata.config == embedder.config
    assert metadata.inputs == ("token_ids", "padding_mask")
    assert (metadata.output.name, metadata.output.dim) == ("embedding", 32)
    assert metadata.recipe.name == "float32" and metadata.recipe.tolerance["cosine_min"] > 0.99
    assert metadata.licence == {"weights": "MIT"}
    assert {"tensorflow", "ai-edge-quantizer", "ai-edge-litert"} <= metadata.tools.keys()
    assert bundle.tokenizer.sha256 == embedder.tokenizer.sha256
    assert bundle.model_card == "# Tiny\n"


def test_graph_names_and_metadata(embedder_bundle: bytes) -> None:
    model = read_model(read_bundle(embedder_bundle).graph)
    graph = model.subgraphs[0]
    names = [graph.tensors[index].name for index in (*graph.inputs, *graph.outputs)]
    assert [name.decode() for name in names] == ["token_ids", "padding_mask", "embedding"]
    assert any(entry.name == b"TFLITE_METADATA" for entry in model.metadata)


def test_papers_are_those_that_exist(tmp_path: Path) -> None:
    assert read_papers(tmp_path) == {}
    (tmp_path / "README.md").write_bytes(b"card")
    (tmp_path / "LICENSE.txt").write_bytes(b"free")
    assert read_papers(tmp_path) == {"README.md": b"card", "LICENSE.txt": b"free"}
