# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The oracle council: the m-of-n set of signers that every report needs
@license AGPL-3.0-only
@notice See `IOracleCouncil` for what each function promises.
@dev No function calls another contract (the signature precompile aside), so a reentrancy lock would guard nothing.
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


# Left out on purpose: `renounce_ownership`, since nobody could then replace a lost signer.
exports: (
    ownable_2step.owner,
    ownable_2step.pending_owner,
    ownable_2step.transfer_ownership,
    ownable_2step.accept_ownership,
)


MAX_SIGNERS: constant(uint256) = 16


# Time between the announcement of a new epoch and the earliest moment it may start, so that everyone who
# relies on the council can see a change of signers before it takes effect.
CHANGE_DELAY: public(constant(uint256)) = 48 * 3600


# How long after its delay an announced epoch may be started: a proposal that was once seen and then forgotten
# must not come into force years later without a new announcement.
CHANGE_WINDOW: public(constant(uint256)) = 7 * 24 * 3600


struct Profile:
    name: String[64]
    url: String[128]


# Account that may remove a signer at once, and nothing else.
guardian: public(address)


# Earliest time each announced epoch may start, by proposal id; 0 if not announced.
effective_at: public(HashMap[bytes32, uint256])


# epoch << 16 | threshold << 8 | size, so that `verify` learns all three from one slot.
_current: uint256


# (epoch << 160 | signer) -> whether the signer belongs to that epoch: one slot and one hash per signature.
_is_member: HashMap[uint256, bool]


# Signers of the current epoch, ascending. Earlier sets are in the `EpochStarted` events.
_signers: DynArray[address, MAX_SIGNERS]


# Names and addresses for people, by signer.
_profiles: HashMap[address, Profile]


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
    self._check_members(members, threshold)
    self._adopt(members, threshold)


@external
@view
def verify(digest: bytes32, signatures: DynArray[Bytes[65], MAX_SIGNERS]) -> uint64:
    current: uint256 = self._current
    assert len(signatures) >= (current >> 8) & 255, "council: too few signatures"
    epoch_key: uint256 = current >> 16 << 160
    last: uint256 = 0
    for signature: Bytes[65] in signatures:
        signer: uint256 = convert(ecdsa._recover_sig(digest, signature), uint256)
        assert signer != 0, "council: signature must have 64 or 65 bytes"
        assert signer > last, "council: signatures must ascend by signer"
        assert self._is_member[epoch_key | signer], "council: not a signer of this epoch"
        last = signer
    return convert(current >> 16, uint64)


@external
@view
def council() -> IOracleCouncil.Council:
    return self._council()


@external
@view
def members() -> DynArray[IOracleCouncil.Member, MAX_SIGNERS]:
    result: DynArray[IOracleCouncil.Member, MAX_SIGNERS] = []
    for signer: address in self._signers:
        profile: Profile = self._profiles[signer]
        result.append(IOracleCouncil.Member(signer=signer, name=profile.name, url=profile.url))
    return result


@external
@view
def is_signer(signer: address) -> bool:
    return self._is_member[self._current >> 16 << 160 | convert(signer, uint256)]


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
    current: IOracleCouncil.Council = self._council()
    remaining: DynArray[address, MAX_SIGNERS] = []
    for other: address in self._signers:
        if other != signer:
            remaining.append(other)
    assert len(remaining) < len(self._signers), "council: not a signer of this epoch"
    log IOracleCouncil.SignerRemoved(signer=signer, by=msg.sender)
    self._start_epoch(remaining, current.threshold)


@external
def propose(members: DynArray[IOracleCouncil.Member, MAX_SIGNERS], threshold: uint8) -> bytes32:
    """
    @notice Announces a new epoch. Only the owner. Announcing it again restarts the delay.
    @return proposal Id by which it can be cancelled.
    """
    ownable._check_owner()
    self._check_members(members, threshold)
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
    self._adopt(members, threshold)


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
def _council() -> IOracleCouncil.Council:
    current: uint256 = self._current
    return IOracleCouncil.Council(
        epoch=convert(current >> 16, uint64),
        threshold=convert((current >> 8) & 255, uint8),
        size=convert(current & 255, uint8),
    )


@internal
@view
def _proposal_id(members: DynArray[IOracleCouncil.Member, MAX_SIGNERS], threshold: uint8) -> bytes32:
    """
    @dev Names the epoch it was announced in, so that whatever starts another epoch makes it unknown.
    """
    return keccak256(abi_encode(self._current >> 16, members, threshold))


@internal
@pure
def _check_members(members: DynArray[IOracleCouncil.Member, MAX_SIGNERS], threshold: uint8):
    assert threshold != 0, "council: threshold must be at least 1"
    assert convert(threshold, uint256) <= len(members), "council: threshold is above the number of members"
    last: uint256 = 0
    for member: IOracleCouncil.Member in members:
        signer: uint256 = convert(member.signer, uint256)
        # Also refuses the zero address and a signer named twice.
        assert signer > last, "council: members must ascend by signer"
        last = signer


@internal
def _adopt(members: DynArray[IOracleCouncil.Member, MAX_SIGNERS], threshold: uint8):
    signers: DynArray[address, MAX_SIGNERS] = []
    for member: IOracleCouncil.Member in members:
        signers.append(member.signer)
        self._profiles[member.signer] = Profile(name=member.name, url=member.url)
    self._start_epoch(signers, threshold)


@internal
def _start_epoch(signers: DynArray[address, MAX_SIGNERS], threshold: uint8):
    epoch: uint256 = (self._current >> 16) + 1
    for signer: address in signers:
        self._is_member[epoch << 160 | convert(signer, uint256)] = True
    self._signers = signers
    self._current = epoch << 16 | convert(threshold, uint256) << 8 | len(signers)
    log IOracleCouncil.EpochStarted(epoch=convert(epoch, uint64), threshold=threshold, signers=signers)
