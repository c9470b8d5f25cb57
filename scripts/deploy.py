"""`ape run deploy --network ...`: puts the contracts on a chain and writes `deployments/<chain id>.json`.

Beside it goes `<chain id>.verified.json` with the source of each contract that is exact, for block explorers.

Every contract is made by CREATE2 through the deterministic deployment proxy: the same source, owner, signers
and other constructor arguments give the same addresses on every chain. Safe to run again after a failure,
also when the file was lost: a contract that is at its address is kept, and a setting that is already there is
not sent a second time. Settings come from the environment (defaults in brackets):

GREENLEDGER_DEPLOYER             alias of an ape account [development account 9, on local chains only]
GREENLEDGER_OWNER                owner of all contracts [the deployer]
GREENLEDGER_GUARDIAN             may remove a council signer at once [the owner]
GREENLEDGER_COUNCIL_SIGNERS      addresses, comma separated
GREENLEDGER_COUNCIL_CONTRACTS    those of them that are contract wallets and sign by `endorse` [none]
GREENLEDGER_COUNCIL_NAMES        who runs them, comma separated, in the order of the signers [Council 1, ...]
GREENLEDGER_COUNCIL_URLS         where they answer, in the same order [empty]
GREENLEDGER_COUNCIL_THRESHOLD    signatures a report needs
GREENLEDGER_METHODOLOGY          bytes32 to approve
GREENLEDGER_METHODOLOGY_URI      where it is published [empty]
GREENLEDGER_REGISTRIES           JSON list of {key, unit_ug, policy} [none]: 1 to 32 ASCII characters, ug CO2e
                                 of one serial number, 32-byte hash of the policy document
GREENLEDGER_ADAPTERS             comma separated, out of toucan, request, klima [none]
GREENLEDGER_REQUEST_ESCROW       the protocol's contract that the request adapter asks
GREENLEDGER_KLIMA_AGGREGATOR     the retirement aggregator that the klima adapter calls
GREENLEDGER_DEPLOYMENT           output [deployments/<chain id>.json]
"""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import ape
import click
from ape.api import AccountAPI
from ape.contracts import ContractInstance

from greenledger.verified.record import record_file, write_record
from scripts.deployment import proxy
from scripts.deployment.artifacts import COMPILER, ROOT, Artifact, compile_contract
from scripts.deployment.clear_signing import write_descriptors
from scripts.deployment.creation import SALT, Creator
from scripts.deployment.owner_calls import owner_calls
from scripts.deployment.settings import LOCAL_CHAINS, Settings, required
from scripts.deployment.verified import exact_contracts

DEVELOPMENT_DEPLOYER = 9


def main() -> None:
    chain_id = ape.chain.provider.chain_id
    deployer = _deployer(chain_id)
    settings = Settings.from_environment(deployer.address)
    settings.refuse_development_accounts(chain_id, deployer.address)
    path = Path(os.environ.get("GREENLEDGER_DEPLOYMENT") or ROOT / "deployments" / f"{chain_id}.json")
    record = _read(path, chain_id)

    proxy.ensure(ape.chain.provider, deployer)
    contracts = _create(record, path, settings, deployer)
    _drop_absent(record["contracts"])
    _configure(contracts, settings, deployer)

    record |= {
        "block": min(entry["block"] for entry in record["contracts"].values()),
        "methodology": settings.methodology,
        "compiler": COMPILER,
        "proxy": proxy.ADDRESS,
        "salt": "0x" + SALT.hex(),
        "commit": _commit(),
    }
    _write(path, record)
    write_descriptors(record, _compiled)
    click.echo(f"Deployment on chain {chain_id} written to {path.name}")
    exact = exact_contracts(ape.chain.provider, record, _compiled)
    write_record(path, chain_id, exact)
    click.echo(f"Source of {len(exact)} contracts, exact, written to {record_file(path).name}")


def _create(
    record: dict[str, Any], path: Path, settings: Settings, deployer: AccountAPI
) -> dict[str, ContractInstance]:
    """Every contract in the order in which they name each other; the file is written after each."""
    creator = Creator(ape.chain, deployer, record["contracts"])
    contracts: dict[str, ContractInstance] = {}

    def create(name: str, *arguments: Any) -> str:
        contracts[name] = creator.ensure(_compiled(name), list(arguments))
        _write(path, record)
        return str(contracts[name].address)

    owner = settings.owner
    council = create("OracleCouncil", owner, settings.guardian, settings.members, settings.threshold)
    ledger = create("FootprintLedger", owner, council)
    art = create("CertificateArt")
    credits = create("RetiredCredits", owner, council, ledger, art)
    create("CertificateCorrections", credits)
    create("RetirementDesk", owner, credits)
    create("FootprintModel", create("FootprintArithmetic"))
    if "toucan" in settings.adapters:
        create("ToucanAdapter", owner, credits)
    if "request" in settings.adapters:
        create("RequestAdapter", owner, credits, settings.escrow, create("RequestHolder"))
    if "klima" in settings.adapters:
        create("KlimaAdapter", owner, credits, settings.aggregator)
    return contracts


def _drop_absent(entries: dict[str, Any]) -> None:
    """Takes out what the file has from an earlier chain of the same id and the settings name no more."""
    provider = ape.chain.provider
    for name in [name for name, entry in entries.items() if not provider.get_code(entry["address"])]:
        address = entries.pop(name)["address"]
        click.echo(f"{name} dropped from the file: this chain has no code at {address}")


def _configure(contracts: dict[str, ContractInstance], settings: Settings, deployer: AccountAPI) -> None:
    """Connects the contracts and switches on what the settings name, or prints what is left to the owner."""
    calls = [call for call in owner_calls(contracts, settings) if not call.is_done()]
    if settings.owner == deployer.address:
        for call in calls:
            getattr(call.contract, call.function)(*call.arguments, sender=deployer)
            click.echo(f"{call.name}.{call.function} sent")
    elif calls:
        click.echo(f"Left to the owner {settings.owner}, in this order:")
        for call in calls:
            click.echo(call.text())


@cache
def _compiled(name: str) -> Artifact:
    """From the source, once in a run: ape's cache does not see a change in `contracts/modules/`."""
    return compile_contract(name)


def _deployer(chain_id: int) -> AccountAPI:
    if os.environ.get("GREENLEDGER_DEPLOYER"):
        return ape.accounts.load(required("GREENLEDGER_DEPLOYER"))
    if chain_id not in LOCAL_CHAINS:
        raise click.ClickException(
            "GREENLEDGER_DEPLOYER is not set; development keys are for local chains only"
        )
    return ape.accounts.test_accounts[DEVELOPMENT_DEPLOYER]


def _read(path: Path, chain_id: int) -> dict[str, Any]:
    record: dict[str, Any] = {"chain_id": chain_id, "contracts": {}}
    if path.exists():
        record = json.loads(path.read_text())
    if record["chain_id"] != chain_id:
        raise click.ClickException(f"{path.name} belongs to chain {record['chain_id']}, this is {chain_id}")
    return record


def _commit() -> str:
    """The commit of this checkout, marked where tracked files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude", "*"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return run.stdout.strip() or "unknown"


def _write(path: Path, record: dict[str, Any]) -> None:
    """Replaces the file in one step, so that a crash leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(record, indent=2) + "\n")
    partial.replace(path)
