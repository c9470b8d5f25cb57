# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Contracts that may mint certificates of what they retire, without the council
@license AGPL-3.0-only
"""


from ..interfaces import IRetiredCredits


from snekmate.auth import ownable
uses: ownable


is_adapter: public(HashMap[address, bool])


@external
def set_adapter(adapter: address, approved: bool):
    """
    @notice Lets a contract mint what it retires, or stops it. Certificates already minted stay. Only the owner.
    @dev An adapter is trusted like the council: it is looked at line by line before it is approved.
    """
    ownable._check_owner()
    assert not approved or adapter.is_contract, "credits: adapter is not a contract"
    self.is_adapter[adapter] = approved
    log IRetiredCredits.AdapterSet(adapter=adapter, approved=approved)
