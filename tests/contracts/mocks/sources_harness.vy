# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The module of sources alone, open to anyone
@license AGPL-3.0-only
"""


from contracts.interfaces import IRetiredCredits
from contracts.modules import sources
initializes: sources


exports: (
    sources.is_claimed,
    sources.hint_for,
    sources.block_left_ug,
)


@external
def claim(source: IRetiredCredits.Source, amount_ug: uint256, registry: uint256, unit_ug: uint256, hint: uint256):
    sources._claim(source, amount_ug, registry, unit_ug, hint)


@external
def release(source: IRetiredCredits.Source, amount_ug: uint256, hint: uint256):
    sources._release(source, amount_ug, hint)
