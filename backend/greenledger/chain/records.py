"""What the contracts' views return, with the units in the names."""

from dataclasses import dataclass
from enum import IntEnum


class DeskState(IntEnum):
    """What the desk says of an order (`IRetirementDesk.order_state`)."""

    UNKNOWN = 0
    OPEN = 1
    FULFILLED = 2
    REFUNDED = 3


@dataclass(frozen=True)
class Attestation:
    """A footprint on chain, µgCO2e; `recorded_at` in Unix seconds, tier 1 (metered) to 7 (average)."""

    low_ug: int
    central_ug: int
    high_ug: int
    covered_ug: int
    recorded_at: int
    tier: int
    superseded: bool


@dataclass(frozen=True)
class AccountTotals:
    """Sums over an account's current attestations, µgCO2e."""

    low_ug: int
    central_ug: int
    high_ug: int
    covered_ug: int
    count: int


@dataclass(frozen=True)
class Certificate:
    """A certificate on chain, amounts in µgCO2e, times in Unix seconds; `registry` is its key as text."""

    holder: str
    amount_ug: int
    allocated_ug: int
    minted_at: int
    voided: bool
    vintage: int
    registry: str
    project: str
    beneficiary: str
    serials: str
    retired_at: int


@dataclass(frozen=True)
class Registry:
    """Whether retirements at a registry are certified; `unit_ug` is one serial number's worth in µgCO2e."""

    enabled: bool
    unit_ug: int
    policy: bytes


@dataclass(frozen=True)
class CouncilState:
    """The signing epoch: signatures needed and signers in it."""

    epoch: int
    threshold: int
    size: int
