"""Bundles that were built by an earlier run, and whether they are still what would be built."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import bert_tf
from bert_tf.file_hash import file_sha256
from export.recipes import Recipe
from export.runtime.atomic_output import atomic_output
from export.watched_texts import WatchedTexts

_TOOLS = ("tensorflow", "keras", "ai-edge-quantizer", "ai-edge-litert", "tokenizers", "numpy")
_WAY = "2"  # of building; another one where equal recipes give other graphs
_MAX_NOTE_BYTES = 1 << 16  # a note has less than 1 KiB
_MODEL_FILES = (
    "config.json", "model.weights.h5", "vocab.txt", "tokenizer.json", "task.json", "README.md",
    "LICENSE.txt",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class KeptBuilds:
    """The bundles of one model in a folder, each with a note on what it was made of.

    The note lies beside the bundle as `RECIPE.build.json`. It is written first: a bundle that
    was cut short is then no more than one whose hash is not the note's.
    """

    folder: Path
    model_sha256: str  # of the model folder, from `model_hash`

    def path(self, recipe: Recipe) -> Path:
        """Where the bundle of a recipe lies, or will."""
        return self.folder / f"{recipe.name}.tflite"

    def holds(self, recipe: Recipe, texts: WatchedTexts) -> bool:
        """Whether the bundle is there, whole, and what building it now would give.

        Args:
            recipe: as it is defined now.
            texts: that a build would be given; they count only if the earlier build read them.
        """
        note = self._note(recipe)
        path = self.path(recipe)
        if note is None or not path.is_file() or note.get("made_of") != self._made_of(recipe):
            return False
        if note.get("texts") not in (None, texts.sha256):
            return False
        return note.get("sha256") == file_sha256(path)

    def looked_at_texts(self, recipe: Recipe) -> bool:
        """Whether the build of the bundle that is kept read texts."""
        return (self._note(recipe) or {}).get("texts") is not None

    def check_free(self, recipe: Recipe) -> None:
        """Refuse to replace a file that this command did not write.

        Raises:
            FileExistsError: if a bundle without a note lies in its place.
        """
        if self.path(recipe).exists() and self._note(recipe) is None:
            raise FileExistsError(
                f"{self.path(recipe)} was not written by this command and is left as it is. "
                "Choose another --output folder, or move the file away."
            )

    def keep(self, recipe: Recipe, content: bytes, texts: WatchedTexts) -> None:
        """Write a bundle that was just built.

        Args:
            recipe: that it was built by.
            content: the bundle.
            texts: that the build was given.

        Raises:
            OSError: if the folder cannot be written.
        """
        note = {
            "made_of": self._made_of(recipe),
            "texts": texts.sha256 if texts.seen else None,
            "sha256": sha256(content).hexdigest(),
        }
        with atomic_output(self._note_path(recipe)) as file:
            file.write(json.dumps(note, indent=2).encode("utf-8"))
        with atomic_output(self.path(recipe)) as file:
            file.write(content)

    def _note_path(self, recipe: Recipe) -> Path:
        return self.folder / f"{recipe.name}.build.json"

    def _note(self, recipe: Recipe) -> dict[str, object] | None:
        path = self._note_path(recipe)
        try:
            if path.stat().st_size > _MAX_NOTE_BYTES:
                return None
            note = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        return note if isinstance(note, dict) else None

    def _made_of(self, recipe: Recipe) -> dict[str, str]:
        tools = {name: importlib.metadata.version(name) for name in _TOOLS}
        return {
            "model": self.model_sha256,
            "recipe": _hash(dataclasses.asdict(recipe)),
            "tools": _hash({**tools, "bert_tf": bert_tf.__version__, "way": _WAY}),
        }


def model_hash(folder: Path) -> str:
    """The hash of all that a bundle is made of in a model folder, in hexadecimal.

    Raises:
        OSError: if a file cannot be read.
    """
    digests = {}
    for name in _MODEL_FILES:
        if (folder / name).is_file():
            digests[name] = file_sha256(folder / name)
    return _hash(digests)


def _hash(value: object) -> str:
    text = json.dumps(value, sort_keys=True, default=str)
    return sha256(text.encode("utf-8")).hexdigest()
