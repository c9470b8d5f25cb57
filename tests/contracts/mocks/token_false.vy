# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A token that answers False where others revert, as early ones do
@license AGPL-3.0-only
@notice Anyone may mint and stop it: it is for tests.
"""


decimals: public(constant(uint8)) = 18
balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])
stopped: bool


@external
def mint(to: address, amount: uint256):
    self.balanceOf[to] += amount


@external
def stop(stopped: bool):
    self.stopped = stopped


@external
def transfer(to: address, amount: uint256) -> bool:
    return self._move(msg.sender, to, amount)


@external
def transferFrom(sender: address, to: address, amount: uint256) -> bool:
    if amount > self.allowance[sender][msg.sender] or not self._move(sender, to, amount):
        return False
    self.allowance[sender][msg.sender] -= amount
    return True


@external
def approve(spender: address, amount: uint256) -> bool:
    self.allowance[msg.sender][spender] = amount
    return True


@internal
def _move(sender: address, to: address, amount: uint256) -> bool:
    # Moving nothing is refused too, as some tokens do.
    if self.stopped or amount == 0 or amount > self.balanceOf[sender]:
        return False
    self.balanceOf[sender] -= amount
    self.balanceOf[to] += amount
    return True
