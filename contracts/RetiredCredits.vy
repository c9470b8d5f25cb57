# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Retired credits: non-transferable certificates that carbon credits were retired
@license AGPL-3.0-only
@notice See `IRetiredCredits` for what each function promises.
@dev The only calls to other contracts go to the council and the art (static) and to the ledger, all fixed at
     deployment and none calling out any further, so a reentrancy lock would guard nothing.
"""


# Wallets and explorers know certificates by this standard.
from ethereum.ercs import IERC721
implements: IERC721


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


# Pause stops new certificates and new allocations, never reads.
from snekmate.utils import pausable
initializes: pausable


# The id of a certificate is the EIP-712 digest of its report.
from snekmate.utils import eip712_domain_separator as eip712
initializes: eip712


# Struct hash of reports.
from .modules import retirement_hash as hashing


# Registries that are switched on.
from .modules import registries
initializes: registries


# Claimed serial numbers.
from .modules import serial_ranges
initializes: serial_ranges


# The certificates themselves, with the views of ERC-721 on them.
from .modules import certificate_records as records
initializes: records[registries := registries]


# The part of ERC-721 that would move a token.
from .modules import locked_token


# Left out on purpose: `renounce_ownership`, since nobody could then switch a registry off.
exports: (
    ownable_2step.owner,
    ownable_2step.pending_owner,
    ownable_2step.transfer_ownership,
    ownable_2step.accept_ownership,
    pausable.paused,
    eip712.eip712Domain,
    registries.registry,
    # Reading certificates
    records.certificate,
    records.balanceOf,
    records.ownerOf,
    records.locked,
    records.getApproved,
    # The same for every certificate; what would move one reverts
    locked_token.name,
    locked_token.symbol,
    locked_token.supportsInterface,
    locked_token.isApprovedForAll,
    locked_token.transferFrom,
    locked_token.safeTransferFrom,
    locked_token.approve,
    locked_token.setApprovalForAll,
)


# A signed report is not accepted for longer than this, so that a signature that leaks is soon worthless.
MAX_VALIDITY: constant(uint256) = 7 * 24 * 3600


# Kinds of source. A shared block (3) is reserved and reverts.
SERIAL_RANGE: constant(uint8) = 1
ON_CHAIN_ORIGIN: constant(uint8) = 2


# The council, for good: another council needs another contract.
COUNCIL: public(immutable(address))


# The ledger whose attestations certificates are allocated to, for good.
LEDGER: public(immutable(address))


# The `CertificateArt` that writes `tokenURI`, for good.
ART: public(immutable(address))


# keccak256 of an on-chain origin -> whether it backs a certificate.
_origins: HashMap[bytes32, bool]


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
    assert not pausable.paused, "credits: new certificates are paused"
    self._check(report.holder, report.retirement)
    number: uint256 = 0
    unit_ug: uint256 = 0
    number, unit_ug = registries._enabled(report.retirement.registry)
    digest: bytes32 = eip712._hash_typed_data_v4(hashing._report(report))
    _: uint64 = staticcall IOracleCouncil(COUNCIL).verify(digest, signatures)
    # The same report cannot pass here twice, so its id is new.
    self._claim(report.source, convert(report.retirement.amount_ug, uint256), number, unit_ug, hint)
    id: uint256 = convert(digest, uint256)
    records._mint(id, report, number)
    return id


@external
def allocate(certificate: uint256, account: address, footprint_hash: bytes32, amount_ug: uint72) -> bytes32:
    assert not pausable.paused, "credits: new allocations are paused"
    records._allocate(certificate, msg.sender, account, footprint_hash, amount_ug)
    attestation: bytes32 = extcall IFootprintLedger(LEDGER).cover(account, footprint_hash, amount_ug)
    log IRetiredCredits.Allocated(
        certificate=certificate,
        attestation=attestation,
        account=account,
        footprint_hash=footprint_hash,
        amount_ug=amount_ug,
    )
    return attestation


@external
@view
def report_id(report: IRetiredCredits.RetirementReport) -> bytes32:
    return eip712._hash_typed_data_v4(hashing._report(report))


@external
@view
def is_claimed(source: IRetiredCredits.Source) -> bool:
    if source.kind == SERIAL_RANGE:
        return serial_ranges._is_claimed(source.book, source.first, source.last)
    if source.kind == ON_CHAIN_ORIGIN:
        return self._origins[self._origin(source)]
    return False


@external
@view
def hint_for(book: bytes32, first: uint256) -> uint256:
    return serial_ranges._hint_for(book, first)


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
def set_registry(key: bytes32, enabled: bool, unit_ug: uint72, policy: bytes32):
    """
    @notice Switches a registry on or off. Certificates already minted stay. Only the owner.
    @param key Registry key, left-aligned ASCII.
    @param unit_ug ug CO2e of one serial number, usually 10^12.
    @param policy keccak256 of the registry's consent or policy document.
    """
    ownable._check_owner()
    registries._set(key, enabled, unit_ug, policy)


@external
def pause():
    """
    @notice Stops new certificates and allocations; reads go on. Only the owner.
    """
    ownable._check_owner()
    pausable._pause()


@external
def unpause():
    """
    @notice Lets certificates and allocations in again. Only the owner.
    """
    ownable._check_owner()
    pausable._unpause()


@internal
@view
def _check(holder: address, retirement: IRetiredCredits.Retirement):
    assert holder != empty(address), "credits: holder is empty"
    valid_until: uint256 = convert(retirement.valid_until, uint256)
    assert valid_until > block.timestamp, "credits: report has expired"
    assert valid_until <= block.timestamp + MAX_VALIDITY, "credits: report is valid for more than 7 days"
    assert retirement.amount_ug != 0, "credits: amount must be at least 1 ug"
    assert len(retirement.project) != 0, "credits: project is empty"
    assert len(retirement.beneficiary) != 0, "credits: beneficiary is empty"
    assert len(retirement.serials) != 0, "credits: serials are empty"
    assert retirement.retired_at != 0, "credits: retirement time is empty"
    assert convert(retirement.retired_at, uint256) <= block.timestamp, "credits: retirement is in the future"
    assert retirement.evidence != empty(bytes32), "credits: evidence is empty"


@internal
def _claim(source: IRetiredCredits.Source, amount_ug: uint256, registry: uint256, unit_ug: uint256, hint: uint256):
    if source.kind == SERIAL_RANGE:
        assert source.book != empty(bytes32), "credits: book is empty"
        serial_ranges._claim(source.book, registry, source.first, source.last, hint)
        # Neither side can overflow: both factors are checked to be below 2^129 and 2^72.
        assert amount_ug <= (source.last - source.first + 1) * unit_ug, "credits: amount is above the serials' worth"
    elif source.kind == ON_CHAIN_ORIGIN:
        assert source.book != empty(bytes32) and source.first != 0, "credits: origin is incomplete"
        origin: bytes32 = self._origin(source)
        assert not self._origins[origin], "credits: origin is already used"
        self._origins[origin] = True
    else:
        raise "credits: kind of source must be 1 or 2"


@internal
@pure
def _origin(source: IRetiredCredits.Source) -> bytes32:
    return keccak256(abi_encode(source.book, source.first, source.last))
