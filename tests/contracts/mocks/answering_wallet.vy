# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A wallet that gives the same bytes to every question, as its answer or as the reason of a revert
@license AGPL-3.0-only
"""


answer: Bytes[96]


reverts: bool


@deploy
def __init__(answer: Bytes[96], reverts: bool):
    self.answer = answer
    self.reverts = reverts


@external
@view
@raw_return
def isValidSignature(hash: bytes32, signature: Bytes[1024]) -> Bytes[96]:
    if self.reverts:
        raw_revert(self.answer)
    return self.answer
