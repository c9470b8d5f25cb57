# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A smart account: its owner's key signs, anybody sends
@notice Minimal proxies of this contract are the accounts. As with account abstraction, a transaction comes from somebody
        else than the account, carries several calls, and a signature says which key made it: it has 97 bytes, not 65.
"""


struct Call:
    target: address
    data: Bytes[8192]


MAGIC: constant(bytes4) = 0x1626ba7e


OWNER_KEY: constant(bytes32) = keccak256("the owner's key")


owner: public(address)


nonce: public(uint256)


@external
def initialize(owner: address):
    assert self.owner == empty(address), "account: has an owner"
    self.owner = owner


@external
@view
def isValidSignature(digest: bytes32, signature: Bytes[97]) -> bytes4:
    # Bound to the account: another one with the same owner does not take it.
    if self._is_signed(keccak256(abi_encode(self, digest)), signature):
        return MAGIC
    return 0xffffffff


@external
def execute(calls: DynArray[Call, 4], signature: Bytes[97]):
    """
    @notice All calls or none. The signature is over the account, the chain, the nonce and the calls.
    """
    signed: bytes32 = keccak256(abi_encode(self, chain.id, self.nonce, keccak256(abi_encode(calls))))
    assert self._is_signed(signed, signature), "account: not signed by its owner"
    self.nonce += 1
    for call: Call in calls:
        raw_call(call.target, call.data)


@internal
@view
def _is_signed(signed: bytes32, signature: Bytes[97]) -> bool:
    if len(signature) != 97 or extract32(signature, 0) != OWNER_KEY:
        return False
    r: bytes32 = extract32(signature, 32)
    s: bytes32 = extract32(signature, 64)
    v: uint8 = convert(slice(signature, 96, 1), uint8)
    return ecrecover(signed, v, r, s) == self.owner
