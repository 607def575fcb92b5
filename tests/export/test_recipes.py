"""Recipes and their bounds."""

from __future__ import annotations

import math

import pytest

from export.recipes import LOWER_BOUNDED, RECIPES, find_recipe, violations


def test_every_recipe_has_bounds_for_both_tasks() -> None:
    for name, recipe in RECIPES.items():
        assert find_recipe(name) is recipe
        for task in ("embedding", "classification"):
            assert recipe.tolerance_of(task)
            assert recipe.golden_tolerance[task] > 0


def test_valence_is_bound_only_where_there_is_one() -> None:
    recipe = find_recipe("dynamic_wi8_afp32")
    assert "valence_correlation" in recipe.tolerance_of("classification", valued=True)
    assert "valence_correlation" not in recipe.tolerance_of("classification")


def test_an_unknown_recipe_lists_the_known() -> None:
    with pytest.raises(ValueError, match=r"dynamic_wi8_afp32.*'int3'"):
        find_recipe("int3")


def test_bounds_point_the_right_way() -> None:
    tolerance = {"cosine_mean": 0.9, "probability_difference_max": 0.1}
    assert "cosine_mean" in LOWER_BOUNDED
    assert violations({"cosine_mean": 0.9, "probability_difference_max": 0.1}, tolerance) == []
    broken = violations({"cosine_mean": 0.89, "probability_difference_max": 0.2}, tolerance)
    assert len(broken) == 2


def test_what_was_not_measured_or_is_no_number_is_broken() -> None:
    assert violations({}, {"cosine_min": 0.5}) == ["cosine_min was not measured"]
    assert violations({"cosine_min": math.nan}, {"cosine_min": 0.5})
    assert violations({"probability_difference_max": math.nan}, {"probability_difference_max": 1})


def test_recipes_say_what_they_need_texts_for() -> None:
    needed = {name: recipe.why_texts for name, recipe in RECIPES.items() if recipe.why_texts}
    assert needed == {
        "dynamic_mixed_wi4_wi8": "chooses layers by the answers to real texts",
        "static_wi8_ai8": "fixes the scales of activations on real texts",
    }
