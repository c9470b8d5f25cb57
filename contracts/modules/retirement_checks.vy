# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title What a report about a retirement must satisfy, whoever signed it
@license AGPL-3.0-only
"""


from ..interfaces import IRetiredCredits


# Number and unit of the registry.
from . import registries
uses: registries


@internal
@view
def _check_retirement(holder: address, retirement: IRetiredCredits.Retirement) -> (uint256, uint256):
    """
    @return Number of its registry, and ug CO2e of one serial there.
    """
    assert holder != empty(address), "credits: holder is empty"
    assert retirement.amount_ug != 0, "credits: amount must be at least 1 ug"
    assert len(retirement.project) != 0, "credits: project is empty"
    assert len(retirement.beneficiary) != 0, "credits: beneficiary is empty"
    assert len(retirement.serials) != 0, "credits: serials are empty"
    assert retirement.retired_at != 0, "credits: retirement time is empty"
    assert convert(retirement.retired_at, uint256) <= block.timestamp, "credits: retirement is in the future"
    return registries._enabled(retirement.registry)
