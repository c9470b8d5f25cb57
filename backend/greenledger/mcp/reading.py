"""The tools that only read."""

from __future__ import annotations

from greenledger.client.reading import Answer
from greenledger.mcp.amounts import bounds_words, kg_words
from greenledger.mcp.answers import Bounds, Default, Estimated, Position, SchemaAnswer
from greenledger.mcp.failures import told
from greenledger.mcp.gateway import Gateway
from greenledger.mcp.inputs import Account, Workload
from greenledger.mcp.pages import Pages
from greenledger.mcp.texts import shown

MOST_LISTED = 50
MOST_ADVICE = 3


class Reading:
    def __init__(self, gateway: Gateway, pages: Pages) -> None:
        self._gateway = gateway
        self._pages = pages

    async def workload_schema(self) -> SchemaAnswer:
        """What a workload may state, as JSON Schema: read it before estimating anything unusual."""
        with told():
            return SchemaAnswer(workload=dict((await self._gateway.get("/v1/workload.schema.json")).value))

    async def estimate(self, workload: Workload) -> Estimated:
        """Estimate the energy, carbon and water of one piece of AI work, with bounds. Nothing is stored.

        `defaults` lists every value that the workload did not state: stating those narrows the bounds.
        """
        with told():
            return _estimated(await self._gateway.post("/v1/footprints/estimate", workload))

    async def position(self, account: Account) -> Position:
        """What an account has attested on chain, and how much of it is covered by retired credits.

        Coverage is a number and never a claim of neutrality.
        """
        with told():
            found = await self._gateway.client.position(account)
        attested, covered_ug = found.footprint, found.covered_ug
        bps = covered_ug * 10_000 // attested.high_ug if attested.high_ug else 0
        words = bounds_words(attested.low_ug, attested.central_ug, attested.high_ug)
        return Position(
            account=found.account,
            chain_id=found.chain_id,
            ledger=found.ledger,
            block=found.block,
            attestations=found.attestations,
            low_ug=str(attested.low_ug),
            central_ug=str(attested.central_ug),
            high_ug=str(attested.high_ug),
            covered_ug=str(covered_ug),
            coverage_bps=bps,
            page=self._pages.account(found.account),
            in_words=f"{found.attestations} current attestations, together {words}; retired credits cover"
            f" {kg_words(covered_ug)}, which is {bps / 100:g} % of the high bound."
            if found.attestations
            else "The account has nothing attested on this ledger.",
        )


def _bounds(found: Answer) -> Bounds:
    return Bounds(**{name: str(found.whole(name)) for name in ("low", "central", "high")})


def _default(found: Answer) -> Default:
    return Default(**{name: shown(found.text(name)) for name in ("field", "value", "unit", "note")})


def _estimated(found: Answer) -> Estimated:
    """Raises UnexpectedAnswer if the gateway answered something else than an estimate."""
    made = found.inner("estimate")
    total, energy, tier = (
        _bounds(made.inner("total_ug")),
        _bounds(made.inner("energy_uwh")),
        made.whole("tier"),
    )
    words = bounds_words(int(total.low), int(total.central), int(total.high))
    return Estimated(
        methodology=shown(found.text("methodology")),
        energy_uwh=energy,
        total_ug=total,
        total_market_ug=_bounds(made.inner("total_market_ug")),
        embodied_ug=_bounds(made.inner("embodied_ug")),
        water_ul=_bounds(made.inner("water_ul")),
        tier=tier,
        tier_reason=shown(made.text("tier_reason")),
        defaults=[_default(item) for item in made.items("defaults")[:MOST_LISTED]],
        warnings=[shown(warning) for warning in made.texts("warnings")[:MOST_LISTED]],
        narrows_most=[
            shown(item.text("state")) for item in found.inner("explanation").items("narrowing")[:MOST_ADVICE]
        ],
        in_words=f"{words}, {int(energy.central) / 10**9:.4g} kWh; evidence tier {tier} of 7.",
    )
