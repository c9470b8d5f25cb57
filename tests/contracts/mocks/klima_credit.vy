# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A credit token of Carbonmark's factory: burns what is retired
@license AGPL-3.0-only
"""


from tests.contracts.mocks import tco2_erc20 as erc20
initializes: erc20


exports: erc20.__interface__


event Retired:
    amount: uint256
    beneficiary: address
    beneficiaryName: String[128]
    message: String[512]
    consumptionCountryCode: String[8]


@deploy
def __init__():
    erc20.__init__()


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
    log Retired(
        amount=amount,
        beneficiary=beneficiary,
        beneficiaryName=beneficiaryName,
        message=message,
        consumptionCountryCode=consumptionCountryCode,
    )
