"""All contracts together, and what can be done with them.

Each action does it to the contracts and to the model. It is given only what must succeed; what must be
refused is tried by the rules.
"""

from __future__ import annotations

from typing import Any

import boa
from eth_account.signers.local import LocalAccount
from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine, initialize
from in_process import load
from reports import (
    METHODOLOGY,
    REGISTRY,
    REVERSED,
    TONNE_UG,
    ZERO,
    Corrections,
    Footprints,
    Orders,
    Retirements,
    Signed,
)
from signing import Domain, make_keys

from properties.ledger_model import Allocation, Held, Ledger, Line, Opened

KEYS = make_keys(5)
WALLETS = {key.address: key for key in make_keys(3, "account")}
ACCOUNTS = list(WALLETS)
SELLER = make_keys(1, "seller")[0]
GUARDIAN = boa.env.generate_address("guardian")
STRANGER = boa.env.generate_address("stranger")
THRESHOLD = 2
FUNDS = 10**30
NAME = "GPTX Green AI Ledger: "


def values(report: dict[str, Any]) -> tuple[Any, ...]:
    """A report as boa takes structs."""
    return tuple(values(item) if isinstance(item, dict) else item for item in report.values())


class LedgerActions(RuleBasedStateMachine):
    """The contracts with a council of two of three, three accounts, one seller and one token."""

    @initialize()
    def deploy(self) -> None:
        owner = boa.env.eoa
        self.signers: list[LocalAccount] = KEYS[:3]
        self.council: Any = load(
            "contracts/OracleCouncil.vy", owner, GUARDIAN, self.members(self.signers), THRESHOLD
        )
        self.ledger: Any = load("contracts/FootprintLedger.vy", owner, self.council.address)
        art = load("contracts/CertificateArt.vy").address
        self.credits: Any = load(
            "contracts/RetiredCredits.vy", owner, self.council.address, self.ledger.address, art
        )
        self.corrections: Any = load("contracts/CertificateCorrections.vy", self.credits.address)
        self.desk: Any = load("contracts/RetirementDesk.vy", owner, self.credits.address)
        self.adapter: Any = load("contracts/adapters/ToucanAdapter.vy", owner, self.credits.address)
        self.token: Any = load("tests/contracts/mocks/token_usdc.vy")
        self.tco2: Any = load("tests/contracts/mocks/tco2.vy")
        self.ledger.set_credits(self.credits.address)
        self.ledger.approve_methodology(METHODOLOGY, "")
        self.credits.set_registry(REGISTRY, True, TONNE_UG, b"\x22" * 32)
        self.credits.set_corrections(self.corrections.address)
        self.credits.set_adapter(self.adapter.address, True)
        self.adapter.set_listing(self.tco2.address, 0, REGISTRY, "TCO2-1", 2020, True)
        self.desk.set_token(self.token.address, True)
        self.desk.set_seller(SELLER.address, self.token.address, 2**128 - 1)
        for account in ACCOUNTS:
            self.token.mint(account, FUNDS)
            self.token.approve(self.desk.address, FUNDS, sender=account)
            self.tco2.issue(account, FUNDS)
            self.tco2.approve(self.adapter.address, FUNDS, sender=account)
        self.model = Ledger()

    @staticmethod
    def members(keys: list[LocalAccount]) -> list[tuple[str, bool, str, str]]:
        return [(key.address, False, "", "") for key in keys]

    @property
    def now(self) -> int:
        return int(boa.env.timestamp)

    def domain(self, name: str, contract: Any) -> Domain:
        return Domain(NAME + name, boa.env.evm.patch.chain_id, contract.address)

    @property
    def footprints(self) -> Footprints:
        return Footprints(self.domain("Footprints", self.ledger), self.signers[:THRESHOLD])

    @property
    def retirements(self) -> Retirements:
        return Retirements(self.domain("Retirements", self.credits), self.signers[:THRESHOLD])

    @property
    def correcting(self) -> Corrections:
        return Corrections(self.domain("Corrections", self.corrections), self.signers[:THRESHOLD])

    @property
    def orders(self) -> Orders:
        return Orders(self.domain("Desk", self.desk), SELLER)

    def footprint(self, account: str, low_ug: int, high_ug: int, supersedes: bytes = ZERO) -> Signed:
        bounds = {"low_ug": low_ug, "central_ug": low_ug, "high_ug": high_ug, "embodied_ug": 0}
        return self.footprints.make(account, self.now, supersedes=supersedes, **bounds)

    def record(self, signed: Signed, by_consent: bool) -> None:
        account = signed.report["account"]
        note(f"record for {account} by {'consent' if by_consent else 'itself'}")
        if by_consent:
            consent = self.footprints.consent(signed, WALLETS[account])
            self.ledger.record_for(values(signed.report), signed.signatures, consent, sender=STRANGER)
        else:
            self.ledger.record(values(signed.report), signed.signatures, sender=account)

    def mint(self, signed: Signed, hint: int) -> Held:
        note(f"mint {signed.report['source']} with hint {hint}")
        self.credits.mint(values(signed.report), signed.signatures, hint, sender=STRANGER)
        return self.add_certificate(signed)

    def add_certificate(self, signed: Signed) -> Held:
        report = signed.report
        held = Held(
            holder=report["holder"],
            signed=signed,
            amount_ug=report["retirement"]["amount_ug"],
            retirement_hash=self.retirements.domain.struct_hash("Retirement", report["retirement"]),
        )
        self.model.certificates.append(held)
        return held

    def allocate(self, held: Held, line: Line, amount_ug: int) -> None:
        note(f"allocate {amount_ug}")
        self.credits.allocate(
            held.token_id, line.account, line.current.footprint_hash, amount_ug, sender=held.holder
        )
        self.enter_allocation(held, line, amount_ug)

    def enter_allocation(self, held: Held, line: Line, amount_ug: int) -> None:
        held.allocations.append(Allocation(line, line.current.digest, line.account, amount_ug))
        line.covered_ug += amount_ug

    def void(self, held: Held, reason: int) -> None:
        note(f"void for reason {reason}")
        signed = self.correcting.void(held.token_id, self.now, reason=reason)
        self.corrections.void(values(signed.report), signed.signatures, sender=STRANGER)
        held.reason = reason

    def undo(self, held: Held, count: int) -> None:
        note(f"undo {count}")
        kept = len(held.allocations) - count
        undone = held.allocations[kept:]
        self.credits.undo(
            held.token_id, held.chain(kept), [item.argument for item in undone], sender=STRANGER
        )
        held.allocations = held.allocations[:kept]
        for item in undone:
            item.line.covered_ug -= item.amount_ug

    def release(self, held: Held) -> None:
        assert held.reason == REVERSED
        report = held.signed.report
        source = report["source"]
        note(f"release {source}")
        below = source["first"] - 1 if source["kind"] in (1, 3) else 0
        parts = (report["holder"], report["minter"], report["order"], held.retirement_hash)
        self.credits.release_source(*parts, values(source), self.model.hint(below), sender=STRANGER)
        held.released = True

    def open(self, payer: str, price: int, amount_ug: int, min_ug: int) -> Opened:
        note(f"open {amount_ug} for {price}")
        quote = self.orders.make(
            payer, self.token.address, self.now, price=price, amount_ug=amount_ug, min_ug=min_ug
        )
        self.desk.open(values(quote.order), quote.signature, sender=payer)
        opened = Opened(quote.order, quote.id, price, amount_ug, min_ug, quote.order["deadline"])
        self.model.orders.append(opened)
        return opened

    def start_epoch(self, signers: list[LocalAccount]) -> None:
        members = self.members(signers)
        self.council.propose(members, THRESHOLD)
        boa.env.time_travel(48 * 3600)
        self.council.activate(members, THRESHOLD)
        self.signers = signers
