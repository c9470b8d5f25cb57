"""Consent of an account to have its report recorded at the node's cost."""

from __future__ import annotations

from fastapi import APIRouter, Response

from greenledger.api.batch_views import sponsored_view
from greenledger.api.deps import GatewayDep, NowDep
from greenledger.api.origin import OriginDep
from greenledger.api.parts.sponsor import SponsorDep
from greenledger.api.permissions import RecorderDep
from greenledger.api.schemas.consents import ConsentBody, ConsentView, SponsoredView
from greenledger.api.schemas.words import Word
from greenledger.api.strict_route import StrictRoute
from greenledger.batches.sponsoring import find_report, report_of, sponsor_record
from greenledger.evidence.typed_data import consent_typed_data
from greenledger.evidence.words import word_bytes

router = APIRouter(prefix="/v1/reports/{report_id}/consent", tags=["reports"], route_class=StrictRoute)


@router.get("")
async def asked(report_id: Word, account: RecorderDep, state: GatewayDep) -> ConsentView:
    """What the account signs so that somebody else may record this report, and no other."""
    report = report_of(await find_report(state.database, account, report_id))
    return ConsentView(typed_data=consent_typed_data(report, state.council.footprint_domain))


@router.post("", status_code=201)
async def give(
    report_id: Word,
    body: ConsentBody,
    response: Response,
    account: RecorderDep,
    state: GatewayDep,
    sponsor: SponsorDep,
    origin: OriginDep,
    now: NowDep,
) -> SponsoredView:
    """Records the report with the account's consent, once; asked again, tells what became of it."""
    row = await find_report(state.database, account, report_id)
    consent = word_bytes(body.consent)
    sent, is_new = await sponsor_record(state.database, sponsor, row, consent, now, origin)
    response.status_code = 201 if is_new else 200
    return sponsored_view(row.id, sent)
