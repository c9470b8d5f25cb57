"""A gateway over real HTTP, somebody with a key to it, and folders of their own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from client_owners import Owner, new_client_owner
from deployed import Deployed
from nodes import SqliteDatabases, node_settings, served
from scripted_server import ScriptedServer

from greenledger.api.app import create_app
from greenledger.client import Client, measuring


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the login and the spool of who runs it."""
    for variable, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state"), ("HOME", "home")):
        (tmp_path / folder).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / folder))
    for variable in ("URL", "API_KEY", "RPC_URL", "ORIGIN", "SPOOL_MAX_BYTES", "TRACKING"):
        monkeypatch.delenv(f"GREENLEDGER_{variable}", raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def gateway_url(
    deployed: Deployed,
    sqlite_databases: SqliteDatabases,
    peer_urls: tuple[str, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    database = sqlite_databases.copy(tmp_path_factory.mktemp("client") / "usage.sqlite")
    with served(create_app(node_settings(deployed, database, council_peers=peer_urls))) as url:
        yield url


@pytest.fixture
def owner(deployed: Deployed, gateway_url: str) -> Owner:
    return new_client_owner(deployed, gateway_url)


@pytest.fixture
def client(owner: Owner) -> Iterator[Client]:
    with Client(connection=owner.connection()) as opened:
        yield opened


@pytest.fixture(scope="session")
def script() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def scripted(script: ScriptedServer) -> ScriptedServer:
    """A gateway that answers what a test writes down."""
    script.forget()
    return script


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without CodeCarbon."""
    monkeypatch.setattr(measuring, "has_codecarbon", lambda: False)
