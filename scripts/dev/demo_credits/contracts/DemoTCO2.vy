# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: Apache-2.0
"""
@title A carbon token for local chains in the shape of a Toucan TCO2, which takes no permits; stands for nothing
@license Apache-2.0
"""


from snekmate.auth import ownable
initializes: ownable


from snekmate.tokens import erc20
initializes: erc20[ownable := ownable]


exports: (
    erc20.name,
    erc20.symbol,
    erc20.decimals,
    erc20.totalSupply,
    erc20.balanceOf,
    erc20.allowance,
    erc20.transfer,
    erc20.approve,
    erc20.transferFrom,
    erc20.mint,
)


event Retired:
    sender: address
    amount: uint256
    eventId: uint256


event_count: public(uint256)


@deploy
def __init__():
    ownable.__init__()
    erc20.__init__("Demo TCO2", "TCO2", 18, "Demo TCO2", "1")


@external
def retire(amount: uint256) -> uint256:
    """
    @notice Burns the caller's tokens.
    @return event_id Number of the retirement, from 1.
    """
    erc20._burn(msg.sender, amount)
    event_id: uint256 = self.event_count + 1
    self.event_count = event_id
    log Retired(sender=msg.sender, amount=amount, eventId=event_id)
    return event_id
