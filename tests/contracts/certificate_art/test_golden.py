"""The look of a certificate, to the last character: what is in `golden/` was looked at in a browser.

After a change of the art: GREENLEDGER_ART=write ape test tests/contracts/certificate_art, and look.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from in_process import load

GOLDEN = Path(__file__).parent / "golden"
TONNE_UG = 10**12


def certificate(voided: bool, amount_ug: int, allocated_ug: int, beneficiary: str) -> tuple[Any, ...]:
    return (
        "0x" + "11" * 20,
        amount_ug,
        allocated_ug,
        1_700_000_000,
        voided,
        2021,
        b"verra".ljust(32, b"\0"),
        "VCS-191",
        beneficiary,
        "VCS-191-2021-0001000-0001004",
        1_700_000_000,
    )


CERTIFICATES = {
    "valid": certificate(False, 5 * TONNE_UG, 2 * TONNE_UG, "Müller & Söhne Rechenzentrum GmbH"),
    "void": certificate(True, 7 * TONNE_UG // 3, 0, "B"),
    "long": certificate(False, 12_345_678, 12_345_678, "N" * 64),
}


@pytest.fixture(scope="module")
def art() -> Any:
    return load("contracts/CertificateArt.vy")


@pytest.mark.parametrize("name", CERTIFICATES)
def test_token_uri__certificate__looks_as_it_was_looked_at(art: Any, name: str) -> None:
    uri = art.token_uri(CERTIFICATES[name])
    metadata = json.loads(b64decode(uri.removeprefix("data:application/json;base64,")))
    image = b64decode(metadata.pop("image").removeprefix("data:image/svg+xml;base64,")).decode()
    found = {".json": json.dumps(metadata, indent=2, ensure_ascii=False) + "\n", ".svg": image + "\n"}
    if os.environ.get("GREENLEDGER_ART") == "write":
        for suffix, content in found.items():
            (GOLDEN / f"{name}{suffix}").write_text(content)
    assert found == {suffix: (GOLDEN / f"{name}{suffix}").read_text() for suffix in found}
