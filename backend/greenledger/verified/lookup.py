"""One lookup of an explorer: status and body of the answer, refusals in Sourcify's own shapes."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

from eth_utils.address import to_checksum_address

from greenledger.verified.record import VerifiedContracts
from greenledger.verified.sourcify import UnknownField, contract_view, unverified_view, wanted_fields

ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")


@dataclass(frozen=True)
class Answer:
    """HTTP status and JSON body."""

    status: int
    body: dict[str, Any]


def look_up(
    contracts: VerifiedContracts, chain_id: str, address: str, fields: str | None, omit: str | None
) -> Answer:
    """200 for a contract that is exact, 404 for any other, 400 for a question that cannot be answered.

    `chain_id` and `address` are as they came; `fields` and `omit` are Sourcify's selectors.
    """
    if chain_id != str(contracts.chain_id):
        return _refused("unsupported_chain", f"Chain {chain_id[:40]} not found")
    if not ADDRESS.fullmatch(address):
        return _refused("invalid_parameter", f"Invalid address: {address[:100]}")
    try:
        wanted = wanted_fields(fields, omit)
    except UnknownField as error:
        return _refused("invalid_parameter", str(error))
    found = contracts.find(contracts.chain_id, address)
    if found is None:
        return Answer(404, unverified_view(chain_id, to_checksum_address(address)))
    return Answer(200, contract_view(found, contracts.chain_id, wanted))


def _refused(code: str, message: str) -> Answer:
    return Answer(400, {"customCode": code, "message": message, "errorId": str(uuid.uuid4())})
