"""What there is to say about a bundle, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

from export.runtime.bundle import Bundle


def describe_bundle(bundle: Bundle) -> dict[str, Any]:
    """All of its metadata and hashes as plain JSON values."""
    values = bundle.metadata.to_dict()
    return {
        "size": bundle.size,
        "sha256": bundle.sha256,
        "graph": bundle.manifest.graph.to_dict(),
        "files": {name: digest.to_dict() for name, digest in bundle.manifest.files.items()},
        "golden": {"examples": len(bundle.golden.examples), "tolerance": bundle.golden.tolerance},
        **values,
    }


def description_text(description: dict[str, Any]) -> str:
    """The same for a terminal, control characters made visible."""
    lines = []
    for name, value in description.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        visible = (c if c.isprintable() else ascii(c)[1:-1] for c in text)
        lines.append(f"{name + ':':<15} {''.join(visible)}")
    return "\n".join(lines)
