"""All recipes of one model side by side: values, and as JSON."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from export.pareto.disagreement import Disagreements
from export.pareto.front import pareto_front
from export.pareto.measurement import Speed
from export.pareto.recommendation import Bounds, Candidate, Recommendation, recommend
from export.pareto.task_score import METRICS, MetricName, TaskScore

TYPICAL_TOKENS = 32  # a short real text; the latency that recipes are compared by


@dataclass(frozen=True, kw_only=True)
class FailedRecipe:
    """A recipe without figures."""

    recipe: str
    description: str  # of the recipe
    reason: str  # why it could not be built, opened or run


@dataclass(frozen=True, kw_only=True)
class MeasuredRecipe:
    """A recipe's bundle in figures."""

    recipe: str
    description: str  # of the recipe
    file: str  # name of the bundle in the output folder
    sha256: str  # of the bundle
    size: int  # bytes of the bundle
    kept: bool  # built by an earlier run
    peak_memory: int  # bytes resident at most while all texts were answered
    speed: Speed
    score: TaskScore
    measured: dict[str, float]  # measures of `bert-export verify` on these texts
    violations: tuple[str, ...]  # bounds of the recipe's tolerance that are broken, in words
    disagreements: Disagreements

    @property
    def within_tolerance(self) -> bool:
        """Whether the recipe keeps its own promise."""
        return not self.violations

    @property
    def disagreement(self) -> str:
        """In short: the number of texts with another label, or the lowest cosine of vectors."""
        count = self.disagreements.count
        return f"{self.measured['cosine_min']:.4f}" if count is None else f"{count:,}"

    @property
    def latency_ms(self) -> float:
        """Median milliseconds of a text of `TYPICAL_TOKENS`, or of the nearest length measured."""
        nearest = min(self.speed.latencies, key=lambda one: abs(one.tokens - TYPICAL_TOKENS))
        return nearest.p50_ms


@dataclass(frozen=True, kw_only=True)
class ParetoReport:
    """What was compared, on what, and what to take."""

    model: str  # name
    task: str
    model_sha256: str  # of the model folder
    data: str  # name of the file
    data_sha256: str  # of the file
    texts: int  # compared
    metric: MetricName
    processor: str
    processors: int  # that this process may use
    versions: dict[str, str]  # of what computes
    bounds: Bounds
    measured: tuple[MeasuredRecipe, ...]  # in the order asked for
    failed: tuple[FailedRecipe, ...]
    notes: tuple[str, ...] = ()  # what to know when reading the figures

    @property
    def disagreement_meaning(self) -> str:
        """What `MeasuredRecipe.disagreement` is for this task."""
        return "lowest cosine" if self.task == "embedding" else "other label"

    @property
    def beyond_tolerance(self) -> list[str]:
        """The recipes that break their own tolerance here; none of them is recommended."""
        return [each.recipe for each in self.measured if not each.within_tolerance]

    @property
    def size_front(self) -> list[str]:
        """The recipes that none beats in both size and loss, the smallest first."""
        return self._front(lambda each: (each.size, each.score.loss))

    @property
    def latency_front(self) -> list[str]:
        """The recipes that none beats in both latency and loss, the fastest first."""
        return self._front(lambda each: (each.latency_ms, each.score.loss))

    @property
    def recommendation(self) -> Recommendation:
        """The recipe to take, and why."""
        candidates = [
            Candidate(
                recipe=each.recipe,
                size=each.size,
                loss=each.score.loss,
                loss_high=each.score.loss_high,
                latency_ms=each.latency_ms,
                within_tolerance=each.within_tolerance,
            )
            for each in self.measured
        ]
        return recommend(candidates, self.bounds)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, with everything that follows from the figures."""
        content = dataclasses.asdict(self)
        for row, each in zip(content["measured"], self.measured, strict=True):
            row["measured"] = {  # JSON knows no NaN
                name: value if math.isfinite(value) else None
                for name, value in each.measured.items()
            }
            row["within_tolerance"] = each.within_tolerance
            row["latency_ms"] = each.latency_ms
            row["on_size_front"] = each.recipe in self.size_front
            row["on_latency_front"] = each.recipe in self.latency_front
        return {
            **content,
            "metric_meaning": METRICS[self.metric],
            "beyond_tolerance": self.beyond_tolerance,
            "size_front": self.size_front,
            "latency_front": self.latency_front,
            "recommendation": dataclasses.asdict(self.recommendation),
        }

    def _front(self, point: Callable[[MeasuredRecipe], tuple[float, ...]]) -> list[str]:
        sound = [each for each in self.measured if each.within_tolerance]
        return [sound[place].recipe for place in pareto_front([point(each) for each in sound])]
