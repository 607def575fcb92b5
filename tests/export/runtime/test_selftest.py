"""The golden examples notice another answer and another tokenizer."""

import dataclasses
from hashlib import sha256

import pytest

from export.runtime.bundle import read_bundle
from export.runtime.engine import Engine
from export.runtime.golden import Golden
from export.runtime.processors import processor_name
from export.runtime.selftest import SelftestReport, selftest


def spoiled(parts, **fields) -> bytes:
    golden = Golden.from_bytes(parts.files["golden.json"])
    first = dataclasses.replace(golden.examples[0], **fields)
    return parts.seal(
        golden=dataclasses.replace(golden, examples=(first, *golden.examples[1:])).to_bytes()
    )


def report(content: bytes):
    with Engine(read_bundle(content)) as engine:
        return selftest(engine)


def test_the_same_file_passes(classifier):
    result = report(classifier.seal())
    assert result.passed
    assert result.examples == 5
    assert result.largest_difference <= 1e-6
    assert result.sha256 == sha256(classifier.seal()).hexdigest()
    assert SelftestReport.from_dict(result.to_dict()) == result


def test_it_says_which_file_on_which_processor(classifier):
    result = report(spoiled(classifier, output=(0.5, 0.25, 0.25)))
    words = result.sentence("mood.tflite")
    difference = f"{result.largest_difference:.3g} (tolerance 1e-05)"
    assert words.startswith(f"mood.tflite, on {processor_name()}, differs by at most {difference}")
    assert words.endswith("over 5 golden examples; 0 with other tokens: FAILED.")


def test_another_output_fails(classifier):
    result = report(spoiled(classifier, output=(0.5, 0.25, 0.25)))
    assert not result.passed
    assert result.largest_difference > result.tolerance
    assert result.token_mismatches == 0


def test_a_far_float_model_is_reported_but_is_not_a_failure(classifier):
    result = report(spoiled(classifier, float_output=(9.0, 0.0, 0.0)))
    assert result.passed
    assert result.largest_float_difference == pytest.approx(8.5, abs=0.6)


def test_other_tokens_fail(classifier):
    result = report(spoiled(classifier, token_ids=(2, 9, 3)))
    assert not result.passed
    assert result.token_mismatches == 1
