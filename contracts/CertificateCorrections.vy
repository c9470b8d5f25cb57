# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Corrections: what the council can change about a certificate after it was minted
@license AGPL-3.0-only
@notice See `ICertificateCorrections` for what each function promises.
@dev The only calls to other contracts go to the council (static) and to the certificates contract, both fixed at
     deployment and neither calling out any further, so a reentrancy lock would guard nothing. Nobody owns this contract.
"""


# Who holds a certificate.
from ethereum.ercs import IERC721


# The public standard: structs, events and documentation.
from .interfaces import ICertificateCorrections
implements: ICertificateCorrections


# The signers whose reports are accepted, and the certificates that are corrected.
from .interfaces import IOracleCouncil
from .interfaces import IRetiredCredits


# Reports are EIP-712 messages.
from snekmate.utils import eip712_domain_separator as eip712
initializes: eip712


# Struct hashes of reports, and what they must satisfy.
from .modules import correction_hash as hashing
from .modules import report_checks


# Announced moves to another wallet of the same beneficiary.
from .modules import rebindings
initializes: rebindings


exports: (
    eip712.eip712Domain,
    rebindings.rebinding,
)


# Reasons to void a certificate, from 1; see `ICertificateCorrections.VoidReport`.
MAX_REASON: constant(uint8) = 2


# The certificates contract, for good.
CREDITS: public(immutable(address))


# The council of that contract, for good.
COUNCIL: public(immutable(address))


@deploy
def __init__(credits: address):
    """
    @param credits The `RetiredCredits`; its owner names this contract there with `set_corrections`.
    """
    eip712.__init__("GPTX Green AI Ledger: Corrections", "1")
    assert credits.is_contract, "corrections: credits are not a contract"
    CREDITS = credits
    COUNCIL = staticcall IRetiredCredits(credits).COUNCIL()


@external
def void(report: ICertificateCorrections.VoidReport, signatures: DynArray[Bytes[65], 16]):
    report_checks._check(report.evidence, report.valid_until)
    assert report.reason != 0 and report.reason <= MAX_REASON, "corrections: reason must be 1 or 2"
    self._verify(hashing._void(report), signatures)
    log ICertificateCorrections.VoidReported(
        certificate=report.certificate, reason=report.reason, evidence=report.evidence
    )
    # Refuses a second time, so the same report cannot pass twice.
    extcall IRetiredCredits(CREDITS).mark_void(report.certificate, report.reason)


@external
def rebind(report: ICertificateCorrections.RebindReport, signatures: DynArray[Bytes[65], 16]):
    report_checks._check(report.evidence, report.valid_until)
    assert report.to != empty(address), "corrections: new holder is empty"
    assert report.to != report.holder, "corrections: new holder is the old one"
    # The report names the holder it was signed for, so that it is worthless once the certificate has moved.
    assert report.holder == self._holder(report.certificate), "corrections: the report names another holder"
    report_hash: bytes32 = hashing._rebind(report)
    rebindings._announce(report, report_hash, self._verify(report_hash, signatures))


@external
def complete_rebind(certificate: uint256):
    council: IOracleCouncil.Council = staticcall IOracleCouncil(COUNCIL).council()
    to: address = rebindings._complete(certificate, council.epoch)
    extcall IRetiredCredits(CREDITS).move(certificate, to)


@external
def refuse_rebind(certificate: uint256):
    assert msg.sender == self._holder(certificate), "corrections: caller does not hold the certificate"
    rebindings._refuse(certificate)


@internal
@view
def _holder(certificate: uint256) -> address:
    """
    @dev Reverts where there is no such certificate.
    """
    return staticcall IERC721(CREDITS).ownerOf(certificate)


@internal
@view
def _verify(report_hash: bytes32, signatures: DynArray[Bytes[65], 16]) -> uint64:
    """
    @return The council's epoch, whose members signed.
    """
    digest: bytes32 = eip712._hash_typed_data_v4(report_hash)
    return staticcall IOracleCouncil(COUNCIL).verify(digest, signatures)
