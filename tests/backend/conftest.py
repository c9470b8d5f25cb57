"""What the backend's tests share: one chain, migrated databases to copy, a council of three."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from deployed import Deployed, LocalChain, deploy_contracts, running_chain
from hypothesis import settings
from nodes import Databases, Running, SqliteDatabases, node_settings, running, served
from postgres import Postgres, PostgresDatabases, running_postgres

from greenledger.api.app import create_app
from greenledger.api.logs import configure_logs
from greenledger.usage.database import Database

# Plain tracebacks: drawing them with all variables holds up a node's event loop for seconds.
configure_logs(as_json=False)

# A busy machine makes no test fail: properties are about results, not about time.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")


@pytest.fixture(scope="session")
def local_chain() -> Iterator[LocalChain]:
    with running_chain() as chain:
        yield chain


@pytest.fixture(scope="session")
def deployed(local_chain: LocalChain, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    return deploy_contracts(local_chain, tmp_path_factory.mktemp("chain") / "deployment.json")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on: SQLite, unless its folder or module says `engine` is each of ENGINES."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases.make(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server of our own; fails, and never skips, where none can be had."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def databases(engine: str, request: pytest.FixtureRequest) -> Databases:
    found: Databases = request.getfixturevalue(f"{engine}_databases")
    return found


@pytest.fixture(scope="session")
def postgresql_databases(postgres: Postgres) -> Databases:
    return PostgresDatabases(postgres)


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    return tmp_path / "usage.sqlite"


@pytest.fixture
def database_url(databases: Databases, database_file: Path) -> Iterator[str]:
    url = databases.copy(database_file)
    yield url
    databases.remove(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def peer_urls(
    deployed: Deployed, sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, ...]]:
    """The second and third node of the council, each behind its own HTTP server."""
    folder = tmp_path_factory.mktemp("peers")
    with ExitStack() as stack:
        yield tuple(
            stack.enter_context(
                served(
                    create_app(
                        node_settings(
                            deployed,
                            sqlite_databases.copy(folder / f"peer-{index}.sqlite"),
                            council_key=deployed.council_keys[index],
                        )
                    )
                )
            )
            for index in (1, 2)
        )


@pytest.fixture
async def gateway(
    deployed: Deployed, database_url: str, peer_urls: tuple[str, ...]
) -> AsyncIterator[Running]:
    """The first node of the council, with the two others as its peers."""
    async with running(node_settings(deployed, database_url, council_peers=peer_urls)) as node:
        yield node
