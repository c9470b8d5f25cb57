# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Carbon tokens that an adapter retires, each with what it stands for
@license AGPL-3.0-only
@notice The owner states registry, project and vintage of a token. A token tells the same of itself, but a false one
        tells what it likes, so its word counts for nothing here.
"""


# How many decimals a token has.
from ethereum.ercs import IERC20Detailed


# Only the owner lists.
from snekmate.auth import ownable
uses: ownable


# Structs and events of the public standard.
from ..interfaces import ICreditAdapter


# Makes 1 ug CO2e a whole number of base units.
DECIMALS: constant(uint8) = 18


# token -> id, 0 for ERC-20 tokens -> what it stands for.
_listings: HashMap[address, HashMap[uint256, ICreditAdapter.Listing]]


@external
@view
def listing(token: address, token_id: uint256) -> ICreditAdapter.Listing:
    return self._stated(token, token_id)


@external
@nonreentrant
def set_listing(
    token: address, token_id: uint256, registry: bytes32, project: String[32], vintage: uint16, enabled: bool
):
    ownable._check_owner()
    assert token.is_contract, "adapter: token is not a contract"
    assert registry != empty(bytes32), "adapter: registry is empty"
    assert len(project) != 0, "adapter: project is empty"
    assert vintage != 0, "adapter: vintage is empty"
    if token_id == 0:
        assert staticcall IERC20Detailed(token).decimals() == DECIMALS, "adapter: token must have 18 decimals"
    self._listings[token][token_id] = ICreditAdapter.Listing(
        registry=registry, project=project, vintage=vintage, enabled=enabled
    )
    log ICreditAdapter.ListingSet(
        token=token, token_id=token_id, registry=registry, project=project, vintage=vintage, enabled=enabled
    )


@internal
@view
def _listed(token: address, token_id: uint256) -> ICreditAdapter.Listing:
    """
    @return listing Of a token that is listed and switched on.
    """
    listing: ICreditAdapter.Listing = self._stated(token, token_id)
    assert listing.enabled, "adapter: token is not listed"
    return listing


@internal
@view
def _stated(token: address, token_id: uint256) -> ICreditAdapter.Listing:
    """
    @return listing Of a token, switched on or not.
    """
    return self._listings[token][token_id]
