"""What `ape run deploy` is told by the environment; the head of scripts/deploy.py lists it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Self

import click
from ape.utils.testing import generate_dev_accounts
from eth_utils.address import is_address, to_checksum_address

from scripts.deployment.registries import Registry, registries_from_environment

LOCAL_CHAINS = (31337, 1337)
DEVELOPMENT_MNEMONIC = "test test test test test test test test test test test junk"
DEVELOPMENT_ACCOUNTS = 20  # as many as development chains hand out of the mnemonic that every manual prints

ADAPTERS = ("toucan", "request", "klima")


@dataclass(frozen=True)
class Settings:
    """Addresses are checksummed; members ascend by signer, as the council demands."""

    owner: str
    guardian: str
    members: list[dict[str, Any]]
    threshold: int
    methodology: str
    methodology_uri: str
    registries: list[Registry]
    adapters: set[str]
    escrow: str | None
    aggregator: str | None

    @classmethod
    def from_environment(cls, deployer: str) -> Self:
        """Raises ClickException naming the variable that is missing or wrong."""
        owner = _address("GREENLEDGER_OWNER", os.environ.get("GREENLEDGER_OWNER") or deployer)
        adapters = set(_list("GREENLEDGER_ADAPTERS"))
        if unknown := sorted(adapters - set(ADAPTERS)):
            raise click.ClickException(
                f"GREENLEDGER_ADAPTERS: expected {', '.join(ADAPTERS)}, not {unknown[0]}"
            )
        return cls(
            owner=owner,
            guardian=_address("GREENLEDGER_GUARDIAN", os.environ.get("GREENLEDGER_GUARDIAN") or owner),
            members=_members(),
            threshold=_number("GREENLEDGER_COUNCIL_THRESHOLD"),
            methodology=_word("GREENLEDGER_METHODOLOGY"),
            methodology_uri=os.environ.get("GREENLEDGER_METHODOLOGY_URI", ""),
            registries=registries_from_environment(),
            adapters=adapters,
            escrow=_given("GREENLEDGER_REQUEST_ESCROW") if "request" in adapters else None,
            aggregator=_given("GREENLEDGER_KLIMA_AGGREGATOR") if "klima" in adapters else None,
        )

    def refuse_development_accounts(self, chain_id: int, deployer: str) -> None:
        """Where anything has value, nobody whose private key is in manuals may sign or own anything."""
        if chain_id in LOCAL_CHAINS:
            return
        known = {
            account.address.lower()
            for account in generate_dev_accounts(DEVELOPMENT_MNEMONIC, DEVELOPMENT_ACCOUNTS)
        }
        used = {deployer, self.owner, self.guardian, *(member["signer"] for member in self.members)}
        if found := sorted(address for address in used if address.lower() in known):
            raise click.ClickException(f"development accounts are for local chains only: {', '.join(found)}")


def _members() -> list[dict[str, Any]]:
    required("GREENLEDGER_COUNCIL_SIGNERS")
    signers = _addresses("GREENLEDGER_COUNCIL_SIGNERS")
    contracts = set(_addresses("GREENLEDGER_COUNCIL_CONTRACTS"))
    if strangers := sorted(contracts - set(signers)):
        raise click.ClickException(f"GREENLEDGER_COUNCIL_CONTRACTS: {strangers[0]} is not among the signers")
    names = _beside("GREENLEDGER_COUNCIL_NAMES", len(signers))
    urls = _beside("GREENLEDGER_COUNCIL_URLS", len(signers))
    members = [
        {
            "signer": signer,
            "is_contract": signer in contracts,
            "name": names[at] or f"Council {at + 1}",
            "url": urls[at],
        }
        for at, signer in enumerate(signers)
    ]
    return sorted(members, key=lambda member: int(str(member["signer"]), 16))


def _beside(name: str, count: int) -> list[str]:
    """One entry per signer; those left out at the end are empty."""
    parts = [part.strip() for part in os.environ.get(name, "").split(",")]
    if len(parts) > count:
        raise click.ClickException(f"{name}: {len(parts)} entries for {count} signers")
    return parts + [""] * (count - len(parts))


def _list(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def _addresses(name: str) -> list[str]:
    return [_address(name, part) for part in _list(name)]


def _given(name: str) -> str:
    return _address(name, required(name))


def _address(name: str, value: str) -> str:
    if not is_address(value):
        raise click.ClickException(f"{name}: {value} is not an address")
    return str(to_checksum_address(value))


def _number(name: str) -> int:
    value = required(name)
    if not value.isdecimal():
        raise click.ClickException(f"{name}: {value} is not a number")
    return int(value)


def _word(name: str) -> str:
    value = required(name)
    try:
        if value.startswith("0x") and len(bytes.fromhex(value[2:])) == 32:
            return value
    except ValueError:
        pass
    raise click.ClickException(f"{name}: expected 0x and 64 hex digits, not {value}")


def required(name: str) -> str:
    """A variable that has no default."""
    value = os.environ.get(name)
    if not value:
        raise click.ClickException(f"{name} is not set; the head of scripts/deploy.py says what it means")
    return value
