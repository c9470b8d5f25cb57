#!/bin/sh
# Finds nginx for the tests of several gateways, or installs Debian's package as root. The tests start a private one from
# it. `nginx.sh --path` prints the program.
set -eu

find_nginx() {
  for program in "${NGINX:-}" /usr/sbin/nginx "$(command -v nginx || true)"; do
    [ -n "$program" ] && [ -x "$program" ] && echo "$program" && return 0
  done
  return 1
}

if path=$(find_nginx); then
  [ "${1:-}" != "--path" ] || echo "$path"
  exit 0
fi
[ "${1:-}" != "--path" ] || { echo "no nginx found: run make nginx, or set NGINX to the program" >&2; exit 1; }
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's nginx"
  # Nothing is to listen on port 80: the package starts its service where the machine's policy lets it.
  export RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light >/dev/null
else
  echo "no nginx found and this user cannot install one: install the package nginx, or set NGINX" >&2
  exit 1
fi
find_nginx >/dev/null || { echo "nginx was installed but not found" >&2; exit 1; }
