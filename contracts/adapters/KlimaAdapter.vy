# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Klima adapter: retires ERC-20 credits through the Retirement Aggregator and certifies it in one transaction
@license AGPL-3.0-only
@notice See `ICreditAdapter` for what each function promises. The aggregator retires credits of several bridges and
        gives no number of a retirement; its event `AggregatorRetired` names this contract as the retiring address
        and carries the certificates contract, the chain and our reference in its message.
@dev Tokens and the aggregator may call anyone, so every act holds the reentrancy lock. Nothing stays here between
     calls, neither tokens nor allowances: tokens sent here by mistake are lost, and no call can spend them.
"""


# The public standard: structs, events and documentation.
from ..interfaces import ICreditAdapter
implements: ICreditAdapter


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
    retirement.CREDITS,
    retirement.reference_count,
)


struct RetireDetails:
    retiringAddress: address            # who retires
    retiringEntityString: String[32]    # the same by name
    beneficiaryAddress: address         # for whom
    beneficiaryString: String[64]       # the same by name
    retirementMessage: String[256]      # free text
    beneficiaryLocation: String[64]     # where the beneficiary is
    consumptionCountryCode: String[8]   # country of the consumption
    consumptionPeriodStart: uint256     # Unix seconds
    consumptionPeriodEnd: uint256       # Unix seconds


interface IRetirementAggregator:
    def retireCredit(
        creditToken: address, tokenId: uint256, batchId: uint256, amount: uint256, details: RetireDetails
    ): nonpayable


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
        token,
        0,
        convert(batch, uint256),
        amount,
        RetireDetails(
            retiringAddress=self,
            retiringEntityString="GPTX Green AI Ledger",
            beneficiaryAddress=msg.sender,
            beneficiaryString=beneficiary,
            retirementMessage=retirement._message(reference),
            beneficiaryLocation=consumption.location,
            consumptionCountryCode=consumption.country,
            consumptionPeriodStart=convert(consumption.period_start, uint256),
            consumptionPeriodEnd=convert(consumption.period_end, uint256),
        ),
    )
    retirement._check_gone(token, held, supply, amount)
    assert staticcall IERC20(token).allowance(self, AGGREGATOR) == 0, "adapter: aggregator left an allowance"
    return retirement._certify(
        msg.sender,
        token,
        listing,
        amount_ug,
        beneficiary,
        self._serials(token, reference),
        reference,
        0,
    )


@internal
@pure
def _serials(token: address, reference: uint256) -> String[96]:
    """
    @notice What finds the retirement in the protocol's own record, whose message names the reference. Nothing that the
            caller is free to choose, such as a batch that a bridge may pass over.
    """
    return concat("Klima retirement of ", address_text._hex(token), ", reference ", retirement._digits(reference))
