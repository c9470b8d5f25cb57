"""Every page of a stack that has a recorded run and a certificate on it, and programs that look at them."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.dev.demo import DEMO_ACCOUNT, Outcome, run_job
from scripts.dev.stack import Ports, Stack, development_key
from scripts.dev.state_folder import ROOT

HERE = Path(__file__).parent
NODE = ROOT / "scripts" / "node.sh"
BROWSER = ROOT / "scripts" / "dev" / "browser.sh"
SECONDS = 1_500  # for all pages together


@dataclass(frozen=True)
class Pages:
    """Paths of a running stack's pages, by name."""

    origin: str
    rpc_url: str
    paths: dict[str, str]

    def look(self, program: str, **env: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """What a program of this folder prints for each page: a JSON object on a line of its own."""
        urls = [self.origin + path for path in self.paths.values()]
        rows = _lines(program, urls, env | {"RPC_URL": self.rpc_url})
        yield from zip(self.paths, rows, strict=True)


@contextmanager
def filled_pages(report: Callable[[str], None]) -> Iterator[Pages]:
    """Starts a stack of its own, does the main job on it, and stops it at the end."""
    with tempfile.TemporaryDirectory() as folder, Stack(Path(folder), Ports.free(), report) as stack:
        report("Recording a run and retiring credits for it, so that the pages have something to show")
        outcome = run_job(stack.origin, stack.rpc_url, development_key(DEMO_ACCOUNT))
        yield Pages(stack.origin, stack.rpc_url, _paths(outcome))


def _paths(outcome: Outcome) -> dict[str, str]:
    return {
        "home": "/",
        "record": "/record",
        "retire": "/retire",
        "tokens": "/retire/tokens",
        "ledger": f"/ledger?account={outcome.account}",
        "explore": "/explore",
        "account": f"/account/{outcome.account}",
        "attestation": f"/attestation/{outcome.attestation}",
        "certificate": f"/certificate/{outcome.certificate}",
        "verify": f"/verify?id={outcome.attestation}",
    }


def _lines(program: str, urls: Sequence[str], more: dict[str, str]) -> list[dict[str, Any]]:
    chromium = subprocess.run([BROWSER, "--path"], capture_output=True, text=True, check=True)
    env = os.environ | more | {"CHROMIUM": chromium.stdout.strip()}
    run = subprocess.run(
        [NODE, "node", HERE / program, *urls],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    return [json.loads(line) for line in run.stdout.splitlines()]
