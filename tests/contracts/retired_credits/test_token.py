"""The ERC-721 face of a certificate: readable by every wallet, movable by none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import NOBODY, ZERO, Signed

MOVED = "credits: certificates cannot be transferred"
MISSING = "credits: no such certificate"


def test_name_and_symbol__any__are_set(credits: Any) -> None:
    assert (credits.name(), credits.symbol()) == ("GPTX Retired Credits", "GPTXRC")


def test_statement__any__says_what_a_certificate_is_and_is_not(credits: Any) -> None:
    assert credits.STATEMENT() == (
        "Evidence of a retirement of carbon credits at a registry. "
        "It conveys no unit, cannot be transferred and is not tradable."
    )


@pytest.mark.parametrize(
    ("interface", "supported"),
    [
        ("0x01ffc9a7", True),  # ERC-165
        ("0x80ac58cd", True),  # ERC-721
        ("0x5b5e139f", True),  # ERC-721 metadata
        ("0xb45a3c0e", True),  # ERC-5192
        ("0x49064906", True),  # ERC-4906
        ("0x84b0196e", True),  # ERC-5267
        ("0x780e9d63", False),  # ERC-721 enumerable
        ("0xffffffff", False),  # as ERC-165 demands
    ],
)
def test_supports_interface__known_and_unknown__are_told_apart(
    credits: Any, interface: str, supported: bool
) -> None:
    assert credits.supportsInterface(interface) is supported


def test_owner_of__never_minted__reverts(credits: Any) -> None:
    for read in (credits.ownerOf, credits.locked, credits.getApproved, credits.tokenURI):
        with ape.reverts(MISSING):
            read(1)


def test_certificate__never_minted__is_all_zero(credits: Any) -> None:
    certificate = credits.certificate(1)
    assert (certificate.holder, certificate.amount_ug, certificate.project) == (NOBODY, 0, "")


def test_balance_of__nobody_and_newcomer__reverts_or_is_zero(credits: Any, bob: Any) -> None:
    assert credits.balanceOf(bob) == 0
    with ape.reverts("credits: the zero address holds nothing"):
        credits.balanceOf(NOBODY)


def test_locked__minted__is_true_and_nobody_is_approved(
    credits: Any, minted: Callable[..., Signed], alice: Any, bob: Any
) -> None:
    token = minted(alice).token_id
    assert credits.locked(token)
    assert credits.getApproved(token) == NOBODY
    assert not credits.isApprovedForAll(alice, bob)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("transferFrom", ("holder", "other", "token")),
        ("safeTransferFrom", ("holder", "other", "token")),
        ("safeTransferFrom", ("holder", "other", "token", b"data")),
        ("approve", ("other", "token")),
        ("setApprovalForAll", ("other", True)),
    ],
)
def test_anything_that_moves_a_token__by_its_holder__reverts(
    credits: Any,
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
    function: str,
    arguments: tuple[Any, ...],
) -> None:
    token = minted(alice).token_id
    named = {"holder": alice, "other": bob, "token": token}
    values = [named.get(item, item) if isinstance(item, str) else item for item in arguments]
    with ape.reverts(MOVED):
        getattr(credits, function)(*values, sender=alice)
    assert credits.ownerOf(token) == alice


def test_transfer__allocated_void_and_undone__is_logged_for_none_of_it(
    credits: Any,
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    voided: Callable[..., Any],
    alice: Any,
) -> None:
    certificate, footprint = minted(alice), recorded(alice)
    token = certificate.token_id
    receipts = [credits.allocate(token, alice, footprint.footprint_hash, 1, sender=alice), voided(token)]
    allocation = {"attestation": footprint.digest, "account": alice, "amount_ug": 1}
    receipts.append(credits.undo(token, ZERO, [allocation], sender=alice))
    for receipt in receipts:
        assert not list(receipt.decode_logs(credits.Transfer))
        (changed,) = receipt.decode_logs(credits.MetadataUpdate)
        assert changed._tokenId == token
    assert (credits.ownerOf(token), credits.balanceOf(alice)) == (alice, 1)
    assert credits.locked(token)
    assert credits.getApproved(token) == NOBODY
    with ape.reverts(MOVED):
        credits.transferFrom(alice, alice, token, sender=alice)
