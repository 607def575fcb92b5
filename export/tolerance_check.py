"""Whether a quantized graph keeps the tolerance of its recipe, before it becomes a bundle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bert_tf.text.tokenizer import BertTokenizer
from export.answer_probe import AnswerProbe
from export.errors import ExportError
from export.recipes import violations
from export.report import TextKind, ToleranceCheck
from export.runtime.golden import Golden
from export.runtime.metadata import BundleMetadata
from export.verify import compare_answers
from export.watched_texts import WatchedTexts

MIN_TEXTS = 100  # fewer do not tell two layers apart, and say little about a share or a tail
_RUN = 500  # texts that are compared; `verify` takes all
_GOLDEN_ROOM = 2.0  # MiniLM's mean error on the golden texts is 1.4 to 2.1 times that on real ones


def check_on_texts(
    float_graph: bytes,
    graph: bytes,
    metadata: BundleMetadata,
    tokenizer: BertTokenizer,
    texts: WatchedTexts,
) -> ToleranceCheck:
    """Compare with the float graph on texts that the build has not read, on all if few are left.

    Args:
        float_graph: before quantization.
        graph: quantized.
        metadata: of the bundle to be, with the tolerance.
        tokenizer: the model's.
        texts: real ones, at least `MIN_TEXTS`; of more than 500 so many, evenly spread.
    """
    unread = texts.unread()
    kind: TextKind = "unread" if len(unread) >= MIN_TEXTS else "given"
    probe = AnswerProbe(
        float_graph, metadata, tokenizer, _spread(unread if kind == "unread" else texts.all())
    )
    return _check(kind, probe.texts, probe.measure(graph), metadata.recipe.tolerance)


def check_on_golden(golden: Golden, metadata: BundleMetadata) -> ToleranceCheck:
    """Compare the two answers that golden examples carry, where no real text was given.

    They are few, and odd on purpose, so a sound bundle is further off on them: a mean may be twice
    as far from perfect as the tolerance says, and one label more may differ. Bounds on the worst
    text hold as they are. Low percentiles and correlations need real texts and are not judged.

    Args:
        golden: with the answers of the quantized graph and of the Keras model.
        metadata: of the bundle to be, with the tolerance.
    """
    outputs = np.array([item.output for item in golden.examples], np.float32)  # (N, D)
    expected = np.array([item.float_output for item in golden.examples], np.float32)  # (N, D)
    bounds = _golden_bounds(metadata.recipe.tolerance, len(golden.examples))
    measured = compare_answers(metadata, expected, outputs)
    return _check("golden", len(golden.examples), measured, bounds)


def require_within(check: ToleranceCheck, metadata: BundleMetadata) -> None:
    """Refuse a graph beyond its tolerance.

    Raises:
        ExportError: with every bound that is broken, on which texts, and what to do.
    """
    if check.passed:
        return
    other = "real texts (--data)" if check.kind == "golden" else "more or other texts (--data)"
    raise ExportError(
        f"The recipe {metadata.recipe.name} moves the answers of {metadata.name} beyond its "
        f"tolerance: {'; '.join(check.violations)} (on {check.which_texts}). No bundle was "
        f"made. Take a recipe that keeps more bits (`bert-export recipes`), or measure on "
        f"{other} if these are unlike yours."
    )


def _check(
    kind: TextKind, texts: int, measured: dict[str, float], bounds: dict[str, float]
) -> ToleranceCheck:
    return ToleranceCheck(
        kind=kind,
        texts=texts,
        measured=measured,
        bounds=dict(bounds),
        violations=tuple(violations(measured, bounds)),
    )


def _golden_bounds(tolerance: dict[str, float], texts: int) -> dict[str, float]:
    """What so few texts can carry, see `check_on_golden`."""
    bounds = {}
    for measure, bound in tolerance.items():
        if measure == "cosine_mean":
            bounds[measure] = round(1 - _GOLDEN_ROOM * (1 - bound), 12)
        elif measure == "probability_difference_mean":
            bounds[measure] = _GOLDEN_ROOM * bound
        elif measure == "equal_labels":
            bounds[measure] = round(bound - 1 / texts, 4)
        elif measure in ("cosine_min", "probability_difference_max"):
            bounds[measure] = bound
    return bounds


def _spread(texts: Sequence[str]) -> list[str]:
    """At most `_RUN` of them, from the whole length: files are often sorted."""
    places = np.linspace(0, len(texts) - 1, min(_RUN, len(texts))).astype(int)
    return [texts[place] for place in places]
