"""Named ways to store the weights, each with the error it is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from export.static_rule import FloatRule, StaticRule
from export.weight_rule import WeightRule

Measure = Literal[
    "cosine_mean",
    "cosine_p0.1",
    "cosine_min",
    "probability_difference_mean",
    "probability_difference_max",
    "equal_labels",
    "valence_correlation",
]
LOWER_BOUNDED: frozenset[str] = frozenset(
    {"cosine_mean", "cosine_p0.1", "cosine_min", "equal_labels", "valence_correlation"}
)  # of these a larger value is better, of the others a smaller one


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a float graph is quantized, and how far its answers may move."""

    name: str  # as given on the command line and kept in the bundle
    description: str  # one line for people
    rules: tuple[
        WeightRule | StaticRule | FloatRule, ...
    ]  # the last that fits counts; none keeps float32
    tolerance: dict[str, dict[Measure, float]]  # task to measure to bound, against the float model
    golden_tolerance: dict[str, float]  # task to largest difference on another processor
    for_legacy_runtime: bool = False  # it must run in tflite-runtime 2.14; the build checks it
    narrower: WeightRule | None = None  # for as many kernels as the tolerance allows
    after_gelu: StaticRule | None = None  # for the kernels that read a GELU, see `outlier_kernels`

    def tolerance_of(self, task: str, *, valued: bool = False) -> dict[str, float]:
        """The bounds for a task, as a bundle carries them.

        Args:
            task: "embedding" or "classification".
            valued: the classes have values, so that there is a valence to compare.
        """
        bounds = {str(measure): bound for measure, bound in self.tolerance[task].items()}
        if not valued:
            bounds.pop("valence_correlation", None)
        return bounds

    @property
    def calibrated(self) -> bool:
        """Whether scales of activations are fixed beforehand, on real texts."""
        return any(isinstance(rule, StaticRule) for rule in self.rules)

    @property
    def why_texts(self) -> str | None:
        """What real texts are needed for; None where none are read."""
        if self.narrower is not None:
            return "chooses layers by the answers to real texts"
        return "fixes the scales of activations on real texts" if self.calibrated else None

    def quantizer_steps(self) -> list[dict[str, Any]]:
        """The rules in the quantizer's own words; none for float32."""
        return [step for rule in self.rules for step in rule.quantizer_steps()]


def find_recipe(name: str) -> Recipe:
    """The recipe of this name.

    Raises:
        ValueError: for an unknown name, listing the known ones.
    """
    if name not in RECIPES:
        raise ValueError(f"The recipe must be one of {', '.join(RECIPES)}, received {name!r}.")
    return RECIPES[name]


def violations(measured: dict[str, float], tolerance: dict[str, float]) -> list[str]:
    """Which bounds are broken, in words; empty if all hold.

    A bound whose measure was not taken, or is not a number, counts as broken.
    """
    broken = []
    for measure, bound in tolerance.items():
        value = measured.get(measure)
        lower = measure in LOWER_BOUNDED
        if value is None:
            broken.append(f"{measure} was not measured")
        elif not (value >= bound if lower else value <= bound):
            broken.append(f"{measure} is {value:.6f}, must be {'>=' if lower else '<='} {bound}")
    return broken


_AS_INT8: dict[str, dict[Measure, float]] = {  # what eight bits a weight may cost
    "embedding": {"cosine_mean": 0.998, "cosine_p0.1": 0.993, "cosine_min": 0.985},
    "classification": {
        "probability_difference_mean": 0.01,
        "probability_difference_max": 0.25,
        "equal_labels": 0.97,
        "valence_correlation": 0.998,
    },
}
_TABLE_INT4 = WeightRule(bits=4, of="table", block=32)
_ALL = (
    Recipe(
        name="float32",
        description="weights as trained, 4 bytes each; the yardstick",
        rules=(),
        tolerance={
            "embedding": {"cosine_mean": 0.999999, "cosine_min": 0.99999},
            "classification": {
                "probability_difference_mean": 1e-5,
                "probability_difference_max": 1e-4,
                "equal_labels": 0.999,
                "valence_correlation": 0.99999,
            },
        },
        golden_tolerance={"embedding": 1e-4, "classification": 1e-4},
    ),
    Recipe(
        name="float16",
        description="weights float16, 2 bytes each, multiplied in float32",
        rules=(WeightRule(bits=16),),
        tolerance={
            "embedding": {"cosine_mean": 0.99999, "cosine_min": 0.9999},
            "classification": {
                "probability_difference_mean": 1e-3,
                "probability_difference_max": 0.02,
                "equal_labels": 0.995,
                "valence_correlation": 0.9999,
            },
        },
        golden_tolerance={"embedding": 1e-3, "classification": 1e-3},
    ),
    Recipe(
        name="dynamic_wi8_afp32",
        description="int8 weights per channel, word table per row, activations int8 per token "
        "on the fly",
        rules=(WeightRule(bits=8),),
        tolerance=_AS_INT8,
        golden_tolerance={"embedding": 0.03, "classification": 0.1},
    ),
    Recipe(
        name="dynamic_wi8_embedding_wi4",
        description="as dynamic_wi8_afp32, but the word table int4 in blocks of 32",
        rules=(WeightRule(bits=8), _TABLE_INT4),
        tolerance={
            "embedding": {"cosine_mean": 0.995, "cosine_p0.1": 0.98, "cosine_min": 0.97},
            "classification": {
                "probability_difference_mean": 0.02,
                "probability_difference_max": 0.35,
                "equal_labels": 0.95,
                "valence_correlation": 0.995,
            },
        },
        golden_tolerance={"embedding": 0.03, "classification": 0.1},
    ),
    Recipe(
        name="dynamic_mixed_wi4_wi8",
        description="word table int4, and as many kernels as real texts bear, rounded on them "
        "(--data)",
        rules=(WeightRule(bits=8), _TABLE_INT4),
        narrower=WeightRule(bits=4, of="kernels", block=32),
        tolerance={
            "embedding": {"cosine_mean": 0.98, "cosine_p0.1": 0.93, "cosine_min": 0.91},
            "classification": {
                "probability_difference_mean": 0.04,
                "probability_difference_max": 0.60,
                "equal_labels": 0.90,
                "valence_correlation": 0.98,
            },
        },
        golden_tolerance={"embedding": 0.03, "classification": 0.1},
    ),
    Recipe(
        name="static_wi8_ai8",
        description="int8 weights, int8 activations with scales fixed on real texts (--data), "
        "for NPUs",
        rules=(
            WeightRule(bits=8, of="table"),
            StaticRule(
                operations=("FULLY_CONNECTED", "BATCH_MATMUL", "SPLIT", "CONCATENATION", "GELU")
            ),
        ),
        after_gelu=StaticRule(operations=("FULLY_CONNECTED",), activation_bits=16),
        tolerance={
            "embedding": {"cosine_mean": 0.985, "cosine_p0.1": 0.94, "cosine_min": 0.92},
            "classification": {
                "probability_difference_mean": 0.04,
                "probability_difference_max": 0.60,
                "equal_labels": 0.90,
                "valence_correlation": 0.98,
            },
        },
        golden_tolerance={"embedding": 0.03, "classification": 0.1},
    ),
    Recipe(
        name="legacy",
        description="int8 weights that tflite-runtime 2.14 reads, multiplied in float32",
        rules=(
            WeightRule(bits=8, of="table", whole=True),
            WeightRule(bits=8, of="kernels", arithmetic="unpacked"),
        ),
        for_legacy_runtime=True,
        tolerance=_AS_INT8,
        golden_tolerance={"embedding": 1e-3, "classification": 1e-3},
    ),
)
RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in _ALL}
