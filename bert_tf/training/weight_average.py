"""One model from several that were fine-tuned from the same start: the mean of their weights."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bert_tf.models.model_folder import TextModel, load_model


def average_models(folders: Sequence[Path]) -> TextModel:
    """The mean of the weights of several fine-tuned models (Wortsman et al. 2022, section 2).

    Fine-tunings that start from the same weights end in one valley: the point between them is
    as a rule better than each, at the cost of one model.

    Args:
        folders: model folders with the same config, vocabulary, labels and start.

    Returns:
        The averaged model; its provenance names the settings of each member, and the training
        texts of each where they are not the same.

    Raises:
        ValueError: if there are fewer than two, or they do not belong together.
    """
    if len(folders) < 2:
        raise ValueError(f"An average needs at least two model folders, received {len(folders)}.")
    models = [load_model(Path(folder)) for folder in folders]
    first = models[0]
    for folder, model in zip(folders[1:], models[1:], strict=True):
        for name, ours, theirs in _traits(first, model):
            if ours != theirs:
                raise ValueError(
                    f"Only models with the same {name} can be averaged; {folder} differs from "
                    f"{folders[0]}."
                )
    for variables in zip(*(model.weights for model in models), strict=True):
        variables[0].assign(np.mean([np.asarray(variable) for variable in variables], axis=0))
    members = [model.task.provenance for model in models]
    provenance = {
        **members[0],
        "settings": [member.get("settings") for member in members],
        "weights": "mean of the members",
    }
    for key in ("training_ids_sha256", "training_texts"):
        found = [member.get(key) for member in members]
        if any(each != found[0] for each in found):
            provenance[key] = found
    first.task = dataclasses.replace(first.task, provenance=provenance, metrics={})
    return first


def _traits(first: TextModel, second: TextModel) -> list[tuple[str, object, object]]:
    return [
        ("kind", first.task.kind, second.task.kind),
        ("config", first.config, second.config),
        ("vocabulary", first.tokenizer.sha256, second.tokenizer.sha256),
        ("labels", first.task.labels, second.task.labels),
        ("label values", first.task.label_values, second.task.label_values),
        ("unit of values", _unit(first), _unit(second)),
        ("normalize", first.task.normalize, second.task.normalize),
        ("pooling", first.task.pooling, second.task.pooling),
        ("start weights", first.task.provenance.get("start"), second.task.provenance.get("start")),
    ]


def _unit(model: TextModel) -> tuple[float, float]:
    """What a regression's head is read in; that of each training file is another."""
    return model.task.value_mean, model.task.value_scale
