# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The footprint ledger: attestations of the carbon footprint of AI workloads
@license AGPL-3.0-only
@notice See `IFootprintLedger` for what each function promises.
@dev The only calls to other contracts are static: the council, and the wallet of an account that consents.
     Neither can change state, here or anywhere, so a reentrancy lock would guard nothing. The wallet is asked
     before the first write, so what it reads in the meantime is the state before the record.
"""


# The public standard: structs, events and documentation.
from .interfaces import IFootprintLedger
implements: IFootprintLedger


# The part of it that other contracts read.
from .interfaces import IGreenLedger
implements: IGreenLedger


# The signers whose reports are accepted, and the contract whose allocations cover.
from .interfaces import IOracleCouncil
from .interfaces import IRetiredCredits


# The owner changes only by an accepted offer, so that a typing mistake cannot orphan the ledger.
from snekmate.auth import ownable
initializes: ownable
from snekmate.auth import ownable_2step
initializes: ownable_2step[ownable := ownable]


# Pause stops new records and new coverage, never reads.
from snekmate.utils import pausable
initializes: pausable
from .modules import owner_pause
initializes: owner_pause[ownable := ownable, pausable := pausable]


# The id of an attestation is the EIP-712 digest of its report.
from snekmate.utils import eip712_domain_separator as eip712
initializes: eip712


# What a footprint must satisfy, its methodology among it.
from .modules import footprint_checks as checks
initializes: checks


# Struct hashes, leaves and roots.
from .modules import footprint_hash as hashing


# Consent by a key or, through ERC-1271, by a contract wallet.
from .modules import contract_signature


# Attestations, coverage and totals, with the views on them.
from .modules import attestation_records as records
initializes: records[eip712 := eip712]


# Left out on purpose: `renounce_ownership`, since nobody could then approve the next methodology.
exports: (
    ownable_2step.owner,
    ownable_2step.pending_owner,
    ownable_2step.transfer_ownership,
    ownable_2step.accept_ownership,
    pausable.paused,
    owner_pause.pause,
    owner_pause.unpause,
    eip712.eip712Domain,
    # Reading attestations
    records.attestation,
    records.attestations,
    records.account,
    records.accounts,
    records.coverage_bps,
    records.is_recorded,
    checks.is_methodology_approved,
)


# The council, for good: another council needs another ledger.
COUNCIL: public(immutable(address))


# The certificates contract, the only one that may change coverage.
credits: public(address)


# (account, operator) -> may record the account's reports.
is_operator: public(HashMap[address, HashMap[address, bool]])


@deploy
def __init__(owner: address, council: address):
    """
    @param owner Approves methodologies and may pause; in production a Safe behind a timelock.
    @param council The `OracleCouncil` whose signatures reports need.
    """
    ownable.__init__()
    ownable_2step.__init__()
    pausable.__init__()
    eip712.__init__("GPTX Green AI Ledger: Footprints", "1")
    assert owner != empty(address), "ledger: owner is empty"
    assert council.is_contract, "ledger: council is not a contract"
    ownable_2step._transfer_ownership(owner)
    COUNCIL = council


@external
def record(report: IFootprintLedger.FootprintReport, signatures: DynArray[Bytes[65], 16]) -> bytes32:
    assert (
        msg.sender == report.account or self.is_operator[report.account][msg.sender]
    ), "ledger: caller is not the account or its operator"
    id: bytes32 = records._id(report.account, hashing._footprint(report.footprint))
    assert not pausable.paused, "ledger: new records are paused"
    records._require_new(id)
    checks._check(report.footprint)
    _: uint64 = staticcall IOracleCouncil(COUNCIL).verify(id, signatures)
    records._add(id, report)
    return id


@external
def record_for(
    report: IFootprintLedger.FootprintReport, signatures: DynArray[Bytes[65], 16], consent: Bytes[1024]
) -> bytes32:
    # Nobody can sign for it, so consent would fail too; this names the mistake.
    assert report.account != empty(address), "ledger: account is empty"
    report_hash: bytes32 = hashing._report(report.account, hashing._footprint(report.footprint))
    id: bytes32 = eip712._hash_typed_data_v4(report_hash)
    assert not pausable.paused, "ledger: new records are paused"
    records._require_new(id)
    checks._check(report.footprint)
    consent_digest: bytes32 = eip712._hash_typed_data_v4(hashing._consent(report_hash))
    assert contract_signature._is_valid(
        report.account, consent_digest, consent
    ), "ledger: account did not consent"
    _: uint64 = staticcall IOracleCouncil(COUNCIL).verify(id, signatures)
    records._add(id, report)
    return id


@external
def set_operator(operator: address, approved: bool):
    self.is_operator[msg.sender][operator] = approved
    log IFootprintLedger.OperatorSet(account=msg.sender, operator=operator, approved=approved)


@external
@view
def attestation_id(account: address, footprint_hash: bytes32) -> bytes32:
    return records._id(account, footprint_hash)


@external
@view
def report_id(report: IFootprintLedger.FootprintReport) -> bytes32:
    return records._id(report.account, hashing._footprint(report.footprint))


@external
@view
def verify_workload(
    report: IFootprintLedger.FootprintReport,
    kind: uint8,
    version: uint8,
    workload_hash: bytes32,
    low_ug: uint72,
    central_ug: uint72,
    high_ug: uint72,
    proof: DynArray[bytes32, 40],
) -> bool:
    if not records._is_recorded(records._id(report.account, hashing._footprint(report.footprint))):
        return False
    leaf: bytes32 = hashing._leaf(kind, version, workload_hash, low_ug, central_ug, high_ug)
    return hashing._root(leaf, proof) == report.footprint.root


@external
def cover(account: address, footprint_hash: bytes32, amount_ug: uint72) -> bytes32:
    assert msg.sender == self.credits, "ledger: caller is not the credits contract"
    assert not pausable.paused, "ledger: new coverage is paused"
    id: bytes32 = records._id(account, footprint_hash)
    records._cover(id, account, amount_ug)
    return id


@external
def uncover(attestation: bytes32, account: address, amount_ug: uint72):
    # Not stopped by a pause: what turned out to be worthless must not stay counted. Takes the id and does not
    # make it anew, so that it finds what was covered before a fork of the chain changed the chain id too. That
    # the account belongs to the id is left to the caller, which kept both from `cover`.
    assert msg.sender == self.credits, "ledger: caller is not the credits contract"
    records._uncover(attestation, account, amount_ug)


@external
def approve_methodology(methodology: bytes32, uri: String[128]):
    """
    @notice Accepts reports under a methodology. Only the owner.
    @param methodology keccak256 name of model version and factor set.
    @param uri Where its description and factor set are published.
    """
    ownable._check_owner()
    checks._approve(methodology, uri)


@external
def withdraw_methodology(methodology: bytes32):
    """
    @notice Stops new reports under a methodology; what was recorded under it stays. Only the owner.
    """
    ownable._check_owner()
    checks._withdraw(methodology)


@external
def set_credits(credits: address):
    """
    @notice Names the certificates contract, once and for good. Only the owner.
    @dev Not a constructor argument because that contract takes this one's address in its own constructor.
    """
    ownable._check_owner()
    assert self.credits == empty(address), "ledger: credits are already set"
    assert credits.is_contract, "ledger: credits are not a contract"
    # A slip of the hand would be for good.
    ledger: address = staticcall IRetiredCredits(credits).LEDGER()
    assert ledger == self, "ledger: credits are for another ledger"
    self.credits = credits
