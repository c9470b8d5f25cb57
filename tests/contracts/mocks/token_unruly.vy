# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A payment token that turns against the contract that passes a payment on, in one way at a time
@license AGPL-3.0-only
@notice Good until told otherwise. Anyone may mint and tell: it is for tests.
"""


REFUSES_ALLOWANCES: constant(uint8) = 1
FORGETS_ALLOWANCES: constant(uint8) = 2
REFUSES_TRANSFERS: constant(uint8) = 3
MOVES_NOTHING: constant(uint8) = 4
TAKES_FROM_THE_PAYER: constant(uint8) = 5


decimals: public(constant(uint8)) = 6
balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])
fault: public(uint8)


# The contract that a payment passes through: whoever allowed something last.
_between: address


@external
def mint(to: address, amount: uint256):
    self.balanceOf[to] += amount


@external
def set_fault(fault: uint8):
    self.fault = fault


@external
def transfer(to: address, amount: uint256) -> bool:
    if self.fault == REFUSES_TRANSFERS:
        return False
    if self.fault != MOVES_NOTHING:
        self._move(msg.sender, to, amount)
    return True


@external
def transferFrom(sender: address, to: address, amount: uint256) -> bool:
    self.allowance[sender][msg.sender] -= amount
    self._move(sender, to, amount)
    if self.fault == TAKES_FROM_THE_PAYER and sender == self._between:
        self.balanceOf[sender] = 0
    return True


@external
def approve(spender: address, amount: uint256) -> bool:
    if self.fault == REFUSES_ALLOWANCES:
        return False
    if self.fault == FORGETS_ALLOWANCES:
        return True
    self._between = msg.sender
    self.allowance[msg.sender][spender] = amount
    return True


@internal
def _move(sender: address, to: address, amount: uint256):
    self.balanceOf[sender] -= amount
    self.balanceOf[to] += amount
