"""All contracts together, in any order of acts: the invariants of docs/SPEC.md hold after each."""

from __future__ import annotations

from typing import Any

import boa
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, precondition, rule
from reports import REVERSED, TONNE_UG, fresh_word, on_chain_origin, serial_range, shared_block
from signing import sign

from properties.ledger_actions import ACCOUNTS, GUARDIAN, KEYS, SELLER, STRANGER, THRESHOLD, values
from properties.ledger_invariants import LedgerInvariants
from properties.ledger_model import MAX_UG, Held, Line, Opened
from properties.tiers import tiered

ACCOUNT = st.sampled_from(ACCOUNTS)
WRONGS = st.sampled_from(["stranger", "no consent", "few", "twice", "outsider", "again"])
BOUNDS_UG = st.one_of(st.integers(0, 20), st.sampled_from([2**72 - 1, 2**71, TONNE_UG]))
AMOUNTS_UG = BOUNDS_UG.filter(bool)
SERIALS = st.integers(1, 30)
PRICES = st.integers(1, 10**12)
BOOK = b"\x55" * 32
WEEK_S = 7 * 24 * 3600


class WholeLedger(LedgerInvariants):
    """Acts that must succeed go through the actions; those that must be refused are tried here."""

    lines = Bundle("lines")
    certificates = Bundle("certificates")
    orders_ = Bundle("orders")

    def can_sign(self) -> bool:
        return len(self.signers) >= THRESHOLD

    # Attestations

    @precondition(can_sign)
    @rule(target=lines, account=ACCOUNT, one=BOUNDS_UG, other=BOUNDS_UG, by_consent=st.booleans())
    def record_new(self, account: str, one: int, other: int, by_consent: bool) -> Any:
        low_ug, high_ug = sorted((one, other))
        signed = self.footprint(account, low_ug, high_ug)
        if self.model.totals(account)[1] + high_ug > MAX_UG:
            with boa.reverts("ledger: account total is too large"):
                self.record(signed, by_consent)
            return multiple()
        self.record(signed, by_consent)
        line = Line(account, signed, low_ug, high_ug)
        self.model.lines.append(line)
        return line

    @precondition(can_sign)
    @rule(line=lines, one=BOUNDS_UG, other=BOUNDS_UG, by_consent=st.booleans())
    def correct(self, line: Line, one: int, other: int, by_consent: bool) -> None:
        low_ug, high_ug = sorted((one, other))
        signed = self.footprint(line.account, low_ug, high_ug, line.current.footprint_hash)
        if self.model.totals(line.account)[1] - line.high_ug + high_ug > MAX_UG:
            with boa.reverts("ledger: account total is too large"):
                self.record(signed, by_consent)
            return
        self.record(signed, by_consent)
        line.superseded.append(line.current)
        line.current, line.low_ug, line.high_ug = signed, low_ug, high_ug

    @precondition(can_sign)
    @rule(account=ACCOUNT, how=WRONGS)
    def record_without_right(self, account: str, how: str) -> None:
        signed = self.footprint(account, 1, 1)
        signatures, sender, consent = list(signed.signatures), account, b""
        if how == "stranger":
            sender, reason = STRANGER, "ledger: caller is not the account or its operator"
        elif how == "no consent":
            # Another account's consent to the same report.
            consent, reason = self.footprints.consent(signed, KEYS[0]), "ledger: account did not consent"
        elif how == "few":
            signatures, reason = signatures[:-1], "council: too few signatures"
        elif how == "twice":
            signatures, reason = signatures[:1] * 2, "council: signatures must ascend by signer"
        elif how == "outsider":
            outsiders = [key for key in KEYS if key not in self.signers]
            signatures = sign(signed.digest, outsiders[:THRESHOLD])
            reason = "council: not a signer of this epoch"
        else:
            known = [line for line in self.model.lines if line.account == account]
            if not known:
                return
            signed = known[0].current
            signatures, reason = signed.signatures, "ledger: report is already recorded"
        with boa.reverts(reason):
            if consent:
                self.ledger.record_for(values(signed.report), signatures, consent, sender=STRANGER)
            else:
                self.ledger.record(values(signed.report), signatures, sender=sender)

    # Certificates

    @precondition(can_sign)
    @rule(target=certificates, holder=ACCOUNT, amount_ug=AMOUNTS_UG)
    def mint_origin(self, holder: str, amount_ug: int) -> Held:
        return self.mint(self.retirements.make(holder, self.now, on_chain_origin(), amount_ug=amount_ug), 0)

    @precondition(can_sign)
    @rule(target=certificates, holder=ACCOUNT, first=SERIALS, length=st.integers(1, 5))
    def mint_serials(self, holder: str, first: int, length: int) -> Any:
        last = first + length - 1
        source = serial_range(first, last, BOOK)
        signed = self.retirements.make(holder, self.now, source, amount_ug=length * TONNE_UG)
        if not self.model.is_free(first, last):
            with boa.reverts("credits: serials are already claimed"):
                self.mint(signed, self.model.hint(first))
            return multiple()
        held = self.mint(signed, self.model.hint(first))
        self.model.serials |= dict.fromkeys(range(first, last + 1), held)
        return held

    @precondition(can_sign)
    @rule(target=certificates, holder=ACCOUNT, first=SERIALS, amount_ug=st.integers(1, 3))
    def mint_part_of_a_block(self, holder: str, first: int, amount_ug: int) -> Any:
        """Blocks of two serials, of which up to two thirds are taken at once."""
        block = (first, first + 1)
        source = shared_block(*block, BOOK)
        part_ug = amount_ug * TONNE_UG // 3 * 2
        signed = self.retirements.make(holder, self.now, source, amount_ug=part_ug)
        used_ug = self.model.blocks.get(block)
        if used_ug is None and not self.model.is_free(*block):
            with boa.reverts("credits: serials are already claimed"):
                self.mint(signed, self.model.hint(first))
            return multiple()
        if (used_ug or 0) + part_ug > 2 * TONNE_UG:
            with boa.reverts("credits: amount is above what the block has left"):
                self.mint(signed, self.model.hint(first))
            return multiple()
        held = self.mint(signed, self.model.hint(first))
        self.model.blocks[block] = (used_ug or 0) + part_ug
        return held

    @rule(target=certificates, holder=ACCOUNT, amount_ug=st.integers(1, TONNE_UG))
    def retire_a_token(self, holder: str, amount_ug: int) -> Held:
        self.adapter.retire_token(self.tco2.address, amount_ug, "Example Labs", sender=holder)
        number = self.adapter.reference_count()
        event = f"TCO2 retirement event {number}"
        source = {"kind": 4, "book": bytes.fromhex(self.adapter.address[2:]).rjust(32, b"\0")}
        source |= {"first": boa.env.evm.patch.chain_id, "last": number}
        terms = {"project": "TCO2-1", "vintage": 2020, "beneficiary": "Example Labs", "retired_at": self.now}
        terms |= {"amount_ug": amount_ug, "evidence": bytes(32), "valid_until": 0, "serials": event}
        signed = self.retirements.make(holder, self.now, source, minter=self.adapter.address, **terms)
        assert self.credits.ownerOf(signed.token_id) == holder
        return self.add_certificate(signed)

    @rule(held=certificates, line=lines, amount_ug=BOUNDS_UG)
    def allocate_any_amount(self, held: Held, line: Line, amount_ug: int) -> None:
        reason = self.model.reason_to_refuse(held, line, amount_ug)
        if reason is None:
            self.allocate(held, line, amount_ug)
            return
        with boa.reverts(reason):
            self.allocate(held, line, amount_ug)

    @rule(held=certificates, line=lines, max_ug=AMOUNTS_UG)
    def allocate_what_fits(self, held: Held, line: Line, max_ug: int) -> None:
        amount_ug = min(max_ug, held.left_ug, line.high_ug - line.covered_ug)
        if amount_ug > 0 and self.model.reason_to_refuse(held, line, amount_ug) is None:
            arguments = (held.token_id, line.account, line.current.footprint_hash, max_ug)
            assert self.credits.allocate_up_to(*arguments, sender=held.holder) == amount_ug
            self.enter_allocation(held, line, amount_ug)

    @precondition(can_sign)
    @rule(held=certificates, reason=st.sampled_from([1, REVERSED]))
    def void_once(self, held: Held, reason: int) -> None:
        if held.reason:
            with boa.reverts("credits: certificate is already void"):
                self.void(held, reason)
        else:
            self.void(held, reason)

    @rule(held=certificates, count=st.integers(1, 4))
    def undo_the_last(self, held: Held, count: int) -> None:
        count = min(count, len(held.allocations))
        if count and held.reason:
            self.undo(held, count)
        elif count:
            with boa.reverts("credits: certificate is not void"):
                self.undo(held, count)

    @rule(held=certificates)
    def release_what_was_reversed(self, held: Held) -> None:
        if held.reason != REVERSED or held.released or held.allocations:
            return
        self.release(held)
        source = held.signed.report["source"]
        if source["kind"] == 1:
            self.model.serials = {key: by for key, by in self.model.serials.items() if by is not held}
        if source["kind"] == 3:
            block = (source["first"], source["last"])
            self.model.blocks[block] -= held.amount_ug
            if not self.model.blocks[block]:
                del self.model.blocks[block]

    @precondition(can_sign)
    @rule(held=certificates, to=ACCOUNT, end=st.sampled_from(["complete", "refuse", "new epoch", "early"]))
    def rebind(self, held: Held, to: str, end: str) -> None:
        if to == held.holder:
            return
        evidence = fresh_word()  # else the same move twice would be the same report, which passes once
        signed = self.correcting.rebind(held.token_id, held.holder, to, self.now, evidence=evidence)
        self.corrections.rebind(values(signed.report), signed.signatures, sender=STRANGER)
        reason = "credits: certificate is void" if held.reason else None
        if end == "refuse":
            self.corrections.refuse_rebind(held.token_id, sender=held.holder)
            reason = "corrections: no rebind is announced"
        elif end == "new epoch":
            self.start_epoch([key for key in KEYS if key != self.signers[0]][:3])
            reason = "corrections: rebind was signed by an earlier epoch"
        elif end == "early":
            reason = "corrections: too early to rebind"
        if end != "early":
            boa.env.time_travel(WEEK_S)
        if reason:
            with boa.reverts(reason):
                self.corrections.complete_rebind(held.token_id, sender=to)
        else:
            self.corrections.complete_rebind(held.token_id, sender=to)
            held.holder = to

    @rule(held=certificates, to=ACCOUNT)
    def try_to_move(self, held: Held, to: str) -> None:
        with boa.reverts("credits: certificates cannot be transferred"):
            self.credits.transferFrom(held.holder, to, held.token_id, sender=held.holder)
        with boa.reverts("credits: caller is not the corrections contract"):
            self.credits.move(held.token_id, to, sender=held.holder)

    # The desk

    @rule(target=orders_, payer=ACCOUNT, price=PRICES, amount_ug=AMOUNTS_UG, least=st.integers(1, 100))
    def open_an_order(self, payer: str, price: int, amount_ug: int, least: int) -> Opened:
        return self.open(payer, price, amount_ug, max(1, amount_ug * least // 100))

    @precondition(can_sign)
    @rule(target=certificates, opened=orders_, share=st.integers(1, 120))
    def fulfil(self, opened: Opened, share: int) -> Any:
        amount_ug = min(MAX_UG, max(1, opened.amount_ug * share // 100))
        order = {name: opened.order[name] for name in ("registry", "project", "vintage", "beneficiary")}
        fixed = {"minter": self.desk.address, "order": opened.id, "holder": opened.order["holder"]}
        signed = self.retirements.make(now=self.now, amount_ug=amount_ug, **fixed, **order)
        arguments = (values(opened.order), values(signed.report), signed.signatures, 0)
        if opened.state != 1:
            with boa.reverts("desk: order is not open"):
                self.desk.fulfil(*arguments, sender=STRANGER)
            return multiple()
        if amount_ug < opened.min_ug:
            with boa.reverts():
                self.desk.fulfil(*arguments, sender=STRANGER)
            return multiple()
        with boa.reverts("credits: caller is not the report's minter"):
            self.credits.mint(*arguments[1:], sender=SELLER.address)
        paid = opened.price * min(amount_ug, opened.amount_ug) // opened.amount_ug
        before = self.token.balanceOf(SELLER.address)
        self.desk.fulfil(*arguments, sender=STRANGER)
        assert self.token.balanceOf(SELLER.address) - before == paid
        opened.state = 2
        return self.add_certificate(signed)

    @rule(opened=orders_, late=st.booleans())
    def refund(self, opened: Opened, late: bool) -> None:
        if late and self.now <= opened.deadline:
            boa.env.time_travel(opened.deadline - self.now + 1)
        if opened.state == 1 and self.now > opened.deadline:
            self.desk.refund(values(opened.order), sender=STRANGER)
            opened.state = 3
        else:
            with boa.reverts():
                self.desk.refund(values(opened.order), sender=STRANGER)

    # The council

    @precondition(lambda self: len(self.signers) > 1)
    @rule(at=st.integers(0, 2))
    def remove_a_signer(self, at: int) -> None:
        gone = self.signers[at % len(self.signers)]
        self.council.remove(gone.address, sender=GUARDIAN)
        self.signers = [key for key in self.signers if key != gone]

    @rule(start=st.integers(0, 2))
    def adopt_another_epoch(self, start: int) -> None:
        self.start_epoch(KEYS[start : start + 3])


TestWholeLedger = WholeLedger.TestCase
TestWholeLedger.settings = tiered(examples=6, steps=30)
