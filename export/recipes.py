"""Named ways to store the weights, each with the error it is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

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
    quantizer_recipe: str | None  # function of `ai_edge_quantizer.recipe`; None keeps float32
    tolerance: dict[str, dict[Measure, float]]  # task to measure to bound, against the float model
    golden_tolerance: dict[str, float]  # task to largest difference on another processor

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

    def quantizer_steps(self) -> list[dict[str, Any]] | None:
        """The recipe in the quantizer's own words; None for float32."""
        if self.quantizer_recipe is None:
            return None
        from ai_edge_quantizer import recipe

        steps: list[dict[str, Any]] = getattr(recipe, self.quantizer_recipe)()
        return steps


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


_ALL = (
    Recipe(
        name="float32",
        description="weights as trained, 4 bytes each; the yardstick",
        quantizer_recipe=None,
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
        name="dynamic_wi8_afp32",
        description="int8 weights per channel, word table per row, activations int8 per token "
        "on the fly",
        quantizer_recipe="dynamic_wi8_afp32",
        tolerance={
            "embedding": {"cosine_mean": 0.998, "cosine_p0.1": 0.993, "cosine_min": 0.985},
            "classification": {
                "probability_difference_mean": 0.01,
                "probability_difference_max": 0.25,
                "equal_labels": 0.97,
                "valence_correlation": 0.998,
            },
        },
        golden_tolerance={"embedding": 0.03, "classification": 0.1},
    ),
)
RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in _ALL}
