#!/bin/sh
# Finds a PostgreSQL server for the tests, or installs Debian's package as root. The tests start a private one from it.
# `postgres.sh --path` prints the folder of initdb, pg_ctl and postgres.
set -eu

find_server() {
  for folder in "${POSTGRES_BIN:-}" $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V -r) "$(dirname "$(command -v pg_ctl || echo /-)")"; do
    [ -n "$folder" ] && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ] \
      && echo "$folder" && return 0
  done
  return 1
}

if path=$(find_server); then
  [ "${1:-}" != "--path" ] || echo "$path"
  exit 0
fi
[ "${1:-}" != "--path" ] || { echo "no PostgreSQL server found: run make postgres, or set POSTGRES_BIN to the folder of pg_ctl" >&2; exit 1; }
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's postgresql"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
else
  echo "no PostgreSQL server found and this user cannot install one: install the package postgresql, or set POSTGRES_BIN" >&2
  exit 1
fi
find_server >/dev/null || { echo "a PostgreSQL server was installed but not found" >&2; exit 1; }
