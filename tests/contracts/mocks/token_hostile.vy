# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A token whose issuer turns against its holders: it burns all gas, answers nonsense, or calls back
@license AGPL-3.0-only
@notice Good until told otherwise. Anyone may mint and tell: it is for tests.
"""


# How `transfer` goes wrong.
BURNS_ALL_GAS: constant(uint8) = 1
REVERTS_AT_LENGTH: constant(uint8) = 2
ANSWERS_ONE_BYTE: constant(uint8) = 3
ANSWERS_A_LARGE_NUMBER: constant(uint8) = 4
ANSWERS_AT_LENGTH: constant(uint8) = 5


decimals: public(constant(uint8)) = 18
balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])
fault: public(uint8)


# What to call during each movement, and what came of it.
target: address
data: Bytes[4096]
entered: public(bool)
answer: public(Bytes[128])
calls: public(uint256)


@external
def mint(to: address, amount: uint256):
    self.balanceOf[to] += amount


@external
def set_fault(fault: uint8):
    self.fault = fault


@external
def call_back(target: address, data: Bytes[4096]):
    self.target = target
    self.data = data


@external
@raw_return
def transfer(to: address, amount: uint256) -> Bytes[4096]:
    if self.fault == BURNS_ALL_GAS:
        raise UNREACHABLE
    if self.fault == REVERTS_AT_LENGTH:
        raw_revert(abi_encode(empty(uint256[100])))
    if self.fault == ANSWERS_ONE_BYTE:
        return x"01"
    if self.fault == ANSWERS_A_LARGE_NUMBER:
        return abi_encode(max_value(uint256))
    self._move(msg.sender, to, amount)
    if self.fault == ANSWERS_AT_LENGTH:
        return abi_encode(True, empty(uint256[100]))
    return abi_encode(True)


@external
def transferFrom(sender: address, to: address, amount: uint256) -> bool:
    self.allowance[sender][msg.sender] -= amount
    self._move(sender, to, amount)
    return True


@external
def approve(spender: address, amount: uint256) -> bool:
    self.allowance[msg.sender][spender] = amount
    return True


@internal
def _move(sender: address, to: address, amount: uint256):
    self.balanceOf[sender] -= amount
    self.balanceOf[to] += amount
    if self.target != empty(address):
        self.calls += 1
        self.entered, self.answer = raw_call(self.target, self.data, max_outsize=128, revert_on_failure=False)
