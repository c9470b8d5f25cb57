"""`undo` at its limits: more allocations than one call takes, and a chain that forks and changes its id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import boa
import pytest
from in_process import load
from reports import METHODOLOGY, REGISTRY, TONNE_UG, ZERO, Corrections, Footprints, Retirements, Signed
from signing import Domain, make_keys

from retired_credits.allocation_chain import chain_of

OTHER_CHAIN = 7_654_321
HOLDER = make_keys(1, "holder")[0].address
STRANGER = make_keys(1, "stranger")[0].address


@dataclass(frozen=True)
class Scene:
    """All contracts in process, with reports for each of them."""

    ledger: Any
    credits: Any
    corrections: Any
    footprints: Footprints
    retirements: Retirements
    correcting: Corrections

    def record(self, **changes: Any) -> Signed:
        signed = self.footprints.make(HOLDER, boa.env.timestamp, **changes)
        self.ledger.record(nested(signed.report), signed.signatures, sender=HOLDER)
        return signed

    def mint(self) -> int:
        signed = self.retirements.make(HOLDER, boa.env.timestamp)
        self.credits.mint(nested(signed.report), signed.signatures, 0)
        return signed.token_id

    def allocate(self, certificate: int, footprint: Signed, amount_ug: int) -> dict[str, Any]:
        arguments = (certificate, HOLDER, footprint.footprint_hash, amount_ug)
        self.credits.allocate(*arguments, sender=HOLDER)
        return {"attestation": footprint.digest, "account": HOLDER, "amount_ug": amount_ug}

    def void(self, certificate: int, correcting: Corrections | None = None) -> None:
        signed = (correcting or self.correcting).void(certificate, boa.env.timestamp)
        self.corrections.void(nested(signed.report), signed.signatures)

    def undo(self, certificate: int, before: bytes, allocations: list[dict[str, Any]]) -> None:
        named = [tuple(item.values()) for item in allocations]
        self.credits.undo(certificate, before, named, sender=STRANGER)


def nested(value: Any) -> Any:
    """Structs as the tuples that titanoboa takes."""
    return tuple(nested(item) for item in value.values()) if isinstance(value, dict) else value


@pytest.fixture
def scene() -> Iterator[Scene]:
    with boa.env.anchor():
        keys, owner = make_keys(2), boa.env.eoa
        members = [(key.address, False, "", "") for key in keys]
        council = load("contracts/OracleCouncil.vy", owner, owner, members, 2).address
        ledger = load("contracts/FootprintLedger.vy", owner, council)
        art = load("contracts/CertificateArt.vy").address
        credits = load("contracts/RetiredCredits.vy", owner, council, ledger.address, art)
        corrections = load("contracts/CertificateCorrections.vy", credits.address)
        ledger.set_credits(credits.address)
        ledger.approve_methodology(METHODOLOGY, "")
        credits.set_registry(REGISTRY, True, TONNE_UG, b"\x22" * 32)
        credits.set_corrections(corrections.address)

        def domain(name: str, contract: Any) -> Domain:
            chain_id = boa.env.evm.patch.chain_id
            return Domain(f"GPTX Green AI Ledger: {name}", chain_id, contract.address)

        yield Scene(
            ledger,
            credits,
            corrections,
            Footprints(domain("Footprints", ledger), keys),
            Retirements(domain("Retirements", credits), keys),
            Corrections(domain("Corrections", corrections), keys),
        )


@pytest.fixture
def changed_chain_id() -> Iterator[Any]:
    """Changes the chain's id when it is called."""
    before = boa.env.evm.patch.chain_id

    def change() -> None:
        boa.env.evm.patch.chain_id = OTHER_CHAIN

    yield change
    boa.env.evm.patch.chain_id = before


def test_undo__fifty_one_real_allocations__is_refused_by_the_decoder(scene: Scene) -> None:
    certificate, footprint = scene.mint(), scene.record()
    allocations = [scene.allocate(certificate, footprint, 1) for _ in range(51)]
    scene.void(certificate)
    with boa.reverts():
        scene.undo(certificate, ZERO, allocations)
    scene.undo(certificate, chain_of(allocations[:26]), allocations[26:])
    scene.undo(certificate, ZERO, allocations[:26])
    assert scene.credits.certificate(certificate).allocated_ug == 0


def test_undo__chain_id_changed_since_the_allocations__takes_them_back(
    scene: Scene, changed_chain_id: Any
) -> None:
    certificate, first = scene.mint(), scene.record()
    allocations = [scene.allocate(certificate, first, 5)]
    corrected = scene.record(supersedes=first.footprint_hash)
    allocations.append(scene.allocate(certificate, corrected, 7))
    scene.void(certificate)
    changed_chain_id()
    scene.undo(certificate, ZERO, allocations)
    assert scene.ledger.attestation(corrected.digest).covered_ug == 0
    assert scene.ledger.account(HOLDER).covered_ug == 0


def test_void__signed_before_the_chain_id_changed__reverts_and_signed_after_does_not(
    scene: Scene, changed_chain_id: Any
) -> None:
    certificate = scene.mint()
    allocation = scene.allocate(certificate, scene.record(), 5)
    changed_chain_id()
    with boa.reverts("council: not a signer of this epoch"):
        scene.void(certificate)
    domain = replace(scene.correcting.domain, chain_id=OTHER_CHAIN)
    scene.void(certificate, replace(scene.correcting, domain=domain))
    scene.undo(certificate, ZERO, [allocation])
    assert scene.ledger.account(HOLDER).covered_ug == 0
