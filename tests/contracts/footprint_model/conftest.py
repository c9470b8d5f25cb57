"""The model is deployed before the first test: what a test deploys itself is undone after it."""

from __future__ import annotations

import pytest

from footprint_model.comparison import model


@pytest.fixture(scope="session", autouse=True)
def _deployed() -> None:
    model()
