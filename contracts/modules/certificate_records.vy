# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Certificates as ERC-721 tokens, and what is allocated from each
@license AGPL-3.0-only
@notice Who may mint and allocate is decided by the contract that uses this module.
"""


# The built-in standard: `Transfer` event.
from ethereum.ercs import IERC721


# Tells explorers to read `tokenURI` again after an allocation.
from snekmate.tokens.interfaces import IERC4906


# Structs and events of the public standard.
from ..interfaces import IRetiredCredits


# The packed form of what never changes.
from . import certificate_words as words


# Number and key of the registry of a certificate.
from . import registries
uses: registries


AMOUNT_MASK: constant(uint256) = 2**72 - 1


# flags24 | amount72 | holder160 by token id; 0 if never minted. Bit 0 of the flags marks a void certificate.
_words: HashMap[uint256, uint256]


# chain184 | allocated72 by token id. The chain is the truncated hash of all allocations in order, so that whoever
# has to undo them can present the list and be held to it.
_allocations: HashMap[uint256, uint256]


# What never changes, by token id; see `certificate_words`.
_details: HashMap[uint256, bytes32[words.MAX_WORDS]]


_balances: HashMap[address, uint256]


@external
@view
def certificate(id: uint256) -> IRetiredCredits.Certificate:
    return self._certificate(id)


@external
@view
def balanceOf(owner: address) -> uint256:
    assert owner != empty(address), "credits: the zero address holds nothing"
    return self._balances[owner]


@external
@view
def ownerOf(token_id: uint256) -> address:
    return self._holder(self._existing(token_id))


@external
@view
def locked(token_id: uint256) -> bool:
    """
    @notice ERC-5192: every certificate is locked to its holder.
    """
    return self._existing(token_id) != 0


@external
@view
def getApproved(token_id: uint256) -> address:
    """
    @notice ERC-721: nobody is ever approved.
    """
    self._existing(token_id)
    return empty(address)


@internal
def _mint(id: uint256, report: IRetiredCredits.RetirementReport, registry: uint256):
    """
    @dev Calls no `onERC721Received`: a holder that is a contract needs no code to own what it can never move.
    @param registry Number of the registry of the report.
    """
    retirement: IRetiredCredits.Retirement = report.retirement
    self._words[id] = convert(report.holder, uint256) | convert(retirement.amount_ug, uint256) << 160
    self._balances[report.holder] += 1
    details: words.Details = words.Details(
        vintage=retirement.vintage,
        retired_at=retirement.retired_at,
        minted_at=convert(block.timestamp, uint32),
        registry=registry,
        project=retirement.project,
        beneficiary=retirement.beneficiary,
        serials=retirement.serials,
    )
    packed: DynArray[bytes32, words.MAX_WORDS] = words._pack(details)
    i: uint256 = 0
    for word: bytes32 in packed:
        self._details[id][i] = word
        i += 1
    log IERC721.Transfer(sender=empty(address), receiver=report.holder, token_id=id)
    log IRetiredCredits.Locked(token_id=id)
    log IRetiredCredits.CertificateMinted(
        certificate=id,
        holder=report.holder,
        registry=retirement.registry,
        retirement=retirement,
        source=report.source,
    )


@internal
def _allocate(id: uint256, holder: address, account: address, footprint_hash: bytes32, amount_ug: uint72):
    """
    @notice Takes `amount_ug` from what the certificate has left and adds the allocation to its chain.
    """
    word: uint256 = self._words[id]
    assert word != 0, "credits: no such certificate"
    assert self._holder(word) == holder, "credits: caller does not hold the certificate"
    assert amount_ug != 0, "credits: amount must be at least 1 ug"
    allocations: uint256 = self._allocations[id]
    allocated_ug: uint256 = (allocations & AMOUNT_MASK) + convert(amount_ug, uint256)
    assert allocated_ug <= self._amount_ug(word), "credits: more than the certificate has left"
    link: bytes32 = keccak256(abi_encode(allocations >> 72, account, footprint_hash, amount_ug))
    self._allocations[id] = convert(link, uint256) << 72 | allocated_ug
    log IERC4906.MetadataUpdate(_tokenId=id)


@internal
@view
def _certificate(id: uint256) -> IRetiredCredits.Certificate:
    word: uint256 = self._words[id]
    if word == 0:
        return empty(IRetiredCredits.Certificate)
    packed: DynArray[bytes32, words.MAX_WORDS] = [self._details[id][0]]
    for i: uint256 in range(1, words._word_count(packed[0]), bound=words.MAX_WORDS):
        packed.append(self._details[id][i])
    details: words.Details = words._unpack(packed)
    return IRetiredCredits.Certificate(
        holder=self._holder(word),
        amount_ug=convert(self._amount_ug(word), uint72),
        allocated_ug=convert(self._allocations[id] & AMOUNT_MASK, uint72),
        minted_at=details.minted_at,
        voided=self._is_void(word),
        vintage=details.vintage,
        registry=registries._key(details.registry),
        project=details.project,
        beneficiary=details.beneficiary,
        serials=details.serials,
        retired_at=details.retired_at,
    )


@internal
@view
def _existing(id: uint256) -> uint256:
    word: uint256 = self._words[id]
    assert word != 0, "credits: no such certificate"
    return word


@internal
@pure
def _holder(word: uint256) -> address:
    return convert(word & (2**160 - 1), address)


@internal
@pure
def _amount_ug(word: uint256) -> uint256:
    return (word >> 160) & AMOUNT_MASK


@internal
@pure
def _is_void(word: uint256) -> bool:
    return (word >> 232) & 1 != 0
