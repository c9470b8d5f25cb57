"""An allocation over the wire, for the certificate's holder to send."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from greenledger.api.schemas.offsets import Address
from greenledger.api.schemas.reports import Transaction
from greenledger.api.schemas.words import AMOUNT_PATTERN, Body, View, Word


class AllocationQuery(Body):
    """Whose attestation, by the footprint hash that it records; all that fits without an amount."""

    account: Address
    footprint_hash: Annotated[Word, AfterValidator(str.lower)]
    amount_ug: Annotated[str, StringConstraints(pattern=AMOUNT_PATTERN)] | None = None


class AllocationView(View):
    """Allocations are for good, and only the holder's own wallet can make them."""

    certificate: str
    attestation: str
    account: str  # whose attestation it is; another account's makes it a gift
    footprint_hash: str
    amount_ug: str
    sender: str  # the certificate's holder
    transaction: Transaction
