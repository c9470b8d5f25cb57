"""`mint_retired`: what an approved adapter retired in the same transaction, without the council."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from conftest import compile_mock
from reports import (
    DAY_S,
    NOBODY,
    REGISTRY,
    RETIRED_BY_ADAPTER,
    TONNE_UG,
    ZERO,
    Retirements,
    Signed,
    on_chain_origin,
)

POLICY = b"\x22" * 32
NOT_APPROVED = "credits: caller is not an approved adapter"
NO_EVIDENCE = "credits: an adapter states no evidence and no term"


@pytest.fixture
def retired(retirements: Retirements, now: int) -> Callable[..., dict[str, Any]]:
    """A retirement as an adapter states it, with changes."""

    def make(**changes: Any) -> dict[str, Any]:
        stated = retirements.make(NOBODY, now).report["retirement"]
        return stated | {"evidence": ZERO, "valid_until": 0} | changes

    return make


@pytest.fixture
def source_of(chain: Any) -> Callable[..., dict[str, Any]]:
    """The source that a retirement of an adapter has."""

    def make(adapter: Any, reference: int) -> dict[str, Any]:
        book = bytes.fromhex(adapter.address[2:]).rjust(32, b"\0")
        return {"kind": RETIRED_BY_ADAPTER, "book": book, "first": chain.chain_id, "last": reference}

    return make


def test_mint_retired__by_an_approved_adapter__gives_the_holder_the_certificate(
    credits: Any, adapter: Any, retired: Callable[..., Any], alice: Any, bob: Any
) -> None:
    retirement = retired()
    receipt = adapter.mint(credits, alice, retirement, 7, sender=bob)
    (event,) = receipt.decode_logs(credits.CertificateMinted)
    certificate = credits.certificate(event.certificate)
    for field in ("amount_ug", "vintage", "registry", "project", "beneficiary", "serials", "retired_at"):
        assert getattr(certificate, field) == retirement[field], field
    assert (certificate.holder, certificate.allocated_ug, certificate.voided) == (alice, 0, False)
    assert (credits.ownerOf(event.certificate), credits.balanceOf(alice)) == (alice, 1)


def test_mint_retired__its_token_id__is_the_digest_of_the_report_that_says_the_same(
    credits: Any,
    adapter: Any,
    retirements: Retirements,
    retired: Callable[..., Any],
    source_of: Callable[..., Any],
    alice: Any,
    bob: Any,
) -> None:
    report = {
        "holder": alice.address,
        "minter": adapter.address,
        "order": ZERO,
        "retirement": retired(),
        "source": source_of(adapter, 2**256 - 1),
    }
    arguments = (credits, alice, report["retirement"], 2**256 - 1)
    token_id = adapter.mint.call(*arguments, sender=bob)
    assert token_id == int.from_bytes(retirements.domain.digest("RetirementReport", report))
    assert token_id == int.from_bytes(credits.report_id(report))
    receipt = adapter.mint(*arguments, sender=bob)
    (transfer,) = receipt.decode_logs(credits.Transfer)
    assert (transfer.sender, transfer.receiver, transfer.token_id) == (NOBODY, alice, token_id)
    (locked,) = receipt.decode_logs(credits.Locked)
    assert locked.token_id == token_id
    (minted,) = receipt.decode_logs(credits.CertificateMinted)
    assert (minted.certificate, minted.holder, minted.registry) == (token_id, alice, REGISTRY)
    assert list(minted.source) == list(report["source"].values())


def test_mint_retired__by_an_adapter_nobody_approved__reverts(
    credits: Any, owner: Any, retired: Callable[..., Any], alice: Any
) -> None:
    stranger = owner.deploy(compile_mock("adapter_caller"))
    with ape.reverts(NOT_APPROVED):
        stranger.mint(credits, alice, retired(), 1, sender=alice)
    for account in (owner, alice):
        with ape.reverts(NOT_APPROVED):
            credits.mint_retired(alice, retired(), 1, sender=account)


def test_mint_retired__adapter_withdrawn__reverts_and_keeps_what_it_minted(
    credits: Any, adapter: Any, owner: Any, retired: Callable[..., Any], alice: Any
) -> None:
    receipt = adapter.mint(credits, alice, retired(), 1, sender=alice)
    (minted,) = receipt.decode_logs(credits.CertificateMinted)
    credits.set_adapter(adapter, False, sender=owner)
    with ape.reverts(NOT_APPROVED):
        adapter.mint(credits, alice, retired(), 2, sender=alice)
    assert credits.ownerOf(minted.certificate) == alice


def test_mint_retired__same_reference_again__reverts_whatever_it_says(
    credits: Any,
    adapter: Any,
    retired: Callable[..., Any],
    source_of: Callable[..., Any],
    alice: Any,
    bob: Any,
) -> None:
    assert not credits.is_claimed(source_of(adapter, 1))
    adapter.mint(credits, alice, retired(), 1, sender=alice)
    assert credits.is_claimed(source_of(adapter, 1))
    for holder, amount_ug in [(alice, 5 * TONNE_UG), (bob, 1)]:
        with ape.reverts("credits: origin is already used"):
            adapter.mint(credits, holder, retired(amount_ug=amount_ug), 1, sender=alice)
    adapter.mint(credits, alice, retired(), 2, sender=alice)
    assert credits.balanceOf(alice) == 2


def test_mint_retired__same_reference_of_another_adapter__is_minted(
    credits: Any, adapter: Any, owner: Any, retired: Callable[..., Any], alice: Any
) -> None:
    other = owner.deploy(compile_mock("adapter_caller"))
    credits.set_adapter(other, True, sender=owner)
    adapter.mint(credits, alice, retired(), 1, sender=alice)
    other.mint(credits, alice, retired(), 1, sender=alice)
    assert credits.balanceOf(alice) == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"evidence": b"\x33" * 32}, NO_EVIDENCE),
        ({"valid_until": 1}, NO_EVIDENCE),
        ({"valid_until": 2**64 - 1}, NO_EVIDENCE),
        ({"amount_ug": 0}, "credits: amount must be at least 1 ug"),
        ({"project": ""}, "credits: project is empty"),
        ({"beneficiary": ""}, "credits: beneficiary is empty"),
        ({"serials": ""}, "credits: serials are empty"),
        ({"retired_at": 0}, "credits: retirement time is empty"),
        ({"registry": ZERO}, "credits: registry is not switched on"),
    ],
)
def test_mint_retired__retirement_that_states_too_little_or_too_much__reverts(
    credits: Any,
    adapter: Any,
    retired: Callable[..., Any],
    alice: Any,
    changes: dict[str, Any],
    reason: str,
) -> None:
    with ape.reverts(reason):
        adapter.mint(credits, alice, retired(**changes), 1, sender=alice)


def test_mint_retired__no_holder__reverts(
    credits: Any, adapter: Any, retired: Callable[..., Any], alice: Any
) -> None:
    with ape.reverts("credits: holder is empty"):
        adapter.mint(credits, NOBODY, retired(), 1, sender=alice)


def test_mint_retired__in_the_future__reverts_and_in_this_block_is_minted(
    credits: Any, adapter: Any, retired: Callable[..., Any], alice: Any, chain: Any, now: int
) -> None:
    with ape.reverts("credits: retirement is in the future"):
        adapter.mint(credits, alice, retired(retired_at=now + DAY_S), 1, sender=alice)
    at = chain.pending_timestamp = now + DAY_S
    adapter.mint(credits, alice, retired(retired_at=at), 1, sender=alice)
    assert credits.balanceOf(alice) == 1


def test_mint_retired__registry_switched_off__reverts(
    credits: Any, adapter: Any, owner: Any, retired: Callable[..., Any], alice: Any
) -> None:
    credits.set_registry(REGISTRY, False, TONNE_UG, POLICY, sender=owner)
    with ape.reverts("credits: registry is not switched on"):
        adapter.mint(credits, alice, retired(), 1, sender=alice)


def test_mint_retired__paused__reverts(
    credits: Any, adapter: Any, owner: Any, retired: Callable[..., Any], alice: Any
) -> None:
    credits.pause(sender=owner)
    with ape.reverts("credits: new certificates are paused"):
        adapter.mint(credits, alice, retired(), 1, sender=alice)
    credits.unpause(sender=owner)
    adapter.mint(credits, alice, retired(), 1, sender=alice)


def test_mint__council_signs_for_a_source_of_an_adapter__reverts(
    credits: Any,
    adapter: Any,
    retirements: Retirements,
    retired: Callable[..., Any],
    source_of: Callable[..., Any],
    alice: Any,
    now: int,
) -> None:
    signed = retirements.make(alice, now, source_of(adapter, 1))
    with ape.reverts("credits: kind of source must be 1, 2 or 3"):
        credits.mint(signed.report, signed.signatures, 0, sender=alice)
    adapter.mint(credits, alice, retired(), 1, sender=alice)


def test_mint_retired__beside_a_report_of_the_same_words__are_two_sources(
    credits: Any,
    adapter: Any,
    minted: Callable[..., Signed],
    retired: Callable[..., Any],
    source_of: Callable[..., Any],
    alice: Any,
) -> None:
    adapter.mint(credits, alice, retired(), 1, sender=alice)
    origin = on_chain_origin()
    minted(alice, origin)
    assert credits.is_claimed(origin) and credits.is_claimed(source_of(adapter, 1))
    assert credits.balanceOf(alice) == 2


def test_mint__origin_that_looks_like_an_adapters_source__leaves_the_adapter_its_number(
    credits: Any,
    adapter: Any,
    minted: Callable[..., Signed],
    retired: Callable[..., Any],
    source_of: Callable[..., Any],
    alice: Any,
) -> None:
    minted(alice, on_chain_origin(**source_of(adapter, 1) | {"kind": 2}))
    adapter.mint(credits, alice, retired(), 1, sender=alice)
    assert credits.balanceOf(alice) == 2
