# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The ERC-20 part of the carbon tokens that tests use, with the reasons OpenZeppelin's contract gives
@license AGPL-3.0-only
"""


from ethereum.ercs import IERC20


PERMIT_TYPEHASH: constant(bytes32) = keccak256(
    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
)


DOMAIN_TYPEHASH: constant(bytes32) = keccak256(
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)


decimals: public(uint8)


balanceOf: public(HashMap[address, uint256])


allowance: public(HashMap[address, HashMap[address, uint256]])


totalSupply: public(uint256)


nonces: public(HashMap[address, uint256])


@deploy
def __init__():
    self.decimals = 18


@external
def issue(to: address, amount: uint256):
    """
    @notice What the protocol's bridge does.
    """
    self.totalSupply += amount
    self.balanceOf[to] += amount
    log IERC20.Transfer(sender=empty(address), receiver=to, value=amount)


@external
def approve(spender: address, amount: uint256) -> bool:
    self._approve(msg.sender, spender, amount)
    return True


@external
def transfer(to: address, amount: uint256) -> bool:
    self._move(msg.sender, to, amount)
    return True


@external
def transferFrom(owner: address, to: address, amount: uint256) -> bool:
    self._spend(owner, msg.sender, amount)
    self._move(owner, to, amount)
    return True


@external
def permit(
    owner: address, spender: address, amount: uint256, deadline: uint256, v: uint8, r: bytes32, s: bytes32
):
    """
    @notice EIP-2612, domain "Carbon" version "1".
    """
    assert block.timestamp <= deadline, "ERC20Permit: expired deadline"
    nonce: uint256 = self.nonces[owner]
    self.nonces[owner] = nonce + 1
    domain: bytes32 = keccak256(
        abi_encode(DOMAIN_TYPEHASH, keccak256("Carbon"), keccak256("1"), chain.id, self)
    )
    message: bytes32 = keccak256(abi_encode(PERMIT_TYPEHASH, owner, spender, amount, nonce, deadline))
    digest: bytes32 = keccak256(concat(x"1901", domain, message))
    assert ecrecover(digest, v, r, s) == owner, "ERC20Permit: invalid signature"
    self._approve(owner, spender, amount)


@internal
def _approve(owner: address, spender: address, amount: uint256):
    self.allowance[owner][spender] = amount
    log IERC20.Approval(owner=owner, spender=spender, value=amount)


@internal
def _spend(owner: address, spender: address, amount: uint256):
    allowed: uint256 = self.allowance[owner][spender]
    if allowed == max_value(uint256):
        return
    assert allowed >= amount, "ERC20: insufficient allowance"
    self.allowance[owner][spender] = allowed - amount


@internal
def _move(owner: address, to: address, amount: uint256):
    assert self.balanceOf[owner] >= amount, "ERC20: transfer amount exceeds balance"
    self.balanceOf[owner] -= amount
    self.balanceOf[to] += amount
    log IERC20.Transfer(sender=owner, receiver=to, value=amount)


@internal
def _burn(owner: address, amount: uint256):
    assert self.balanceOf[owner] >= amount, "ERC20: burn amount exceeds balance"
    self.balanceOf[owner] -= amount
    self.totalSupply -= amount
    log IERC20.Transfer(sender=owner, receiver=empty(address), value=amount)
