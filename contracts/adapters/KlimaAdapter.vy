# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Klima adapter: retires ERC-20 credits, held or bought, through the Retirement Aggregator and certifies it
@license AGPL-3.0-only
@notice See `ICreditAdapter` and `ICreditMarket` for what each function promises. The aggregator retires credits of
        several bridges and gives no number of a retirement; its event `AggregatorRetired` names this contract as the
        retiring address and carries the certificates contract, the chain and our reference in its message.
@dev Tokens and the aggregator may call anyone, so every act holds the reentrancy lock: held and bought credits are
     retired behind the same one, or the same fall of a supply could be measured twice. Nothing stays here between
     calls, neither tokens nor allowances: tokens sent here by mistake are lost, and no call can spend them.
"""


# The public standard: structs, events and documentation.
from ..interfaces import ICreditAdapter
implements: ICreditAdapter
from ..interfaces import ICreditMarket
implements: ICreditMarket


# The protocol.
from ..interfaces import IRetirementAggregator


# Total supply, which must fall, and the allowance of the aggregator.
from ethereum.ercs import IERC20


# The owner changes only by an accepted offer, so that a typing mistake cannot orphan the adapter.
from snekmate.auth import ownable
initializes: ownable
from snekmate.auth import ownable_2step
initializes: ownable_2step[ownable := ownable]


# What each token stands for.
from ..modules import credit_listings as listings
initializes: listings[ownable := ownable]


# What is for sale, and the way of a payment.
from ..modules import credit_payments as payments
initializes: payments[ownable := ownable]


# Approvals that the caller signed.
from ..modules import token_permit


# Taking tokens and minting certificates.
from ..modules import token_retirement as retirement
initializes: retirement


# Names the token in a text.
from ..modules import address_text


# Left out on purpose: `renounce_ownership`, since nobody could then switch a token off.
exports: (
    ownable_2step.owner,
    ownable_2step.pending_owner,
    ownable_2step.transfer_ownership,
    ownable_2step.accept_ownership,
    listings.listing,
    listings.set_listing,
    payments.offer,
    payments.set_offer,
    payments.spender,
    payments.set_payment_token,
    retirement.CREDITS,
    retirement.reference_count,
)


# The protocol's contract that retires, for good.
AGGREGATOR: public(immutable(address))


@deploy
def __init__(owner: address, credits: address, aggregator: address):
    """
    @param owner Lists tokens; in production a Safe behind a timelock.
    @param credits The `RetiredCredits`; its owner approves this contract there with `set_adapter`.
    @param aggregator The Retirement Aggregator of the chain.
    """
    ownable.__init__()
    ownable_2step.__init__()
    retirement.__init__(credits)
    assert owner != empty(address), "adapter: owner is empty"
    assert aggregator.is_contract, "adapter: aggregator is not a contract"
    ownable_2step._transfer_ownership(owner)
    AGGREGATOR = aggregator


@external
@nonreentrant
def retire_token(token: address, amount_ug: uint72, beneficiary: String[64]) -> uint256:
    return self._retire(token, 0, amount_ug, beneficiary, empty(ICreditAdapter.Consumption))


@external
@nonreentrant
def retire_token_with_permit(
    token: address,
    amount_ug: uint72,
    beneficiary: String[64],
    deadline: uint256,
    v: uint8,
    r: bytes32,
    s: bytes32,
) -> uint256:
    # Before anything is called, so that only listed tokens ever are.
    _: ICreditAdapter.Listing = listings._listed(token, 0)
    token_permit._permit(token, msg.sender, retirement._units(amount_ug), deadline, v, r, s)
    return self._retire(token, 0, amount_ug, beneficiary, empty(ICreditAdapter.Consumption))


@external
@nonreentrant
def retire_batch(
    token: address,
    batch: uint64,
    amount_ug: uint72,
    beneficiary: String[64],
    consumption: ICreditAdapter.Consumption,
) -> uint256:
    """
    @notice The same as `retire_token` for credits that are retired from a batch, which the aggregator wants to know
            along with what they are retired for.
    @param batch The bridge's number of the batch.
    @return certificate Token id.
    """
    return self._retire(token, batch, amount_ug, beneficiary, consumption)


@external
@view
def quote(token: address, amount_ug: uint72, payment_token: address) -> uint256:
    _: ICreditAdapter.Listing = listings._listed(token, 0)
    _spender: address = payments._accepted(payment_token, token)
    return self._price(token, retirement._units(amount_ug), payment_token, payments._class_of(token))


@external
@nonreentrant
def buy_and_retire(
    token: address, amount_ug: uint72, beneficiary: String[64], payment_token: address, max_price: uint256
) -> uint256:
    return self._buy(token, amount_ug, beneficiary, payment_token, max_price)


@external
@nonreentrant
def buy_and_retire_with_permit(
    token: address,
    amount_ug: uint72,
    beneficiary: String[64],
    payment_token: address,
    max_price: uint256,
    deadline: uint256,
    v: uint8,
    r: bytes32,
    s: bytes32,
) -> uint256:
    # Before anything is called, so that only accepted tokens ever are.
    _: address = payments._accepted(payment_token, token)
    token_permit._permit(payment_token, msg.sender, max_price, deadline, v, r, s)
    return self._buy(token, amount_ug, beneficiary, payment_token, max_price)


@internal
def _retire(
    token: address,
    batch: uint64,
    amount_ug: uint72,
    beneficiary: String[64],
    consumption: ICreditAdapter.Consumption,
) -> uint256:
    listing: ICreditAdapter.Listing = listings._listed(token, 0)
    reference: uint256 = retirement._begin(amount_ug, beneficiary)
    amount: uint256 = retirement._units(amount_ug)
    held: uint256 = retirement._take(token, self, amount)
    supply: uint256 = staticcall IERC20(token).totalSupply()
    allowed: bool = extcall IERC20(token).approve(AGGREGATOR, amount, default_return_value=True)
    assert allowed, "adapter: token refused the allowance"
    extcall IRetirementAggregator(AGGREGATOR).retireCredit(
        token, 0, convert(batch, uint256), amount, self._details(reference, beneficiary, consumption)
    )
    retirement._check_gone(token, held, supply, amount)
    assert staticcall IERC20(token).allowance(self, AGGREGATOR) == 0, "adapter: aggregator left an allowance"
    return self._certify(token, listing, amount_ug, beneficiary, reference)


@internal
def _buy(
    token: address, amount_ug: uint72, beneficiary: String[64], payment_token: address, max_price: uint256
) -> uint256:
    """
    @dev The caller pays and gets the certificate; nobody else's allowance or balance is touched. The quote only gives
         an early reason: what protects the caller is that the protocol can take no more than `max_price` of what was
         brought, and what protects the certificate is that exactly these credits are gone. Both are measured, so
         neither the quote nor the protocol's own maximum is relied upon.
    """
    listing: ICreditAdapter.Listing = listings._listed(token, 0)
    spender: address = payments._accepted(payment_token, token)
    carbon_class: address = payments._class_of(token)
    reference: uint256 = retirement._begin(amount_ug, beneficiary)
    amount: uint256 = retirement._units(amount_ug)
    price: uint256 = self._price(token, amount, payment_token, carbon_class)
    assert price <= max_price, "adapter: price is above the maximum"
    before: uint256 = payments._collect(payment_token, spender, max_price)
    held: uint256 = staticcall IERC20(token).balanceOf(self)
    supply: uint256 = staticcall IERC20(token).totalSupply()
    extcall IRetirementAggregator(AGGREGATOR).retireCreditViaKlima(
        token,
        0,
        0,
        amount,
        payment_token,
        carbon_class,
        max_price,
        0,
        self._details(reference, beneficiary, empty(ICreditAdapter.Consumption)),
    )
    retirement._check_gone(token, held, supply, amount)
    price = payments._settle(payment_token, spender, max_price, before)
    certificate: uint256 = self._certify(token, listing, amount_ug, beneficiary, reference)
    log ICreditMarket.CreditBought(
        certificate=certificate, holder=msg.sender, payment_token=payment_token, price=price
    )
    return certificate


@internal
@view
def _price(token: address, amount: uint256, payment_token: address, carbon_class: address) -> uint256:
    tonnes: uint256 = 0
    price: uint256 = 0
    tonnes, price = staticcall IRetirementAggregator(AGGREGATOR).quoteRetireCreditViaKlima(
        token, 0, amount, payment_token, carbon_class, 0
    )
    return price


@internal
@view
def _details(
    reference: uint256, beneficiary: String[64], consumption: ICreditAdapter.Consumption
) -> IRetirementAggregator.RetireDetails:
    return IRetirementAggregator.RetireDetails(
        retiringAddress=self,
        retiringEntityString="GPTX Green AI Ledger",
        beneficiaryAddress=msg.sender,
        beneficiaryString=beneficiary,
        retirementMessage=retirement._message(reference),
        beneficiaryLocation=consumption.location,
        consumptionCountryCode=consumption.country,
        consumptionPeriodStart=convert(consumption.period_start, uint256),
        consumptionPeriodEnd=convert(consumption.period_end, uint256),
    )


@internal
def _certify(
    token: address, listing: ICreditAdapter.Listing, amount_ug: uint72, beneficiary: String[64], reference: uint256
) -> uint256:
    serials: String[96] = self._serials(token, reference)
    return retirement._certify(msg.sender, token, listing, amount_ug, beneficiary, serials, reference, 0)


@internal
@pure
def _serials(token: address, reference: uint256) -> String[96]:
    """
    @notice What finds the retirement in the protocol's own record, whose message names the reference. Nothing that the
            caller is free to choose, such as a batch that a bridge may pass over.
    """
    return concat("Klima retirement of ", address_text._hex(token), ", reference ", retirement._digits(reference))
