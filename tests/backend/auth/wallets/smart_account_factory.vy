# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Makes smart accounts at addresses that are known before (CREATE2)
"""


interface Account:
    def initialize(owner: address): nonpayable


IMPLEMENTATION: immutable(address)


@deploy
def __init__(implementation: address):
    IMPLEMENTATION = implementation


@external
def create(owner: address) -> address:
    account: address = create_minimal_proxy_to(IMPLEMENTATION, salt=keccak256(abi_encode(owner)))
    extcall Account(account).initialize(owner)
    return account
