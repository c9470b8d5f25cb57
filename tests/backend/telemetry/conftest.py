"""One gateway behind a real server for each database, and accounts that hold a key for stating."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from deployed import Deployed
from nodes import Databases, node_settings, served
from otlp_sender import Sender

from greenledger.api.app import create_app


@pytest.fixture(scope="session")
def node_url(
    deployed: Deployed, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Base URL of a running gateway."""
    url = databases.copy(tmp_path_factory.mktemp("telemetry") / "usage.sqlite")
    with served(create_app(node_settings(deployed, url))) as base:
        yield base
    databases.remove(url)


@pytest.fixture
async def sender(node_url: str) -> AsyncIterator[Sender]:
    """A new account's program."""
    async with Sender.signed_in(node_url) as found:
        yield found


@pytest.fixture
async def stranger(node_url: str) -> AsyncIterator[Sender]:
    """Another account's program."""
    async with Sender.signed_in(node_url) as found:
        yield found
