# pragma version ~=0.4.3
# pragma nonreentrancy off
# pragma optimize codesize
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Retired credits: non-transferable certificates that carbon credits were retired
@license AGPL-3.0-only
@notice See `IRetiredCredits` for what each function promises.
@dev The only calls to other contracts go to the council and the art (static) and to the ledger, all fixed at
     deployment and none calling out any further, so a reentrancy lock would guard nothing. Adapters and desks call
     this contract, never the other way round. Compiled for size, because of EIP-170.
"""


# Wallets and explorers know certificates by this standard.
from ethereum.ercs import IERC721
implements: IERC721


# Tells explorers to read `tokenURI` again after an allocation.
from snekmate.tokens.interfaces import IERC4906


# The public standard: structs, events and documentation.
from .interfaces import IRetiredCredits
implements: IRetiredCredits


# The signers whose reports are accepted, the ledger whose attestations are covered, and what certificates look like.
from .interfaces import IOracleCouncil
from .interfaces import IFootprintLedger
from .interfaces import ICertificateArt


# The owner changes only by an accepted offer, so that a typing mistake cannot orphan the certificates.
from snekmate.auth import ownable
initializes: ownable
from snekmate.auth import ownable_2step
initializes: ownable_2step[ownable := ownable]


# Pause stops new certificates, allocations and moves, never reads, nor what takes a void certificate back.
from snekmate.utils import pausable
initializes: pausable
from .modules import owner_pause
initializes: owner_pause[ownable := ownable, pausable := pausable]


# The id of a certificate is the EIP-712 digest of its report.
from snekmate.utils import eip712_domain_separator as eip712
initializes: eip712


# Struct hashes of reports.
from .modules import retirement_hash as hashing


# Registries that are switched on.
from .modules import registries
initializes: registries[ownable := ownable]


# What reports must satisfy.
from .modules import report_checks
from .modules import retirement_checks as checks
initializes: checks[registries := registries]


# Contracts that mint what they retire.
from .modules import adapters
initializes: adapters[ownable := ownable]


# What certificates are backed by.
from .modules import sources
initializes: sources


# What is allocated from each certificate.
from .modules import allocation_chains as chains
initializes: chains


# The certificates themselves, with the views of ERC-721 on them.
from .modules import certificate_records as records
initializes: records[chains := chains, registries := registries]


# The one contract that can void and move certificates.
from .modules import corrections as corrector
initializes: corrector[ownable := ownable, pausable := pausable, records := records]


# The part of ERC-721 that would move a token.
from .modules import locked_token


# Left out on purpose: `renounce_ownership`, since nobody could then switch a registry off.
exports: (
    ownable_2step.owner,
    ownable_2step.pending_owner,
    ownable_2step.transfer_ownership,
    ownable_2step.accept_ownership,
    pausable.paused,
    owner_pause.pause,
    owner_pause.unpause,
    eip712.eip712Domain,
    registries.registry,
    registries.set_registry,
    adapters.is_adapter,
    adapters.set_adapter,
    corrector.corrections,
    corrector.set_corrections,
    corrector.mark_void,
    corrector.move,
    # Reading sources
    sources.is_claimed,
    sources.hint_for,
    sources.block_left_ug,
    # Reading certificates
    records.certificate,
    records.void_reason,
    chains.allocation_chain,
    records.balanceOf,
    records.ownerOf,
    records.locked,
    records.getApproved,
    # The same for every certificate; what would move one reverts
    locked_token.STATEMENT,
    locked_token.name,
    locked_token.symbol,
    locked_token.supportsInterface,
    locked_token.isApprovedForAll,
    locked_token.transferFrom,
    locked_token.safeTransferFrom,
    locked_token.approve,
    locked_token.setApprovalForAll,
)


# The council, for good: another council needs another contract.
COUNCIL: public(immutable(address))


# The ledger whose attestations certificates are allocated to, for good.
LEDGER: public(immutable(address))


# The `CertificateArt` that writes `tokenURI`, for good.
ART: public(immutable(address))


@deploy
def __init__(owner: address, council: address, ledger: address, art: address):
    """
    @param owner Switches registries on and off and may pause; in production a Safe behind a timelock.
    @param council The `OracleCouncil` whose signatures reports need.
    @param ledger The `FootprintLedger`; its owner names this contract there with `set_credits`.
    @param art The `CertificateArt` that writes `tokenURI`.
    """
    ownable.__init__()
    ownable_2step.__init__()
    pausable.__init__()
    eip712.__init__("GPTX Green AI Ledger: Retirements", "1")
    assert owner != empty(address), "credits: owner is empty"
    assert council.is_contract, "credits: council is not a contract"
    assert ledger.is_contract, "credits: ledger is not a contract"
    assert staticcall IFootprintLedger(ledger).COUNCIL() == council, "credits: ledger has another council"
    assert art.is_contract, "credits: art is not a contract"
    ownable_2step._transfer_ownership(owner)
    COUNCIL = council
    LEDGER = ledger
    ART = art


@external
def mint(
    report: IRetiredCredits.RetirementReport, signatures: DynArray[Bytes[65], 16], hint: uint256
) -> uint256:
    assert report.minter == empty(address) or report.minter == msg.sender, "credits: caller is not the report's minter"
    assert not pausable.paused, "credits: new certificates are paused"
    report_checks._check(report.retirement.evidence, report.retirement.valid_until)
    number: uint256 = 0
    unit_ug: uint256 = 0
    number, unit_ug = checks._check_retirement(report.holder, report.retirement)
    id: bytes32 = eip712._hash_typed_data_v4(hashing._report(report))
    _: uint64 = staticcall IOracleCouncil(COUNCIL).verify(id, signatures)
    sources._claim(report.source, convert(report.retirement.amount_ug, uint256), number, unit_ug, hint)
    records._mint(convert(id, uint256), report, number)
    return convert(id, uint256)


@external
def allocate(certificate: uint256, account: address, footprint_hash: bytes32, amount_ug: uint72) -> bytes32:
    return self._allocate(certificate, account, footprint_hash, amount_ug)


@external
def allocate_up_to(certificate: uint256, account: address, footprint_hash: bytes32, max_ug: uint72) -> uint72:
    id: bytes32 = staticcall IFootprintLedger(LEDGER).attestation_id(account, footprint_hash)
    attestation: IFootprintLedger.Attestation = staticcall IFootprintLedger(LEDGER).attestation(id)
    # After a correction more may be covered than the high bound.
    assert attestation.covered_ug < attestation.high_ug, "credits: the attestation takes no more"
    left_ug: uint256 = records._left_ug(certificate, msg.sender)
    room_ug: uint256 = convert(attestation.high_ug - attestation.covered_ug, uint256)
    amount_ug: uint72 = convert(min(convert(max_ug, uint256), min(left_ug, room_ug)), uint72)
    self._allocate(certificate, account, footprint_hash, amount_ug)
    return amount_ug


@external
def undo(certificate: uint256, before: bytes32, allocations: DynArray[IRetiredCredits.Allocation, 50]):
    records._check_void(certificate)
    chains._undo(certificate, before, allocations)
    log IERC4906.MetadataUpdate(_tokenId=certificate)
    for allocation: IRetiredCredits.Allocation in allocations:
        extcall IFootprintLedger(LEDGER).uncover(allocation.attestation, allocation.account, allocation.amount_ug)
        log IRetiredCredits.AllocationUndone(
            certificate=certificate,
            attestation=allocation.attestation,
            account=allocation.account,
            amount_ug=allocation.amount_ug,
        )


@external
def release_source(
    holder: address,
    minter: address,
    order: bytes32,
    retirement_hash: bytes32,
    source: IRetiredCredits.Source,
    hint: uint256,
):
    # The certificate was minted from a report of these very parts, or its id would be another.
    report_hash: bytes32 = hashing._report_of(holder, minter, order, retirement_hash, source)
    id: uint256 = convert(eip712._hash_typed_data_v4(report_hash), uint256)
    sources._release(source, records._release(id), hint)
    log IRetiredCredits.SourceReleased(certificate=id, source=source)


@external
@view
def report_id(report: IRetiredCredits.RetirementReport) -> bytes32:
    return eip712._hash_typed_data_v4(hashing._report(report))


@external
@view
def tokenURI(token_id: uint256) -> String[15_389]:
    """
    @notice ERC-721 metadata as a data URI: JSON with an SVG image, all of it read from this contract.
    """
    certificate: IRetiredCredits.Certificate = records._certificate(token_id)
    assert certificate.holder != empty(address), "credits: no such certificate"
    return staticcall ICertificateArt(ART).token_uri(certificate)


@external
def mint_retired(holder: address, retirement: IRetiredCredits.Retirement, reference: uint256) -> uint256:
    assert adapters.is_adapter[msg.sender], "credits: caller is not an approved adapter"
    assert not pausable.paused, "credits: new certificates are paused"
    assert (
        retirement.evidence == empty(bytes32) and retirement.valid_until == 0
    ), "credits: an adapter states no evidence and no term"
    number: uint256 = 0
    _: uint256 = 0
    number, _ = checks._check_retirement(holder, retirement)
    report: IRetiredCredits.RetirementReport = IRetiredCredits.RetirementReport(
        holder=holder,
        minter=msg.sender,
        order=empty(bytes32),
        retirement=retirement,
        source=sources._of_adapter(msg.sender, reference),
    )
    sources._claim_origin(report.source)
    id: uint256 = convert(eip712._hash_typed_data_v4(hashing._report(report)), uint256)
    records._mint(id, report, number)
    return id


@internal
def _allocate(certificate: uint256, account: address, footprint_hash: bytes32, amount_ug: uint72) -> bytes32:
    assert not pausable.paused, "credits: new allocations are paused"
    assert amount_ug != 0, "credits: amount must be at least 1 ug"
    left_ug: uint256 = records._left_ug(certificate, msg.sender)
    assert convert(amount_ug, uint256) <= left_ug, "credits: more than the certificate has left"
    # The ledger calls nobody, so nothing happens between the check and the entry.
    attestation: bytes32 = extcall IFootprintLedger(LEDGER).cover(account, footprint_hash, amount_ug)
    chains._append(certificate, attestation, account, amount_ug)
    log IERC4906.MetadataUpdate(_tokenId=certificate)
    log IRetiredCredits.Allocated(
        certificate=certificate,
        attestation=attestation,
        account=account,
        footprint_hash=footprint_hash,
        amount_ug=amount_ug,
    )
    return attestation
