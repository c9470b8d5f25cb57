"""What the owner sets once the contracts exist: each call once, and none that the chain shows as done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import click
from ape.contracts import ContractInstance

from scripts.deployment.registries import Registry
from scripts.deployment.settings import Settings

EMPTY = "0x" + "00" * 20


@dataclass(frozen=True)
class OwnerCall:
    """One call; `is_done` asks the chain."""

    contract: ContractInstance
    name: str
    function: str
    arguments: tuple[Any, ...]
    is_done: Callable[[], bool]

    @property
    def data(self) -> str:
        """Calldata, for a Safe or a timelock."""
        return "0x" + bytes(getattr(self.contract, self.function).encode_input(*self.arguments)).hex()

    def text(self) -> str:
        arguments = ", ".join(_plain(argument) for argument in self.arguments)
        return f"{self.name}.{self.function}({arguments})\n  to   {self.contract.address}\n  data {self.data}"


def owner_calls(contracts: dict[str, ContractInstance], settings: Settings) -> Iterator[OwnerCall]:
    """Everything the owner has to set, in order."""
    ledger, credits = contracts["FootprintLedger"], contracts["RetiredCredits"]
    yield _connection(ledger, "FootprintLedger", "credits", credits)
    yield _connection(credits, "RetiredCredits", "corrections", contracts["CertificateCorrections"])
    methodology = settings.methodology
    yield OwnerCall(
        ledger,
        "FootprintLedger",
        "approve_methodology",
        (methodology, settings.methodology_uri),
        lambda: bool(ledger.is_methodology_approved(methodology)),
    )
    for registry in settings.registries:
        yield _registry(credits, registry)
    for name, contract in contracts.items():
        if name.endswith("Adapter"):
            yield OwnerCall(
                credits,
                "RetiredCredits",
                "set_adapter",
                (contract.address, True),
                _is_adapter(credits, contract),
            )


def _connection(contract: ContractInstance, name: str, role: str, other: ContractInstance) -> OwnerCall:
    """`set_<role>`, which is accepted once: a contract that knows another one cannot be put right."""

    def is_done() -> bool:
        known = str(getattr(contract, role)())
        if known not in (EMPTY, other.address):
            raise click.ClickException(f"{name} at {contract.address} has other {role} for good: {known}")
        return known == str(other.address)

    return OwnerCall(contract, name, f"set_{role}", (other.address,), is_done)


def _registry(credits: ContractInstance, registry: Registry) -> OwnerCall:
    wanted = (True, registry.unit_ug, registry.policy)

    def is_done() -> bool:
        found = credits.registry(registry.key)
        return (bool(found.enabled), int(found.unit_ug), bytes(found.policy)) == wanted

    return OwnerCall(credits, "RetiredCredits", "set_registry", (registry.key, *wanted), is_done)


def _is_adapter(credits: ContractInstance, adapter: ContractInstance) -> Callable[[], bool]:
    return lambda: bool(credits.is_adapter(adapter.address))


def _plain(argument: Any) -> str:
    if isinstance(argument, bytes):
        return "0x" + argument.hex()
    return f'"{argument}"' if isinstance(argument, str) and not argument.startswith("0x") else str(argument)
