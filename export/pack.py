"""A finished graph and everything it needs as one file: the bundle.

The bundle's format belongs to its reader, `export.runtime.bundle`; this module fills it.
"""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import Any, get_args

from bert_tf.models.model_folder import TextModel
from bert_tf.models.task import Task
from export.container_metadata import ContainerMetadata, attach_metadata
from export.errors import ExportError
from export.flatbuffer import read_model, write_model
from export.recipes import Recipe
from export.runtime import bundle as reader
from export.runtime.golden import GOLDEN, Golden
from export.runtime.metadata import (
    METADATA,
    BundleMetadata,
    OutputSpec,
    TaskKind,
    TokenizerSettings,
)
from export.runtime.metadata import Recipe as RecipeRecord
from export.serving_model import ServingGraph

BUNDLE_VERSION = "1"  # of the container metadata
_TOOLS = ("tensorflow", "keras", "ai-edge-quantizer", "ai-edge-litert", "tokenizers", "numpy")


def bundle_task(task: Task) -> TaskKind:
    """The task that a bundle of this model answers.

    Raises:
        ExportError: if bundles cannot carry such a model yet.
    """
    if task.kind == "classification" or task.kind == "embedding":
        return task.kind
    raise ExportError(
        f"A model of kind {task.kind!r} cannot become a bundle; those of kind "
        f"{' and '.join(map(repr, get_args(TaskKind)))} can."
    )


def bundle_metadata(model: TextModel, serving: ServingGraph, recipe: Recipe) -> BundleMetadata:
    """The `bundle.json` of a model.

    Raises:
        BundleError: if the model's task contradicts itself.
    """
    task, tokenizer = model.task, model.tokenizer
    return BundleMetadata(
        name=task.name,
        task=bundle_task(task),
        language=task.language,
        recipe=RecipeRecord(
            name=recipe.name,
            tolerance=recipe.tolerance_of(task.kind, valued=task.label_values is not None),
        ),
        max_length=task.max_length,
        labels=task.labels,
        label_values=task.label_values,
        pooling=task.pooling,
        normalize=task.normalize and task.kind == "embedding",
        config=model.config,
        tokenizer=TokenizerSettings(sha256=tokenizer.sha256, **tokenizer.settings()),
        inputs=serving.inputs,
        output=OutputSpec(name=serving.output, dim=serving.output_dim),
        licence=dict(task.licence),
        provenance=task.provenance,
        metrics=task.metrics,
        tools={name: importlib.metadata.version(name) for name in _TOOLS},
    )


def write_container(graph: bytes, metadata: BundleMetadata, files: tuple[str, ...]) -> bytes:
    """The graph with its metadata inside and its output named.

    Args:
        graph: a flatbuffer whose buffers are inside.
        metadata: what the bundle will say.
        files: names of the members that the archive will hold.
    """
    model = read_model(graph)
    subgraph = model.subgraphs[0]
    subgraph.tensors[subgraph.outputs[0]].name = metadata.output.name.encode()
    licence = "; ".join(f"{part}: {_words(value)}" for part, value in metadata.licence.items())
    container = ContainerMetadata(
        name=metadata.name,
        description=f"BERT for {metadata.task}, recipe {metadata.recipe.name}",
        version=BUNDLE_VERSION,
        license=licence or "unknown",
        inputs=metadata.inputs,
        output=metadata.output.name,
        files=files,
    )
    attach_metadata(model, container)
    return write_model(model)


def member_files(metadata: BundleMetadata, papers: dict[str, bytes]) -> list[str]:
    """Names of the archive's members beside the manifest, in their order."""
    labels = [reader.LABELS] if metadata.labels else []
    return [METADATA, reader.VOCABULARY, *labels, GOLDEN, *papers]


def seal(
    graph: bytes,
    metadata: BundleMetadata,
    golden: Golden,
    *,
    vocabulary: bytes,
    papers: dict[str, bytes],
) -> bytes:
    """The bytes of the bundle. Equal parts give equal bytes.

    Args:
        graph: from `write_container`.
        metadata: the content of `bundle.json`.
        golden: what this graph answers.
        vocabulary: the content of `vocab.txt`.
        papers: model card and licence, by name.

    Raises:
        BundleError: if the reader would refuse the result.
    """
    files = {METADATA: metadata.to_bytes(), reader.VOCABULARY: vocabulary}
    if metadata.labels:
        files[reader.LABELS] = reader.labels_bytes(metadata.labels)
    return reader.seal_bundle(graph, {**files, GOLDEN: golden.to_bytes(), **papers})


def read_papers(folder: Path) -> dict[str, bytes]:
    """Model card and licence text of a model folder, those that exist."""
    names = (reader.MODEL_CARD, reader.LICENCE)
    return {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}


def _words(value: Any) -> str:
    return value if isinstance(value, str) else str(value)
