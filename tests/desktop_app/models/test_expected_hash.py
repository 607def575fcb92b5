import pytest

from desktop_app.models.expected_hash import expected_hash
from desktop_app.models.model_error import ModelError

SHA = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    "pasted",
    [SHA, f"  {SHA.upper()}\n", f"sha256:{SHA}", f"SHA-256: {SHA}", f"{SHA}  tickets.tflite\n"],
)
def test_a_hash_is_found_however_it_was_copied(pasted):
    assert expected_hash(pasted) == SHA


def test_an_empty_field_expects_nothing():
    assert expected_hash(" \n") == ""


@pytest.mark.parametrize("pasted", ["12", SHA[:-1], SHA + "0", SHA[:-1] + "g", f"md5:{SHA[:32]}"])
def test_what_is_no_hash_is_told(pasted):
    with pytest.raises(ModelError, match="64 digits"):
        expected_hash(pasted)
