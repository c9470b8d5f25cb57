"""Retirements over the wire, in the unit fields of the Climate Action Data Trust."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from greenledger.api.schemas.offsets import Address
from greenledger.api.schemas.words import PLACE_PATTERN, Body, View
from greenledger.journal.ledger import BEFORE_ALL
from greenledger.offsets.cad_trust import Model

MOST = 5_000


class RetirementQuery(Body):
    """All retirements of the ledger, or those whose certificate `account` holds, `limit` at a time.

    `after` is the `next` of the page before.
    """

    account: Address | None = None
    model: Model = Model.V2
    format: Literal["json", "csv"] | None = None  # null: as the Accept header asks
    limit: int = Field(default=1_000, ge=1, le=MOST)
    after: Annotated[str, StringConstraints(pattern=PLACE_PATTERN)] | None = None

    @property
    def place(self) -> tuple[int, int]:
        if self.after is None:
            return BEFORE_ALL
        block, index = re.split("-", self.after)
        return int(block), int(index)


class RetirementList(View):
    """Rows by the Trust's field names; a retirement of several blocks of serials is several rows."""

    model: Model
    followed_to: int  # the last block whose retirements are in
    items: list[dict[str, str]]
    next: str | None  # for `after`, null at the end
