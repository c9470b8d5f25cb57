"""The local stack that pipelines talk to, a forge that takes comments, and an empty workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from deployed import Deployed
from forge_server import ForgeServer
from nodes import Databases
from pipelines import GitHubJob, GitLabJob
from programs import Owner, new_owner, served_gateway


@pytest.fixture(scope="session")
def ci_gateway_url(
    deployed: Deployed,
    sqlite_databases: Databases,
    peer_urls: tuple[str, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    database_url = sqlite_databases.copy(tmp_path_factory.mktemp("gateway") / "usage.sqlite")
    with served_gateway(deployed, database_url, peer_urls) as url:
        yield url


@pytest.fixture(scope="session")
async def team(deployed: Deployed, ci_gateway_url: str) -> Owner:
    """The account whose pipelines run, with a key for them."""
    return await new_owner(deployed, ci_gateway_url)


@pytest.fixture(scope="session")
def forge_process() -> Iterator[ForgeServer]:
    with ForgeServer() as server:
        yield server


@pytest.fixture
def forge(forge_process: ForgeServer) -> ForgeServer:
    """The forge without comments."""
    forge_process.forget()
    return forge_process


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


@pytest.fixture
def github(workspace: Path, forge: ForgeServer) -> GitHubJob:
    return GitHubJob(workspace, forge.url)


@pytest.fixture
def gitlab(workspace: Path, forge: ForgeServer) -> GitLabJob:
    return GitLabJob(workspace, forge.url)
