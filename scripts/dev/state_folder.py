"""The folder a local stack keeps everything in: one stack at a time, and no file half-written."""

from __future__ import annotations

import fcntl
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from greenledger.evidence.methodology import methodology_id
from greenledger.footprint.factors import load_factor_set
from scripts.dev.processes import StackError

ROOT = Path(__file__).resolve().parents[2]


class StateFolder:
    """`held` from `hold` to `release`; only then may anything in it be written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: TextIO | None = None

    def hold(self) -> None:
        """Raises StackError if another stack holds it: two chains would overwrite each other's file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = self.path.with_name(f"{self.path.name}.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise StackError(f"a stack already runs on {self.path.name}: stop it first") from None
        self._lock = lock

    def release(self) -> None:
        if self._lock is not None:
            (self.path / "running.json").unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def set_aside_if_older(self, report: Callable[[str], None]) -> None:
        """A chain with other contracts or factors stays on disk under another name; a new one begins."""
        marker = self.path / "fingerprint"
        current = _fingerprint()
        if marker.exists() and marker.read_text() != current:
            aside = self.path.with_name(f"{self.path.name}-{marker.read_text()}-{int(time.time())}")
            self.path.rename(aside)
            report(f"Contracts or factors changed: the earlier local chain was kept as {aside.name}")
        self.path.mkdir(parents=True, exist_ok=True)
        marker.write_text(current)

    def secrets(self) -> dict[str, str]:
        """Tokens between local processes, made once."""
        path = self.path / "secrets.json"
        if not path.exists():
            tokens = {"peer_token": secrets.token_urlsafe(32), "marketplace_key": secrets.token_urlsafe(32)}
            self.write("secrets.json", json.dumps(tokens))
        loaded: dict[str, str] = json.loads(path.read_text())
        return loaded

    def write(self, name: str, text: str) -> None:
        """A file that only the owner can read and that nobody sees half-written."""
        partial = self.path / f"{name}.partial"
        partial.touch(mode=0o600)
        partial.write_text(text)
        partial.replace(self.path / name)


def _fingerprint() -> str:
    """Names the contracts and the factor set: a chain made with others cannot be used further."""
    digest = hashlib.sha256()
    demonstration = ROOT / "scripts" / "dev" / "demo_credits"
    for path in sorted([*(ROOT / "contracts").rglob("*.vy*"), *demonstration.rglob("*.vy")]):
        digest.update(path.read_bytes())
    digest.update(methodology_id(load_factor_set()))
    return digest.hexdigest()[:16]
