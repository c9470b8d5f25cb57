"""Consents to record a report over the wire."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import StringConstraints

from greenledger.api.schemas.words import HEX_PATTERN, Body, View

# 1,024 bytes, as the ledger takes them: a contract wallet's signature may be long.
Consent = Annotated[str, StringConstraints(pattern=HEX_PATTERN, min_length=4, max_length=2_050)]


class ConsentBody(Body):
    consent: Consent  # signature of the account over the typed data of `GET`


class ConsentView(View):
    typed_data: dict[str, Any]  # what the account's wallet signs (eth_signTypedData_v4)


class SponsoredView(View):
    report_id: str
    transaction: str  # hash of its newest form
    outcome: str  # pending, done, reverted or displaced
    reason: str | None  # why it did not succeed
    block: int | None
