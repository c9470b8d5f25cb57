# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A contract that pays: it makes any call its owner tells it to
@license AGPL-3.0-only
"""


owner: address


@deploy
def __init__():
    self.owner = msg.sender


@external
def execute(target: address, data: Bytes[4096]) -> Bytes[128]:
    assert msg.sender == self.owner, "payer: caller is not the owner"
    return raw_call(target, data, max_outsize=128)
