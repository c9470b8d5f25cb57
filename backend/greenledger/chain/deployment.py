"""Where the contracts of one chain are, as the deploy script recorded it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from eth_utils.address import to_checksum_address

from greenledger.chain.errors import InvalidDeployment

ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
WORD = re.compile(r"0x[0-9a-fA-F]{64}")
ADAPTERS = ("KlimaAdapter", "RequestAdapter", "ToucanAdapter")  # contracts that retire carbon tokens
LOCAL_CHAINS = frozenset({31337, 1337})  # the development chains of anvil, hardhat and ganache


@dataclass(frozen=True)
class Deployment:
    """Addresses are checksummed; `block` is the first block that can hold our events.

    `desk` is None in the file of a deployment without a payment desk; `adapters` has those of `ADAPTERS` that
    the file names, by name.
    """

    chain_id: int
    block: int
    council: str
    ledger: str
    credits: str
    methodology: bytes
    desk: str | None = None
    adapters: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_local(self) -> bool:
        """Whether this is a development chain, where nothing has value."""
        return self.chain_id in LOCAL_CHAINS

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a deployment file; raises InvalidDeployment naming the field that is wrong."""
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
        except OSError:
            raise InvalidDeployment(
                f"{path.name}: not readable, expected the deploy script's output"
            ) from None
        except ValueError:
            raise InvalidDeployment(f"{path.name}: not JSON") from None
        if not isinstance(value, dict):
            raise InvalidDeployment(f"{path.name}: expected a JSON object")
        return cls(
            chain_id=_number(value, "chain_id", 1),
            block=_number(value, "block", 0),
            council=_address(value, "OracleCouncil"),
            ledger=_address(value, "FootprintLedger"),
            credits=_address(value, "RetiredCredits"),
            methodology=_word(value, "methodology"),
            desk=_address(value, "RetirementDesk") if _has(value, "RetirementDesk") else None,
            adapters={name: _address(value, name) for name in ADAPTERS if _has(value, name)},
        )

    @property
    def followed(self) -> dict[str, str]:
        """Name and address of every contract whose events are followed."""
        always = {"FootprintLedger": self.ledger, "RetiredCredits": self.credits}
        return always if self.desk is None else always | {"RetirementDesk": self.desk}


def _number(value: dict[str, Any], field: str, least: int) -> int:
    number = value.get(field)
    if not isinstance(number, int) or isinstance(number, bool) or number < least:
        raise InvalidDeployment(f"{field}: expected an integer >= {least}")
    return number


def _has(value: dict[str, Any], contract: str) -> bool:
    contracts = value.get("contracts")
    return isinstance(contracts, dict) and contract in contracts


def _address(value: dict[str, Any], contract: str) -> str:
    contracts = value.get("contracts")
    entry = contracts.get(contract) if isinstance(contracts, dict) else None
    address = entry.get("address") if isinstance(entry, dict) else None
    if not isinstance(address, str) or not ADDRESS.fullmatch(address):
        raise InvalidDeployment(f"contracts.{contract}.address: expected 0x and 40 hex digits")
    return str(to_checksum_address(address))


def _word(value: dict[str, Any], field: str) -> bytes:
    word = value.get(field)
    if not isinstance(word, str) or not WORD.fullmatch(word):
        raise InvalidDeployment(f"{field}: expected 0x and 64 hex digits")
    return bytes.fromhex(word[2:])
