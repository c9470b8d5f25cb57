"""What is asked of the chain before money moves: whether a retirement could be certified at all."""

from __future__ import annotations

from typing import Protocol


class RegistryState(Protocol):
    """The contract's entry about one registry."""

    @property
    def enabled(self) -> bool:
        """Whether retirements at the registry are certified."""


class RegistryBook(Protocol):
    """The contract's registries; raises ChainUnavailable."""

    async def registry(self, key: str) -> RegistryState:
        """The contract's entry about a registry key."""
