"""Batches are tested on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
from postgres import on_both_engines


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_engines(metafunc)
