# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Reads the ledger as another contract does, and tells what the reading cost
@license AGPL-3.0-only
"""


struct AccountTotals:
    low_ug: uint72
    central_ug: uint72
    high_ug: uint72
    covered_ug: uint72
    count: uint40


interface Ledger:
    def account(owner: address) -> AccountTotals: view
    def coverage_bps(id: bytes32) -> uint256: view


spent: public(uint256)


covered_ug: uint72


bps: uint256


@external
def read_account(ledger: address, owner: address):
    before: uint256 = msg.gas
    totals: AccountTotals = staticcall Ledger(ledger).account(owner)
    self.spent = before - msg.gas
    self.covered_ug = totals.covered_ug


@external
def read_coverage(ledger: address, id: bytes32):
    before: uint256 = msg.gas
    bps: uint256 = staticcall Ledger(ledger).coverage_bps(id)
    self.spent = before - msg.gas
    self.bps = bps
