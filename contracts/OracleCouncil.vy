# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The oracle council: the m-of-n set of signers that every report needs
@license AGPL-3.0-only
@notice See `IOracleCouncil` for what each function promises.
@dev The only calls to other contracts are static ones in `endorse`, to a wallet that is a member. They change no
     state, and the only write follows the answer, so a reentrancy lock would guard nothing. `verify` calls no
     contract at all (the signature precompile aside).
"""


# The public standard: structs, events and documentation.
from .interfaces import IOracleCouncil
implements: IOracleCouncil


# The owner changes only by an accepted offer, so that a typing mistake cannot orphan the council.
from snekmate.auth import ownable
initializes: ownable
from snekmate.auth import ownable_2step
initializes: ownable_2step[ownable := ownable]


# Audited recovery of 65-byte and EIP-2098 signatures; refuses a high s.
from snekmate.utils import ecdsa


# Signatures of members that are contracts (ERC-1271).
from .modules import contract_signature


# Who belongs to the current epoch, with the views on it.
from .modules import council_epochs as epochs
initializes: epochs


# Left out on purpose: `renounce_ownership`, since nobody could then replace a lost signer.
exports: (
    ownable_2step.owner,
    ownable_2step.pending_owner,
    ownable_2step.transfer_ownership,
    ownable_2step.accept_ownership,
    # Reading the current epoch
    epochs.council,
    epochs.members,
    epochs.is_signer,
    epochs.is_endorsed,
)


MAX_SIGNERS: constant(uint256) = 16


# Length of an entry in `signatures` that names a contract instead of holding a signature.
ADDRESS_BYTES: constant(uint256) = 20


# Time between the announcement of a new epoch and the earliest moment it may start, so that everyone who
# relies on the council can see a change of signers before it takes effect.
CHANGE_DELAY: public(constant(uint256)) = 48 * 3600


# How long after its delay an announced epoch may be started: a proposal that was once seen and then forgotten
# must not come into force years later without a new announcement.
CHANGE_WINDOW: public(constant(uint256)) = 7 * 24 * 3600


# Account that may remove a signer at once, and nothing else.
guardian: public(address)


# Earliest time each announced epoch may start, by proposal id; 0 if not announced.
effective_at: public(HashMap[bytes32, uint256])


@deploy
def __init__(owner: address, guardian: address, members: DynArray[IOracleCouncil.Member, MAX_SIGNERS], threshold: uint8):
    """
    @param owner Announces and starts new epochs; in production a Safe behind a timelock.
    @param guardian Removes a signer at once.
    @param members First epoch, ascending by signer.
    @param threshold Signatures that a report needs, 1 .. number of members.
    """
    ownable.__init__()
    ownable_2step.__init__()
    assert owner != empty(address), "council: owner is empty"
    ownable_2step._transfer_ownership(owner)
    self._set_guardian(guardian)
    epochs._check(members, threshold)
    epochs._adopt(members, threshold)


@external
@view
def verify(digest: bytes32, signatures: DynArray[Bytes[65], MAX_SIGNERS]) -> uint64:
    current: uint256 = epochs._current
    assert len(signatures) >= (current >> 8) & 255, "council: too few signatures"
    epoch_key: uint256 = current >> 16 << 160
    last: uint256 = 0
    for signature: Bytes[65] in signatures:
        # Zero for any length that no key's signature has; a bad signature of such a length reverts.
        signer: uint256 = convert(ecdsa._recover_sig(digest, signature), uint256)
        if signer != 0:
            assert epochs._kinds[epoch_key | signer] == epochs.KEY, "council: not a signer of this epoch"
        else:
            assert len(signature) == ADDRESS_BYTES, "council: signature must have 20, 64 or 65 bytes"
            signer = convert(slice(signature, 0, ADDRESS_BYTES), uint256)
            assert epochs._kinds[epoch_key | signer] == epochs.CONTRACT, "council: not a contract signer of this epoch"
            assert epochs._endorsed[epoch_key | signer][digest], "council: contract has not endorsed the report"
        assert signer > last, "council: signatures must ascend by signer"
        last = signer
    return convert(current >> 16, uint64)


@external
def endorse(digest: bytes32, signer: address, signature: Bytes[1024]):
    """
    @dev What stands is left alone instead of refused, so that nobody can make another's transaction fail by
         sending the same endorsement first. A wallet that changes its mind afterwards changes nothing, just as a
         key cannot take a signature back: what was signed counts until the report expires or the epoch ends.
    """
    key: uint256 = epochs._key(signer)
    assert epochs._kinds[key] == epochs.CONTRACT, "council: not a contract signer of this epoch"
    if epochs._endorsed[key][digest]:
        return
    assert contract_signature._is_valid_contract(signer, digest, signature), "council: contract did not sign"
    epochs._endorsed[key][digest] = True
    log IOracleCouncil.Endorsed(digest=digest, signer=signer, epoch=convert(epochs._epoch(), uint64))


@external
@view
def proposal_id(members: DynArray[IOracleCouncil.Member, MAX_SIGNERS], threshold: uint8) -> bytes32:
    return self._proposal_id(members, threshold)


@external
def remove(signer: address):
    """
    @notice Ends the current epoch and starts one without `signer`, at once. Only the guardian or the owner.
    @dev The threshold is kept even if fewer signers remain than it asks for. Lowering it would let a thief of
         some keys pass with fewer of them. Refusing would be worse: with every key of a 2-of-2 stolen, nobody
         could stop the thief for the 48 hours a new epoch takes. So the council falls silent instead: nothing
         new is recorded until the owner's new epoch starts, and everything recorded stays readable.
         The new epoch number also voids every announced proposal (see `_proposal_id`), so that an older one
         cannot bring the removed signer back.
    """
    assert msg.sender == self.guardian or msg.sender == ownable.owner, "council: caller is not the guardian or owner"
    epochs._remove(signer)


@external
def propose(members: DynArray[IOracleCouncil.Member, MAX_SIGNERS], threshold: uint8) -> bytes32:
    """
    @notice Announces a new epoch. Only the owner. Announcing it again restarts the delay.
    @return proposal Id by which it can be cancelled.
    """
    ownable._check_owner()
    epochs._check(members, threshold)
    proposal: bytes32 = self._proposal_id(members, threshold)
    effective_at: uint256 = block.timestamp + CHANGE_DELAY
    self.effective_at[proposal] = effective_at
    log IOracleCouncil.EpochProposed(
        proposal=proposal, effective_at=convert(effective_at, uint64), threshold=threshold, members=members
    )
    return proposal


@external
def activate(members: DynArray[IOracleCouncil.Member, MAX_SIGNERS], threshold: uint8):
    """
    @notice Starts an announced epoch after its delay. Only the owner.
    """
    ownable._check_owner()
    proposal: bytes32 = self._proposal_id(members, threshold)
    effective_at: uint256 = self.effective_at[proposal]
    assert effective_at != 0, "council: not proposed in this epoch"
    assert block.timestamp >= effective_at, "council: too early"
    assert block.timestamp <= effective_at + CHANGE_WINDOW, "council: too late, propose again"
    self.effective_at[proposal] = 0
    epochs._adopt(members, threshold)


@external
def cancel(proposal: bytes32):
    """
    @notice Withdraws an announced epoch. Only the owner.
    """
    ownable._check_owner()
    assert self.effective_at[proposal] != 0, "council: no such proposal"
    self.effective_at[proposal] = 0
    log IOracleCouncil.EpochProposalCancelled(proposal=proposal)


@external
def set_guardian(guardian: address):
    """
    @notice Names another guardian; the zero address names none. Only the owner.
    """
    ownable._check_owner()
    self._set_guardian(guardian)


@internal
def _set_guardian(guardian: address):
    self.guardian = guardian
    log IOracleCouncil.GuardianChanged(guardian=guardian)


@internal
@view
def _proposal_id(members: DynArray[IOracleCouncil.Member, MAX_SIGNERS], threshold: uint8) -> bytes32:
    """
    @dev Names the epoch it was announced in, so that whatever starts another epoch makes it unknown.
    """
    return keccak256(abi_encode(epochs._epoch(), members, threshold))
