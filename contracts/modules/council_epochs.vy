# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The epochs of a council: who belongs to the current one, as what, and what contracts endorsed in it
@license AGPL-3.0-only
@notice Who may start an epoch, and when, is decided by the contract that uses this module.
        The views are documented in `IOracleCouncil`.
"""


# Structs and events of the public standard.
from ..interfaces import IOracleCouncil


MAX_SIGNERS: constant(uint256) = 16


# What an address is in an epoch; 0 if it is no member.
KEY: constant(uint256) = 1
CONTRACT: constant(uint256) = 2


struct Profile:
    name: String[64]
    url: String[128]


# epoch << 16 | threshold << 8 | size, so that `verify` learns all three from one slot.
_current: uint256


# (epoch << 160 | signer) -> 0, KEY or CONTRACT: one slot and one hash per signature.
_kinds: HashMap[uint256, uint256]


# (epoch << 160 | signer) -> digest -> whether the contract endorsed it. The epoch is part of the key, so that an
# endorsement dies with its epoch and the wallet is asked again.
_endorsed: HashMap[uint256, HashMap[bytes32, bool]]


# Signers of the current epoch, ascending. Earlier sets are in the `EpochStarted` events.
_signers: DynArray[address, MAX_SIGNERS]


# Names and addresses for people, by signer.
_profiles: HashMap[address, Profile]


@external
@view
def council() -> IOracleCouncil.Council:
    current: uint256 = self._current
    return IOracleCouncil.Council(
        epoch=convert(current >> 16, uint64),
        threshold=convert((current >> 8) & 255, uint8),
        size=convert(current & 255, uint8),
    )


@external
@view
def members() -> DynArray[IOracleCouncil.Member, MAX_SIGNERS]:
    result: DynArray[IOracleCouncil.Member, MAX_SIGNERS] = []
    for signer: address in self._signers:
        profile: Profile = self._profiles[signer]
        result.append(
            IOracleCouncil.Member(
                signer=signer,
                is_contract=self._kinds[self._key(signer)] == CONTRACT,
                name=profile.name,
                url=profile.url,
            )
        )
    return result


@external
@view
def is_signer(signer: address) -> bool:
    return self._kinds[self._key(signer)] != 0


@external
@view
def is_endorsed(digest: bytes32, signer: address) -> bool:
    return self._endorsed[self._key(signer)][digest]


@internal
@view
def _check(members: DynArray[IOracleCouncil.Member, MAX_SIGNERS], threshold: uint8):
    """
    @dev An address without code that is flagged as a contract could do no harm: it can neither sign nor endorse.
         It is refused because it is a mistake, one that would otherwise show only when its signature is missing.
         The opposite is no mistake: an account with a key may have code (EIP-7702), and signs with the key.
    """
    assert threshold != 0, "council: threshold must be at least 1"
    assert convert(threshold, uint256) <= len(members), "council: threshold is above the number of members"
    last: uint256 = 0
    for member: IOracleCouncil.Member in members:
        signer: uint256 = convert(member.signer, uint256)
        # Also refuses the zero address and a signer named twice.
        assert signer > last, "council: members must ascend by signer"
        assert not member.is_contract or member.signer.is_contract, "council: contract signer has no code"
        last = signer


@internal
def _adopt(members: DynArray[IOracleCouncil.Member, MAX_SIGNERS], threshold: uint8):
    """
    @param members What `_check` passed.
    """
    signers: DynArray[address, MAX_SIGNERS] = []
    kinds: DynArray[uint256, MAX_SIGNERS] = []
    for member: IOracleCouncil.Member in members:
        signers.append(member.signer)
        kinds.append(CONTRACT if member.is_contract else KEY)
        self._profiles[member.signer] = Profile(name=member.name, url=member.url)
    self._start(signers, kinds, convert(threshold, uint256))


@internal
def _remove(signer: address):
    """
    @notice Starts an epoch of the same signers but one, under the same threshold.
    """
    signers: DynArray[address, MAX_SIGNERS] = []
    kinds: DynArray[uint256, MAX_SIGNERS] = []
    for other: address in self._signers:
        if other != signer:
            signers.append(other)
            kinds.append(self._kinds[self._key(other)])
    assert len(signers) < len(self._signers), "council: not a signer of this epoch"
    log IOracleCouncil.SignerRemoved(signer=signer, by=msg.sender)
    self._start(signers, kinds, self._threshold())


@internal
def _start(signers: DynArray[address, MAX_SIGNERS], kinds: DynArray[uint256, MAX_SIGNERS], threshold: uint256):
    """
    @param kinds What each of `signers` is, in the same order.
    """
    epoch: uint256 = self._epoch() + 1
    for at: uint256 in range(len(signers), bound=MAX_SIGNERS):
        self._kinds[epoch << 160 | convert(signers[at], uint256)] = kinds[at]
    self._signers = signers
    self._current = epoch << 16 | threshold << 8 | len(signers)
    log IOracleCouncil.EpochStarted(
        epoch=convert(epoch, uint64), threshold=convert(threshold, uint8), signers=signers
    )


@internal
@view
def _epoch() -> uint256:
    return self._current >> 16


@internal
@view
def _threshold() -> uint256:
    return (self._current >> 8) & 255


@internal
@view
def _key(signer: address) -> uint256:
    """
    @return key The signer in the current epoch: the key of `_kinds` and of `_endorsed`.
    """
    return self._epoch() << 160 | convert(signer, uint256)
