# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Announced moves of certificates whose holder lost the wallet
@license AGPL-3.0-only
@notice The council alone cannot take a certificate: the move is public for a week, the holder can refuse it, and a
        change of the council ends it.
"""


from ..interfaces import ICertificateCorrections


# Long enough for a holder who still has the wallet to notice and refuse.
REBIND_DELAY: constant(uint256) = 7 * 24 * 3600


# How long after its delay a move can be made: what was announced and forgotten must not happen years later.
REBIND_WINDOW: constant(uint256) = 30 * 24 * 3600


# By token id; empty if nothing is announced.
rebinding: public(HashMap[uint256, ICertificateCorrections.Rebinding])


# Struct hash of a report -> whether it was announced: what was refused cannot be sent again.
_used: HashMap[bytes32, bool]


@internal
def _announce(report: ICertificateCorrections.RebindReport, report_hash: bytes32, epoch: uint64):
    assert not self._used[report_hash], "corrections: report was already announced"
    self._used[report_hash] = True
    effective_at: uint64 = convert(block.timestamp + REBIND_DELAY, uint64)
    self.rebinding[report.certificate] = ICertificateCorrections.Rebinding(
        to=report.to, epoch=epoch, effective_at=effective_at
    )
    log ICertificateCorrections.RebindAnnounced(
        certificate=report.certificate, to=report.to, effective_at=effective_at, evidence=report.evidence
    )


@internal
def _refuse(certificate: uint256):
    assert self.rebinding[certificate].to != empty(address), "corrections: no rebind is announced"
    self.rebinding[certificate] = empty(ICertificateCorrections.Rebinding)
    log ICertificateCorrections.RebindRefused(certificate=certificate)


@internal
def _complete(certificate: uint256, epoch: uint64) -> address:
    """
    @param epoch The council's epoch now. An announcement of an earlier one may be the work of the signer who was
           removed, so it has to be signed again.
    @return The wallet that the certificate moves to.
    """
    rebinding: ICertificateCorrections.Rebinding = self.rebinding[certificate]
    assert rebinding.to != empty(address), "corrections: no rebind is announced"
    effective_at: uint256 = convert(rebinding.effective_at, uint256)
    assert block.timestamp >= effective_at, "corrections: too early to rebind"
    assert block.timestamp <= effective_at + REBIND_WINDOW, "corrections: too late to rebind, announce again"
    assert rebinding.epoch == epoch, "corrections: rebind was signed by an earlier epoch"
    self.rebinding[certificate] = empty(ICertificateCorrections.Rebinding)
    return rebinding.to
