"""What it takes to bring the JSON of a bundle from one schema version to the next.

`SCHEMA_VERSION` goes up when a reader of the old schema could misread, or not read, the new one.
Whoever raises it from n to n + 1 adds the entry n to `MIGRATIONS`; nothing else has to change for
`bert-export repack`. So far there was one version only, and the table is empty.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from export.runtime.errors import BundleError
from export.runtime.json_fields import field
from export.runtime.manifest import SCHEMA_VERSION

Json = dict[str, Any]
Part = Literal["manifest", "metadata", "golden"]


def _unchanged(values: Json) -> Json:
    return values


@dataclass(frozen=True, kw_only=True)
class Migration:
    """From version n to n + 1: one pure function for each JSON member; it may change its argument.

    The functions need not set `schema_version`, and raise `BundleError` for what they cannot read.
    """

    manifest: Callable[[Json], Json] = _unchanged  # manifest.json
    metadata: Callable[[Json], Json] = _unchanged  # bundle.json
    golden: Callable[[Json], Json] = _unchanged  # golden.json


Migrations = Mapping[int, Migration]
MIGRATIONS: Migrations = {}  # version n to the step from n to n + 1


def older_version(
    manifest: Json,
    metadata: Json,
    *,
    migrations: Migrations = MIGRATIONS,
    current: int = SCHEMA_VERSION,
) -> int:
    """The version of a bundle that can be brought forward.

    Args:
        manifest: the content of `manifest.json`.
        metadata: the content of `bundle.json`.
        migrations: the steps that are known.
        current: the version to arrive at.

    Raises:
        BundleError: if the two members disagree, if the bundle is of the current schema or a
            newer one, or if a step is not known.
    """
    version = field(manifest, "schema_version", int, what="manifest.json")
    inner = field(metadata, "schema_version", int, what="bundle.json")
    if version != inner:
        raise BundleError(
            f"manifest.json is of schema version {version} and bundle.json of {inner}; in a bundle "
            "they are the same. Export the bundle again."
        )
    if version == current:
        raise BundleError(
            f"The bundle is of schema version {version}, the current one already; use it as it is."
        )
    if version > current:
        raise BundleError(
            f"The bundle is of schema version {version}, this program knows versions up to "
            f"{current}. Update this program."
        )
    missing = [step for step in range(version, current) if step not in migrations]
    if missing:
        raise BundleError(
            f"The bundle is of schema version {version}, and the step from version {missing[0]} to "
            f"{missing[0] + 1} is not known. Export the model again."
        )
    return version


def bring_forward(
    values: Json,
    part: Part,
    *,
    version: int,
    migrations: Migrations = MIGRATIONS,
    current: int = SCHEMA_VERSION,
) -> Json:
    """One JSON member, in the words of the current schema.

    Args:
        values: the member as it was read; left as it is.
        part: which member it is.
        version: its schema version, from `older_version`.
        migrations: the steps that are known.
        current: the version to arrive at.

    Raises:
        BundleError: if a step does not find what its version promises.
    """
    forward = copy.deepcopy(values)
    for step in range(version, current):
        try:
            forward = getattr(migrations[step], part)(forward)
        except (LookupError, TypeError, AttributeError) as error:  # a forged or foreign member
            raise BundleError(
                f"The {part} of this bundle is not what schema version {step} says: {error!r}. "
                "Export the model again."
            ) from error
    if "schema_version" in values:
        forward["schema_version"] = current
    return forward
