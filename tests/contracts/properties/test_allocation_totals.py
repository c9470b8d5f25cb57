"""Records, corrections, certificates and allocations in any order: all sums agree with a plain model of them.

The contracts are the real ones, with a council of one so that a step costs one signature.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import boa
from eth_abi import encode
from eth_utils import keccak
from hypothesis import note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)
from in_process import load
from reports import METHODOLOGY, REGISTRY, TONNE_UG, ZERO, Footprints, Retirements, Signed
from signing import Domain, make_keys

ACCOUNTS = [boa.env.generate_address(f"account {number}") for number in range(3)]
AMOUNTS_UG = st.one_of(st.integers(0, 20), st.sampled_from([2**72 - 1, 2**71, TONNE_UG]))
MAX_UG = 2**72 - 1
CHAIN_SLOT_BITS = 184


@dataclass
class Line:
    """An attestation and all its corrections."""

    account: str
    current: Signed
    low_ug: int
    high_ug: int
    covered_ug: int = 0
    superseded: list[Signed] = field(default_factory=list)


@dataclass
class Held:
    """A certificate, and the allocations from it in order."""

    holder: str
    signed: Signed
    amount_ug: int
    allocations: list[tuple[str, bytes, int]] = field(default_factory=list)

    @property
    def allocated_ug(self) -> int:
        return sum(amount_ug for _, _, amount_ug in self.allocations)

    @property
    def word(self) -> int:
        """The storage word: the hash chain of all allocations above the allocated amount."""
        chain = 0
        for account, footprint_hash, amount_ug in self.allocations:
            types = ["uint256", "address", "bytes32", "uint72"]
            link = keccak(encode(types, [chain, account, footprint_hash, amount_ug]))
            chain = int.from_bytes(link) % 2**CHAIN_SLOT_BITS
        return chain << 72 | self.allocated_ug


class AllocationTotals(RuleBasedStateMachine):
    """Actions check what must be refused; invariants compare every sum with the model."""

    lines = Bundle("lines")
    certificates = Bundle("certificates")

    @initialize()
    def deploy(self) -> None:
        keys = make_keys(1)
        owner = boa.env.eoa
        members = [(keys[0].address, "", "")]
        self.council: Any = load("contracts/OracleCouncil.vy", owner, owner, members, 1)
        self.ledger: Any = load("contracts/FootprintLedger.vy", owner, self.council.address)
        art = load("contracts/CertificateArt.vy").address
        self.credits: Any = load(
            "contracts/RetiredCredits.vy", owner, self.council.address, self.ledger.address, art
        )
        self.ledger.set_credits(self.credits.address)
        self.ledger.approve_methodology(METHODOLOGY, "")
        self.credits.set_registry(REGISTRY, True, TONNE_UG, b"\x22" * 32)
        chain_id = boa.env.evm.patch.chain_id
        ledger_domain = Domain("GPTX Green AI Ledger: Footprints", chain_id, self.ledger.address)
        credits_domain = Domain("GPTX Green AI Ledger: Retirements", chain_id, self.credits.address)
        self.footprints = Footprints(ledger_domain, keys)
        self.retirements = Retirements(credits_domain, keys)
        self.all_lines: list[Line] = []
        self.all_certificates: list[Held] = []

    def stored_word(self, token_id: int) -> int:
        """Chain and amount of a certificate's allocations, straight from storage: no view tells the chain."""
        layout = self.credits.compiler_data.storage_layout["storage_layout"]
        slot = layout["records"]["_allocations"]["slot"]
        at = keccak(encode(["uint256", "uint256"], [slot, token_id]))
        return int(boa.env.get_storage(self.credits.address, int.from_bytes(at)))

    def totals(self, account: str) -> tuple[int, int, int, int]:
        """Low, high, covered and count of an account, summed from the model."""
        own = [line for line in self.all_lines if line.account == account]
        return (
            sum(line.low_ug for line in own),
            sum(line.high_ug for line in own),
            sum(line.covered_ug for line in own),
            len(own),
        )

    def report(self, account: str, low_ug: int, high_ug: int, supersedes: bytes) -> Signed:
        bounds = {"low_ug": low_ug, "central_ug": high_ug, "high_ug": high_ug, "embodied_ug": 0}
        return self.footprints.make(account, boa.env.timestamp, supersedes=supersedes, **bounds)

    def send(self, signed: Signed) -> None:
        account = signed.report["account"]
        self.ledger.record(_values(signed.report), signed.signatures, sender=account)

    @rule(target=lines, account=st.sampled_from(ACCOUNTS), one=AMOUNTS_UG, other=AMOUNTS_UG)
    def record(self, account: str, one: int, other: int) -> Any:
        low_ug, high_ug = sorted((one, other))
        signed = self.report(account, low_ug, high_ug, ZERO)
        if self.totals(account)[1] + high_ug > MAX_UG:
            with boa.reverts("ledger: account total is too large"):
                self.send(signed)
            return multiple()
        note(f"record {low_ug}..{high_ug}")
        self.send(signed)
        line = Line(account, signed, low_ug, high_ug)
        self.all_lines.append(line)
        return line

    @rule(line=lines, one=AMOUNTS_UG, other=AMOUNTS_UG)
    def correct(self, line: Line, one: int, other: int) -> None:
        low_ug, high_ug = sorted((one, other))
        signed = self.report(line.account, low_ug, high_ug, line.current.footprint_hash)
        if self.totals(line.account)[1] - line.high_ug + high_ug > MAX_UG:
            with boa.reverts("ledger: account total is too large"):
                self.send(signed)
            return
        note(f"correct to {low_ug}..{high_ug}")
        self.send(signed)
        line.superseded.append(line.current)
        line.current, line.low_ug, line.high_ug = signed, low_ug, high_ug

    @rule(target=certificates, holder=st.sampled_from(ACCOUNTS), amount_ug=AMOUNTS_UG.filter(bool))
    def mint(self, holder: str, amount_ug: int) -> Held:
        signed = self.retirements.make(holder, boa.env.timestamp, amount_ug=amount_ug)
        report = signed.report
        nested = (holder, tuple(report["retirement"].values()), tuple(report["source"].values()))
        self.credits.mint(nested, signed.signatures, 0)
        held = Held(holder, signed, amount_ug)
        self.all_certificates.append(held)
        return held

    @rule(held=certificates, line=lines, amount_ug=AMOUNTS_UG)
    def allocate(self, held: Held, line: Line, amount_ug: int) -> None:
        footprint_hash = line.current.footprint_hash
        arguments = (held.signed.token_id, line.account, footprint_hash, amount_ug)
        reason = self.reason_to_refuse(held, line, amount_ug)
        if reason:
            with boa.reverts(reason):
                self.credits.allocate(*arguments, sender=held.holder)
            return
        note(f"allocate {amount_ug}")
        self.credits.allocate(*arguments, sender=held.holder)
        held.allocations.append((line.account, footprint_hash, amount_ug))
        line.covered_ug += amount_ug

    def reason_to_refuse(self, held: Held, line: Line, amount_ug: int) -> str | None:
        """Why the contracts must refuse the allocation; None if they must accept it."""
        if amount_ug == 0:
            return "credits: amount must be at least 1 ug"
        if held.allocated_ug + amount_ug > held.amount_ug:
            return "credits: more than the certificate has left"
        if line.covered_ug + amount_ug > line.high_ug:
            return "ledger: coverage would pass the high bound"
        if self.totals(line.account)[2] + amount_ug > MAX_UG:
            return "ledger: account total is too large"
        return None

    @rule(held=consumes(certificates), line=lines)
    def allocate_all_that_fits(self, held: Held, line: Line) -> None:
        room_ug = min(
            held.amount_ug - held.allocated_ug,
            line.high_ug - line.covered_ug,
            MAX_UG - self.totals(line.account)[2],
        )
        if room_ug > 0:
            self.allocate(held, line, room_ug)

    @rule(held=certificates, line=lines.filter(lambda line: line.superseded))
    def allocate_to_what_is_superseded(self, held: Held, line: Line) -> None:
        if held.allocated_ug < held.amount_ug:
            earlier = line.superseded[0].footprint_hash
            with boa.reverts("ledger: attestation is superseded"):
                self.credits.allocate(held.signed.token_id, line.account, earlier, 1, sender=held.holder)

    @invariant()
    def totals_of_every_account_agree(self) -> None:
        for account in ACCOUNTS:
            totals = self.ledger.account(account)
            found = (totals.low_ug, totals.high_ug, totals.covered_ug, totals.count)
            assert found == self.totals(account)

    @invariant()
    def every_attestation_agrees(self) -> None:
        for line in self.all_lines:
            found = self.ledger.attestation(line.current.digest)
            assert (found.low_ug, found.high_ug, found.covered_ug) == (
                line.low_ug,
                line.high_ug,
                line.covered_ug,
            )
            assert all(self.ledger.attestation(earlier.digest).superseded for earlier in line.superseded)

    @invariant()
    def every_certificate_agrees(self) -> None:
        for held in self.all_certificates:
            found = self.credits.certificate(held.signed.token_id)
            assert (found.amount_ug, found.allocated_ug) == (held.amount_ug, held.allocated_ug)
            assert self.stored_word(held.signed.token_id) == held.word

    @invariant()
    def what_is_covered_was_allocated(self) -> None:
        covered_ug = sum(self.ledger.account(account).covered_ug for account in ACCOUNTS)
        assert covered_ug == sum(held.allocated_ug for held in self.all_certificates)


def _values(report: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
    return report["account"], tuple(report["footprint"].values())


TestAllocationTotals = AllocationTotals.TestCase
TestAllocationTotals.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
