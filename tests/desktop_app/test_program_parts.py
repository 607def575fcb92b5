import re
from importlib.metadata import version

import pytest

from desktop_app.program_parts import parts_text, program_parts
from export.runtime.bundle_family import SHIPPED


@pytest.fixture(scope="module")
def parts():
    return {part.name: part for part in program_parts()}


def test_every_part_has_a_version_a_licence_and_a_text(parts):
    for part in parts.values():
        assert part.version and part.licence and len(part.text) > 20, part.name


def test_what_runs_the_window_is_there_and_what_only_tests_it_is_not(parts):
    names = {name.lower() for name in parts}
    assert {"numpy", "ai-edge-litert", "tokenizers", "openpyxl", "xlsxwriter", "python"} <= names
    assert not names & {"pytest", "tensorflow", "torch", "ruff", "matplotlib"}
    assert parts["numpy"].version == version("numpy")
    assert "Redistribution and use in source and binary forms" in parts["numpy"].text


def test_qt_is_told_of_as_its_licence_asks(parts):
    for name in ("PySide6_Essentials", "shiboken6"):
        part = parts[name]
        assert part.licence == "LGPL-3.0"
        assert part.version == version("PySide6-Essentials")
        for words in ("GNU LESSER GENERAL PUBLIC LICENSE", "GNU GENERAL PUBLIC LICENSE",
                      "you may replace them by your own build", "linked dynamically"):  # fmt: skip
            assert words in part.text


def test_the_shipped_models_carry_their_own_licences(parts):
    shipped = {path.stem for path in SHIPPED.glob("*.tflite")}
    assert len(shipped) >= 3
    for name in shipped:
        part = parts[name]
        assert "weights: Apache-2.0" in part.licence
        assert re.search(r"sha256 [0-9a-f]{64}", part.text)
        assert part.text.startswith(f"sha256 {part.version}")
    assert "Hutto and Gilbert" in parts["sentiment-en"].licence
    assert "Attribution-Share-Alike" in parts["lid.176.ftz"].text


def test_no_folder_of_this_machine_is_named(parts):
    text = parts_text(tuple(parts.values()))
    assert str(SHIPPED.parents[2]) not in text
    assert "site-packages" not in text
    assert "No fonts are shipped" in text
