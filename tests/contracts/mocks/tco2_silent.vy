# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A carbon token whose transfers return nothing, as tokens older than ERC-20 do
@license AGPL-3.0-only
"""


from tests.contracts.mocks import tco2_erc20 as erc20
initializes: erc20


exports: (
    erc20.decimals,
    erc20.balanceOf,
    erc20.allowance,
    erc20.totalSupply,
    erc20.issue,
)


_count: uint256


@deploy
def __init__():
    erc20.__init__()


@external
def approve(spender: address, amount: uint256):
    erc20._approve(msg.sender, spender, amount)


@external
def transfer(to: address, amount: uint256):
    erc20._move(msg.sender, to, amount)


@external
def transferFrom(owner: address, to: address, amount: uint256):
    erc20._spend(owner, msg.sender, amount)
    erc20._move(owner, to, amount)


@external
def retire(amount: uint256) -> uint256:
    erc20._burn(msg.sender, amount)
    self._count += 1
    return self._count


@external
def retireFrom(
    amount: uint256,
    beneficiary: address,
    beneficiaryName: String[128],
    message: String[512],
    consumptionCountryCode: String[8],
    account: address,
):
    erc20._spend(account, msg.sender, amount)
    erc20._burn(account, amount)
