"""`mint`: a certificate for what the council signed, once for each source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from eth_account.signers.local import LocalAccount
from reports import DAY_S, NOBODY, REGISTRY, TONNE_UG, ZERO, Retirements, Signed, on_chain_origin
from signing import compact, make_keys, sign

WEEK_S = 7 * DAY_S


def test_mint__by_anyone__gives_the_holder_the_certificate(
    credits: Any, retirements: Retirements, alice: Any, bob: Any, now: int
) -> None:
    signed = retirements.make(alice, now)
    assert credits.mint.call(signed.report, signed.signatures, 0, sender=bob) == signed.token_id
    receipt = credits.mint(signed.report, signed.signatures, 0, sender=bob)
    assert credits.ownerOf(signed.token_id) == alice
    assert credits.balanceOf(alice) == 1
    certificate = credits.certificate(signed.token_id)
    retirement = signed.report["retirement"]
    for field in ("amount_ug", "vintage", "registry", "project", "beneficiary", "serials", "retired_at"):
        assert getattr(certificate, field) == retirement[field], field
    assert (certificate.holder, certificate.minted_at) == (alice, receipt.timestamp)
    assert (certificate.allocated_ug, certificate.voided) == (0, False)


def test_mint__by_anyone__logs_transfer_lock_and_every_field(
    credits: Any, retirements: Retirements, alice: Any, bob: Any, now: int
) -> None:
    signed = retirements.make(alice, now)
    receipt = credits.mint(signed.report, signed.signatures, 0, sender=bob)
    (transfer,) = receipt.decode_logs(credits.Transfer)
    assert (transfer.sender, transfer.receiver, transfer.token_id) == (NOBODY, alice, signed.token_id)
    (locked,) = receipt.decode_logs(credits.Locked)
    assert locked.token_id == signed.token_id
    (minted,) = receipt.decode_logs(credits.CertificateMinted)
    assert (minted.certificate, minted.holder, minted.registry) == (signed.token_id, alice, REGISTRY)
    assert (minted.minter, bytes(minted.order)) == (NOBODY, ZERO)
    assert list(minted.retirement) == list(signed.report["retirement"].values())
    assert list(minted.source) == list(signed.report["source"].values())


def test_mint__longest_texts__come_back_whole(
    credits: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    texts = {"project": "P" * 32, "beneficiary": "ü" * 32, "serials": "S" * 95 + "E"}
    certificate = credits.certificate(minted(alice, **texts).token_id)
    assert {field: getattr(certificate, field) for field in texts} == texts


@pytest.mark.parametrize("size", [1, 13, 14, 15, 29, 30, 31, 45, 46, 47])
def test_mint__texts_around_a_word_boundary__come_back_whole(
    credits: Any, minted: Callable[..., Signed], alice: Any, size: int
) -> None:
    texts = {"project": "P", "beneficiary": "B", "serials": "S" * size}
    certificate = credits.certificate(minted(alice, **texts).token_id)
    assert {field: getattr(certificate, field) for field in texts} == texts


def test_mint__same_report_again__reverts(credits: Any, minted: Callable[..., Signed], alice: Any) -> None:
    signed = minted(alice)
    with ape.reverts("credits: origin is already used"):
        credits.mint(signed.report, signed.signatures, 0, sender=alice)


def test_mint__same_origin_in_another_report__reverts(
    credits: Any, minted: Callable[..., Signed], retirements: Retirements, alice: Any, bob: Any, now: int
) -> None:
    source = on_chain_origin()
    minted(alice, source)
    again = retirements.make(bob, now, source, amount_ug=1)
    with ape.reverts("credits: origin is already used"):
        credits.mint(again.report, again.signatures, 0, sender=bob)


@pytest.mark.parametrize("change", [{"first": 138}, {"last": 1}, {"book": b"\x66" * 32}])
def test_mint__origin_that_differs_in_one_part__is_another_source(
    credits: Any, minted: Callable[..., Signed], alice: Any, change: dict[str, Any]
) -> None:
    source = on_chain_origin()
    minted(alice, source)
    assert credits.ownerOf(minted(alice, source | change).token_id) == alice
    assert credits.balanceOf(alice) == 2


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ({"kind": 0}, "credits: kind of source must be 1, 2 or 3"),
        ({"kind": 4}, "credits: kind of source must be 1, 2 or 3"),
        ({"kind": 255}, "credits: kind of source must be 1, 2 or 3"),
        ({"book": ZERO}, "credits: origin is incomplete"),
        ({"first": 0}, "credits: origin is incomplete"),
    ],
)
def test_mint__source_that_names_nothing__reverts(
    credits: Any, retirements: Retirements, alice: Any, now: int, source: dict[str, Any], reason: str
) -> None:
    signed = retirements.make(alice, now, on_chain_origin(**source))
    with ape.reverts(reason):
        credits.mint(signed.report, signed.signatures, 0, sender=alice)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"amount_ug": 0}, "credits: amount must be at least 1 ug"),
        ({"project": ""}, "credits: project is empty"),
        ({"beneficiary": ""}, "credits: beneficiary is empty"),
        ({"serials": ""}, "credits: serials are empty"),
        ({"retired_at": 0}, "credits: retirement time is empty"),
        ({"evidence": ZERO}, "credits: evidence is empty"),
        ({"registry": b"verra".ljust(32, b"\0")}, "credits: registry is not switched on"),
        ({"registry": ZERO}, "credits: registry is not switched on"),
    ],
)
def test_mint__retirement_that_states_too_little__reverts(
    credits: Any, retirements: Retirements, alice: Any, now: int, changes: dict[str, Any], reason: str
) -> None:
    signed = retirements.make(alice, now, **changes)
    with ape.reverts(reason):
        credits.mint(signed.report, signed.signatures, 0, sender=alice)


def test_mint__no_holder__reverts(credits: Any, retirements: Retirements, alice: Any, now: int) -> None:
    signed = retirements.make(NOBODY, now)
    with ape.reverts("credits: holder is empty"):
        credits.mint(signed.report, signed.signatures, 0, sender=alice)


@pytest.mark.parametrize(
    ("field", "offset_s", "reason"),
    [
        ("valid_until", 0, "credits: report has expired"),
        ("valid_until", WEEK_S + 1, "credits: report is valid for more than 7 days"),
        ("retired_at", 1, "credits: retirement is in the future"),
    ],
)
def test_mint__outside_its_time__reverts(
    credits: Any,
    retirements: Retirements,
    alice: Any,
    chain: Any,
    now: int,
    field: str,
    offset_s: int,
    reason: str,
) -> None:
    at = chain.pending_timestamp = now + DAY_S
    signed = retirements.make(alice, at, **{field: at + offset_s})
    with ape.reverts(reason):
        credits.mint(signed.report, signed.signatures, 0, sender=alice, gas=1_000_000)


@pytest.mark.parametrize(
    ("field", "offset_s"), [("valid_until", 1), ("valid_until", WEEK_S), ("retired_at", 0)]
)
def test_mint__at_the_edge_of_its_time__is_minted(
    credits: Any, retirements: Retirements, alice: Any, chain: Any, now: int, field: str, offset_s: int
) -> None:
    at = chain.pending_timestamp = now + DAY_S
    signed = retirements.make(alice, at, **{field: at + offset_s})
    credits.mint(signed.report, signed.signatures, 0, sender=alice)
    assert credits.ownerOf(signed.token_id) == alice


def test_mint__compact_signatures__is_minted(
    credits: Any, retirements: Retirements, alice: Any, now: int
) -> None:
    signed = retirements.make(alice, now)
    credits.mint(signed.report, [compact(item) for item in signed.signatures], 0, sender=alice)
    assert credits.ownerOf(signed.token_id) == alice


def test_mint__signed_by_strangers__reverts(
    credits: Any, retirements: Retirements, alice: Any, now: int
) -> None:
    signed = retirements.make(alice, now)
    forged = sign(signed.digest, make_keys(2, "stranger"))
    with ape.reverts("council: not a signer of this epoch"):
        credits.mint(signed.report, forged, 0, sender=alice)


@pytest.mark.parametrize("count", [0, 1])
def test_mint__too_few_signatures__reverts(
    credits: Any, retirements: Retirements, alice: Any, now: int, count: int
) -> None:
    signed = retirements.make(alice, now)
    with ape.reverts("council: too few signatures"):
        credits.mint(signed.report, signed.signatures[:count], 0, sender=alice)


@pytest.mark.parametrize("change", [{"amount_ug": 6 * TONNE_UG}, {"beneficiary": "Somebody Else Ltd"}])
def test_mint__changed_after_signing__reverts(
    credits: Any, retirements: Retirements, alice: Any, now: int, change: dict[str, Any]
) -> None:
    signed = retirements.make(alice, now)
    changed = signed.report | {"retirement": signed.report["retirement"] | change}
    with pytest.raises(ape.exceptions.ContractLogicError, match="council: "):
        credits.mint(changed, signed.signatures, 0, sender=alice)


def test_mint__holder_changed_after_signing__reverts(
    credits: Any, retirements: Retirements, alice: Any, bob: Any, now: int
) -> None:
    signed = retirements.make(alice, now)
    with pytest.raises(ape.exceptions.ContractLogicError, match="council: "):
        credits.mint(signed.report | {"holder": bob.address}, signed.signatures, 0, sender=bob)


def test_mint__signed_by_a_removed_signer__reverts(
    credits: Any,
    council: Any,
    guardian: Any,
    retirements: Retirements,
    alice: Any,
    now: int,
    keys: list[LocalAccount],
) -> None:
    signed = retirements.make(alice, now)
    council.remove(keys[0].address, sender=guardian)
    with ape.reverts("council: not a signer of this epoch"):
        credits.mint(signed.report, signed.signatures, 0, sender=alice)


def test_mint__to_a_contract_without_receiver_code__is_minted(
    credits: Any, minted: Callable[..., Signed], retirements: Retirements, council: Any, bob: Any, now: int
) -> None:
    signed = retirements.make(council.address, now)
    credits.mint(signed.report, signed.signatures, 0, sender=bob)
    assert credits.ownerOf(signed.token_id) == council


def test_mint__paused__reverts_and_reads_go_on(
    credits: Any, owner: Any, minted: Callable[..., Signed], retirements: Retirements, alice: Any, now: int
) -> None:
    earlier = minted(alice)
    credits.pause(sender=owner)
    signed = retirements.make(alice, now)
    with ape.reverts("credits: new certificates are paused"):
        credits.mint(signed.report, signed.signatures, 0, sender=alice)
    assert credits.certificate(earlier.token_id).holder == alice
    assert credits.tokenURI(earlier.token_id)
