# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The Retirement Aggregator with what it buys at Klima Protocol: sells its own stock of credits at one price
@license AGPL-3.0-only
@notice `misbehave` makes a sale bad in one of several ways. The payment is collected by `collector`, as kVCM is by
        another contract than the aggregator, if one is set.
"""


from ethereum.ercs import IERC20


from tests.contracts.mocks import klima_aggregator as aggregator
initializes: aggregator


exports: aggregator.__interface__


# Ways to be bad.
TAKES_ALL: constant(uint256) = 1
TAKES_TOO_MUCH: constant(uint256) = 2
RETIRES_NOTHING: constant(uint256) = 3
RETIRES_LESS: constant(uint256) = 4
RETIRES_MORE: constant(uint256) = 5
SENDS_CREDITS: constant(uint256) = 6
PAYS_OUT: constant(uint256) = 7
CALLS: constant(uint256) = 8
TAKES_NOTHING: constant(uint256) = 9
GIVES_BACK_HALF: constant(uint256) = 10


# Behind a price, as the protocol's quote has them.
struct BalanceContext:
    currentMidnightIndex: uint256
    amountUsedForSwapQuote: uint256
    discountedForwardBalanceForCurrentMidnightIndex: uint256


struct SupplyParams:
    preTxnLiquidSupply: uint256


interface Collector:
    def collect(token: address, payer: address, amount: uint256): nonpayable


price_per_tonne: public(uint256)


carbon_class: public(address)


collector: public(address)


manner: public(uint256)


@deploy
def __init__(price_per_tonne: uint256, carbon_class: address):
    self.price_per_tonne = price_per_tonne
    self.carbon_class = carbon_class


@external
def misbehave(manner: uint256):
    self.manner = manner


@external
def set_price(price_per_tonne: uint256):
    self.price_per_tonne = price_per_tonne


@external
def set_collector(collector: address):
    self.collector = collector


@external
@view
def quoteRetireCreditViaKlima(
    creditToken: address,
    tokenId: uint256,
    amount: uint256,
    inputToken: address,
    carbonClass: address,
    couponTonnes: uint256,
) -> (uint256, uint256, BalanceContext, SupplyParams):
    self._check_class(carbonClass)
    return (
        amount,
        self._price(amount),
        BalanceContext(
            currentMidnightIndex=1, amountUsedForSwapQuote=2, discountedForwardBalanceForCurrentMidnightIndex=3
        ),
        SupplyParams(preTxnLiquidSupply=4),
    )


@external
def retireCreditViaKlima(
    creditToken: address,
    tokenId: uint256,
    batchId: uint256,
    amount: uint256,
    inputToken: address,
    carbonClass: address,
    maxInputTokenIn: uint256,
    couponTonnes: uint256,
    details: aggregator.RetireDetails,
):
    self._check_class(carbonClass)
    assert tokenId == 0 and batchId == 0 and couponTonnes == 0
    price: uint256 = self._price(amount)
    if price > maxInputTokenIn:
        raw_revert(abi_encode(price, maxInputTokenIn, method_id=method_id("SlippageExceeded(uint256,uint256)")))
    if self.manner == CALLS:
        self.manner = 0
        aggregator._call(msg.sender)
    if self.manner == TAKES_ALL:
        price = maxInputTokenIn
    if self.manner == TAKES_TOO_MUCH:
        price = maxInputTokenIn + 1
    if self.manner != TAKES_NOTHING:
        self._collect(inputToken, price)
    if self.manner == PAYS_OUT:
        assert extcall IERC20(inputToken).transfer(msg.sender, price + maxInputTokenIn, default_return_value=True)
    if self.manner == GIVES_BACK_HALF:
        assert extcall IERC20(inputToken).transfer(msg.sender, price // 2, default_return_value=True)
    self._deliver(creditToken, amount, details)


@internal
def _deliver(token: address, amount: uint256, details: aggregator.RetireDetails):
    if self.manner == RETIRES_NOTHING:
        return
    if self.manner == SENDS_CREDITS:
        assert extcall IERC20(token).transfer(msg.sender, amount)
        return
    retired: uint256 = amount
    if self.manner == RETIRES_LESS:
        retired -= 1
    if self.manner == RETIRES_MORE:
        retired += 1
    aggregator._retire(token, retired, details)
    aggregator._log(token, 0, 0, retired, details)


@internal
def _collect(token: address, price: uint256):
    if self.collector != empty(address):
        extcall Collector(self.collector).collect(token, msg.sender, price)
        return
    assert extcall IERC20(token).transferFrom(msg.sender, self, price, default_return_value=True)


@internal
@view
def _check_class(carbon_class: address):
    if carbon_class != self.carbon_class:
        raw_revert(method_id("CarbonCreditNotRegisteredForClass()"))


@internal
@view
def _price(amount: uint256) -> uint256:
    """
    @notice Rounded up, to base units of the payment token.
    """
    return (amount * self.price_per_tonne + 10**18 - 1) // 10**18
