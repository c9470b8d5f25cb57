# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A carbon token that is retired like a TCO2 and can also be allowed by signature
@license AGPL-3.0-only
"""


from tests.contracts.mocks import tco2_erc20 as erc20
initializes: erc20


exports: erc20.__interface__


_count: uint256


@deploy
def __init__():
    erc20.__init__()


@external
def retire(amount: uint256) -> uint256:
    erc20._burn(msg.sender, amount)
    self._count += 1
    return self._count
