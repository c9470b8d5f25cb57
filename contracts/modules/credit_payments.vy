# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title What an adapter buys, what it is paid in, and how a payment goes through it
@license AGPL-3.0-only
@notice The caller's money comes in whole, at most all of it is offered to the protocol, and the rest goes back in the
        same call. Nothing a token says is believed where it can be measured.
@dev The contract that imports this holds its lock during every call. Payment is only ever taken from `msg.sender`, so
     an allowance that somebody else gave cannot be spent. Balances are compared with those before the call: money
     that lies here by mistake can neither be spent nor taken out, and makes nobody's payment fail.
"""


from ethereum.ercs import IERC20


# Only the owner says what is sold and for what.
from snekmate.auth import ownable
uses: ownable


# Events of the public standard.
from ..interfaces import ICreditMarket


# carbon token -> where the protocol takes its credits from, 0 if they are not for sale.
offer: public(HashMap[address, address])


# payment token -> the protocol's contract that collects it, 0 if it is not accepted.
spender: public(HashMap[address, address])


@external
def set_offer(token: address, carbon_class: address):
    ownable._check_owner()
    assert token != empty(address), "adapter: token is empty"
    self.offer[token] = carbon_class
    log ICreditMarket.OfferSet(token=token, carbon_class=carbon_class)


@external
def set_payment_token(payment_token: address, spender: address):
    ownable._check_owner()
    assert payment_token.is_contract, "adapter: payment token is not a contract"
    # An account with a key could take an allowance while a token that calls others moves.
    assert spender == empty(address) or spender.is_contract, "adapter: spender is not a contract"
    self.spender[payment_token] = spender
    log ICreditMarket.PaymentTokenSet(payment_token=payment_token, spender=spender)


@internal
@view
def _class_of(token: address) -> address:
    carbon_class: address = self.offer[token]
    assert carbon_class != empty(address), "adapter: token is not for sale"
    return carbon_class


@internal
@view
def _accepted(payment_token: address, token: address) -> address:
    """
    @dev A payment in the credits themselves would be counted twice: as what was paid and as what is gone.
    @return spender Who collects it, read once for a whole purchase.
    """
    spender: address = self.spender[payment_token]
    assert spender != empty(address), "adapter: payment token is not accepted"
    assert payment_token != token, "adapter: credits do not pay for themselves"
    return spender


@internal
def _collect(payment_token: address, spender: address, amount: uint256) -> uint256:
    """
    @notice Takes `amount` from the caller, neither more nor less, and lets the protocol take as much.
    @return before What was here already.
    """
    before: uint256 = staticcall IERC20(payment_token).balanceOf(self)
    moved: bool = extcall IERC20(payment_token).transferFrom(msg.sender, self, amount, default_return_value=True)
    assert moved, "adapter: payment token refused the transfer"
    # The sum overflows only for a token that lies about its balance, and then reverts as well.
    held: uint256 = staticcall IERC20(payment_token).balanceOf(self)
    assert held == before + amount, "adapter: payment did not arrive in full"
    self._allow(payment_token, spender, amount)
    return before


@internal
def _settle(payment_token: address, spender: address, amount: uint256, before: uint256) -> uint256:
    """
    @notice Takes the allowance back and gives the caller what the protocol did not take.
    @param amount What `_collect` took.
    @param before What was here before that.
    @return price What the protocol took.
    """
    self._allow(payment_token, spender, 0)
    left: uint256 = staticcall IERC20(payment_token).balanceOf(self)
    assert left >= before, "adapter: protocol took more than the payment"
    rest: uint256 = left - before
    assert rest <= amount, "adapter: protocol gave back more than the payment"
    # Some tokens refuse to move nothing.
    if rest != 0:
        moved: bool = extcall IERC20(payment_token).transfer(msg.sender, rest, default_return_value=True)
        assert moved, "adapter: payment token refused to go back"
        assert staticcall IERC20(payment_token).balanceOf(self) == before, "adapter: rest of the payment is still here"
    return amount - rest


@internal
def _allow(payment_token: address, spender: address, amount: uint256):
    """
    @dev From 0 to the amount and back to 0: some tokens refuse to change one allowance into another, and a token may
         count a large one as endless and leave it as it is.
    """
    if staticcall IERC20(payment_token).allowance(self, spender) != amount:
        allowed: bool = extcall IERC20(payment_token).approve(spender, amount, default_return_value=True)
        assert allowed, "adapter: payment token refused the allowance"
        assert staticcall IERC20(payment_token).allowance(self, spender) == amount, "adapter: allowance is not as set"
