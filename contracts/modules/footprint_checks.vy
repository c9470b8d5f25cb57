# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title What a footprint must satisfy before it is recorded, whoever signed it
@license AGPL-3.0-only
@notice The council recomputes every integer; these checks keep a report that no methodology can produce out
        of the ledger even if the council errs.
"""


from ..interfaces import IFootprintLedger


# A signed report is not accepted for longer than this, so that a signature that leaks is soon worthless.
MAX_VALIDITY: constant(uint256) = 7 * 24 * 3600


# Worst evidence tier; the best is 1.
MAX_TIER: constant(uint8) = 7


is_methodology_approved: public(HashMap[bytes32, bool])


@internal
@view
def _check(footprint: IFootprintLedger.Footprint):
    valid_until: uint256 = convert(footprint.valid_until, uint256)
    assert valid_until > block.timestamp, "ledger: report has expired"
    assert valid_until <= block.timestamp + MAX_VALIDITY, "ledger: report is valid for more than 7 days"
    assert footprint.period_start < footprint.period_end, "ledger: period must end after it starts"
    assert convert(footprint.period_end, uint256) <= block.timestamp, "ledger: period is not over"
    assert footprint.root != empty(bytes32), "ledger: root is empty"
    assert footprint.count != 0, "ledger: count must be at least 1"
    assert footprint.tier != 0 and footprint.tier <= MAX_TIER, "ledger: tier must be 1 to 7"
    assert (
        footprint.low_ug <= footprint.central_ug and footprint.central_ug <= footprint.high_ug
    ), "ledger: bounds must be low <= central <= high"
    # The embodied amount is stated as a part of the central total.
    assert footprint.embodied_ug <= footprint.central_ug, "ledger: embodied part is above the central total"
    assert self.is_methodology_approved[footprint.methodology], "ledger: methodology is not approved"


@internal
def _approve(methodology: bytes32, uri: String[128]):
    assert methodology != empty(bytes32), "ledger: methodology is empty"
    self.is_methodology_approved[methodology] = True
    log IFootprintLedger.MethodologySet(methodology=methodology, approved=True, uri=uri)


@internal
def _withdraw(methodology: bytes32):
    assert self.is_methodology_approved[methodology], "ledger: methodology is not approved"
    self.is_methodology_approved[methodology] = False
    log IFootprintLedger.MethodologySet(methodology=methodology, approved=False, uri="")
