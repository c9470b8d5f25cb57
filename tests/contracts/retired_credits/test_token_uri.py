"""`tokenURI`: what the chain holds, as JSON with an image, and it follows allocations."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from reports import TONNE_UG, Signed


def read(uri: str) -> tuple[dict[str, Any], str]:
    """The JSON of a token URI and the text of its image."""
    kind, content = uri.split(",", 1)
    assert kind == "data:application/json;base64"
    metadata = json.loads(b64decode(content, validate=True))
    kind, image = metadata["image"].split(",", 1)
    assert kind == "data:image/svg+xml;base64"
    return metadata, " ".join(ElementTree.fromstring(b64decode(image, validate=True)).itertext())


def test_token_uri__minted__tells_what_was_signed(
    credits: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    signed = minted(alice, retired_at=1_700_000_000, amount_ug=1_250_000_000_000)
    metadata, text = read(credits.tokenURI(signed.token_id))
    assert metadata["name"] == "1.25 t CO2e retired, ICR-123"
    assert "conveys no unit" in metadata["description"]
    assert {item["trait_type"]: item["value"] for item in metadata["attributes"]} == {
        "Status": "Valid",
        "Amount": "1.25 t CO2e",
        "Amount in ug CO2e": "1250000000000",
        "Allocated in ug CO2e": "0",
        "Project": "ICR-123",
        "Vintage": "2021",
        "Registry": "icr",
        "Serials": "ICR-123-2021-0001000-0001004",
        "Beneficiary": "Example Labs GmbH",
        "Retired on": "2023-11-14",
    }
    for shown in ("1.25 t", "ICR-123", "2021", "icr", "Example Labs GmbH", "2023-11-14", "conveys no unit"):
        assert shown in text, shown


def test_token_uri__after_an_allocation__shows_it(
    credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    certificate = minted(alice)
    before = read(credits.tokenURI(certificate.token_id))[1]
    assert "Allocated 0 ug of 5 t" in before
    footprint = recorded(alice).footprint_hash
    credits.allocate(certificate.token_id, alice, footprint, 2 * TONNE_UG, sender=alice)
    assert "Allocated 2 t of 5 t" in read(credits.tokenURI(certificate.token_id))[1]


def test_token_uri__void__says_so_and_keeps_the_facts(
    credits: Any, minted: Callable[..., Signed], voided: Callable[..., Any], alice: Any
) -> None:
    token_id = minted(alice).token_id
    voided(token_id)
    metadata, text = read(credits.tokenURI(token_id))
    assert metadata["name"] == "VOID: 5 t CO2e retired, ICR-123"
    assert {"trait_type": "Status", "value": "Void"} in metadata["attributes"]
    assert "VOID, TAKEN BACK" in text and "Example Labs GmbH" in text
