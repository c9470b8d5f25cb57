"""What an order's certificate can give to an attestation, as the transaction that its holder sends."""

from __future__ import annotations

from greenledger.api.problems import Problem
from greenledger.api.schemas.allocations import AllocationQuery, AllocationView
from greenledger.api.schemas.reports import Transaction
from greenledger.api.state import Gateway
from greenledger.chain.calldata import encode_allocate
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.footprint.fields import FieldError
from greenledger.offsets.machine import MINTED
from greenledger.usage.models.order import Order


async def allocation(state: Gateway, order: Order, asked: AllocationQuery) -> AllocationView:
    """All amounts as the chain has them now. Raises Problem, ChainUnavailable or Reverted."""
    identity = order.certificate or (str(order.reports[-1]["certificate"]) if order.reports else "")
    certificate = await state.chain.certificate(int(identity, 16)) if order.state in MINTED else None
    if certificate is None or certificate.voided:
        problem = f"is {order.state} without a certificate that stands"
        raise _refused(409, "no_certificate", "order_id", problem, "an order whose certificate is minted")
    footprint_hash = word_bytes(asked.footprint_hash)
    attestation = await state.chain.attestation_id(asked.account, footprint_hash)
    found = await state.chain.attestation(attestation)
    if found is None:
        expected = "the hash of a footprint that this account has recorded"
        raise _refused(404, "unknown_attestation", "footprint_hash", "is not on the ledger", expected)
    if found.superseded:
        expected = "the attestation that replaced it: coverage moves along"
        raise _refused(409, "superseded", "footprint_hash", "was superseded", expected)
    left_ug = certificate.amount_ug - certificate.allocated_ug
    most_ug = min(left_ug, max(0, found.high_ug - found.covered_ug))
    amount_ug = most_ug if asked.amount_ug is None else int(asked.amount_ug)
    if not 0 < amount_ug <= most_ug:
        problem = f"is {amount_ug}"
        expected = f"1 to {most_ug} µg CO2e, of {left_ug} that the certificate has left"
        raise _refused(409, "amount_not_left", "amount_ug", problem, expected)
    data = encode_allocate(int(identity, 16), asked.account, footprint_hash, amount_ug)
    deployment = state.deployment
    return AllocationView(
        certificate=identity,
        attestation=as_hex(attestation),
        account=asked.account,
        footprint_hash=asked.footprint_hash,
        amount_ug=str(amount_ug),
        sender=certificate.holder,
        transaction=Transaction(to=deployment.credits, data=as_hex(data), chain_id=deployment.chain_id),
    )


DETAIL = {
    "no_certificate": "There is no certificate to allocate from.",
    "unknown_attestation": "There is no such attestation.",
    "superseded": "The attestation was replaced by a later one.",
    "amount_not_left": "This much cannot be allocated.",
}


def _refused(status: int, code: str, field: str, problem: str, expected: str) -> Problem:
    return Problem(status, code, DETAIL[code], [FieldError(field, problem, expected)])
