"""What is kept is what would be built; everything else is built anew."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from export.pareto.kept_builds import KeptBuilds, model_hash
from export.recipes import RECIPES
from export.watched_texts import WatchedTexts

RECIPE = RECIPES["float32"]
CONTENT = b"a bundle, for all this class knows"


@pytest.fixture
def kept(tmp_path: Path) -> KeptBuilds:
    builds = KeptBuilds(folder=tmp_path, model_sha256="ab" * 32)
    builds.keep(RECIPE, CONTENT, WatchedTexts(["a", "b"]))
    return builds


def texts(*words: str) -> WatchedTexts:
    return WatchedTexts(words or ("a", "b"))


def test_the_same_again_is_kept(kept: KeptBuilds) -> None:
    assert kept.holds(RECIPE, texts())
    assert kept.holds(RECIPE, texts("others"))  # nobody looked at the texts
    assert not kept.looked_at_texts(RECIPE)
    assert kept.path(RECIPE).read_bytes() == CONTENT


def test_a_build_that_read_texts_hangs_on_them(kept: KeptBuilds) -> None:
    watched = texts()
    assert not watched.seen and len(watched) == 2 and not watched.seen
    assert list(watched[:1]) == ["a"] and watched.seen
    kept.keep(RECIPE, CONTENT, watched)
    assert kept.looked_at_texts(RECIPE)
    assert kept.holds(RECIPE, texts())
    assert not kept.holds(RECIPE, texts("a", "c"))


def test_another_recipe_or_model_is_not_kept(kept: KeptBuilds) -> None:
    assert not kept.holds(RECIPES["float16"], texts())
    assert not kept.holds(dataclasses.replace(RECIPE, rules=RECIPES["float16"].rules), texts())
    other = KeptBuilds(folder=kept.folder, model_sha256="cd" * 32)
    assert not other.holds(RECIPE, texts())


@pytest.mark.parametrize("content", [CONTENT[:-1], CONTENT + b"!", b"A" + CONTENT[1:], b""])
def test_a_bundle_that_was_cut_or_changed_is_not_kept(kept: KeptBuilds, content: bytes) -> None:
    kept.path(RECIPE).write_bytes(content)
    assert not kept.holds(RECIPE, texts())
    kept.check_free(RECIPE)  # but it is ours to replace


@pytest.mark.parametrize("note", [b"", b"[1]", b"{", b"[" * 70_000, b" " * 70_000, b"\xff{}"])
def test_a_bundle_without_a_readable_note_is_somebody_elses(kept: KeptBuilds, note: bytes) -> None:
    (kept.folder / "float32.build.json").write_bytes(note)
    assert not kept.holds(RECIPE, texts())
    with pytest.raises(FileExistsError, match="not written by this command"):
        kept.check_free(RECIPE)
    assert kept.path(RECIPE).read_bytes() == CONTENT


def test_every_file_of_the_model_counts(tmp_path: Path) -> None:
    for name in ("config.json", "model.weights.h5", "README.md", "unrelated.bin"):
        (tmp_path / name).write_bytes(b"1")
    first = model_hash(tmp_path)
    (tmp_path / "unrelated.bin").write_bytes(b"2")
    assert model_hash(tmp_path) == first
    (tmp_path / "README.md").write_bytes(b"2")
    changed = model_hash(tmp_path)
    assert changed != first
    (tmp_path / "README.md").unlink()
    assert model_hash(tmp_path) not in (first, changed)
