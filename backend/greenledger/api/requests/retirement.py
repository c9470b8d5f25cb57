"""A page of retirements, from the query to JSON or CSV."""

from __future__ import annotations

from fastapi import Request, Response

from greenledger.api.followed import book_and_block
from greenledger.api.schemas.retirements import RetirementList, RetirementQuery
from greenledger.api.state import Gateway
from greenledger.offsets.cad_trust import as_csv, record_of_minting, unit_rows


async def listed(state: Gateway, asked: RetirementQuery, request: Request) -> Response:
    """The page as the query or the Accept header asks for it. Raises Problem."""
    book, followed_to = await book_and_block(state)
    page = await book.minted(asked.place, asked.limit, asked.account)
    records = [record_of_minting(one.minting, one.holder) for one in page.items]
    after = f"{page.next[0]}-{page.next[1]}" if page.next else None
    if _wants_csv(asked, request):
        headers = {"content-disposition": 'attachment; filename="retirements.csv"'} | _link(request, after)
        return Response(as_csv(records, asked.model), media_type="text/csv; charset=utf-8", headers=headers)
    rows = list(unit_rows(records, asked.model))
    shown = RetirementList(model=asked.model, followed_to=followed_to, items=rows, next=after)
    headers = _link(request, after)
    return Response(shown.model_dump_json(), media_type="application/json", headers=headers)


def _wants_csv(asked: RetirementQuery, request: Request) -> bool:
    if asked.format is not None:
        return asked.format == "csv"
    return request.headers.get("accept", "").split(",")[0].split(";")[0].strip() == "text/csv"


def _link(request: Request, after: str | None) -> dict[str, str]:
    """A page that is not the last says so also where the body has no room for it."""
    if after is None:
        return {}
    query = request.url.include_query_params(after=after).query
    return {"link": f'<{request.url.path}?{query}>; rel="next"'}
