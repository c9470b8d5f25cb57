# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A contract wallet with one owner, as small as ERC-1271 allows
"""


MAGIC: constant(bytes4) = 0x1626ba7e


owner: public(address)


@deploy
def __init__(owner: address):
    self.owner = owner


@external
@view
def isValidSignature(digest: bytes32, signature: Bytes[65]) -> bytes4:
    r: bytes32 = extract32(signature, 0)
    s: bytes32 = extract32(signature, 32)
    v: uint8 = convert(slice(signature, 64, 1), uint8)
    if len(signature) == 65 and ecrecover(digest, v, r, s) == self.owner:
        return MAGIC
    return 0xffffffff
