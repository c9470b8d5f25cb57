"""The contracts as the gas figures see them, and every act whose cost is measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from conftest import compile_mock
from eth_account.signers.local import LocalAccount
from reports import METHODOLOGY, REGISTRY, TONNE_UG, Footprints, Retirements, on_chain_origin, serial_range
from signing import Domain, make_keys


@dataclass
class Stage:
    """Contracts of a deployer that no other test uses, so that every address and byte is always the same."""

    chain: Any
    deployer: Any
    ledger: Any
    credits: Any
    reader: Any
    footprints: Footprints
    retirements: Retirements
    costs: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # A time of its own, because bytes of the clock are bytes of the reports: from 18 May 2033 on.
        self._times = count(2_000_000_000, 60)
        self._words = count(1)

    def tick(self) -> int:
        """Sets and gives the time of the next block, Unix seconds."""
        now = next(self._times)
        self.chain.pending_timestamp = now
        return now

    def word(self) -> bytes:
        return next(self._words).to_bytes(2).rjust(32, b"\x77")

    def record(self, label: str, account: Any, **changes: Any) -> bytes:
        """Footprint hash of what was recorded."""
        signed = self.footprints.make(account, self.tick(), root=self.word(), **changes)
        receipt = self.ledger.record(signed.report, signed.signatures, sender=account)
        self.costs[label] = receipt.gas_used
        return signed.footprint_hash

    def record_for(self, label: str, key: LocalAccount) -> None:
        signed = self.footprints.make(key.address, self.tick(), root=self.word())
        consent = self.footprints.consent(signed, key)
        receipt = self.ledger.record_for(signed.report, signed.signatures, consent, sender=self.deployer)
        self.costs[label] = receipt.gas_used

    def mint(self, label: str, holder: Any, source: dict[str, Any], hint: int = 0, **changes: Any) -> int:
        """Token id of what was minted."""
        signed = self.retirements.make(holder, self.tick(), source, **changes)
        receipt = self.credits.mint(signed.report, signed.signatures, hint, sender=holder)
        self.costs[label] = receipt.gas_used
        return signed.token_id

    def allocate(self, label: str, token: int, account: Any, footprint_hash: bytes) -> None:
        self.tick()
        receipt = self.credits.allocate(token, account, footprint_hash, TONNE_UG, sender=account)
        self.costs[label] = receipt.gas_used

    def read(self, label: str, function: str, argument: Any) -> None:
        self.tick()
        getattr(self.reader, function)(self.ledger, argument, sender=self.deployer)
        self.costs[label] = self.reader.spent()


def set_stage(project: Any, deployer: Any, chain: Any) -> Stage:
    """Everything deployed and connected, under a council of two of three."""
    keys = make_keys(3)
    members = [(key.address, False, "", "") for key in keys]
    council = deployer.deploy(project.OracleCouncil, deployer, deployer, members, 2)
    ledger = deployer.deploy(project.FootprintLedger, deployer, council)
    art = deployer.deploy(project.CertificateArt)
    credits = deployer.deploy(project.RetiredCredits, deployer, council, ledger, art)
    ledger.set_credits(credits, sender=deployer)
    ledger.approve_methodology(METHODOLOGY, "", sender=deployer)
    credits.set_registry(REGISTRY, True, TONNE_UG, b"\x22" * 32, sender=deployer)
    return Stage(
        chain,
        deployer,
        ledger,
        credits,
        deployer.deploy(compile_mock("ledger_reader")),
        Footprints(Domain("GPTX Green AI Ledger: Footprints", chain.chain_id, ledger.address), keys[:2]),
        Retirements(Domain("GPTX Green AI Ledger: Retirements", chain.chain_id, credits.address), keys[:2]),
    )


def measure(stage: Stage, alice: Any) -> dict[str, int]:
    """Cost of every act in gas, by label, under a council of two of three."""
    first = stage.record("record, account new", alice)
    second = stage.record("record, account used", alice)
    stage.record("record, account used, batch of 1,000,000 workloads", alice, count=1_000_000)
    stage.record("record, correction", alice, supersedes=second)
    paid_for = make_keys(1, "account")[0]
    stage.record_for("record_for, account new", paid_for)
    stage.record_for("record_for, account used", paid_for)

    def origin() -> dict[str, Any]:
        return on_chain_origin(book=stage.word())

    certificate = stage.mint("mint, on-chain origin, account new", alice, origin())
    other = stage.mint("mint, on-chain origin, account used", alice, origin())
    stage.mint("mint, serial range, account used, book new", alice, serial_range(1000, 1004))
    stage.mint("mint, serial range, account used", alice, serial_range(2000, 2004), hint=1000)
    shortest = {"project": "P", "beneficiary": "B", "serials": "S"}
    label = "mint, serial range, account used, shortest texts"
    stage.mint(label, alice, serial_range(3000, 3004), hint=2000, **shortest)
    longest = {"project": "P" * 32, "beneficiary": "B" * 64, "serials": "S" * 96}
    label = "mint, serial range, account used, longest texts"
    stage.mint(label, alice, serial_range(4000, 4004), hint=3000, **longest)

    stage.allocate("allocate, certificate, attestation and account new", certificate, alice, first)
    third = stage.record("record, account used", alice)
    stage.allocate("allocate, certificate and attestation new", other, alice, third)
    stage.allocate(
        "allocate, attestation new", certificate, alice, stage.record("record, account used", alice)
    )
    stage.allocate("allocate, certificate and attestation used", certificate, alice, first)

    stage.read("account(), read by another contract", "read_account", alice)
    id_ = stage.ledger.attestation_id(alice, first)
    stage.read("coverage_bps(), read by another contract", "read_coverage", id_)
    return stage.costs
