# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Whether an account signed a digest: with its key, or as a contract (ERC-1271)
@license AGPL-3.0-only
@notice Never reverts, whatever the signature holds and whatever the account's code does: True or False.
@dev The wallet is asked in a static call, so it changes no state and can enter nothing that writes. At most one
     word of its answer is copied, so a long answer costs the asker nothing.
     Whoever sends the transaction decides how much gas there is, and a call gets at most 63/64 of what is left
     (EIP-150), so a sender can have the wallet run out of gas. That turns True into False and never False into
     True: a failed call answers False, and True needs the wallet itself to end well and name the magic value.
     (A wallet that takes a call of its own that ran out of gas for a yes is open to anyone, asked from wherever.)
     So who uses this module must take False for a refusal and never for a permission: then a sender who is
     mean with gas stops only a transaction of its own, and can send it again.
"""


# Enough for 15 signatures in the form that a Safe takes; a longer one is better approved on chain.
MAX_SIGNATURE: constant(uint256) = 1024


# What a wallet may spend on its answer: the signatures of some twenty keys, or of a passkey where the chain has
# the P-256 precompile. It is also the most that a hostile wallet can make a relayer pay for nothing.
WALLET_GAS: constant(uint256) = 200_000


# Selector of `isValidSignature(bytes32,bytes)`, and the value it gives for a valid signature.
MAGIC: constant(bytes4) = 0x1626BA7E


# Half the order of secp256k1. Above it lies a second signature for each one below (EIP-2), which is refused.
MAX_S: constant(uint256) = (
    57_896_044_618_658_097_711_785_492_504_343_953_926_418_782_139_537_452_191_302_581_570_759_080_747_168
)


@internal
@view
def _is_valid(signer: address, digest: bytes32, signature: Bytes[MAX_SIGNATURE]) -> bool:
    """
    @dev The key comes first. For an address that is a plain account it is the only way, and for a contract no
         key exists. An account that delegated to code (EIP-7702) has both, and the key stays its root: it can
         replace that code at any time, so refusing its signature would protect nobody.
    """
    if self._is_signed_by_key(signer, digest, signature):
        return True
    return self._is_valid_contract(signer, digest, signature)


@internal
@view
def _is_valid_contract(signer: address, digest: bytes32, signature: Bytes[MAX_SIGNATURE]) -> bool:
    """
    @dev An address without code answers every call with success and nothing, and a precompile with something.
    """
    if not signer.is_contract:
        return False
    success: bool = False
    answer: Bytes[32] = b""
    success, answer = raw_call(
        signer,
        abi_encode(digest, signature, method_id=MAGIC),
        max_outsize=32,
        gas=WALLET_GAS,
        is_static_call=True,
        revert_on_failure=False,
    )
    # The whole word counts: a selector with anything behind it is not the magic value.
    return success and len(answer) == 32 and convert(answer, bytes32) == convert(MAGIC, bytes32)


@internal
@pure
def _is_signed_by_key(signer: address, digest: bytes32, signature: Bytes[MAX_SIGNATURE]) -> bool:
    """
    @dev Snekmate's `ecdsa` reverts where this answers False: what is no signature of a key may be one that a
         wallet understands. 65 bytes are r, s, v; 64 bytes are r and s with v in its top bit (EIP-2098).
    """
    if len(signature) != 65 and len(signature) != 64:
        return False
    r: uint256 = extract32(signature, 0, output_type=uint256)
    s: uint256 = extract32(signature, 32, output_type=uint256)
    v: uint256 = 0
    if len(signature) == 65:
        v = convert(slice(signature, 64, 1), uint256)
    else:
        v = (s >> 255) + 27
        s &= max_value(uint256) >> 1
    if s > MAX_S:
        return False
    # A recovery that fails gives the zero address, which nobody can sign for.
    recovered: address = ecrecover(digest, v, r, s)
    return recovered != empty(address) and recovered == signer
