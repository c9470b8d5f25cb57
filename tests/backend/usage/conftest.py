"""Everything about the usage database is tested on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from postgres import ENGINES


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    return request.param
