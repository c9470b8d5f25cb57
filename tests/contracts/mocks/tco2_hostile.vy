# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A carbon token that turned bad after it was listed; `turn` chooses how
@license AGPL-3.0-only
"""


from tests.contracts.mocks import tco2_erc20 as erc20
initializes: erc20


exports: (
    erc20.balanceOf,
    erc20.allowance,
    erc20.totalSupply,
    erc20.issue,
)


# Ways to be bad. A call goes to what `prepare` was given, while the tokens move.
REFUSES_TRANSFER: constant(uint256) = 1
TAKES_FEE: constant(uint256) = 2
CALLS_ON_TRANSFER: constant(uint256) = 3
CALLS_ON_RETIRE: constant(uint256) = 4
KEEPS: constant(uint256) = 5
RETIRES_LESS: constant(uint256) = 6
MOVES_AWAY: constant(uint256) = 7
BIG_NUMBER: constant(uint256) = 8
REFUSES_ALLOWANCE: constant(uint256) = 9
SPENDS_NOTHING: constant(uint256) = 10


mode: public(uint256)


decimals: public(uint8)


# Whether the prepared call was made, and whether it went through.
called: public(bool)


went_through: public(bool)


_target: address


_data: Bytes[2048]


@deploy
def __init__(decimals: uint8):
    erc20.__init__()
    self.decimals = decimals


@external
def turn(mode: uint256):
    self.mode = mode


@external
def prepare(target: address, data: Bytes[2048]):
    """
    @notice The call to make, by a token that owns tokens itself and lets `target` take them.
    """
    self._target = target
    self._data = data
    erc20._approve(self, target, max_value(uint256))


@external
def call():
    """
    @notice Makes the prepared call while nothing moves.
    """
    self._call()


@external
def approve(spender: address, amount: uint256) -> bool:
    if self.mode == REFUSES_ALLOWANCE:
        return False
    erc20._approve(msg.sender, spender, amount)
    return True


@external
def transfer(to: address, amount: uint256) -> bool:
    if self.mode == REFUSES_TRANSFER:
        return False
    if self.mode == CALLS_ON_TRANSFER:
        self._call()
    erc20._move(msg.sender, to, amount)
    return True


@external
def transferFrom(owner: address, to: address, amount: uint256) -> bool:
    if self.mode == REFUSES_TRANSFER:
        return False
    if self.mode != SPENDS_NOTHING:
        erc20._spend(owner, msg.sender, amount)
    if self.mode == CALLS_ON_TRANSFER:
        # The call moves tokens in turn, and must not call again.
        self.mode = 0
        self._call()
        self.mode = CALLS_ON_TRANSFER
    erc20._move(owner, to, amount)
    if self.mode == TAKES_FEE:
        erc20._burn(to, amount // 100)
    return True


@external
def retire(amount: uint256) -> uint256:
    if self.mode == CALLS_ON_RETIRE:
        self.mode = 0
        self._call()
        self.mode = CALLS_ON_RETIRE
    if self.mode == RETIRES_LESS:
        erc20._burn(msg.sender, amount - 1)
    elif self.mode == MOVES_AWAY:
        erc20._move(msg.sender, self, amount)
    elif self.mode != KEEPS:
        erc20._burn(msg.sender, amount)
    return 2**64 if self.mode == BIG_NUMBER else 1


@internal
def _call():
    self.called = True
    self.went_through = raw_call(self._target, self._data, revert_on_failure=False)
