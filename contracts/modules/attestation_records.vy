# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Recorded attestations, their lines of corrections, coverage and account totals
@license AGPL-3.0-only
@notice Who may write, and what a report must satisfy, is decided by the contract that uses this module.
        The views are documented in `IFootprintLedger`.
"""


# Structs and events of the public standard.
from ..interfaces import IFootprintLedger


# The id of an attestation is the EIP-712 digest of its report.
from snekmate.utils import eip712_domain_separator as eip712
uses: eip712


# Struct hashes.
from . import footprint_hash as hashing


# The packed form of attestations and of account totals.
from . import carbon_words as words


MAX_BATCH: constant(uint256) = 100


# Head of an attestation word: recorded_at << 8 | tier << 2 | SUPERSEDED | CORRECTION.
SUPERSEDED: constant(uint256) = 2
CORRECTION: constant(uint256) = 1


# Attestation word by id; 0 if never recorded. See `carbon_words` and the head above.
_attestations: HashMap[bytes32, uint256]


# Totals word by account; the head counts current attestations.
_totals: HashMap[address, uint256]


# First attestation of the line of corrections that an attestation ends; only set for corrections.
_origins: HashMap[bytes32, bytes32]


# ug CO2e covered, by the first attestation of a line of corrections. Kept per line and not per attestation,
# so that coverage moves along with a correction at no cost and can still be taken back afterwards.
_covered_ug: HashMap[bytes32, uint72]


# ug CO2e covered, by account.
_account_covered_ug: HashMap[address, uint72]


@external
@view
def attestation(id: bytes32) -> IFootprintLedger.Attestation:
    return self._attestation(id)


@external
@view
def attestations(ids: DynArray[bytes32, MAX_BATCH]) -> DynArray[IFootprintLedger.Attestation, MAX_BATCH]:
    result: DynArray[IFootprintLedger.Attestation, MAX_BATCH] = []
    for id: bytes32 in ids:
        result.append(self._attestation(id))
    return result


@external
@view
def account(owner: address) -> IFootprintLedger.AccountTotals:
    return self._account(owner)


@external
@view
def accounts(owners: DynArray[address, MAX_BATCH]) -> DynArray[IFootprintLedger.AccountTotals, MAX_BATCH]:
    result: DynArray[IFootprintLedger.AccountTotals, MAX_BATCH] = []
    for owner: address in owners:
        result.append(self._account(owner))
    return result


@external
@view
def coverage_bps(id: bytes32) -> uint256:
    word: uint256 = self._attestations[id]
    if not self._is_current(word):
        return 0
    high_ug: uint256 = convert(words._high_ug(word), uint256)
    covered_ug: uint256 = convert(self._covered_ug[self._origin(id, word)], uint256)
    if high_ug == 0:
        # Nothing to cover; what a correction to zero left covered is over-coverage without measure.
        return 10_000 if covered_ug == 0 else max_value(uint256)
    return covered_ug * 10_000 // high_ug


@external
@view
def is_recorded(id: bytes32) -> bool:
    return self._is_recorded(id)


@internal
@view
def _require_new(id: bytes32):
    assert self._attestations[id] == 0, "ledger: report is already recorded"


@internal
def _add(id: bytes32, report: IFootprintLedger.FootprintReport):
    """
    @param id Id of the report, a new one (`_require_new`).
    """
    totals: uint256 = self._totals[report.account]
    count: uint256 = words._head(totals)
    # The conversion reverts after the year 2106, before a time could lose its top bits and look recent.
    recorded_at: uint256 = convert(convert(block.timestamp, uint32), uint256)
    head: uint256 = recorded_at << 8 | convert(report.footprint.tier, uint256) << 2
    if report.footprint.supersedes == empty(bytes32):
        # 2^40 records fit into no chain, so the count cannot outgrow the head.
        count += 1
    else:
        # Made from the account of the report, so that nobody can supersede a stranger's attestation.
        earlier: bytes32 = self._id(report.account, report.footprint.supersedes)
        totals = words._minus(totals, self._supersede(earlier, id))
        head |= CORRECTION
    word: uint256 = words._pack(
        report.footprint.low_ug, report.footprint.central_ug, report.footprint.high_ug, head
    )
    self._attestations[id] = word
    self._totals[report.account] = words._plus(totals, word, count)
    log IFootprintLedger.FootprintRecorded(
        id=id,
        account=report.account,
        methodology=report.footprint.methodology,
        footprint=report.footprint,
    )


@internal
def _supersede(earlier: bytes32, id: bytes32) -> uint256:
    """
    @return word The attestation word that was replaced.
    """
    word: uint256 = self._attestations[earlier]
    assert word != 0, "ledger: superseded attestation is not recorded"
    assert self._is_current(word), "ledger: attestation is already superseded"
    self._attestations[earlier] = word | SUPERSEDED << 216
    self._origins[id] = self._origin(earlier, word)
    log IFootprintLedger.FootprintSuperseded(id=earlier, by=id)
    return word


@internal
def _cover(id: bytes32, account: address, amount_ug: uint72):
    word: uint256 = self._attestations[id]
    assert word != 0, "ledger: attestation is not recorded"
    assert self._is_current(word), "ledger: attestation is superseded"
    origin: bytes32 = self._origin(id, word)
    covered_ug: uint256 = convert(self._covered_ug[origin], uint256) + convert(amount_ug, uint256)
    assert covered_ug <= convert(words._high_ug(word), uint256), "ledger: coverage would pass the high bound"
    self._covered_ug[origin] = convert(covered_ug, uint72)
    # May pass the account's own totals after corrections, so the bounds of its attestations do not bound it.
    account_ug: uint256 = convert(self._account_covered_ug[account], uint256) + convert(amount_ug, uint256)
    assert account_ug <= convert(max_value(uint72), uint256), "ledger: account total is too large"
    self._account_covered_ug[account] = convert(account_ug, uint72)
    log IFootprintLedger.CoverageChanged(id=id, covered_ug=convert(covered_ug, uint72))


@internal
def _uncover(id: bytes32, account: address, amount_ug: uint72):
    """
    @dev Also for a superseded attestation: its coverage is that of its line of corrections.
    """
    word: uint256 = self._attestations[id]
    assert word != 0, "ledger: attestation is not recorded"
    origin: bytes32 = self._origin(id, word)
    covered_ug: uint72 = self._covered_ug[origin]
    assert amount_ug <= covered_ug, "ledger: more than is covered"
    self._covered_ug[origin] = covered_ug - amount_ug
    self._account_covered_ug[account] -= amount_ug
    log IFootprintLedger.CoverageChanged(id=id, covered_ug=covered_ug - amount_ug)


@internal
@view
def _is_recorded(id: bytes32) -> bool:
    return self._is_current(self._attestations[id])


@internal
@view
def _attestation(id: bytes32) -> IFootprintLedger.Attestation:
    word: uint256 = self._attestations[id]
    if word == 0:
        return empty(IFootprintLedger.Attestation)
    head: uint256 = words._head(word)
    covered_ug: uint72 = 0
    if head & SUPERSEDED == 0:
        covered_ug = self._covered_ug[self._origin(id, word)]
    return IFootprintLedger.Attestation(
        low_ug=words._low_ug(word),
        central_ug=words._central_ug(word),
        high_ug=words._high_ug(word),
        covered_ug=covered_ug,
        recorded_at=convert(head >> 8, uint32),
        tier=convert((head >> 2) & 63, uint8),
        superseded=head & SUPERSEDED != 0,
    )


@internal
@view
def _account(owner: address) -> IFootprintLedger.AccountTotals:
    word: uint256 = self._totals[owner]
    return IFootprintLedger.AccountTotals(
        low_ug=words._low_ug(word),
        central_ug=words._central_ug(word),
        high_ug=words._high_ug(word),
        covered_ug=self._account_covered_ug[owner],
        count=convert(words._head(word), uint40),
    )


@internal
@view
def _origin(id: bytes32, word: uint256) -> bytes32:
    if words._head(word) & CORRECTION == 0:
        return id
    return self._origins[id]


@internal
@pure
def _is_current(word: uint256) -> bool:
    return word != 0 and words._head(word) & SUPERSEDED == 0


@internal
@view
def _id(account: address, footprint_hash: bytes32) -> bytes32:
    return eip712._hash_typed_data_v4(hashing._report(account, footprint_hash))
