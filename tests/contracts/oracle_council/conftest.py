"""Councils in which a contract has a seat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

import pytest
from conftest import compile_mock
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

Members = list[tuple[str, bool, str, str]]

# Each mock is compiled once in a run.
mock = cache(compile_mock)


@dataclass(frozen=True)
class Mixed:
    """A council of a key, a contract and a key, ascending in this order; two signatures are needed."""

    council: Any
    lower: LocalAccount
    wallet: Any
    upper: LocalAccount
    members: Members

    @property
    def entry(self) -> bytes:
        """What stands for the contract among the signatures."""
        return bytes.fromhex(self.wallet.address[2:])


def keys_around(address: str) -> tuple[LocalAccount, LocalAccount]:
    """A key whose address is below this one, and a key above it."""
    keys = (Account.from_key(keccak(text=f"seat {number}")) for number in count())
    found: dict[bool, LocalAccount] = {}
    while len(found) < 2:
        key = next(keys)
        found[int(key.address, 16) > int(address, 16)] = key
    return found[False], found[True]


@pytest.fixture(scope="session")
def seat(project: Any, owner: Any, guardian: Any) -> Callable[[Any], Mixed]:
    """Makes a council in which this contract has a seat between two keys."""

    def make(wallet: Any) -> Mixed:
        lower, upper = keys_around(wallet.address)
        members = [
            (lower.address, False, "Below", "https://below.example"),
            (wallet.address, True, "A wallet", "https://wallet.example"),
            (upper.address, False, "Above", "https://above.example"),
        ]
        council = owner.deploy(project.OracleCouncil, owner, guardian, members, 2)
        return Mixed(council, lower, wallet, upper, members)

    return make


@pytest.fixture
def mixed(seat: Callable[[Any], Mixed], owner: Any) -> Mixed:
    """A council with a wallet that accepts `b"agreed"` and whatever `owner` approves on chain."""
    return seat(owner.deploy(mock("contract_wallet"), b"agreed"))
