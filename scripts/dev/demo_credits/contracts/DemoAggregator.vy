# pragma version ~=0.4.3
# SPDX-License-Identifier: Apache-2.0
"""
@title A retirement aggregator for local chains: retires credits, and sells its own at one price
@license Apache-2.0
@notice Speaks as much of the protocol's interface as the Klima adapter calls. The class of its credits is itself.
"""


from ethereum.ercs import IERC20


struct RetireDetails:
    retiringAddress: address
    retiringEntityString: String[64]
    beneficiaryAddress: address
    beneficiaryString: String[128]
    retirementMessage: String[512]
    beneficiaryLocation: String[128]
    consumptionCountryCode: String[8]
    consumptionPeriodStart: uint256
    consumptionPeriodEnd: uint256


# What a quote says of the protocol's supply; nothing here.
struct BalanceContext:
    currentMidnightIndex: uint256
    amountUsedForSwapQuote: uint256
    discountedForwardBalanceForCurrentMidnightIndex: uint256


struct SupplyParams:
    preTxnLiquidSupply: uint256


interface Burnable:
    def burn(amount: uint256): nonpayable


event AggregatorRetired:
    carbonBridge: uint8
    retiringAddress: indexed(address)
    retiringEntityString: String[64]
    beneficiaryAddress: indexed(address)
    beneficiaryString: String[128]
    retirementMessage: String[512]
    carbonToken: address
    tokenId: uint256
    batchId: uint256
    hasId: uint8
    retiredAmount: uint256


TONNE: constant(uint256) = 10**18           # base units of a credit
BRIDGE: constant(uint8) = 1                 # CMARK, as the protocol numbers it
HAS_NO_ID: constant(uint8) = 3


CREDIT: public(immutable(address))
PRICE_PER_TONNE: public(immutable(uint256)) # base units of the dollar


# What a sale is paid in; nothing is sold before it is known.
dollar: public(address)


@deploy
def __init__(credit: address, price_per_tonne: uint256):
    CREDIT = credit
    PRICE_PER_TONNE = price_per_tonne


@external
def set_dollar(dollar: address):
    """
    @notice Once, by anyone.
    """
    assert self.dollar == empty(address), "demo: the dollar is known"
    self.dollar = dollar


@external
@nonreentrant
def retireCredit(
    creditToken: address, tokenId: uint256, batchId: uint256, amount: uint256, details: RetireDetails
):
    self._check(creditToken, amount)
    assert extcall IERC20(creditToken).transferFrom(msg.sender, self, amount)
    self._retire(amount, details)


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
    self._check_sale(creditToken, amount, inputToken, carbonClass)
    return amount, self._price(amount), empty(BalanceContext), empty(SupplyParams)


@external
@nonreentrant
def retireCreditViaKlima(
    creditToken: address,
    tokenId: uint256,
    batchId: uint256,
    amount: uint256,
    inputToken: address,
    carbonClass: address,
    maxInputTokenIn: uint256,
    couponTonnes: uint256,
    details: RetireDetails,
):
    self._check_sale(creditToken, amount, inputToken, carbonClass)
    price: uint256 = self._price(amount)
    if price > maxInputTokenIn:
        raw_revert(abi_encode(price, maxInputTokenIn, method_id=method_id("SlippageExceeded(uint256,uint256)")))
    assert extcall IERC20(inputToken).transferFrom(msg.sender, self, price)
    self._retire(amount, details)


@internal
@view
def _check(token: address, amount: uint256):
    # The protocol's own spelling.
    if amount == 0:
        raw_revert(method_id("InvalidAmout()"))
    if token != CREDIT:
        raw_revert(method_id("TokenNotSupported()"))


@internal
@view
def _check_sale(token: address, amount: uint256, payment_token: address, carbon_class: address):
    self._check(token, amount)
    if payment_token != self.dollar or carbon_class != self:
        raw_revert(method_id("TokenNotSupported()"))


@internal
@view
def _price(amount: uint256) -> uint256:
    return (amount * PRICE_PER_TONNE + TONNE - 1) // TONNE


@internal
def _retire(amount: uint256, details: RetireDetails):
    extcall Burnable(CREDIT).burn(amount)
    log AggregatorRetired(
        carbonBridge=BRIDGE,
        retiringAddress=details.retiringAddress,
        retiringEntityString=details.retiringEntityString,
        beneficiaryAddress=details.beneficiaryAddress,
        beneficiaryString=details.beneficiaryString,
        retirementMessage=details.retirementMessage,
        carbonToken=CREDIT,
        tokenId=0,
        batchId=0,
        hasId=HAS_NO_ID,
        retiredAmount=amount,
    )
