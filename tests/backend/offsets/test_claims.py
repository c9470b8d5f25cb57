"""Wording that calls a product neutral is found, and plain statements of coverage are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenledger.offsets.claims import claims_in
from scripts.check.product_claims import product_claims


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Our model is carbon neutral",
            "Carbon-Neutral inference",
            "a climate neutral product",
            "CO2-neutral",
        ),
        *("CO₂ neutral", "carbon neutrality", "net zero product", "net-zero", "NETZERO", "climate positive"),
        *("carbon negative", "climate-compensated", "zero-emission training", "zero carbon model"),
        *("emission-free", "eco-friendly AI", "climate friendly", "fully offset", "100% compensated"),
        *("offset complete", "completely offset", "klimaneutral", "klimaneutrale KI", "neutre en carbone"),
        *("carbon\u2011neutral", "carbon\u2013neutral"),
    ],
)
def test_claim__about_a_product__is_found(text: str) -> None:
    assert claims_in(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Evidence of a retirement. Conveys no unit.", "1 t of 30.2 t (high bound), 3.31 %", "100.00 %"),
        *(
            "Coverage is a number, not a claim of neutrality",
            "carbon-free energy 62 %",
            "carbon offset order",
        ),
        *("technology neutral", "zero address", "a footprint of zero", "climate action", "carbon removal"),
    ],
)
def test_statement__of_numbers__is_no_claim(text: str) -> None:
    assert claims_in(text) == ()


def test_rule__over_what_people_read__names_line_and_phrase() -> None:
    found = list(product_claims(Path("frontend/src/strings/en.ts"), 'a: "x",\nb: "Net zero product",\n'))
    assert found == [(2, "claims 'Net zero': state a number instead")]


@pytest.mark.parametrize("name", ["tests/x.py", "docs/img/x.png", "backend/greenledger/offsets/claims.py"])
def test_rule__over_what_nobody_reads__is_quiet(name: str) -> None:
    assert list(product_claims(Path(name), "carbon neutral")) == []
