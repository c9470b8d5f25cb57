"""Contracts in titanoboa's in-process chain, much faster than a node: for fuzzed and stateful tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import boa
from boa.interpret import set_cache_dir

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"evm_version": "cancun"}

# A cache of this run alone: the lasting one does not see every change in `contracts/modules/`.
_cache = TemporaryDirectory()
set_cache_dir(_cache.name)


@cache
def _compiled(path: str) -> Any:
    return boa.load_partial(str(ROOT / path), compiler_args=SETTINGS)


def load(path: str, *arguments: Any) -> Any:
    """Deploys a contract of the project, `path` seen from the repository's root."""
    return _compiled(path).deploy(*arguments)


def call_raw(contract: Any, data: bytes) -> bytes:
    """What a contract answers to these bytes; raises AssertionError if it reverts."""
    computation = boa.env.execute_code(
        to_address=contract.address, sender=boa.env.eoa, data=data, is_modifying=False
    )
    assert computation.is_success, "the call reverted"
    return bytes(computation.output)
