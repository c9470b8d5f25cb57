# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title What all adapters share: take tokens, see that they are gone, have the certificate minted
@license AGPL-3.0-only
@notice Nothing a token says of itself is believed where it can be measured. The contract that uses this module
        holds a reentrancy lock around each of its acts, since a token may call anyone while it moves.
"""


# Balances and transfers of carbon tokens.
from ethereum.ercs import IERC20


# The contract that mints, and what a certificate is made of.
from ..interfaces import IRetiredCredits


# Structs and events of the public standard.
from ..interfaces import ICreditAdapter


# Names the certificates contract in a text.
from . import address_text


# Base units of a token with 18 decimals that are 1 ug CO2e: 10^18 are one tonne, 10^12 ug.
UNITS_PER_UG: constant(uint256) = 10**6


# Where certificates are minted, for good.
CREDITS: public(immutable(address))


# The last reference that was given; they run from 1.
reference_count: public(uint256)


@deploy
def __init__(credits: address):
    assert credits.is_contract, "adapter: credits is not a contract"
    CREDITS = credits


@internal
def _begin(amount_ug: uint72, beneficiary: String[64]) -> uint256:
    """
    @return reference A number that no other certificate of this adapter has.
    """
    assert amount_ug != 0, "adapter: amount must be at least 1 ug"
    assert len(beneficiary) != 0, "adapter: beneficiary is empty"
    reference: uint256 = self.reference_count + 1
    self.reference_count = reference
    return reference


@internal
@pure
def _units(amount_ug: uint72) -> uint256:
    return convert(amount_ug, uint256) * UNITS_PER_UG


@internal
def _take(token: address, receiver: address, amount: uint256) -> uint256:
    """
    @notice Moves `amount` of the caller's tokens to `receiver`, neither more nor less.
    @return held What `receiver` held before.
    """
    held: uint256 = staticcall IERC20(token).balanceOf(receiver)
    moved: bool = extcall IERC20(token).transferFrom(msg.sender, receiver, amount, default_return_value=True)
    assert moved, "adapter: token refused the transfer"
    assert staticcall IERC20(token).balanceOf(receiver) == held + amount, "adapter: token did not arrive in full"
    return held


@internal
@view
def _check_gone(token: address, held: uint256, supply: uint256, amount: uint256):
    """
    @param held What this contract held before it took the tokens.
    @param supply Total supply before they were retired.
    """
    assert staticcall IERC20(token).balanceOf(self) == held, "adapter: tokens are still here"
    assert staticcall IERC20(token).totalSupply() + amount == supply, "adapter: supply did not fall by the amount"


@internal
def _certify(
    holder: address,
    token: address,
    listing: ICreditAdapter.Listing,
    amount_ug: uint72,
    beneficiary: String[64],
    serials: String[96],
    reference: uint256,
    protocol_reference: uint256,
) -> uint256:
    """
    @return certificate Token id.
    """
    retirement: IRetiredCredits.Retirement = IRetiredCredits.Retirement(
        registry=listing.registry,
        project=listing.project,
        vintage=listing.vintage,
        amount_ug=amount_ug,
        beneficiary=beneficiary,
        serials=serials,
        retired_at=convert(block.timestamp, uint64),
        evidence=empty(bytes32),
        valid_until=0,
    )
    certificate: uint256 = extcall IRetiredCredits(CREDITS).mint_retired(holder, retirement, reference)
    log ICreditAdapter.TokenRetired(
        certificate=certificate,
        holder=holder,
        token=token,
        amount_ug=amount_ug,
        reference=reference,
        protocol_reference=protocol_reference,
    )
    return certificate


@internal
@pure
def _digits(protocol_number: uint256) -> String[20]:
    """
    @notice A number that a protocol gave, for a text with room for 20 digits. Protocols count from 1.
    """
    assert protocol_number < 2**64, "adapter: number of the protocol is out of range"
    return uint2str(convert(protocol_number, uint64))


@internal
@view
def _message(reference: uint256) -> String[256]:
    """
    @notice Words for the protocol's own record of a retirement, from which the certificate is found.
    """
    return concat(
        "Certified by ",
        address_text._hex(CREDITS),
        " on chain ",
        uint2str(chain.id),
        " under reference ",
        uint2str(reference),
    )
