"""The client for programs that wait: every method is one flow, carried out over blocking HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from eth_account.signers.local import LocalAccount

from greenledger.chain.records import Attestation
from greenledger.client import (
    batches,
    position,
    reports,
    retirements,
    settings,
    sync,
    wallet,
    work,
)
from greenledger.client.batches import Batch, OnBatch
from greenledger.client.connection import Connection
from greenledger.client.delivery import Flushed, flush
from greenledger.client.effects import Flow, T
from greenledger.client.quoting import QuoteWish
from greenledger.client.retirement_shapes import Allocated, Order, Paid, Quote
from greenledger.client.shapes import (
    ApiKey,
    Config,
    Estimate,
    Position,
    Recorded,
    Report,
    Stated,
    Uploaded,
)
from greenledger.client.spool import MOST_BYTES, Event, Spool, spool_folder
from greenledger.client.verification import checking
from greenledger.client.verification.checks import Verification
from greenledger.client.work import OnRows, Workload
from greenledger.intake import CodeCarbonOptions, Format

ORDER_WITHIN_S = 600.0
BATCH_WITHIN_S = 3_600.0


def usual_spool(connection: Connection) -> Spool:
    """The spool of a gateway and of the key's account, or of the key, in this user's state folder.

    Raises NotConfigured.
    """
    folder = spool_folder(settings.state_folder(), connection.url, connection.account, connection.api_key)
    return Spool(folder, settings.spool_bytes(MOST_BYTES))


class Client:
    """One gateway. Close it, or use it in a `with` block.

    Every method raises ClientError or one of its kinds, see `errors`, and nothing else of the network's.
    """

    def __init__(
        self,
        url: str | None = None,
        api_key: str | None = None,
        *,
        rpc_url: str | None = None,
        origin: str | None = None,
        connection: Connection | None = None,
        http: httpx.Client | None = None,
        spool: Spool | None = None,
    ) -> None:
        """Nothing is sent before the first call. What is not given comes from the environment or the login.

        `connection` says all of that at once. Raises NotConfigured without a URL.
        """
        self.connection = connection or settings.connection(url, api_key, rpc_url=rpc_url, origin=origin)
        self.spool = spool or usual_spool(self.connection)
        self._http = http or sync.new_http()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def _run(self, flow: Flow[T]) -> T:
        return sync.run(flow, self._http)

    # work

    def estimate(self, workload: Workload) -> Estimate:
        """The footprint of a workload; nothing is stored."""
        return self._run(work.estimate(self.connection, workload))

    def submit(self, workload: Workload, event_id: str | None = None) -> Stated:
        """States one workload. The event id, by default made from the workload, makes it idempotent."""
        return self._run(work.submit(self.connection, workload, event_id))

    def submit_many(self, workloads: Iterable[Workload]) -> list[Stated]:
        """States workloads one after another; those before an error stay stated."""
        return [self.submit(workload) for workload in workloads]

    def submit_file(
        self,
        file: Path,
        form: Format | None = None,
        options: CodeCarbonOptions | None = None,
        on_rows: OnRows | None = None,
    ) -> Uploaded:
        """States the good workloads of a file and names the bad ones."""
        return self._run(work.submit_file(self.connection, file, form, options, on_rows))

    def workloads(self, limit: int = 100, before: str | None = None) -> list[Stated]:
        """The account's newest workloads."""
        return self._run(work.workloads(self.connection, limit, before))

    def keep(self, workload: Workload, event_id: str | None = None) -> str:
        """Puts work into the spool, for `flush` to send; gives its event id. Raises OSError or SpoolFull."""
        event = Event(event_id or work.event_id_of(workload), workload)
        self.spool.add(event)
        return event.event_id

    def flush(self) -> Flushed:
        """Sends what the spool holds. Raises OSError as the disk does."""
        return self._run(flush(self.connection, self.spool))

    # reports

    def issue(self, workload_ids: Sequence[str], supersedes: str | None = None) -> Report:
        """A report over stated workloads, signed by the council."""
        return self._run(reports.issue(self.connection, workload_ids, supersedes))

    def issue_or_find(self, workload_ids: Sequence[str]) -> tuple[Report, bool]:
        """As `issue`; or the recorded report of exactly these workloads, and True."""
        return self._run(reports.issue_or_find(self.connection, workload_ids))

    def reports(self, limit: int = 50, before: str | None = None) -> list[Report]:
        """The account's newest reports."""
        return self._run(reports.reports(self.connection, limit, before))

    def evidence(self, report_id: str) -> dict[str, Any]:
        """The evidence bundle of one's own report."""
        return self._run(reports.evidence(self.connection, report_id))

    def record(self, report: Report, signer: LocalAccount, *, dry_run: bool = False) -> Recorded:
        """Sends a report to the ledger with a key of this machine: the account's, or its operator's."""
        return self._run(reports.record(self.connection, report, signer, dry_run=dry_run))

    # batches

    def close_batch(self, ended_from: int, ended_before: int, most: int | None = None) -> Batch:
        """Closes what ended in [ended_from, ended_before) and is in no report yet into one report."""
        return self._run(batches.close(self.connection, ended_from, ended_before, most))

    def batch(self, batch_id: str) -> Batch:
        """How far a batch is, with its report once it is signed."""
        return self._run(batches.batch(self.connection, batch_id))

    def batches(self, limit: int = 20) -> list[Batch]:
        """The account's newest batches."""
        return self._run(batches.batches(self.connection, limit))

    def wait_batch(
        self, batch_id: str, within_s: float = BATCH_WITHIN_S, on_batch: OnBatch | None = None
    ) -> Batch:
        """The batch once it is signed or recorded. Raises NotFinished."""
        return self._run(batches.wait(self.connection, batch_id, within_s, on_batch))

    def sign_batch_again(self, batch_id: str) -> Batch:
        """Has the expired report of a batch signed anew, over the same tree."""
        return self._run(batches.sign_again(self.connection, batch_id))

    def proof(self, workload_id: str) -> dict[str, Any]:
        """The file with which anyone can check that a workload is under its report, without a server."""
        return self._run(batches.proof(self.connection, workload_id))

    # the chain

    def config(self) -> Config:
        """Where the chain and the contracts are."""
        return self._run(wallet.config(self.connection))

    def attestation(self, id_: str) -> Attestation | None:
        """What the ledger holds of an attestation, from the chain; None if it was never recorded."""
        return self._run(position.attestation(self.connection, id_))

    def position(self, account: str) -> Position:
        """An account's sums, from the chain."""
        return self._run(position.position(self.connection, account))

    def verify(self, target: str | dict[str, Any], disclosed: object | None = None) -> Verification:
        """Checks an attestation by its id or an evidence bundle, field by field, against the chain and the
        model; `disclosed` is what the account disclosed for an id. Raises also InvalidReport or
        InvalidDisclosure for documents that cannot be read.
        """
        config = self.config()
        rpc_url = wallet.node_of(self.connection, config).url
        return checking.check(rpc_url, checking.ledger_of(config), target, disclosed)

    # the wallet

    def sign_in(self, signer: LocalAccount) -> int:
        """Opens a session for the signer's account; gives when it ends, Unix seconds."""
        return self._run(wallet.sign_in(self.connection, signer))

    def sign_out(self) -> None:
        """Ends the session."""
        self._run(wallet.sign_out(self.connection))

    def create_key(
        self, name: str, scopes: Sequence[str], expires_in_days: int | None = None
    ) -> tuple[ApiKey, str]:
        """A new API key and its secret, shown this once. Needs a session."""
        return self._run(wallet.create_key(self.connection, name, scopes, expires_in_days))

    def keys(self) -> list[ApiKey]:
        """The account's keys. Needs a session."""
        return self._run(wallet.list_keys(self.connection))

    def revoke_key(self, key_id: str) -> None:
        """Ends a key. Needs a session."""
        self._run(wallet.revoke_key(self.connection, key_id))

    # retirements

    def projects(self, **wishes: str) -> list[dict[str, Any]]:
        """Offers of credits, cheapest first."""
        return self._run(retirements.projects(self.connection, **wishes))

    def quote(self, wish: QuoteWish) -> Quote:
        """A firm price, as an order of the desk. Needs a session."""
        return self._run(retirements.quote(self.connection, wish.body()))

    def retire(self, quote: Quote, signer: LocalAccount, *, dry_run: bool = False) -> Paid:
        """Pays a quote into the desk from the signer's own money: approval, then the order."""
        return self._run(retirements.pay(self.connection, quote, signer, dry_run=dry_run))

    def order(self, order_id: str) -> Order:
        """One order. Needs a session."""
        return self._run(retirements.order(self.connection, order_id))

    def orders(self) -> list[Order]:
        """The account's newest orders. Needs a session."""
        return self._run(retirements.orders(self.connection))

    def wait(
        self,
        order_id: str,
        within_s: float = ORDER_WITHIN_S,
        on_order: retirements.OnOrder | None = None,
    ) -> Order:
        """The order once its certificate is minted. Raises NotFinished."""
        return self._run(retirements.wait(self.connection, order_id, within_s, on_order))

    def allocate(
        self,
        order_id: str,
        footprint_hash: str,
        signer: LocalAccount,
        *,
        account: str | None = None,
        amount_ug: int | None = None,
        dry_run: bool = False,
    ) -> Allocated:
        """Allocates an order's certificate, or a part of it, to an attestation: for good."""
        flow = retirements.allocate(
            self.connection,
            order_id,
            footprint_hash,
            signer,
            account=account,
            amount_ug=amount_ug,
            dry_run=dry_run,
        )
        return self._run(flow)
