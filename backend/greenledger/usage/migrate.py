"""Brings the usage database to the newest schema: `python -m greenledger.usage.migrate`.

Reads GREENLEDGER_DATABASE_URL. On PostgreSQL workloads are in parts by month, unless
GREENLEDGER_DATABASE_PARTITIONS is `none` when the database first comes to that schema. Safe to repeat; a
database that is already up to date is left alone.
"""

from __future__ import annotations

import os
import sys
from importlib.resources import files

from alembic import command
from alembic.config import Config

URL_VARIABLE = "GREENLEDGER_DATABASE_URL"
PARTITIONS_VARIABLE = "GREENLEDGER_DATABASE_PARTITIONS"
PARTITIONS = ("month", "none")


def migration_config(database_url: str) -> Config:
    """Alembic's configuration, made in code: the migrations travel in the package, without an .ini file."""
    config = Config()
    config.set_main_option("script_location", str(files("greenledger.usage") / "migrations"))
    # The URL goes by attribute: an option would treat a per cent sign in a password as interpolation.
    config.attributes["database_url"] = database_url
    config.attributes["partitioned"] = os.environ.get(PARTITIONS_VARIABLE, "month") == "month"
    return config


def upgrade(database_url: str, revision: str = "head") -> None:
    """Must not be called inside a running event loop: alembic drives its own."""
    command.upgrade(migration_config(database_url), revision)


def main() -> int:
    database_url = os.environ.get(URL_VARIABLE)
    if not database_url:
        sys.stderr.write(
            f"{URL_VARIABLE} is not set: expected a URL such as sqlite+aiosqlite:///greenledger.db"
            " or postgresql+asyncpg://user@host/name\n"
        )
        return 2
    partitions = os.environ.get(PARTITIONS_VARIABLE, "month")
    if partitions not in PARTITIONS:
        sys.stderr.write(f"{PARTITIONS_VARIABLE} is {partitions}: expected {' or '.join(PARTITIONS)}\n")
        return 2
    upgrade(database_url)
    return 0


if __name__ == "__main__":
    sys.exit(main())
