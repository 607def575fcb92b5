"""Keras finds the models of this package by name, although nothing here loads Keras.

A `.keras` file names its class as "bert_tf>BertClassifier"; Keras looks such a name up in a
dictionary that is filled when the class's module is imported. That module needs TensorFlow,
which `import bert_tf` must not load. So the dictionary gets a stand-in for each class as soon as
Keras is there; the stand-in imports the class when a file asks for it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

PACKAGE = "bert_tf"  # the first part of the registered names

HOMES = {  # class: its module
    "BertBackbone": "bert_tf.models.bert_backbone",
    "BertClassifier": "bert_tf.models.bert_classifier",
    "BertEmbedder": "bert_tf.models.bert_embedder",
    "BertPretrainer": "bert_tf.models.bert_pretrainer",
}


def offer_to_keras() -> None:
    """Register the stand-ins: now if Keras is loaded, else when it will be."""
    if sys.modules.get("keras") is not None:
        _register()
    elif not any(isinstance(finder, _KerasWatch) for finder in sys.meta_path):
        sys.meta_path.insert(0, _KerasWatch())


def _register() -> None:
    from keras.saving import get_custom_objects

    known = get_custom_objects()
    for name, home in HOMES.items():
        known.setdefault(f"{PACKAGE}>{name}", _stand_in(name, home))


def _stand_in(name: str, home: str) -> type:
    """A class with the one method of the real one that Keras calls to load a file."""

    def from_config(cls: type, config: dict[str, Any]) -> Any:
        return getattr(import_module(home), name).from_config(config)

    members = {"from_config": classmethod(from_config), "__doc__": f"Loads {home}.{name}."}
    return type(name, (), members)


class _KerasWatch(MetaPathFinder):
    """Notices the import of Keras once, and lets everybody else find it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != "keras":
            return None
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        spec = find_spec("keras")
        if spec is not None and spec.loader is not None:
            _register_after(spec.loader)
        return spec


def _register_after(loader: Loader) -> None:
    execute = loader.exec_module

    def execute_and_register(module: ModuleType) -> None:
        execute(module)
        _register()

    loader.exec_module = execute_and_register  # type: ignore[method-assign]
