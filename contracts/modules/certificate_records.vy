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


# Tells explorers to read `tokenURI` again.
from snekmate.tokens.interfaces import IERC4906


# Structs and events of the public standard.
from ..interfaces import IRetiredCredits


# The packed form of what never changes, and what is allocated.
from . import certificate_words as words
from . import allocation_chains as chains
uses: chains


# Number and key of the registry of a certificate.
from . import registries
uses: registries


AMOUNT_MASK: constant(uint256) = 2**72 - 1


# Reason of a void certificate whose retirement the registry reversed; flag of one whose source was then released.
REVERSED: constant(uint256) = 2
RELEASED: constant(uint256) = 1 << 240


# released8 | void reason8 | amount72 | holder160 by token id; 0 if never minted.
_words: HashMap[uint256, uint256]


# What never changes, by token id; see `certificate_words`.
_details: HashMap[uint256, bytes32[words.MAX_WORDS]]


_balances: HashMap[address, uint256]


@external
@view
def certificate(id: uint256) -> IRetiredCredits.Certificate:
    return self._certificate(id)


@external
@view
def void_reason(certificate: uint256) -> uint8:
    return convert(self._void_reason(self._words[certificate]), uint8)


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
    # A report whose source was released must not pass a second time.
    assert self._words[id] == 0, "credits: report is already minted"
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
        minter=report.minter,
        order=report.order,
        retirement=retirement,
        source=report.source,
    )


@internal
def _void(id: uint256, reason: uint8):
    word: uint256 = self._existing(id)
    assert self._void_reason(word) == 0, "credits: certificate is already void"
    self._words[id] = word | convert(reason, uint256) << 232
    log IRetiredCredits.CertificateVoided(certificate=id, reason=reason)
    log IERC4906.MetadataUpdate(_tokenId=id)


@internal
@view
def _check_void(id: uint256):
    assert self._void_reason(self._existing(id)) != 0, "credits: certificate is not void"


@internal
def _release(id: uint256) -> uint256:
    """
    @notice Notes that the source of a certificate is free again.
    @return amount_ug Of the certificate.
    """
    word: uint256 = self._existing(id)
    assert self._void_reason(word) == REVERSED, "credits: retirement was not reversed"
    assert word & RELEASED == 0, "credits: source is already released"
    # Else the same serials would be counted twice, by what is still allocated and by the next certificate.
    assert chains._allocated_ug(id) == 0, "credits: allocations are not all undone"
    self._words[id] = word | RELEASED
    return self._amount_ug(word)


@internal
def _move(id: uint256, to: address):
    word: uint256 = self._live(id)
    holder: address = self._holder(word)
    self._words[id] = word ^ convert(holder, uint256) | convert(to, uint256)
    self._balances[holder] -= 1
    self._balances[to] += 1
    log IERC721.Transfer(sender=holder, receiver=to, token_id=id)
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
        allocated_ug=convert(chains._allocated_ug(id), uint72),
        minted_at=details.minted_at,
        voided=self._void_reason(word) != 0,
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
@view
def _live(id: uint256) -> uint256:
    word: uint256 = self._existing(id)
    assert self._void_reason(word) == 0, "credits: certificate is void"
    return word


@internal
@view
def _held(id: uint256, holder: address) -> uint256:
    word: uint256 = self._live(id)
    assert self._holder(word) == holder, "credits: caller does not hold the certificate"
    return word


@internal
@view
def _left_ug(id: uint256, holder: address) -> uint256:
    """
    @return What a live certificate of `holder` can still allocate, ug CO2e.
    """
    word: uint256 = self._held(id, holder)
    return self._amount_ug(word) - chains._allocated_ug(id)


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
def _void_reason(word: uint256) -> uint256:
    return (word >> 232) & 255
