"""Reports: signed by the council at the gateway's request, recorded on chain with a key of this machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eth_account.signers.local import LocalAccount

from greenledger.chain.calldata import encode_record
from greenledger.client import chain_calls
from greenledger.client.connection import Call, Connection, ask, get
from greenledger.client.effects import Flow
from greenledger.client.errors import Conflict, NotTrusted
from greenledger.client.reading import Answer, answer
from greenledger.client.shapes import Bounds, Config, Recorded, Report, ToSend
from greenledger.client.wallet import config, node_of
from greenledger.evidence.structs import InvalidReport
from greenledger.evidence.typed_data import (
    footprint_domain,
    footprint_report_from_json,
    footprint_report_id,
)
from greenledger.evidence.words import as_hex, word_bytes

MOST_LISTED = 200  # reports of one answer
MOST_WORKLOADS = 1_000  # of one report; more of them are for a batch


def issue(connection: Connection, workload_ids: Sequence[str], supersedes: str | None = None) -> Flow[Report]:
    """A report over stated workloads, signed by the council. The same workloads give the same report while it
    can still be recorded.
    """
    read = yield from config(connection)
    body = {"workload_ids": list(workload_ids)} | ({"supersedes": supersedes} if supersedes else {})
    _, made = yield from ask(connection, Call("POST", "/v1/reports", body, harmless=True))
    return _own(answer(made), read)


def reports(connection: Connection, limit: int, before: str | None) -> Flow[list[Report]]:
    """The account's newest reports, at most 200; `before` is the last id of the page before."""
    read = yield from config(connection)
    params = {"limit": str(limit)} | ({"before": before} if before else {})
    _, body = yield from ask(connection, get("/v1/reports", params=params))
    return [_own(item, read) for item in answer(body).items("items")]


def issue_or_find(connection: Connection, workload_ids: Sequence[str]) -> Flow[tuple[Report, bool]]:
    """As `issue`; or the recorded report that holds exactly these workloads, and True: a job that is run
    again finds what its first run did. Raises Conflict where they are recorded in another company.
    """
    try:
        return (yield from issue(connection, workload_ids)), False
    except Conflict as refused:
        if refused.code != "already_recorded":
            raise
        wanted = set(workload_ids)
        for report in (yield from reports(connection, MOST_LISTED, None)):
            if set(report.workload_ids) == wanted and (yield from _stands(connection, report)):
                return report, True
        raise


def _stands(connection: Connection, report: Report) -> Flow[bool]:
    read = yield from config(connection)
    return (yield from is_recorded(node_of(connection, read), read.ledger, report.id))


def evidence(connection: Connection, report_id: str) -> Flow[dict[str, Any]]:
    """The evidence bundle: with it anyone can recompute the attestation."""
    _, body = yield from ask(connection, get(f"/v1/reports/{report_id}/evidence"))
    return dict(answer(body).value)


def _own(found: Answer, read: Config) -> Report:
    return report_of(found, read, found.texts("workload_ids"))


def report_of(found: Answer, read: Config, workload_ids: tuple[str, ...]) -> Report:
    """The report with the transaction made here from its struct: what the gateway would have sent is not
    taken over. Raises NotTrusted if the id is not the struct's own.
    """
    try:
        report = footprint_report_from_json(dict(found.inner("report").value))
        signatures = tuple(word_bytes(text) for text in found.texts("signatures"))
        identity = footprint_report_id(report, footprint_domain(read.chain_id, read.ledger))
    except (InvalidReport, ValueError) as error:
        raise NotTrusted(f"the gateway's report cannot be read: {error}") from error
    if as_hex(identity) != found.text("id").lower():
        raise NotTrusted(
            f"the gateway's report has the id {found.text('id')[:70]}, and {as_hex(identity)} is the one of"
            f" its fields at ledger {read.ledger} on chain {read.chain_id}: nothing was signed"
        )
    stated = report.footprint
    return Report(
        id=as_hex(identity),
        account=report.account,
        footprint=Bounds(stated.low_ug, stated.central_ug, stated.high_ug),
        footprint_hash=found.text("footprint_hash"),
        signatures=found.texts("signatures"),
        valid_until=stated.valid_until,
        workload_ids=workload_ids,
        to_send=ToSend(read.ledger, as_hex(encode_record(report, signatures)), read.chain_id),
        document=found.value,
    )


def record(connection: Connection, report: Report, signer: LocalAccount, *, dry_run: bool) -> Flow[Recorded]:
    """Sends a report to the ledger with the account's own key or its operator's, unless it is there already.

    Raises NotTrusted, ChainRefused, Unreachable or NotMined.
    """
    read = yield from config(connection)
    node = node_of(connection, read)
    yield from chain_calls.check_chain(node)
    if (yield from is_recorded(node, read.ledger, report.id)):
        return Recorded(report, None, already=True)
    if dry_run:
        planned, _ = yield from chain_calls.plan(node, signer, report.to_send)
        return Recorded(report, None, planned=planned)
    return Recorded(report, (yield from chain_calls.transact(node, signer, report.to_send)))


def is_recorded(node: chain_calls.Node, ledger: str, report_id: str) -> Flow[bool]:
    """Whether the ledger has the attestation."""
    call = chain_calls.read(node, "FootprintLedger", ledger, "is_recorded", word_bytes(report_id))
    (recorded,) = yield from call
    return bool(recorded)
