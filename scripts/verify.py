"""`ape run verify --network ...`: proves that what is on chain was made from this source.

Reads `deployments/<chain id>.json`, compiles every contract in it anew and compares address, creation
transaction, source hash and code, by itself and by Sourcify's library; then the links that the owner sets.
Ends with 1 on any difference. Writes to `build/verify/<chain id>/` what Etherscan, Blockscout and Sourcify
need to show the source; it sends them nothing. If all is equal, `deployments/<chain id>.verified.json` is
written, from which the gateway answers.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import ape
import click
from ape.cli import ConnectedProviderCommand, network_option

from greenledger.verified.record import record_file, write_record
from scripts.deployment.artifacts import ROOT
from scripts.deployment.comparison import DIFFERS, EQUAL, TOLD
from scripts.deployment.verification import Verdict, read, verify

SIGNS = {EQUAL: "=", DIFFERS: "!", TOLD: "-"}
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(cls=ConnectedProviderCommand)
@network_option()
@click.option("--deployment", type=click.Path(path_type=Path), help="Default: deployments/<chain id>.json.")
@click.option(
    "--source", type=click.Path(path_type=Path), default=ROOT, help="A checkout. Default: this one."
)
@click.option("--output", type=FOLDER, default=ROOT / "build" / "verify", help="Default: build/verify.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def cli(deployment: Path | None, source: Path, output: Path, as_json: bool) -> None:
    """Compares the contracts of a deployment with their source."""
    provider = ape.chain.provider
    path = deployment or ROOT / "deployments" / f"{provider.chain_id}.json"
    record = read(path, provider.chain_id)
    verdicts = verify(provider, record, source, output / str(record["chain_id"]))
    if as_json:
        click.echo(json.dumps([as_row(verdict) for verdict in verdicts], indent=2))
    else:
        show(verdicts)
        click.echo(f"Requests for the explorers are in {output.name}/{record['chain_id']}/requests.sh")
    if not all(verdict.is_equal for verdict in verdicts):
        sys.exit(1)
    exact = [verdict.exact for verdict in verdicts if verdict.exact is not None]
    write_record(path, record["chain_id"], exact)
    click.echo(f"{len(exact)} exact contracts written to {record_file(path).name}", err=True)


def as_row(verdict: Verdict) -> dict[str, Any]:
    """A verdict for programs; the source itself is in the record."""
    checks = [asdict(check) for check in verdict.checks]
    return {
        "contract": verdict.contract,
        "address": verdict.address,
        "checks": checks,
        "equal": verdict.is_equal,
        "exact": verdict.exact is not None,
    }


def show(verdicts: list[Verdict]) -> None:
    """One line per contract, and one below it for each check."""
    for verdict in verdicts:
        word = "equal" if verdict.is_equal else "DIFFERENT"
        click.echo(f"{verdict.contract} at {verdict.address}: {word}")
        for check in verdict.checks:
            click.echo(f"  {SIGNS.get(check.result, '?')} {check.name}: {check.detail}")
