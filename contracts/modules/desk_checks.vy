# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title What an order must satisfy to open, and a report to close it
@license AGPL-3.0-only
@notice Whoever signed them: the seller answers for the quote, the council for the report, this for their fit.
"""


from ..interfaces import IRetiredCredits
from ..interfaces import IRetirementDesk


# A payer's money is not bound for longer than this.
MAX_DEADLINE: constant(uint256) = 30 * 24 * 3600


@internal
@view
def _require_valid(order: IRetirementDesk.Order):
    assert order.price != 0, "desk: price must be at least 1"
    assert order.min_ug != 0 and order.min_ug <= order.amount_ug, "desk: least amount must be 1 ug to the amount"
    # What the certificates would refuse later anyway.
    assert order.holder != empty(address), "desk: holder is empty"
    assert len(order.project) != 0, "desk: project is empty"
    assert len(order.beneficiary) != 0, "desk: beneficiary is empty"
    assert block.timestamp <= convert(order.quote_until, uint256), "desk: quote has expired"
    deadline: uint256 = convert(order.deadline, uint256)
    assert deadline > block.timestamp, "desk: deadline has passed"
    assert deadline <= block.timestamp + MAX_DEADLINE, "desk: deadline is more than 30 days ahead"


@internal
@view
def _require_fit(id: bytes32, order: IRetirementDesk.Order, report: IRetiredCredits.RetirementReport):
    # A report that anyone may mint could be minted without the desk first, and the order never be fulfilled.
    assert report.minter == self, "desk: report is for another minter"
    assert report.order == id, "desk: report is for another order"
    assert report.holder == order.holder, "desk: holder is not the order's"
    assert report.retirement.registry == order.registry, "desk: registry is not the order's"
    assert report.retirement.project == order.project, "desk: project is not the order's"
    assert order.vintage == 0 or report.retirement.vintage == order.vintage, "desk: vintage is not the order's"
    assert report.retirement.beneficiary == order.beneficiary, "desk: beneficiary is not the order's"
    assert report.retirement.amount_ug >= order.min_ug, "desk: amount is below the least the payer accepts"
