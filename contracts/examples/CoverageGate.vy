# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: Apache-2.0
"""
@title A list of AI models whose footprint is covered: an example of gating on the green ledger
@license Apache-2.0
@notice Copy what you need. Elsewhere the import reads `from greenledger.interfaces import IGreenLedger`.
        `CoverageGate.sol` is the same contract in Solidity.
@dev The ledger is only read, by static calls, so a reentrancy lock would guard nothing.
"""


# What the ledger promises to readers, and its traps.
from ..interfaces import IGreenLedger


# The struct that `account` answers with.
from ..interfaces import IFootprintLedger


# All of the high bound is allocated. Over-coverage reads more, hence `>=`.
COVERED_BPS: constant(uint256) = 10_000


# The `FootprintLedger` that is asked.
LEDGER: public(immutable(address))


# (owner, model) -> id of the attestation that was covered when the model was listed.
listings: public(HashMap[address, HashMap[String[64], bytes32]])


# owner -> has listed itself as an account.
has_joined: public(HashMap[address, bool])


event ModelListed:
    owner: indexed(address)
    id: indexed(bytes32)        # the attestation of the model's footprint
    model: String[64]


event AccountJoined:
    owner: indexed(address)


@deploy
def __init__(ledger: address):
    """
    @param ledger The `FootprintLedger` of this chain.
    """
    assert ledger.is_contract, "gate: ledger is not a contract"
    LEDGER = ledger


@external
def list_model(model: String[64], footprint_hash: bytes32):
    """
    @notice Lists a model of the caller, or moves it to another attestation, a correction for one.
    @dev The id is derived from the caller and never taken from it: anyone can name a covered id of somebody else.
    @param footprint_hash EIP-712 struct hash of the footprint that the caller recorded for the model.
    """
    id: bytes32 = staticcall IGreenLedger(LEDGER).attestation_id(msg.sender, footprint_hash)
    assert self._is_covered(id), "gate: footprint is not covered"
    self.listings[msg.sender][model] = id
    log ModelListed(owner=msg.sender, id=id, model=model)


@external
def join():
    """
    @notice Lists the caller as an account whose recorded footprints are covered in sum.
    """
    assert self._is_account_covered(msg.sender), "gate: account is not covered"
    self.has_joined[msg.sender] = True
    log AccountJoined(owner=msg.sender)


@external
@view
def is_model_covered(owner: address, model: String[64]) -> bool:
    """
    @notice Whether a listed model is covered now.
    @dev Asked anew each time: a correction or a void certificate can end it, and then ends it here at once.
    """
    # What was never listed is id 0, which is never recorded.
    return self._is_covered(self.listings[owner][model])


@external
@view
def is_member(owner: address) -> bool:
    """
    @notice Whether an account has joined and is covered in sum now.
    """
    return self.has_joined[owner] and self._is_account_covered(owner)


@internal
@view
def _is_covered(id: bytes32) -> bool:
    bps: uint256 = staticcall IGreenLedger(LEDGER).coverage_bps(id)
    return bps >= COVERED_BPS


@internal
@view
def _is_account_covered(owner: address) -> bool:
    # The weaker gate: a sum can be covered while one attestation in it has nothing and another too much. Good
    # enough where the account as a whole counts; `list_model` is for where one footprint does.
    totals: IFootprintLedger.AccountTotals = staticcall IGreenLedger(LEDGER).account(owner)
    # Without the count, an account that never recorded anything would pass with 0 of 0.
    return totals.count > 0 and totals.covered_ug >= totals.high_ug
