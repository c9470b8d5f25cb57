# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Pause by the owner
@license AGPL-3.0-only
@notice What a pause stops is decided by the contract that uses this module; it never stops a read.
"""


from snekmate.auth import ownable
uses: ownable


from snekmate.utils import pausable
uses: pausable


@external
def pause():
    """
    @notice Stops new entries; reads go on. Only the owner.
    """
    ownable._check_owner()
    pausable._pause()


@external
def unpause():
    """
    @notice Lets new entries in again. Only the owner.
    """
    ownable._check_owner()
    pausable._unpause()
