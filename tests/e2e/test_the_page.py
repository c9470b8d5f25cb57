"""The built page in a real browser: the suite under frontend/e2e, against this stack.

It comes last in the folder, since its own last journey stops the gateway.
"""

import os
import subprocess

from scripts.dev.stack import Stack
from scripts.dev.state_folder import ROOT

SUITE_SECONDS = 1_200  # a bound for a hung browser, several times what it takes


def test_page__all_journeys_in_a_real_browser__pass(stack: Stack) -> None:
    found = subprocess.run(
        [ROOT / "scripts" / "dev" / "browser.sh", "--path"], capture_output=True, text=True, check=True
    )
    env = os.environ | {
        "E2E_URL": stack.origin,
        "E2E_RPC_URL": stack.rpc_url,
        "E2E_BACKEND_PID": str(stack.processes.pid("gateway")),
        "E2E_MARKETPLACE_PID": str(stack.processes.pid("marketplace")),
        "CHROMIUM": found.stdout.strip(),
    }
    run = subprocess.run(
        [ROOT / "scripts" / "node.sh", "npm", "run", "e2e"],
        cwd=ROOT / "frontend",
        env=env,
        timeout=SUITE_SECONDS,
        check=False,
    )
    assert run.returncode == 0
