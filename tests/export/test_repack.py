"""Bundles of an older schema: brought forward to the byte, or refused with a reason.

There is one schema so far. The older one here is made up: it has other names for three fields.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from export.cli import app
from export.errors import ExportError
from export.repack import repack
from export.runtime.bundle import read_bundle
from export.runtime.errors import BundleError
from export.runtime.golden import GOLDEN
from export.runtime.manifest import MANIFEST, Manifest
from export.runtime.metadata import METADATA
from export.runtime.zip_tail import write_tail
from export.schema_migrations import MIGRATIONS, Migration

RENAMED = {MANIFEST: ("files", "members"), METADATA: ("max_length", "longest"),
           GOLDEN: ("tolerance", "allowed")}  # fmt: skip


def renaming(member: str) -> Callable[[dict], dict]:
    new, old = RENAMED[member]

    def step(values: dict) -> dict:
        values[new] = values.pop(old)
        return values

    return step


STEPS = {0: Migration(manifest=renaming(MANIFEST), metadata=renaming(METADATA),
                      golden=renaming(GOLDEN))}  # fmt: skip
Edit = Callable[[dict], None]


def older(content: bytes, *, edit: dict[str, Edit] | None = None) -> bytes:
    """The same bundle as a program of schema 0 would have sealed it; `edit` before the hashes."""
    bundle = read_bundle(content)
    files = {name: data for name, data in bundle.files.items() if name != MANIFEST}

    def aged(member: str, data: bytes) -> bytes:
        values = json.loads(data)
        new, old = RENAMED[member]
        values[old] = values.pop(new)
        if member != GOLDEN:
            values["schema_version"] = 0
        (edit or {}).get(member, lambda _: None)(values)
        return json.dumps(values).encode()

    files |= {member: aged(member, files[member]) for member in (METADATA, GOLDEN)}
    manifest = aged(MANIFEST, Manifest.of(bundle.graph, files).to_bytes())
    members = {MANIFEST: manifest, **files}
    return bundle.graph + write_tail(members, offset=len(bundle.graph))


def test_an_older_bundle_becomes_the_current_one_to_the_byte(embedder_bundle: bytes) -> None:
    old = older(embedder_bundle)
    with pytest.raises(BundleError, match=r"schema version 0.*bert-export repack"):
        read_bundle(old)
    content, report = repack(old, migrations=STEPS)
    assert content == embedder_bundle
    assert (report.from_version, report.to_version) == (0, 1)
    assert report.difference_before == report.after.largest_difference < 1e-7  # 8 digits kept
    assert report.after.passed and report.after.examples == 9


def test_current_newer_unknown_and_contradicting_versions_are_refused(
    embedder_bundle: bytes,
) -> None:
    def version(member: str, number: int) -> dict[str, Edit]:
        return {member: lambda values: values.update(schema_version=number)}

    both = version(MANIFEST, 2) | version(METADATA, 2)
    cases = [
        (embedder_bundle, STEPS, "current one already"),
        (older(embedder_bundle, edit=both), STEPS, "up to 1. Update this program"),
        (older(embedder_bundle), {}, "step from version 0 to 1 is not known"),
        (older(embedder_bundle, edit=version(METADATA, -1)), STEPS, "0 and bundle.json of -1"),
    ]
    for content, steps, message in cases:
        with pytest.raises(BundleError, match=message):
            repack(content, migrations=steps)


def test_a_forged_older_bundle_is_refused(embedder_bundle: bytes) -> None:
    """Its hashes are right; what its schema promises is not there."""
    for member, part in ((METADATA, "metadata"), (GOLDEN, "golden")):
        forged = older(embedder_bundle, edit={member: lambda values: values.clear() or
                                              values.update(schema_version=0)})  # fmt: skip
        with pytest.raises(BundleError, match=f"The {part} of this bundle is not what schema"):
            repack(forged, migrations=STEPS)


def test_a_damaged_older_bundle_is_refused(embedder_bundle: bytes) -> None:
    """Under the old manifest, whose hashes cover the old bytes."""
    old = older(embedder_bundle)
    for place in range(0, len(old), len(old) // 40):
        spoiled = bytearray(old)
        spoiled[place] ^= 1
        with pytest.raises(BundleError):
            repack(bytes(spoiled), migrations=STEPS)


def test_golden_examples_that_do_not_hold_are_told(embedder_bundle: bytes) -> None:
    def shifted(values: dict) -> None:
        values["examples"][3]["output"][0] += 0.5

    def other_ids(values: dict) -> None:
        values["examples"][3]["token_ids"][1] = 2**40

    with pytest.raises(ExportError, match=r"differ by 0\.5 on this machine before"):
        repack(older(embedder_bundle, edit={GOLDEN: shifted}), migrations=STEPS)
    with pytest.raises(BundleError, match="ids of no token"):
        repack(older(embedder_bundle, edit={GOLDEN: other_ids}), migrations=STEPS)


def test_a_step_that_breaks_the_answers_is_caught(embedder_bundle: bytes) -> None:
    """Ids still give the outputs, but the texts no longer give the ids."""

    def retold(values: dict) -> dict:
        values = renaming(GOLDEN)(values)
        values["examples"][1]["text"] = "another text"
        return values

    steps = {0: Migration(manifest=STEPS[0].manifest, metadata=STEPS[0].metadata, golden=retold)}
    with pytest.raises(ExportError, match="does not pass its golden examples"):
        repack(older(embedder_bundle), migrations=steps)


def test_steps_follow_each_other_and_leave_the_argument_alone() -> None:
    from export.schema_migrations import bring_forward

    steps = {1: Migration(metadata=lambda v: v | {"trail": [*v["trail"], 1]}),
             2: Migration(metadata=lambda v: v | {"trail": [*v["trail"], 2]})}  # fmt: skip
    values = {"schema_version": 1, "trail": [0]}
    found = bring_forward(values, "metadata", version=1, migrations=steps, current=3)
    assert found == {"schema_version": 3, "trail": [0, 1, 2]}
    assert values == {"schema_version": 1, "trail": [0]}


def test_the_verb(embedder_bundle: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new, current = (tmp_path / name for name in ("old", "new", "current"))
    old.write_bytes(older(embedder_bundle))
    current.write_bytes(embedder_bundle)

    def run(*arguments: object):
        return CliRunner().invoke(app, ["repack", *map(str, arguments)])

    refused = {
        (current, "--output", new): "current one already",
        (old, "--output", new): "step from version 0 to 1 is not known",
        (tmp_path / "none", "--output", new): "none",
        (old, "--output", current): "--force",
    }
    for arguments, message in refused.items():
        result = run(*arguments)
        assert result.exit_code == 2 and message in result.output, result.output
        assert "Traceback" not in result.output
    assert not new.exists()
    monkeypatch.setitem(MIGRATIONS, 0, STEPS[0])
    done = run(old, "--output", new, "--json")
    assert done.exit_code == 0, done.output
    assert new.read_bytes() == embedder_bundle
    assert json.loads(done.stdout)["after"]["passed"] is True
    assert "schema 0 -> 1" in run(old, "--output", new, "--force").stdout


def test_not_a_number_is_no_traceback(
    embedder_bundle: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ids gave numbers; as the Engine raises it for a golden text."""

    def spoiled(*_: object) -> None:
        raise FloatingPointError("The network of 'tiny' gave NaN or infinity.")

    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(older(embedder_bundle))
    monkeypatch.setitem(MIGRATIONS, 0, STEPS[0])
    monkeypatch.setattr("export.runtime.engine.Engine.outputs", spoiled)
    result = CliRunner().invoke(app, ["repack", str(old), "--output", str(new)])
    assert result.exit_code == 1 and "gave NaN or infinity" in result.stderr, result.output
    assert isinstance(result.exception, SystemExit) and not new.exists()
