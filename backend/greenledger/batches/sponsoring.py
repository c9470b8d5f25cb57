"""Recording a report with its account's consent: the gateway sends the transaction and pays for it."""

from __future__ import annotations

from dataclasses import dataclass

from greenledger.chain.calldata import encode_record_for
from greenledger.chain.sender import KeyUsed, Sender
from greenledger.chain.transactions import Call, Transaction
from greenledger.evidence.typed_data import FootprintReport, footprint_report_from_json
from greenledger.evidence.words import word_bytes
from greenledger.footprint.fields import FieldError
from greenledger.reports.errors import ReportRefused
from greenledger.usage import batches, reports
from greenledger.usage.audit import Action, Origin, append
from greenledger.usage.database import Database
from greenledger.usage.models.batch import BatchReport
from greenledger.usage.models.report import Report


@dataclass(frozen=True)
class Sponsor:
    """Who pays, and the ledger that reports are recorded in (checksum address)."""

    sender: Sender
    ledger: str


async def find_report(database: Database, account: str, report_id: str) -> Report | BatchReport:
    """A single report or one of a batch. Raises ReportRefused if it is not the account's."""
    async with database.transaction() as session:
        found = await reports.get_report(session, account, report_id.lower()) or await batches.get_report(
            session, account, report_id.lower()
        )
    if found is None:
        reason = FieldError("report_id", "is not a report of yours", "an id of a report that was signed")
        raise ReportRefused("unknown_report", "There is no such report of yours.", [reason])
    return found


def report_of(row: Report | BatchReport) -> FootprintReport:
    return footprint_report_from_json(row.report)


async def sponsor_record(
    database: Database, sponsor: Sponsor, row: Report | BatchReport, consent: bytes, now: int, origin: Origin
) -> tuple[Transaction, bool]:
    """The transaction that records a report, and whether it is new: a report has one, whatever is repeated.

    The call is tried before anything is sent. Raises Reverted with the ledger's words if it refuses, as for
    a consent that is not the account's; FeesAboveCap, ChainUnavailable or CannotEncode.
    """
    key = _key(row)
    if (earlier := await sponsor.sender.outcome(key)) is not None:
        return earlier, False
    signatures = [word_bytes(signature) for signature in row.signatures]
    call = Call(sponsor.ledger, encode_record_for(report_of(row), signatures, consent))
    try:
        sent = await sponsor.sender.send(key, call)
    except KeyUsed:
        # At the same moment another consent came first: a contract's may be written in several ways.
        earlier = await sponsor.sender.outcome(key)
        assert earlier is not None  # the key is used, and what was sent is kept
        return earlier, False
    async with database.transaction() as session:
        await append(session, row.account, Action.RECORD_SPONSORED, now, origin, row.id)
    return sent, True


async def sponsored(sponsor: Sponsor, row: Report | BatchReport) -> Transaction | None:
    """What became of the transaction, None if there was none. Raises ChainUnavailable."""
    return await sponsor.sender.outcome(_key(row))


def _key(row: Report | BatchReport) -> str:
    return f"record/{row.id}"
