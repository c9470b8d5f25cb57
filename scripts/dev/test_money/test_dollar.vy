# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Test money of the local stack: a dollar that anyone may take, paid by approval, permit or signed payment
@license AGPL-3.0-only
@notice ERC-20 with EIP-2612 and the receiving half of EIP-3009, which is what the desk can use. Worth nothing: `drip`
        gives to whoever asks. It belongs on development chains only, and the local stack puts it on no other.
"""


# Hash and separator of signed messages.
from snekmate.utils import eip712_domain_separator as eip712
initializes: eip712


event Transfer:
    sender: indexed(address)
    receiver: indexed(address)
    amount: uint256


event Approval:
    owner: indexed(address)
    spender: indexed(address)
    amount: uint256


exports: eip712.eip712Domain


PERMIT_TYPEHASH: public(constant(bytes32)) = keccak256(
    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
)
RECEIVE_WITH_AUTHORIZATION_TYPEHASH: public(constant(bytes32)) = keccak256(
    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
)

name: public(constant(String[17])) = "Local test dollar"
symbol: public(constant(String[4])) = "tUSD"
version: public(constant(String[1])) = "1"
decimals: public(constant(uint8)) = 6

# Base units that one `drip` gives: 10,000 dollars.
DRIP: public(constant(uint256)) = 10_000 * 10**6

totalSupply: public(uint256)
balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])
nonces: public(HashMap[address, uint256])
authorizationState: public(HashMap[address, HashMap[bytes32, bool]])


@deploy
def __init__():
    eip712.__init__(name, version)


@external
def drip():
    """
    @notice Gives the caller 10,000 test dollars.
    """
    self.totalSupply += DRIP
    self.balanceOf[msg.sender] += DRIP
    log Transfer(sender=empty(address), receiver=msg.sender, amount=DRIP)


@external
def transfer(to: address, amount: uint256) -> bool:
    self._move(msg.sender, to, amount)
    return True


@external
def transferFrom(owner: address, to: address, amount: uint256) -> bool:
    assert amount <= self.allowance[owner][msg.sender], "test dollar: more than was approved"
    self.allowance[owner][msg.sender] -= amount
    self._move(owner, to, amount)
    return True


@external
def approve(spender: address, amount: uint256) -> bool:
    self._approve(msg.sender, spender, amount)
    return True


@external
def permit(owner: address, spender: address, amount: uint256, deadline: uint256, v: uint8, r: bytes32, s: bytes32):
    """
    @notice EIP-2612: an approval that its owner signed.
    """
    assert block.timestamp <= deadline, "test dollar: permit is too late"
    nonce: uint256 = self.nonces[owner]
    self.nonces[owner] = nonce + 1
    self._require_signed(
        owner, keccak256(abi_encode(PERMIT_TYPEHASH, owner, spender, amount, nonce, deadline)), v, r, s
    )
    self._approve(owner, spender, amount)


@external
def receiveWithAuthorization(
    sender: address,
    to: address,
    amount: uint256,
    valid_after: uint256,
    valid_before: uint256,
    nonce: bytes32,
    v: uint8,
    r: bytes32,
    s: bytes32,
):
    """
    @notice EIP-3009: a payment that its sender signed, fetched by whom it is for.
    """
    assert to == msg.sender, "test dollar: caller is not the payee"
    assert block.timestamp > valid_after, "test dollar: payment is too early"
    assert block.timestamp < valid_before, "test dollar: payment is too late"
    assert not self.authorizationState[sender][nonce], "test dollar: payment was used before"
    self.authorizationState[sender][nonce] = True
    self._require_signed(
        sender,
        keccak256(
            abi_encode(RECEIVE_WITH_AUTHORIZATION_TYPEHASH, sender, to, amount, valid_after, valid_before, nonce)
        ),
        v,
        r,
        s,
    )
    self._move(sender, to, amount)


@external
@view
def DOMAIN_SEPARATOR() -> bytes32:
    """
    @notice What every signed message of this token is bound to.
    """
    return eip712._domain_separator_v4()


@internal
@view
def _require_signed(signer: address, struct_hash: bytes32, v: uint8, r: bytes32, s: bytes32):
    recovered: address = ecrecover(eip712._hash_typed_data_v4(struct_hash), v, r, s)
    assert recovered != empty(address) and recovered == signer, "test dollar: signature is another's"


@internal
def _approve(owner: address, spender: address, amount: uint256):
    self.allowance[owner][spender] = amount
    log Approval(owner=owner, spender=spender, amount=amount)


@internal
def _move(owner: address, to: address, amount: uint256):
    assert to != empty(address), "test dollar: nobody would get it"
    assert amount <= self.balanceOf[owner], "test dollar: more than there is"
    self.balanceOf[owner] -= amount
    self.balanceOf[to] += amount
    log Transfer(sender=owner, receiver=to, amount=amount)
