"""What the tests of the certificates contract share: an adapter, void certificates, released sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import compile_mock
from reports import ISSUED_IN_ERROR, REVERSED, Corrections, Retirements, Signed


@pytest.fixture(scope="session")
def adapter(owner: Any, credits: Any) -> Any:
    """An approved adapter that mints whatever it is asked to."""
    deployed = owner.deploy(compile_mock("adapter_caller"))
    credits.set_adapter(deployed, True, sender=owner)
    return deployed


@pytest.fixture
def voided(corrections: Any, correcting: Corrections, owner: Any, chain: Any) -> Callable[..., Any]:
    """Has the council void a certificate; gives the receipt."""

    def void(certificate: int, reason: int = ISSUED_IN_ERROR) -> Any:
        signed = correcting.void(certificate, int(chain.blocks.head.timestamp), reason=reason)
        return corrections.void(signed.report, signed.signatures, sender=owner)

    return void


@pytest.fixture
def reversed_(minted: Callable[..., Signed], voided: Callable[..., Any]) -> Callable[..., Signed]:
    """Mints a certificate whose retirement the registry then reverses."""

    def reverse(*arguments: Any, **changes: Any) -> Signed:
        signed = minted(*arguments, **changes)
        voided(signed.token_id, REVERSED)
        return signed

    return reverse


@pytest.fixture
def release(credits: Any, retirements: Retirements, bob: Any) -> Callable[..., Any]:
    """Releases the source of a report's certificate, with changes to its parts; gives the receipt."""

    def send(report: dict[str, Any], hint: int = 0, **changes: Any) -> Any:
        parts = {
            "holder": report["holder"],
            "minter": report["minter"],
            "order": report["order"],
            "retirement_hash": retirements.domain.struct_hash("Retirement", report["retirement"]),
            "source": report["source"],
        }
        return credits.release_source(*(parts | changes).values(), hint, sender=bob)

    return send


@pytest.fixture
def allocated(credits: Any) -> Callable[..., dict[str, Any]]:
    """Allocates from a certificate to an attestation and gives what `undo` needs to take it back."""

    def allocate(holder: Any, certificate: Signed, footprint: Signed, amount_ug: int) -> dict[str, Any]:
        account = footprint.report["account"]
        credits.allocate(certificate.token_id, account, footprint.footprint_hash, amount_ug, sender=holder)
        return {"attestation": footprint.digest, "account": account, "amount_ug": amount_ug}

    return allocate
