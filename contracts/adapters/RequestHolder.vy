# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Request holder: the contract in whose name one retirement is requested
@license AGPL-3.0-only
@notice The request adapter makes a minimal proxy to this contract for each request. The protocol sends tokens of a
        reverted request here, so they are that request's and no other's.
@dev Only the adapter that made a proxy calls it, under its own reentrancy lock.
"""


# Sends the tokens back.
from ethereum.ercs import IERC20


# The protocol's token.
from ..interfaces import IPuroToken


# Who made this proxy. Of this contract itself it is itself, so that nobody can use it in place of a proxy.
_adapter: address


@deploy
def __init__():
    self._adapter = self


@external
def request(token: address, params: IPuroToken.RetirementParams) -> uint256:
    """
    @notice Requests the retirement of tokens that are here already. The first caller, in the transaction that makes
            the proxy, is the only one ever.
    @return protocol_request Number of the request at the protocol.
    """
    assert self._adapter == empty(address), "holder: is in use"
    self._adapter = msg.sender
    return extcall IPuroToken(token).requestRetirement(params)


@external
def send_back(token: address, to: address) -> uint256:
    """
    @notice Sends everything that is here. Only the adapter.
    @return amount Base units.
    """
    amount: uint256 = self._came_back(token)
    assert extcall IERC20(token).transfer(to, amount, default_return_value=True), "holder: token refused the transfer"
    return amount


@external
@pure
def onERC721Received(operator: address, owner: address, token_id: uint256, data: Bytes[1024]) -> bytes4:
    """
    @notice ERC-721: takes the protocol's own certificate, without which it finalises no request. It stays here for
            good: passed on it could be used for a second claim.
    """
    return 0x150B7A02


@internal
@view
def _came_back(token: address) -> uint256:
    """
    @return amount Base units that the adapter, and nobody else, may send on.
    """
    assert msg.sender == self._adapter, "holder: caller is not the adapter"
    amount: uint256 = staticcall IERC20(token).balanceOf(self)
    assert amount != 0, "holder: nothing came back"
    return amount
