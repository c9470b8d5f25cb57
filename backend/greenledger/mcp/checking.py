"""The tool that checks an attestation: at the ledger contract, and by recomputing what was disclosed."""

from __future__ import annotations

from typing import Literal

from greenledger.client.verification.checks import Check, Verification
from greenledger.mcp.amounts import bounds_words
from greenledger.mcp.answers import Difference, Verified
from greenledger.mcp.failures import told
from greenledger.mcp.gateway import Gateway
from greenledger.mcp.inputs import AttestationId, Bundle
from greenledger.mcp.pages import Pages
from greenledger.mcp.texts import shown

MOST_DIFFERENCES = 50

Verdict = Literal["equal", "different", "recorded", "not_recorded"]
_WORDS: dict[Verdict, str] = {
    "equal": "Recorded on chain, and the same in every field when recomputed: {amounts}.",
    "different": "It does not hold: see `differences`.",
    "recorded": "Recorded on chain: {amounts}. Nothing was recomputed, since no evidence bundle was given.",
    "not_recorded": "This ledger holds no attestation of that id.",
}


class Checking:
    def __init__(self, gateway: Gateway, pages: Pages) -> None:
        self._gateway = gateway
        self._pages = pages

    async def verify(self, attestation: AttestationId, bundle: Bundle = None) -> Verified:
        """Check an attestation: is it recorded, how much is covered, and does it follow from its workloads?

        With the evidence bundle that the account disclosed, every integer is recomputed under the methodology
        that the report names and compared with the bundle and with the chain.
        """
        with told():
            found = await self._gateway.client.verify(attestation, bundle)
        held, verdict = found.attestation, _verdict(found)
        amounts = bounds_words(held.low_ug, held.central_ug, held.high_ug)
        return Verified(
            verdict=verdict,
            attestation=found.id,
            chain_id=found.chain_id,
            ledger=found.ledger.address,
            recorded_at=held.recorded_at or None,
            superseded=held.superseded,
            tier=held.tier or None,
            low_ug=str(held.low_ug),
            central_ug=str(held.central_ug),
            high_ug=str(held.high_ug),
            covered_ug=str(held.covered_ug),
            coverage_bps=found.coverage_bps,
            workloads_recomputed=found.recomputed,
            differences=[_difference(check) for check in found.checks if check.equal is False][
                :MOST_DIFFERENCES
            ],
            page=self._pages.attestation(found.id),
            in_words=_WORDS[verdict].format(amounts=amounts)
            + (" A later attestation corrects it." if held.superseded else ""),
        )


def _verdict(found: Verification) -> Verdict:
    if not found.attestation.recorded_at:
        return "not_recorded"
    if found.different:
        return "different"
    return "equal" if found.recomputed else "recorded"


def _difference(check: Check) -> Difference:
    return Difference(
        field=shown(check.field),
        stated=None if check.stated is None else shown(check.stated),
        on_chain=None if check.chain is None else shown(check.chain),
        recomputed=None if check.recomputed is None else shown(check.recomputed),
    )
