"""Reports with invented figures, so that what is made of them can be looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from export.pareto.disagreement import Disagreement, Disagreements
from export.pareto.measurement import Latency, Speed
from export.pareto.recommendation import Bounds
from export.pareto.report import FailedRecipe, MeasuredRecipe, ParetoReport
from export.pareto.task_score import TaskScore


def measured(recipe: str, size: int, loss: float, ms: float, **changes: object) -> MeasuredRecipe:
    """A recipe with these figures; changes override fields."""
    latencies = tuple(
        Latency(tokens=tokens, threads=1, p50_ms=ms * tokens / 32) for tokens in (16, 32, 64, 128)
    )
    fields: dict = {
        "recipe": recipe,
        "description": f"the recipe {recipe}",
        "file": f"{recipe}.tflite",
        "sha256": "ab" * 32,
        "size": size,
        "kept": False,
        "peak_memory": 90_000_000 + 3 * size,
        "speed": Speed(latencies=latencies, texts_per_second=900.0 / ms, workers=2, threads=1),
        "score": TaskScore(
            metric="accuracy",
            value=0.9 - loss / 100,
            float_value=0.9,
            loss=loss,
            loss_low=loss - 0.2,
            loss_high=loss + 0.3,
        ),
        "measured": {"equal_labels": 0.99},
        "violations": (),
        "disagreements": Disagreements(
            count=30,
            shown=(
                Disagreement(
                    index=4, text="<b>fine</b> & 好", float_label="good", label="bad", given="good"
                ),
            ),
        ),
    }
    return MeasuredRecipe(**{**fields, **changes})


@pytest.fixture
def make_report() -> Callable[..., ParetoReport]:
    """A function that makes a report of four recipes, one of them beyond its tolerance."""

    def make(**changes: object) -> ParetoReport:
        fields: dict = {
            "model": "tickets-en",
            "task": "classification",
            "model_sha256": "12" * 32,
            "data": "dev.csv",
            "data_sha256": "34" * 32,
            "texts": 2386,
            "metric": "accuracy",
            "processor": "A Processor",
            "processors": 2,
            "versions": {"ai-edge-litert": "2.3.0"},
            "bounds": Bounds(max_size=20_000_000, max_loss=0.5),
            "measured": (
                measured("float32", 91_000_000, 0.0, 4.4),
                measured("int8", 23_900_000, 0.13, 2.0),
                measured("int4_table", 18_100_000, 0.35, 2.1),
                measured("int4", 15_000_000, 2.4, 1.9, violations=("equal_labels is 0.8",)),
            ),
            "failed": (
                FailedRecipe(recipe="odd", description="an odd one", reason="no <kernel> for it"),
            ),
            "notes": ("A note & more.",),
        }
        return ParetoReport(**{**fields, **changes})

    return make
