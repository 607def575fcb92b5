"""Bundles of a person, and a place for them."""

import pytest
from bundle_maker import BundleMaker

from desktop_app.models.model_store import ModelStore


@pytest.fixture
def make_bundle(tmp_path):
    return BundleMaker(tmp_path)


@pytest.fixture
def store(tmp_path):
    return ModelStore(tmp_path / "models")
