# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A TCO2 of Toucan Protocol: burns what is retired and numbers each retirement from 1
@license AGPL-3.0-only
@notice In the protocol the numbers and `retirements` are kept by one contract for all tokens; here by the token.
        It has no permit, as the protocol's has none.
"""


from tests.contracts.mocks import tco2_erc20 as erc20
initializes: erc20


exports: (
    erc20.decimals,
    erc20.balanceOf,
    erc20.allowance,
    erc20.totalSupply,
    erc20.issue,
    erc20.approve,
)


struct RetirementEvent:
    createdAt: uint256
    retiringEntity: address
    amount: uint256
    projectVintageTokenId: uint256
    serialNumber: String[64]


event Retired:
    sender: address
    amount: uint256
    eventId: uint256


paused: public(bool)


_events: HashMap[uint256, RetirementEvent]


_count: uint256


@deploy
def __init__():
    erc20.__init__()


@external
def set_paused(paused: bool):
    self.paused = paused


@external
def transfer(to: address, amount: uint256) -> bool:
    self._check_move(to)
    erc20._move(msg.sender, to, amount)
    return True


@external
def transferFrom(owner: address, to: address, amount: uint256) -> bool:
    self._check_move(to)
    erc20._spend(owner, msg.sender, amount)
    erc20._move(owner, to, amount)
    return True


@external
def retire(amount: uint256) -> uint256:
    return self._retire(msg.sender, amount)


@external
def retireFrom(account: address, amount: uint256) -> uint256:
    erc20._spend(account, msg.sender, amount)
    return self._retire(account, amount)


@external
@view
def retirements(event_id: uint256) -> RetirementEvent:
    return self._events[event_id]


@internal
def _retire(account: address, amount: uint256) -> uint256:
    assert not self.paused, "Paused TCO2"
    erc20._burn(account, amount)
    event_id: uint256 = self._count + 1
    self._count = event_id
    self._events[event_id] = RetirementEvent(
        createdAt=block.timestamp, retiringEntity=account, amount=amount, projectVintageTokenId=7, serialNumber=""
    )
    log Retired(sender=account, amount=amount, eventId=event_id)
    return event_id


@internal
@view
def _check_move(to: address):
    assert not self.paused, "Paused TCO2"
    assert to != empty(address) and to != self
