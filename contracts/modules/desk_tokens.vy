# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The money of the retirement desk: how it comes in, goes out, and is counted
@license AGPL-3.0-only
@notice Money comes in whole or the call reverts. Money that does not go out is noted as owed, so that no receiver
        and no token can keep an order open.
@dev The contract that imports this holds its lock during every call to a token. A token that takes money from the
     desk by itself harms those who were paid in it and nobody else: each token is counted apart.
"""


from ethereum.ercs import IERC20


from ..interfaces import IRetirementDesk


# What tokens with signed payments add (EIP-3009).
interface SignedToken:
    def receiveWithAuthorization(
        payer: address,
        to: address,
        amount: uint256,
        valid_after: uint256,
        valid_before: uint256,
        nonce: bytes32,
        v: uint8,
        r: bytes32,
        s: bytes32,
    ): nonpayable


# A payment gets no more than this, several times what tokens use, so that one that burns gas leaves enough to note
# the amount as owed.
PUSH_GAS: constant(uint256) = 200_000


# Gas that must be left before a payment: 203,175 for the rule that a call gets at most 63/64 of what is left
# (EIP-150), the rest to call and to note the amount as owed. Otherwise whoever sends the transaction could make a
# payment fail by giving too little gas.
GAS_BEFORE_PUSH: constant(uint256) = 270_000


# token -> open orders and what is owed, together.
held: public(HashMap[address, uint256])


# (token, account) -> what could not be paid.
owed: public(HashMap[address, HashMap[address, uint256]])


@internal
def _pull(token: address, payer: address, price: uint128):
    amount: uint256 = convert(price, uint256)
    before: uint256 = staticcall IERC20(token).balanceOf(self)
    assert extcall IERC20(token).transferFrom(
        payer, self, amount, default_return_value=True
    ), "desk: token refused the transfer"
    self._require_delivered(token, before, amount)


@internal
def _pull_authorized(
    token: address,
    payer: address,
    price: uint128,
    valid_after: uint256,
    valid_before: uint256,
    nonce: bytes32,
    v: uint8,
    r: bytes32,
    s: bytes32,
):
    amount: uint256 = convert(price, uint256)
    before: uint256 = staticcall IERC20(token).balanceOf(self)
    extcall SignedToken(token).receiveWithAuthorization(
        payer, self, amount, valid_after, valid_before, nonce, v, r, s
    )
    self._require_delivered(token, before, amount)


@internal
@view
def _require_delivered(token: address, before: uint256, amount: uint256):
    # The sum overflows only for a token that lies about its balance, and then reverts as well.
    assert staticcall IERC20(token).balanceOf(self) == before + amount, "desk: token did not deliver the whole price"


@internal
def _hold(token: address, price: uint128):
    self.held[token] += convert(price, uint256)


@internal
def _release(token: address, price: uint128):
    """
    @dev Before the payments that follow; what they do not deliver is held again.
    """
    self.held[token] -= convert(price, uint256)


@internal
def _pay(token: address, account: address, price: uint128):
    """
    @dev Never reverts for what the token or the receiver does, only if too little gas is left to be fair to them.
    """
    # Some tokens refuse to move nothing.
    if price == 0:
        return
    amount: uint256 = convert(price, uint256)
    assert msg.gas >= GAS_BEFORE_PUSH, "desk: too little gas to pay out"
    if not self._push(token, account, amount):
        self.held[token] += amount
        self.owed[token][account] += amount
        log IRetirementDesk.Owed(token=token, account=account, amount=amount)


@internal
def _push(token: address, account: address, amount: uint256) -> bool:
    success: bool = False
    response: Bytes[32] = b""
    # Longer answers are cut off, so that a large one costs no gas here.
    success, response = raw_call(
        token,
        abi_encode(account, amount, method_id=method_id("transfer(address,uint256)")),
        max_outsize=32,
        gas=PUSH_GAS,
        revert_on_failure=False,
    )
    if not success:
        return False
    # Some tokens answer nothing, and revert if they refuse.
    return len(response) == 0 or (len(response) == 32 and convert(response, uint256) == 1)


@internal
def _withdraw(token: address, account: address, to: address):
    amount: uint256 = self.owed[token][account]
    assert amount != 0, "desk: nothing is owed"
    # Sent to the desk itself it would be nobody's.
    assert to != empty(address) and to != self, "desk: receiver is empty or the desk"
    self.owed[token][account] = 0
    self.held[token] -= amount
    assert extcall IERC20(token).transfer(to, amount, default_return_value=True), "desk: token refused the transfer"
    log IRetirementDesk.Withdrawn(token=token, account=account, to=to, amount=amount)
