# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Stands where the certificates contract stands and lets anyone change coverage through it
@license AGPL-3.0-only
"""


interface Ledger:
    def cover(account: address, footprint_hash: bytes32, amount_ug: uint72) -> bytes32: nonpayable
    def uncover(attestation: bytes32, account: address, amount_ug: uint72): nonpayable


LEDGER: public(immutable(address))


@deploy
def __init__(ledger: address):
    LEDGER = ledger


@external
def cover(ledger: address, account: address, footprint_hash: bytes32, amount_ug: uint72) -> bytes32:
    return extcall Ledger(ledger).cover(account, footprint_hash, amount_ug)


@external
def uncover(ledger: address, attestation: bytes32, account: address, amount_ug: uint72):
    extcall Ledger(ledger).uncover(attestation, account, amount_ug)
