"""A private PostgreSQL for the tests: a cluster in a temporary folder, behind a Unix socket."""

from __future__ import annotations

import asyncio
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from greenledger.usage.migrate import upgrade

ROOT = Path(__file__).resolve().parents[2]
ENGINES = ("sqlite", "postgresql")
USER = "greenledger"
TEMPLATE = "template_greenledger"
START_S = 60
# Nothing of this outlives the tests, so nothing needs to reach the disk.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


def on_both_engines(metafunc: pytest.Metafunc) -> None:
    """A `pytest_generate_tests`: runs the tests of a folder that use a database on each engine.

    Not a fixture with parameters in the folder: what depends on `engine` lives as long as the session, and
    would be handed on to tests of other folders.
    """
    own = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "engine" in metafunc.fixturenames and "engine" not in own:
        metafunc.parametrize("engine", ENGINES, indirect=True, scope="session")


@dataclass(frozen=True)
class Postgres:
    """A running server with one migrated database to copy."""

    socket_folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://{USER}@/{name}?host={self.socket_folder}"

    def create(self, template: str = "template0") -> str:
        """URL of a new database, empty unless it copies a template."""
        name = f"test_{next(self.numbers)}"
        in_own_loop(self._run(f'CREATE DATABASE {name} TEMPLATE "{template}"'))
        return self.url(name)

    def migrated(self) -> str:
        """URL of a new database with the newest schema."""
        return self.create(TEMPLATE)

    def drop(self, url: str) -> None:
        """Takes a database away, with whoever is still connected to it."""
        name = url.partition("@/")[2].partition("?")[0]
        in_own_loop(self._run(f"DROP DATABASE {name} WITH (FORCE)"))

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(host=str(self.socket_folder), user=USER, database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@dataclass(frozen=True)
class PostgresDatabases:
    """Fresh migrated databases of one server, in the shape of those of SQLite."""

    server: Postgres

    def copy(self, _file: Path) -> str:
        return self.server.migrated()

    def remove(self, url: str) -> None:
        self.server.drop(url)


def in_own_loop(work: Coroutine[Any, Any, None]) -> None:
    """Runs to the end in a thread with an event loop of its own: pytest drives one in this thread."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(work)
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]


@contextmanager
def running_postgres(settings: Sequence[str] = QUICK) -> Iterator[Postgres]:
    """Makes a cluster, starts it, migrates the template, and takes all of it away in the end."""
    binaries = _binaries()
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="greenledger-postgres-"))
    data = folder / "data"
    try:
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        initdb = [binaries / "initdb", "-D", data, "-U", USER, "--auth=trust", "--encoding=UTF8"]
        _as_owner([*initdb, "--locale=C", "--no-sync", "--no-instructions"], owner, folder)
        options = [f"-c {option}" for option in (*settings, "listen_addresses=''")]
        start = [binaries / "pg_ctl", "-D", data, "-w", "-t", str(START_S), "-l", folder / "log"]
        _as_owner([*start, "-o", " ".join([f"-k {folder}", *options]), "start"], owner, folder)
        try:
            yield _with_template(Postgres(folder))
        finally:
            # By the process id that the server wrote into its data folder.
            _as_owner([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], owner, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _with_template(server: Postgres) -> Postgres:
    in_own_loop(server._run(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0"))
    migration = threading.Thread(target=upgrade, args=(server.url(TEMPLATE),))
    migration.start()
    migration.join()
    return server


def _binaries() -> Path:
    found = subprocess.run(
        [ROOT / "scripts/dev/postgres.sh", "--path"], capture_output=True, text=True, check=False
    )
    if found.returncode != 0:
        pytest.fail(f"the tests need a PostgreSQL server: {found.stderr.strip()}", pytrace=False)
    return Path(found.stdout.strip())


def _owner() -> pwd.struct_passwd | None:
    """Whom the server runs as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _as_owner(command: list[Any], owner: pwd.struct_passwd | None, folder: Path) -> None:
    user = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    # To a file: the server keeps the output of pg_ctl open, and a pipe would never end.
    with (folder / "output").open("ab+") as output:
        run = subprocess.run(command, cwd=folder, stdout=output, stderr=output, check=False, **user)
        if run.returncode != 0:
            output.seek(0)
            log = (folder / "log").read_text() if (folder / "log").exists() else ""
            text = output.read().decode(errors="replace") + log
            pytest.fail(f"{command[0].name} ended with {run.returncode}:\n{text[-3000:]}", pytrace=False)
