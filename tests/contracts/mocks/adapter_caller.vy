# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Stands where an adapter stands and mints whatever anyone asks it to
@license AGPL-3.0-only
"""


from contracts.interfaces import IRetiredCredits


@external
def mint(credits: address, holder: address, retirement: IRetiredCredits.Retirement, reference: uint256) -> uint256:
    return extcall IRetiredCredits(credits).mint_retired(holder, retirement, reference)
