"""`greenledger verify`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from greenledger.cli.answers import DIFFERENT, NOT_POSSIBLE, AsJson, fail, fail_fields, say_json
from greenledger.cli.disclosures import read_document
from greenledger.cli.documents import CannotOpen
from greenledger.cli.ledgers import named_ledger, usual_ledger
from greenledger.cli.show_verification import show_verification
from greenledger.client.errors import NotConfigured
from greenledger.client.verification.chain_reader import chain_id_of
from greenledger.client.verification.checks import Verification
from greenledger.client.verification.disclosures import Disclosure, disclosure_from_json
from greenledger.client.verification.ledger_at import LedgerAt, bundle_ledger
from greenledger.client.verification.recorded_report import Told
from greenledger.client.verification.rpc import CannotRead, Rpc
from greenledger.client.verification.verify import verify_bundle, verify_id
from greenledger.evidence.bundle import bundle_from_json
from greenledger.evidence.disclosure import InvalidDisclosure
from greenledger.evidence.structs import InvalidReport

EXIT_CODES = "Exit codes: 0 equal in every field, 1 not equal, 2 could not check or nothing to recompute."

_ID = re.compile(r"0x[0-9a-fA-F]{64}", re.ASCII)


@contextmanager
def _progress() -> Iterator[Told]:
    """Tells on a terminal how many blocks are still to be searched; silent anywhere else."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Looking for the attestation's block", total=None)
        yield lambda done, size: progress.update(task, completed=done, total=size)


def _ledger_of(id_: bytes, rpc: Rpc, disclosure: Disclosure, named: LedgerAt | None) -> LedgerAt:
    """The ledger that was named, or that of the id's own bundle, or the one that is usual here."""
    if named is not None:
        return named
    bundle = disclosure.bundle
    if bundle is not None and bundle.digest() == id_:
        return bundle_ledger(bundle)
    return usual_ledger(chain_id_of(rpc))


def _verify_id(id_: bytes, rpc: Rpc, workload: str | None, named: LedgerAt | None) -> Verification:
    disclosure = disclosure_from_json(read_document(workload)) if workload else Disclosure()
    ledger = _ledger_of(id_, rpc, disclosure, named)
    with _progress() as told:
        return verify_id(id_, rpc, ledger, disclosure, told)


def _verify_file(file: str, rpc: Rpc, workload: str | None, named: LedgerAt | None) -> Verification:
    if workload is not None:
        raise CannotRead(
            "--workload: given with a bundle, expected with an id only: a bundle has its workloads"
        )
    return verify_bundle(bundle_from_json(read_document(file)), rpc, named)


def _verify(
    target: str, rpc_url: str, workload: str | None, ledger: str | None, deployment: Path | None
) -> Verification:
    named = named_ledger(ledger, deployment)
    rpc = Rpc(rpc_url)
    try:
        if _ID.fullmatch(target):
            return _verify_id(bytes.fromhex(target[2:]), rpc, workload, named)
        return _verify_file(target, rpc, workload, named)
    finally:
        rpc.close()


def verify(
    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET", help="Id of an attestation (0x...), or an evidence bundle: FILE, URL or -."
        ),
    ],
    rpc: Annotated[
        str,
        typer.Option("--rpc", envvar="GREENLEDGER_RPC_URL", help="RPC URL of a node of the ledger's chain."),
    ],
    workload: Annotated[
        str | None,
        typer.Option(
            "--workload",
            metavar="FILE|URL|-",
            help="With an id: what was disclosed. A bundle, one or a list of {workload, salt}, or of"
            " {workload, salt, proof} for a few of a large batch.",
        ),
    ] = None,
    ledger: Annotated[
        str | None, typer.Option("--ledger", help="Address of the ledger that you trust.")
    ] = None,
    deployment: Annotated[
        Path | None,
        typer.Option(
            "--deployment",
            help="File that names that ledger and its first block [default: deployments/<chain id>.json, else"
            " the ledger of the login].",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check an attestation: its id, its record on chain, and every field recomputed from its workloads.

    Recomputes with the factor set that the report names. Reads the chain alone, no server of ours.
    """
    try:
        result = _verify(target, rpc, workload, ledger, deployment)
    except (CannotOpen, InvalidReport, CannotRead, NotConfigured) as error:
        fail(f"could not check: {error}", as_json=as_json)
    except InvalidDisclosure as error:
        fail_fields(error.errors, as_json=as_json)
    if as_json:
        say_json(result.as_json())
    else:
        show_verification(Console(), result)
    if not result.equal:
        raise typer.Exit(NOT_POSSIBLE if result.equal is None else DIFFERENT)
