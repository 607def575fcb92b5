"""Bundles made from the shipped Chinese one, without TensorFlow: other names, other labels."""

import dataclasses
from pathlib import Path

from export.runtime.bundle import LABELS, labels_bytes, read_bundle, seal_bundle
from export.runtime.catalogue import find_bundle
from export.runtime.golden import GOLDEN, Golden
from export.runtime.manifest import MANIFEST
from export.runtime.metadata import METADATA


class BundleMaker:
    """Seals bundles of the same network under other names and labels."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.origin = read_bundle(find_bundle("sentiment-zh"))

    def __call__(self, name="tickets", labels=("complaint", "praise"), golden_shift=0.0):
        metadata = dataclasses.replace(self.origin.metadata, name=name, labels=labels)
        files = {key: value for key, value in self.origin.files.items() if key != MANIFEST}
        files |= {METADATA: metadata.to_bytes(), LABELS: labels_bytes(labels)}
        if golden_shift:
            examples = tuple(
                dataclasses.replace(
                    each, output=tuple(value + golden_shift for value in each.output)
                )
                for each in self.origin.golden.examples
            )
            golden = Golden(tolerance=self.origin.golden.tolerance, examples=examples)
            files[GOLDEN] = golden.to_bytes()
        path = self.folder / "file of a person.tflite"
        path.write_bytes(seal_bundle(self.origin.graph, files))
        return path
