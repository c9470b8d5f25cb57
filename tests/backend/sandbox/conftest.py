"""A sandbox marketplace for each test module; state is shared inside one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sandbox_server import SandboxServer


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    # Orders complete when a test lets time pass, however slow the machine is.
    with SandboxServer(tmp_path_factory.mktemp("market"), completion_s=1000) as server:
        yield server
