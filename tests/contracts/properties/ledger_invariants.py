"""What must hold after every act, by the numbers of docs/SPEC.md."""

from __future__ import annotations

from hypothesis.stateful import invariant

from properties.ledger_actions import ACCOUNTS, LedgerActions, values
from properties.tiers import STEPS


class LedgerInvariants(LedgerActions):
    """Compares the contracts with the model."""

    @invariant()
    def count_the_step(self) -> None:
        STEPS[type(self).__name__] += 1

    @invariant()
    def i1_what_is_covered_was_allocated(self) -> None:
        covered_ug = sum(self.ledger.account(account).covered_ug for account in ACCOUNTS)
        certificates = [self.credits.certificate(held.token_id) for held in self.model.certificates]
        assert covered_ug == sum(certificate.allocated_ug for certificate in certificates)

    @invariant()
    def i2_no_certificate_allocates_more_than_it_holds(self) -> None:
        for held in self.model.certificates:
            found = self.credits.certificate(held.token_id)
            assert found.allocated_ug == held.allocated_ug <= held.amount_ug == found.amount_ug
            assert self.credits.allocation_chain(held.token_id) == held.chain()
            assert self.credits.void_reason(held.token_id) == held.reason

    @invariant()
    def i3_coverage_is_above_the_high_bound_only_after_a_correction(self) -> None:
        for line in self.model.lines:
            found = self.ledger.attestation(line.current.digest)
            bounds = (found.low_ug, found.high_ug, found.covered_ug)
            assert bounds == (line.low_ug, line.high_ug, line.covered_ug)
            assert line.covered_ug <= line.high_ug or line.superseded

    @invariant()
    def i4_i5_every_source_backs_what_the_model_says(self) -> None:
        for held in self.model.certificates:
            assert self.credits.is_claimed(values(held.signed.report["source"])) or held.released
        for (first, last), used_ug in self.model.blocks.items():
            source = (3, b"\x55" * 32, first, last)
            assert self.credits.block_left_ug(source) == (last - first + 1) * 10**12 - used_ug >= 0

    @invariant()
    def i4_no_serial_is_claimed_that_the_model_has_free(self) -> None:
        for serial in range(1, 36):
            claimed = self.credits.is_claimed((1, b"\x55" * 32, serial, serial))
            assert claimed is not self.model.is_free(serial, serial)

    @invariant()
    def i6_totals_are_the_sums_of_current_attestations(self) -> None:
        for account in ACCOUNTS:
            found = self.ledger.account(account)
            assert (found.low_ug, found.high_ug, found.covered_ug, found.count) == self.model.totals(account)

    @invariant()
    def i7_the_desk_holds_what_its_open_orders_paid(self) -> None:
        open_orders = sum(opened.price for opened in self.model.orders if opened.state == 1)
        assert self.token.balanceOf(self.desk.address) == self.desk.held(self.token.address) == open_orders
        assert [self.desk.order_state(opened.id) for opened in self.model.orders] == [
            opened.state for opened in self.model.orders
        ]

    @invariant()
    def i8_certificates_are_where_a_rebind_left_them(self) -> None:
        for held in self.model.certificates:
            assert self.credits.ownerOf(held.token_id) == held.holder
        for account in ACCOUNTS:
            own = sum(held.holder == account for held in self.model.certificates)
            assert self.credits.balanceOf(account) == own

    @invariant()
    def i9_nothing_is_recorded_but_what_was_signed_and_agreed_to(self) -> None:
        counts = [self.ledger.account(account).count for account in ACCOUNTS]
        assert sum(counts) == len(self.model.lines)
