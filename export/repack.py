"""A bundle of an older schema in the form that this program reads.

The network, the vocabulary and the papers keep every byte; the JSON members go forward step by
step, and the file is sealed anew.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from export.errors import ExportError
from export.runtime.bundle import Bundle, open_archive, read_bundle, seal_bundle
from export.runtime.engine import Engine
from export.runtime.errors import BundleError
from export.runtime.golden import GOLDEN, Golden
from export.runtime.graph_runner import GraphRunner
from export.runtime.json_fields import parse_object
from export.runtime.manifest import MANIFEST, SCHEMA_VERSION, Manifest
from export.runtime.metadata import METADATA, BundleMetadata
from export.runtime.selftest import SelftestReport, selftest
from export.schema_migrations import MIGRATIONS, Migrations, bring_forward, older_version


@dataclass(frozen=True, kw_only=True)
class RepackReport:
    """What was brought forward, and the proof that it still gives its answers."""

    name: str  # of the bundle
    from_version: int  # schema it was written in
    to_version: int  # schema of the new file
    size: int  # bytes of the new file
    difference_before: float  # of the golden ids' outputs to golden.json as it was found
    after: SelftestReport  # golden texts through the new file

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**asdict(self), "after": self.after.to_dict()}

    def render(self) -> str:
        """One paragraph for people."""
        return (
            f"{self.name}: schema {self.from_version} -> {self.to_version}, {self.size:,} bytes. "
            f"Golden examples: before, differs by at most {self.difference_before:.3g}; after: "
            f"{self.after}"
        )


def repack(
    source: Path | bytes, *, migrations: Migrations = MIGRATIONS
) -> tuple[bytes, RepackReport]:
    """Bring a bundle forward to the current schema.

    Args:
        source: the older bundle, by path or as its bytes.
        migrations: the steps that are known.

    Returns:
        The new bundle's bytes and what is worth knowing about them.

    Raises:
        BundleError: if the file is no bundle, damaged, of the current schema or a newer one, or
            does not become a bundle that this program reads.
        ExportError: if the golden examples do not hold before or after.
        OSError: if it cannot be read.
    """
    content, graph_size, files = open_archive(source)
    manifest = parse_object(files[MANIFEST], what=MANIFEST)
    metadata = parse_object(files[METADATA], what=METADATA)
    version = older_version(manifest, metadata, migrations=migrations)
    _check_hashes(
        bring_forward(manifest, "manifest", version=version, migrations=migrations),
        content[:graph_size],
        {name: data for name, data in files.items() if name != MANIFEST},
    )
    golden = parse_object(files[GOLDEN], what=GOLDEN)
    forward = {name: data for name, data in files.items() if name != MANIFEST}
    values = bring_forward(metadata, "metadata", version=version, migrations=migrations)
    forward[METADATA] = BundleMetadata.from_bytes(_json(values)).to_bytes()
    values = bring_forward(golden, "golden", version=version, migrations=migrations)
    forward[GOLDEN] = Golden.from_bytes(_json(values)).to_bytes()
    sealed = seal_bundle(content[:graph_size], forward)
    bundle = read_bundle(sealed)
    return sealed, RepackReport(
        name=bundle.metadata.name,
        from_version=version,
        to_version=SCHEMA_VERSION,
        size=len(sealed),
        difference_before=_check_before(bundle),
        after=_check_after(bundle),
    )


def _json(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, allow_nan=False).encode("utf-8")


def _check_hashes(manifest: dict[str, Any], graph: bytes, files: dict[str, bytes]) -> None:
    """The older file's own hashes, over its own bytes."""
    Manifest.from_bytes(_json(manifest)).check(graph, files)


def _check_before(bundle: Bundle) -> float:
    """The largest difference of the network on the ids that `golden.json` holds.

    The tokenizer has no part in it: what differs here, differed before anything was touched.
    """
    size = bundle.metadata.config.vocabulary_size
    runner = GraphRunner(bundle.content, bundle.metadata)
    differences = []
    for example in bundle.golden.examples:
        if not all(0 <= token < size for token in example.token_ids):
            raise BundleError(f"{GOLDEN} holds ids of no token. Export the bundle again.")
        output = runner.run(np.array([example.token_ids], np.int32))[0]  # (D,)
        differences.append(np.abs(output.astype(np.float64) - example.output).max())
    largest = float(np.max(differences))  # NaN stays NaN
    if not largest <= bundle.golden.tolerance:
        raise ExportError(
            f"The golden examples of {bundle.metadata.name!r} differ by {largest:.3g} on this "
            f"machine before anything is changed; {bundle.golden.tolerance:g} is allowed. Repack "
            "it on a machine where `bert-edge selftest` passes, or export the model again."
        )
    return largest


def _check_after(bundle: Bundle) -> SelftestReport:
    with Engine(bundle, num_threads=1, num_workers=1) as engine:
        report = selftest(engine)
    if not report.passed:
        raise ExportError(
            f"The repacked bundle does not pass its golden examples: {report} Export the model "
            "again."
        )
    return report
