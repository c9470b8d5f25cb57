#!/bin/sh
# Finds a Chromium for the tests, or installs one: Debian's package as root, else Playwright's build.
# `browser.sh --path` prints where it is.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)

find_browser() {
  for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$candidate" ] && command -v "$candidate" && return 0
  done
  find "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}" -type f -name chrome -path '*chrome-linux*' 2>/dev/null \
    | sort | tail -n 1 | grep .
}

if path=$(find_browser); then
  [ "${1:-}" != "--path" ] || echo "$path"
  exit 0
fi
[ "${1:-}" != "--path" ] || { echo "no Chromium found: run make browser" >&2; exit 1; }
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's chromium"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
else
  echo "Installing Playwright's Chromium"
  cd "$here/frontend" && "$here/scripts/node.sh" npx playwright-core install chromium
fi
find_browser >/dev/null || { echo "a Chromium was installed but not found" >&2; exit 1; }
