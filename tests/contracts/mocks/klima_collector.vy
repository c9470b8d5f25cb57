# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Collects payments for the Retirement Aggregator, as Klima Protocol's AAM collects kVCM from the aggregator's caller
@license AGPL-3.0-only
"""


from ethereum.ercs import IERC20


@external
def collect(token: address, payer: address, amount: uint256):
    assert extcall IERC20(token).transferFrom(payer, self, amount, default_return_value=True)
