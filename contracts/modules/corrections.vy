# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The one contract through which the council voids and moves certificates
@license AGPL-3.0-only
@notice See `ICertificateCorrections`. Named once and for good, so that nobody can put another in its place.
"""


from snekmate.auth import ownable
uses: ownable


from snekmate.utils import pausable
uses: pausable


from . import certificate_records as records
uses: records


from ..interfaces import ICertificateCorrections


corrections: public(address)


@external
def mark_void(certificate: uint256, reason: uint8):
    # Not stopped by a pause, and neither is `undo`: what turned out to be worthless must not stay counted.
    assert msg.sender == self.corrections, "credits: caller is not the corrections contract"
    records._void(certificate, reason)


@external
def move(certificate: uint256, to: address):
    assert msg.sender == self.corrections, "credits: caller is not the corrections contract"
    assert not pausable.paused, "credits: moves are paused"
    records._move(certificate, to)


@external
def set_corrections(corrections: address):
    """
    @notice Names the corrections contract, once and for good. Only the owner.
    @dev Not a constructor argument because that contract takes this one's address in its own constructor.
    """
    ownable._check_owner()
    assert self.corrections == empty(address), "credits: corrections are already set"
    assert corrections.is_contract, "credits: corrections are not a contract"
    # A slip of the hand would be for good, and no certificate could ever be voided.
    credits: address = staticcall ICertificateCorrections(corrections).CREDITS()
    assert credits == self, "credits: corrections are for another contract"
    self.corrections = corrections
