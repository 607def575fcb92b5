"""`manifest.json`: sizes and hashes of everything else in a bundle."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from export.runtime.errors import BundleError
from export.runtime.json_fields import field, parse_object

MANIFEST = "manifest.json"
SCHEMA_VERSION = 1
_DAMAGED = "The file is damaged or was changed after it was sealed; get it again."


@dataclass(frozen=True, kw_only=True)
class Digest:
    """Size and hash of one part."""

    size: int  # bytes
    sha256: str  # hexadecimal

    @classmethod
    def of(cls, content: bytes) -> Digest:
        """The digest of these bytes."""
        return cls(size=len(content), sha256=sha256(content).hexdigest())

    @classmethod
    def from_dict(cls, values: Mapping[str, Any], *, what: str) -> Digest:
        """Read from JSON.

        Raises:
            BundleError: for missing or mistyped fields.
        """
        return cls(
            size=field(values, "size", int, what=what),
            sha256=field(values, "sha256", str, what=what),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {"size": self.size, "sha256": self.sha256}

    def check(self, content: bytes | memoryview, *, what: str) -> None:
        """Compare with the bytes found.

        Raises:
            BundleError: if size or hash differ.
        """
        if len(content) != self.size:
            raise BundleError(
                f"{what} has {len(content)} bytes where the manifest says {self.size}. {_DAMAGED}"
            )
        found = sha256(content).hexdigest()
        if found != self.sha256:
            raise BundleError(
                f"{what} has sha256 {found[:12]}... where the manifest says "
                f"{self.sha256[:12]!s}.... {_DAMAGED}"
            )


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What must be in the file, byte for byte."""

    graph: Digest  # the bytes in front of the archive
    files: dict[str, Digest]  # every member of the archive but the manifest itself

    @classmethod
    def of(cls, graph: bytes, files: Mapping[str, bytes]) -> Manifest:
        """The manifest of these parts."""
        return cls(
            graph=Digest.of(graph),
            files={name: Digest.of(content) for name, content in files.items()},
        )

    def to_bytes(self) -> bytes:
        """The content of `manifest.json`."""
        values = {
            "schema_version": SCHEMA_VERSION,
            "graph": self.graph.to_dict(),
            "files": {name: digest.to_dict() for name, digest in self.files.items()},
        }
        return (json.dumps(values, indent=2) + "\n").encode("utf-8")

    @classmethod
    def from_bytes(cls, content: bytes) -> Manifest:
        """Read `manifest.json`.

        Raises:
            BundleError: for another schema version or a damaged manifest.
        """
        values = parse_object(content, what=MANIFEST)
        check_schema_version(values, what=MANIFEST)
        files = field(values, "files", dict, what=MANIFEST)
        return cls(
            graph=Digest.from_dict(field(values, "graph", dict, what=MANIFEST), what=MANIFEST),
            files={
                name: Digest.from_dict(field(files, name, dict, what=MANIFEST), what=MANIFEST)
                for name in files
            },
        )

    def check(self, graph: bytes | memoryview, files: Mapping[str, bytes]) -> None:
        """Compare with what was found.

        Raises:
            BundleError: if a file is missing, unexpected, or differs.
        """
        if set(files) != set(self.files):
            odd = sorted(set(files) ^ set(self.files))
            raise BundleError(
                f"The manifest and the archive disagree about {', '.join(odd):.200}. {_DAMAGED}"
            )
        self.graph.check(graph, what="The network")
        for name, digest in self.files.items():
            digest.check(files[name], what=name)


def check_schema_version(values: Mapping[str, Any], *, what: str) -> None:
    """Refuse what was written for another version of the reader.

    Raises:
        BundleError: unless the version is `SCHEMA_VERSION`.
    """
    version = field(values, "schema_version", int, what=what)
    if version != SCHEMA_VERSION:
        older = "Export the model again, or bring the bundle forward with `bert-export repack`"
        advice = "Update this program" if version > SCHEMA_VERSION else older
        raise BundleError(
            f"{what} is of schema version {version}, this program reads version "
            f"{SCHEMA_VERSION}. {advice}."
        )
