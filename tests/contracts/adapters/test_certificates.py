"""Certificates that adapters mint: the same as others, and their ids can be recomputed by anyone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from reports import TONNE_UG, Signed

from .conftest import BENEFICIARY, CertificateOf

AMOUNT_UG = 5 * TONNE_UG

Retired = tuple[Any, int, str]


@pytest.fixture(params=["toucan", "klima", "puro"])
def retired(
    request: pytest.FixtureRequest,
    adapters: dict[str, Any],
    tco2: Any,
    cmark: Any,
    puro_token: Any,
    retirer: Any,
    alice: Any,
    requested: Callable[..., int],
) -> Retired:
    """Adapter, token id and serials of a certificate of five tonnes that Alice just got."""
    adapter = adapters[request.param]
    if request.param == "puro":
        number = requested()
        puro_token.finalizeRetirement(1, sender=retirer)
        receipt = adapter.finish(number, sender=alice)
        serials = "TCO2 retirement request 1"
    elif request.param == "klima":
        receipt = adapter.retire_token(cmark, AMOUNT_UG, BENEFICIARY, sender=alice)
        serials = f"Klima retirement of {cmark.address.lower()}, reference 1"
    else:
        receipt = adapter.retire_token(tco2, AMOUNT_UG, BENEFICIARY, sender=alice)
        serials = "TCO2 retirement event 1"
    (event,) = receipt.decode_logs(adapter.TokenRetired)
    return adapter, int(event.certificate), serials


def test_certificate__of_an_adapter__has_the_id_of_its_report(
    credits: Any, alice: Any, retired: Retired, report_of: CertificateOf
) -> None:
    adapter, certificate, serials = retired
    report = report_of(adapter, alice, 1, AMOUNT_UG, serials)
    assert credits.report_id(report) == certificate.to_bytes(32)
    assert credits.is_claimed(report["source"])
    assert not credits.is_claimed(report["source"] | {"last": 2})


def test_certificate__of_an_adapter__can_be_allocated_to_an_attestation(
    credits: Any, ledger: Any, alice: Any, retired: Retired, recorded: Callable[..., Signed]
) -> None:
    _, certificate, _ = retired
    signed = recorded(alice)
    credits.allocate(certificate, alice, signed.footprint_hash, AMOUNT_UG, sender=alice)
    assert ledger.attestation(signed.digest).covered_ug == AMOUNT_UG
    assert credits.certificate(certificate).allocated_ug == AMOUNT_UG


def test_certificate__of_an_adapter__is_drawn_like_any_other(credits: Any, retired: Retired) -> None:
    _, certificate, _ = retired
    assert credits.tokenURI(certificate).startswith("data:application/json;base64,")
