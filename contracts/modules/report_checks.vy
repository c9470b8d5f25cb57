# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title What every report about a certificate must satisfy, whoever signed it
@license AGPL-3.0-only
"""


# A signed report is not accepted for longer than this, so that a signature that leaks is soon worthless.
MAX_VALIDITY: constant(uint256) = 7 * 24 * 3600


@internal
@view
def _check(evidence: bytes32, valid_until: uint64):
    valid_until_s: uint256 = convert(valid_until, uint256)
    assert valid_until_s > block.timestamp, "credits: report has expired"
    assert valid_until_s <= block.timestamp + MAX_VALIDITY, "credits: report is valid for more than 7 days"
    assert evidence != empty(bytes32), "credits: evidence is empty"
