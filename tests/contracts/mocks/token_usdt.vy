# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A token in the shape of USDT: nothing is returned, reverts have no reason, and its issuer may turn on a fee
@license AGPL-3.0-only
@notice Anyone may mint and set the fee: it is for tests.
"""


decimals: public(constant(uint8)) = 6
balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])
basisPointsRate: public(uint256)
owner: address


@deploy
def __init__():
    self.owner = msg.sender


@external
def mint(to: address, amount: uint256):
    self.balanceOf[to] += amount


@external
def set_fee(basis_points: uint256):
    self.basisPointsRate = basis_points


@external
def transfer(to: address, amount: uint256):
    self._move(msg.sender, to, amount)


@external
def transferFrom(sender: address, to: address, amount: uint256):
    self.allowance[sender][msg.sender] -= amount
    self._move(sender, to, amount)


@external
def approve(spender: address, amount: uint256):
    # An allowance must be taken back before another one is given.
    assert amount == 0 or self.allowance[msg.sender][spender] == 0
    self.allowance[msg.sender][spender] = amount


@internal
def _move(sender: address, to: address, amount: uint256):
    fee: uint256 = amount * self.basisPointsRate // 10_000
    self.balanceOf[sender] -= amount
    self.balanceOf[to] += amount - fee
    self.balanceOf[self.owner] += fee
