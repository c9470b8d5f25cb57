# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A token in the shape of USDC: permits (EIP-2612), signed payments (EIP-3009), an issuer's blacklist
@license AGPL-3.0-only
@notice Anyone may mint and blacklist: it is for tests.
"""


DOMAIN_TYPEHASH: constant(bytes32) = keccak256(
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)
PERMIT_TYPEHASH: constant(bytes32) = keccak256(
    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
)
RECEIVE_TYPEHASH: constant(bytes32) = keccak256(
    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
)


event Transfer:
    sender: indexed(address)
    receiver: indexed(address)
    amount: uint256


event Approval:
    owner: indexed(address)
    spender: indexed(address)
    amount: uint256


name: public(constant(String[8])) = "USD Coin"
symbol: public(constant(String[4])) = "USDC"
version: public(constant(String[1])) = "2"
decimals: public(constant(uint8)) = 6
balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])
nonces: public(HashMap[address, uint256])
authorizationState: public(HashMap[address, HashMap[bytes32, bool]])
isBlacklisted: public(HashMap[address, bool])


@external
def mint(to: address, amount: uint256):
    self.balanceOf[to] += amount
    log Transfer(sender=empty(address), receiver=to, amount=amount)


@external
def set_blacklisted(account: address, blacklisted: bool):
    self.isBlacklisted[account] = blacklisted


@external
def transfer(to: address, amount: uint256) -> bool:
    self._move(msg.sender, to, amount)
    return True


@external
def transferFrom(sender: address, to: address, amount: uint256) -> bool:
    assert amount <= self.allowance[sender][msg.sender], "ERC20: transfer amount exceeds allowance"
    self.allowance[sender][msg.sender] -= amount
    self._move(sender, to, amount)
    return True


@external
def approve(spender: address, amount: uint256) -> bool:
    self._approve(msg.sender, spender, amount)
    return True


@external
def permit(
    owner: address, spender: address, amount: uint256, deadline: uint256, v: uint8, r: bytes32, s: bytes32
):
    assert block.timestamp <= deadline, "FiatTokenV2: permit is expired"
    nonce: uint256 = self.nonces[owner]
    self.nonces[owner] = nonce + 1
    struct_hash: bytes32 = keccak256(abi_encode(PERMIT_TYPEHASH, owner, spender, amount, nonce, deadline))
    self._require_signed(owner, struct_hash, v, r, s, "EIP2612: invalid signature")
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
    assert to == msg.sender, "FiatTokenV2: caller must be the payee"
    assert block.timestamp > valid_after, "FiatTokenV2: authorization is not yet valid"
    assert block.timestamp < valid_before, "FiatTokenV2: authorization is expired"
    assert not self.authorizationState[sender][nonce], "FiatTokenV2: authorization is used or canceled"
    struct_hash: bytes32 = keccak256(
        abi_encode(RECEIVE_TYPEHASH, sender, to, amount, valid_after, valid_before, nonce)
    )
    self._require_signed(sender, struct_hash, v, r, s, "FiatTokenV2: invalid signature")
    self.authorizationState[sender][nonce] = True
    self._move(sender, to, amount)


@internal
@view
def _require_signed(
    signer: address, struct_hash: bytes32, v: uint8, r: bytes32, s: bytes32, reason: String[40]
):
    separator: bytes32 = keccak256(
        abi_encode(DOMAIN_TYPEHASH, keccak256(name), keccak256(version), chain.id, self)
    )
    digest: bytes32 = keccak256(concat(x"1901", separator, struct_hash))
    recovered: address = ecrecover(digest, v, r, s)
    assert recovered != empty(address) and recovered == signer, reason


@internal
def _approve(owner: address, spender: address, amount: uint256):
    assert not self.isBlacklisted[owner] and not self.isBlacklisted[spender], "Blacklistable: account is blacklisted"
    self.allowance[owner][spender] = amount
    log Approval(owner=owner, spender=spender, amount=amount)


@internal
def _move(sender: address, to: address, amount: uint256):
    assert not self.isBlacklisted[sender] and not self.isBlacklisted[to], "Blacklistable: account is blacklisted"
    assert not self.isBlacklisted[msg.sender], "Blacklistable: account is blacklisted"
    assert to != empty(address), "ERC20: transfer to the zero address"
    assert amount <= self.balanceOf[sender], "ERC20: transfer amount exceeds balance"
    self.balanceOf[sender] -= amount
    self.balanceOf[to] += amount
    log Transfer(sender=sender, receiver=to, amount=amount)
