# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A wallet that is a contract (ERC-1271): its owner approves digests on chain, or hands out one signature
@license AGPL-3.0-only
@notice As with a Safe, an empty signature refers to what was approved on chain.
"""


MAGIC: constant(bytes4) = 0x1626BA7E


owner: address


# Hash of the one signature that counts for every digest; the length of a signature is the wallet's own business.
accepted: bytes32


is_approved: HashMap[bytes32, bool]


@deploy
def __init__(accepted: Bytes[1024]):
    self.owner = msg.sender
    self.accepted = keccak256(accepted)


@external
def approve(digest: bytes32, approved: bool):
    assert msg.sender == self.owner, "wallet: caller is not the owner"
    self.is_approved[digest] = approved


@external
@view
def isValidSignature(hash: bytes32, signature: Bytes[1024]) -> bytes4:
    valid: bool = keccak256(signature) == self.accepted
    if len(signature) == 0:
        valid = self.is_approved[hash]
    if valid:
        return MAGIC
    return empty(bytes4)
