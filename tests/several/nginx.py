"""A private nginx with the configuration that the documentation gives to operators."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from scripts.dev.state_folder import ROOT

CONFIGURATION = ROOT / "docs" / "nginx" / "greenledger.conf"

# What a distribution's nginx.conf has around it, with every path in a folder of ours.
AROUND = """{user}
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/greenledger.conf;
}}
"""


def program() -> str:
    """Path of nginx; fails, and never skips, where none can be had."""
    command = [ROOT / "scripts" / "dev" / "nginx.sh", "--path"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if found.returncode != 0:
        pytest.fail(f"the tests need nginx: {found.stderr.strip()}", pytrace=False)
    return found.stdout.strip()


def command_for(folder: Path, port: int, gateways: tuple[int, int]) -> list[str]:
    """Writes the configuration with the ports of the tests, has nginx check it, and gives its command."""
    folder.mkdir(parents=True, exist_ok=True)
    text = CONFIGURATION.read_text()
    changes = {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "127.0.0.1:8001": f"127.0.0.1:{gateways[0]}",
        "127.0.0.1:8002": f"127.0.0.1:{gateways[1]}",
        "/var/log/nginx/greenledger.log": f"{folder}/access.log",
    }
    for ours, theirs in changes.items():
        assert text.count(ours) == 1, f"{CONFIGURATION.name} should have {ours} once"
        text = text.replace(ours, theirs)
    (folder / "greenledger.conf").write_text(text)
    # Its workers would be somebody who may not read a folder of root's.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(user=user, folder=folder))
    command = [program(), "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    return [*command, "-g", "daemon off;"]
