# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Toucan adapter: retires TCO2 tokens and certifies it in one transaction
@license AGPL-3.0-only
@notice See `ICreditAdapter` for what each function promises.
@dev A token may call anyone while it moves, so every act holds the reentrancy lock. Nothing stays here between
     calls: tokens sent here by mistake are lost, and no call can spend them.
"""


# The public standard: structs, events and documentation.
from ..interfaces import ICreditAdapter
implements: ICreditAdapter


# Total supply, which must fall.
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


interface ITCO2:
    def retire(amount: uint256) -> uint256: nonpayable


@deploy
def __init__(owner: address, credits: address):
    """
    @param owner Lists tokens; in production a Safe behind a timelock.
    @param credits The `RetiredCredits`; its owner approves this contract there with `set_adapter`.
    """
    ownable.__init__()
    ownable_2step.__init__()
    retirement.__init__(credits)
    assert owner != empty(address), "adapter: owner is empty"
    ownable_2step._transfer_ownership(owner)


@external
@nonreentrant
def retire_token(token: address, amount_ug: uint72, beneficiary: String[64]) -> uint256:
    return self._retire(token, amount_ug, beneficiary)


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
    return self._retire(token, amount_ug, beneficiary)


@internal
def _retire(token: address, amount_ug: uint72, beneficiary: String[64]) -> uint256:
    listing: ICreditAdapter.Listing = listings._listed(token, 0)
    reference: uint256 = retirement._begin(amount_ug, beneficiary)
    amount: uint256 = retirement._units(amount_ug)
    held: uint256 = retirement._take(token, self, amount)
    supply: uint256 = staticcall IERC20(token).totalSupply()
    event_id: uint256 = extcall ITCO2(token).retire(amount)
    retirement._check_gone(token, held, supply, amount)
    return retirement._certify(
        msg.sender,
        token,
        listing,
        amount_ug,
        beneficiary,
        concat("TCO2 retirement event ", retirement._digits(event_id)),
        reference,
        event_id,
    )
