"""The numbers of a badge, as the chain has them now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from greenledger.badges.subject import Subject
from greenledger.chain.records import AccountTotals, Attestation, Certificate


class Ledger(Protocol):
    """What is read of the chain; every method raises ChainUnavailable."""

    async def account(self, address: str) -> AccountTotals:
        """Totals of an account; all zero if it has none."""

    async def attestation(self, identity: bytes) -> Attestation | None:
        """An attestation, None if it was never recorded."""

    async def certificate(self, identity: int) -> Certificate | None:
        """A certificate, None if it was never minted."""


@dataclass(frozen=True)
class Footprint:
    """What was recorded and how much of its high bound certificates cover, µgCO2e."""

    central_ug: int
    high_ug: int
    covered_ug: int
    superseded: bool = False


@dataclass(frozen=True)
class Retirement:
    """What a certificate is evidence of, µgCO2e."""

    amount_ug: int
    voided: bool


Figures = Footprint | Retirement | None
"""None where the ledger knows nothing of the subject."""


async def read_figures(chain: Ledger, subject: Subject) -> Figures:
    """The figures of an account, an attestation or a certificate. Raises ChainUnavailable."""
    if subject.kind == "account":
        totals = await chain.account(subject.name)
        if totals.count == 0:
            return None
        return Footprint(totals.central_ug, totals.high_ug, totals.covered_ug)
    word = bytes.fromhex(subject.name[2:])
    attestation = await chain.attestation(word)
    if attestation is not None:
        return Footprint(
            attestation.central_ug, attestation.high_ug, attestation.covered_ug, attestation.superseded
        )
    certificate = await chain.certificate(int.from_bytes(word))
    return None if certificate is None else Retirement(certificate.amount_ug, certificate.voided)
