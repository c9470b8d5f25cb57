"""A verification for people."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from greenledger.cli import units
from greenledger.cli.tables import add_row, new_table
from greenledger.client.verification.checks import NOTHING, Check, Verification

_EQUAL = {True: "yes", False: "NO", None: ""}


def _cells(check: Check) -> tuple[str, ...]:
    values = (check.field, check.stated or "", check.chain or "", check.recomputed or "")
    return (*values, _EQUAL[check.equal])


def _verdict(result: Verification) -> str:
    if result.different:
        return f"Not equal: {', '.join(result.different)}"
    if result.report is None or not result.recomputed:
        return f"Could not check: {NOTHING}"
    if result.whole:
        return "Equal in every field"
    stated = result.report.footprint.count
    return (
        f"Equal in every field of {result.recomputed} of {stated:,} workloads; the sums were not recomputed"
    )


def show_verification(console: Console, result: Verification) -> None:
    """Each field as stated, on chain and recomputed, then the coverage and the verdict."""
    table = new_table(f"Attestation {result.id}", ("field", "stated", "on chain", "recomputed", "equal"))
    for check in result.checks:
        add_row(table, *_cells(check))
    console.print(table)
    ledger = result.ledger
    console.print(Text(f"Ledger {ledger.address} on chain {result.chain_id}, from {ledger.source}"))
    if result.report is not None:
        console.print(Text(f"Account {result.report.account}"))
    if result.factor_set is not None:
        console.print(Text(f"Recomputed with {result.factor_set}, as its methodology names"))
    if result.attestation.superseded:
        console.print(Text("Note: a later report of the account superseded this attestation"))
    console.print(Text(f"Coverage: {units.coverage(result.coverage_bps)}"))
    console.print(Text(_verdict(result)))
