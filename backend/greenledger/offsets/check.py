"""How a council node checks a retirement before it signs: it reads the evidence itself and compares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from greenledger.evidence.disclosure import Mismatch
from greenledger.evidence.structs import struct_as_json
from greenledger.evidence.typed_data import RetirementReport
from greenledger.offsets.errors import ProofNotFound, ProofUnusable
from greenledger.offsets.market import Market
from greenledger.offsets.retirement_report import retirement_report


async def check_retirement(
    report: RetirementReport, proof: Mapping[str, Any], markets: Mapping[str, Market]
) -> tuple[Mismatch, ...]:
    """Fields in which `report` differs from the market's own evidence; empty if it may be signed.

    `proof` is {"market": key, "reference": public id of the retirement}. The deadline is not compared: the
    market knows none. Raises MarketUnavailable or MarketRefused if the evidence cannot be read now.
    """
    name, reference = str(proof.get("market"))[:100], str(proof.get("reference"))[:200]
    market = markets.get(name)
    if market is None:
        known = ", ".join(sorted(markets)) or "none: this node reads no marketplace"
        return (Mismatch("proof.market", name, f"one of {known}"),)
    try:
        found = await market.proof(reference)
        expected = retirement_report(found, report.holder, report.retirement.valid_until)
    except ProofNotFound:
        return (Mismatch("proof.reference", reference, f"a retirement that {name} knows"),)
    except ProofUnusable as error:
        return (Mismatch("proof.reference", reference, str(error)),)
    differences = _differences("", struct_as_json(report), struct_as_json(expected))
    # Only who was named at the retirement gets the certificate: else a stranger's tonnes could be claimed.
    if found.beneficiary_address.lower() != report.holder.lower():
        differences += (Mismatch("holder", report.holder, found.beneficiary_address),)
    return differences


def _differences(path: str, stated: Mapping[str, Any], expected: Mapping[str, Any]) -> tuple[Mismatch, ...]:
    found: tuple[Mismatch, ...] = ()
    for name, value in stated.items():
        other = expected[name]
        if isinstance(value, dict):
            found += _differences(f"{path}{name}.", value, other)
        elif value != other:
            found += (Mismatch(f"{path}{name}", str(value), str(other)),)
    return found
