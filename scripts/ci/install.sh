#!/bin/sh
# Installs greenledger from this checkout into a virtual environment of its own, unless it is there already.
set -eu

if command -v greenledger >/dev/null 2>&1; then
  echo "greenledger is installed already: $(command -v greenledger)"
  exit 0
fi

home=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
venv=${GREENLEDGER_VENV:-${RUNNER_TEMP:-${TMPDIR:-/tmp}}/greenledger-venv}

for python in python3.13 python3.12 python3.11 python3; do
  if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
    "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$home"
    if [ -n "${GITHUB_PATH:-}" ]; then
      echo "$venv/bin" >>"$GITHUB_PATH"
    fi
    "$venv/bin/greenledger" --version
    exit 0
  fi
done

echo "greenledger needs Python 3.11 to 3.13, and this machine has none of them: set one up in a step before" >&2
exit 2
