"""`ape run deploy --network ...`: puts the contracts on a chain and writes `deployments/<chain id>.json`.

Safe to run again after a failure: a contract whose code is at its recorded address is kept, and a setting
that is already there is not sent a second time. Settings come from the environment (defaults in brackets):

GREENLEDGER_DEPLOYER             alias of an ape account [development account 9, on local chains only]
GREENLEDGER_OWNER                owner of all contracts [the deployer]
GREENLEDGER_GUARDIAN             may remove a council signer at once [the owner]
GREENLEDGER_COUNCIL_SIGNERS      addresses, comma separated
GREENLEDGER_COUNCIL_URLS         where they answer, comma separated, in the same order [empty]
GREENLEDGER_COUNCIL_THRESHOLD    signatures a report needs
GREENLEDGER_METHODOLOGY          bytes32 to approve
GREENLEDGER_METHODOLOGY_URI      where it is published [empty]
GREENLEDGER_REGISTRIES           JSON list of {key, unit_ug, policy} [none]
GREENLEDGER_DEPLOYMENT           output [deployments/<chain id>.json]
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import ape
import click
from ape.api import AccountAPI
from ape.contracts import ContractInstance
from ape.utils.testing import generate_dev_accounts

ROOT = Path(__file__).resolve().parents[1]
LOCAL_CHAINS = (31337, 1337)
DEVELOPMENT_DEPLOYER = 9
DEVELOPMENT_MNEMONIC = "test test test test test test test test test test test junk"
DEVELOPMENT_ACCOUNTS = 20  # as many as development chains hand out of the mnemonic that every manual prints


def main() -> None:
    chain_id = ape.chain.provider.chain_id
    deployer = _deployer(chain_id)
    owner = os.environ.get("GREENLEDGER_OWNER", deployer.address)
    path = Path(os.environ.get("GREENLEDGER_DEPLOYMENT", ROOT / "deployments" / f"{chain_id}.json"))
    record = json.loads(path.read_text()) if path.exists() else {"chain_id": chain_id, "contracts": {}}
    if record["chain_id"] != chain_id:
        raise click.ClickException(f"{path.name} belongs to chain {record['chain_id']}, this is {chain_id}")

    _refuse_development_accounts(chain_id, deployer.address, owner)

    _compile_anew()

    def deployed(name: str, *arguments: object) -> ContractInstance:
        contract = _kept(record, name, arguments) or _deploy(record, name, deployer, arguments)
        _write(path, record)
        return contract

    council = deployed("OracleCouncil", owner, _guardian(owner), _members(), _threshold())
    ledger = deployed("FootprintLedger", owner, council.address)
    art = deployed("CertificateArt")
    credits = deployed("RetiredCredits", owner, council.address, ledger.address, art.address)

    methodology = _required("GREENLEDGER_METHODOLOGY")
    if owner == deployer.address:
        _configure(ledger, credits, methodology, deployer)
    else:
        click.echo("Left to the owner: set_credits, approve_methodology, set_registry")
    record |= {
        "block": min(entry["block"] for entry in record["contracts"].values()),
        "methodology": methodology,
        "compiler": {"vyper": "0.4.3", "evm_version": "cancun"},
        "commit": _commit(),
    }
    _write(path, record)
    click.echo(f"Deployment on chain {chain_id} written to {path.name}")


def _compile_anew() -> None:
    """Ape's cache does not see a change in `contracts/modules/` and would deploy what was there before."""
    ape.project.load_contracts(use_cache=False)


def _deployer(chain_id: int) -> AccountAPI:
    alias = os.environ.get("GREENLEDGER_DEPLOYER")
    if alias:
        return ape.accounts.load(alias)
    if chain_id not in LOCAL_CHAINS:
        raise click.ClickException(
            "GREENLEDGER_DEPLOYER is not set; development keys are for local chains only"
        )
    return ape.accounts.test_accounts[DEVELOPMENT_DEPLOYER]


def _refuse_development_accounts(chain_id: int, deployer: str, owner: str) -> None:
    """Where anything has value, nobody whose private key is printed in manuals may sign or own anything."""
    if chain_id in LOCAL_CHAINS:
        return
    known = {
        account.address.lower()
        for account in generate_dev_accounts(DEVELOPMENT_MNEMONIC, DEVELOPMENT_ACCOUNTS)
    }
    used = {deployer, owner, _guardian(owner), *(member["signer"] for member in _members())}
    if found := sorted(address for address in used if address.lower() in known):
        raise click.ClickException(f"development accounts are for local chains only: {', '.join(found)}")


def _guardian(owner: str) -> str:
    return os.environ.get("GREENLEDGER_GUARDIAN", owner)


def _members() -> list[dict[str, str]]:
    """Council members, ascending by address as the contract demands."""
    signers = [part.strip() for part in _required("GREENLEDGER_COUNCIL_SIGNERS").split(",")]
    urls = os.environ.get("GREENLEDGER_COUNCIL_URLS", "").split(",")
    urls += [""] * (len(signers) - len(urls))
    members = [
        {"signer": signer, "name": f"Council {number}", "url": url.strip()}
        for number, (signer, url) in enumerate(zip(signers, urls, strict=False), start=1)
    ]
    return sorted(members, key=lambda member: int(member["signer"], 16))


def _threshold() -> int:
    return int(_required("GREENLEDGER_COUNCIL_THRESHOLD"))


def _required(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise click.ClickException(f"{name} is not set; the head of scripts/deploy.py says what it means")
    return value


def _kept(record: dict[str, Any], name: str, arguments: tuple[object, ...]) -> ContractInstance | None:
    entry = record["contracts"].get(name)
    if entry is None or not ape.chain.provider.get_code(entry["address"]):
        return None
    if entry["constructor_args"] != list(arguments):
        raise click.ClickException(
            f"{name} at {entry['address']} has other constructor arguments:"
            " name another GREENLEDGER_DEPLOYMENT to deploy anew"
        )
    click.echo(f"{name} kept at {entry['address']}")
    return ape.project.get_contract(name).at(entry["address"])


def _deploy(
    record: dict[str, Any], name: str, deployer: AccountAPI, arguments: tuple[object, ...]
) -> ContractInstance:
    contract = deployer.deploy(ape.project.get_contract(name), *arguments)
    receipt = contract.creation_metadata.receipt
    record["contracts"][name] = {
        "address": contract.address,
        "constructor_args": list(arguments),
        "integrity": _integrity(name),
        "tx": receipt.txn_hash,
        "block": receipt.block_number,
    }
    click.echo(f"{name} deployed at {contract.address}, {receipt.gas_used:,} gas")
    return contract


def _configure(
    ledger: ContractInstance, credits: ContractInstance, methodology: str, owner: AccountAPI
) -> None:
    """Connects the contracts, approves the methodology and switches the registries on, where not done yet."""
    if int(ledger.credits(), 16) == 0:
        ledger.set_credits(credits.address, sender=owner)
    if not ledger.is_methodology_approved(methodology):
        uri = os.environ.get("GREENLEDGER_METHODOLOGY_URI", "")
        ledger.approve_methodology(methodology, uri, sender=owner)
    for registry in json.loads(os.environ.get("GREENLEDGER_REGISTRIES", "[]")):
        key = registry["key"].encode("ascii").ljust(32, b"\0")
        if not credits.registry(key).enabled:
            credits.set_registry(key, True, int(registry["unit_ug"]), registry["policy"], sender=owner)


def _integrity(name: str) -> str:
    """The compiler's hash over a contract and everything it imports: a changed comment changes it."""
    path = ROOT / "contracts" / f"{name}.vy"
    run = subprocess.run(["vyper", "-f", "integrity", path], capture_output=True, text=True, check=True)
    return "0x" + run.stdout.strip().removeprefix("0x")


def _commit() -> str:
    command = ["git", "rev-parse", "HEAD"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return run.stdout.strip() or "unknown"


def _write(path: Path, record: dict[str, Any]) -> None:
    """Replaces the file in one step, so that a crash leaves the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(record, indent=2, default=str) + "\n")
    partial.replace(path)
