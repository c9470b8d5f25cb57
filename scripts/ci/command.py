"""Runs `greenledger` for a step, with no more of the environment than it needs."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LIMIT_S = 1_800
LONGEST_LOG = 4_000  # characters
NOT_POSSIBLE = 2  # exit codes of the command line
UNREACHABLE = 4


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended; `answer` is its JSON, empty if it gave none."""

    code: int
    output: str
    errors: str
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why it did not do what was asked, in the command's own words."""
        listed = self.answer.get("errors")
        fields = [
            f"{error.get('field')}: {error.get('problem')}, expected {error.get('expected')}"
            for error in (listed if isinstance(listed, list) else [])[:5]
            if isinstance(error, dict)
        ]
        said = str(self.answer.get("error") or self.errors.strip() or f"ended with {self.code}")
        return "; ".join([said, *(text for text in fields if text not in said)])[:LONGEST_LOG]


def greenledger(arguments: list[str], folder: Path, *, with_key: bool) -> Done:
    """Runs one command. `with_key` hands it the API key and the keystore's settings.

    Its configuration and its spool are in `folder`: a login of whoever owns the machine is not used.
    """
    kept = {name: value for name, value in os.environ.items() if value and (with_key or not _is_secret(name))}
    kept |= {
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_STATE_HOME": os.environ.get("XDG_STATE_HOME") or str(folder / "state"),
        "NO_COLOR": "1",
        "COLUMNS": "200",
    }
    try:
        done = subprocess.run(
            ["greenledger", *arguments],
            capture_output=True,
            text=True,
            env=kept,
            stdin=subprocess.DEVNULL,
            timeout=LIMIT_S,
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        return Done(UNREACHABLE, "", f"greenledger {arguments[0]} took longer than {LIMIT_S} seconds")
    except FileNotFoundError:
        return Done(NOT_POSSIBLE, "", "greenledger is not on the PATH: expected the install step before")
    return Done(done.returncode, done.stdout, done.stderr, _answer(done.stdout))


def _is_secret(name: str) -> bool:
    return "API_KEY" in name or "KEYSTORE" in name or "TOKEN" in name


def _answer(output: str) -> dict[str, Any]:
    try:
        answer = json.loads(output)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
