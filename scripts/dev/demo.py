"""`make demo`: the main job from sign-in to recomputation, against the running stack or one of its own.

Prints each step with its transaction and gas, writes `build/demo.json`, and ends with 1 if a step fails or
if any attested integer differs from the recomputed one.
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eth_typing import HexStr
from rich.console import Console
from rich.table import Table
from web3 import HTTPProvider, Web3

from greenledger.evidence.disclosure import DisclosedWorkload, build_footprint
from greenledger.evidence.typed_data import FootprintReport, footprint_domain, footprint_report_id
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.footprint.factors import load_factor_set
from scripts.dev.journey import JourneyError, Sent, Traveller
from scripts.dev.processes import StackError
from scripts.dev.stack import STATE, Ports, Stack, development_key, is_healthy
from scripts.dev.state_folder import ROOT

OUTPUT = ROOT / "build" / "demo.json"
ABI = ROOT / "backend" / "greenledger" / "chain" / "abi"
DEMO_ACCOUNT = 1
RETIRED_UG = 10 * 10**12  # ten tonnes, a part of the footprint
UG_PER_TONNE = 10**12

# The published run: Luccioni, Viguier, Ligozat (2022), "Estimating the Carbon Footprint of BLOOM", arXiv
# 2211.02001: 1,082,990 A100 hours at 400 W, 57 g/kWh, PUE 1.2, from 11 March to 6 July 2022.
BLOOM: dict[str, object] = {
    "kind": "training",
    "start": 1646956800,
    "end": 1657065600,
    "place": {"country": "FR"},
    "phases": [
        {
            "hardware": "a100-sxm-80gb",
            "device_seconds": str(1_082_990 * 3600),
            "power_mw": "400000",
            "power_scope": "system",
        }
    ],
    "pue_ppm": "1200000",
    "grid_mg_per_kwh": "57000",
}


@dataclass(frozen=True)
class Step:
    """One line of the table; a step without a transaction has neither hash nor gas."""

    name: str
    result: str
    transaction: str | None = None
    gas: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What the demo saw, as written to `build/demo.json`."""

    account: str
    attestation: str
    certificate: str
    coverage_bps: int
    attested: dict[str, str]
    recomputed: dict[str, str]
    steps: list[Step]

    @property
    def equal(self) -> bool:
        return self.attested == self.recomputed


def run_job(origin: str, rpc_url: str, key: str) -> Outcome:
    """The whole job; raises `JourneyError` at the first step that is refused."""
    steps: list[Step] = []

    def note(name: str, result: str, sent: Sent | None = None) -> None:
        steps.append(Step(name, result, sent.hash if sent else None, sent.gas_used if sent else None))

    with Traveller(origin, rpc_url, key) as person:
        config = person.get("/config.json")
        person.sign_in()
        note("Sign in", f"SIWE session of {person.address}")

        # The gateway refuses the same work twice, so each run of the demo states its own.
        work = BLOOM | {"name": f"BLOOM-176B, demo of {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"}
        estimate = person.post("/v1/footprints/estimate", work)["estimate"]
        note("Estimate", f"{_tonnes_range(estimate['total_ug'])}, tier {estimate['tier']}")

        workload = person.post("/v1/workloads", {"workload": work})
        report = person.post("/v1/reports", {"workload_ids": [workload["id"]]})
        note("Co-sign", f"{len(report['signatures'])} of 3 council processes recomputed and signed")

        note("Record", f"attestation {report['id']}", person.send(report["transaction"]))

        project = min(
            person.get("/v1/projects")["items"], key=lambda item: float(item["price_usd_per_tonne"])
        )
        (token, *_) = config["payment_tokens"]
        quote = person.post(
            "/v1/quotes",
            {
                "source_id": project["source_id"],
                "amount_ug": str(RETIRED_UG),
                "payment_token": token["address"],
                "beneficiary_name": "BLOOM demo team",
                "reason": "Training of BLOOM-176B",
            },
        )
        total = int(quote["desk"]["order"]["price"]) / 10 ** token["decimals"]
        note("Quote", f"{_tonnes(RETIRED_UG)} of {project['project']} for {total:,.2f} {token['symbol']}")

        approve, open_order = quote["desk"]["transactions"]
        note("Approve", f"the price in {token['symbol']}", person.send(approve))
        note("Pay", f"order {quote['desk']['id']} opened at the desk", person.send(open_order))

        order = person.wait_for_order(quote["order"], "minted")
        minted = next(step for step in order["steps"] if step["state"] == "minted")
        note("Retire", "retired at the marketplace, proof co-signed, payment released")
        note("Mint", f"certificate {order['certificate']}", _mined(person, minted["transaction"]))

        allocation = _allocation(person, config, order["certificate"], report["footprint_hash"])
        note("Allocate", f"{_tonnes(RETIRED_UG)} to the attestation", person.send(allocation))

        evidence = person.get(f"/v1/reports/{report['id']}/evidence")

    stranger = Web3(HTTPProvider(rpc_url, request_kwargs={"timeout": 30}))
    coverage_bps = _ledger(stranger, config).functions.coverage_bps(report["id"]).call()
    note("Read coverage", f"{coverage_bps / 100:.2f} % of the high bound")

    attested = _attested(stranger, config, report["id"])
    recomputed = _recomputed(evidence)
    outcome = Outcome(
        person.address, report["id"], order["certificate"], coverage_bps, attested, recomputed, steps
    )
    note("Recompute", "equal in every field" if outcome.equal else "DIFFERENT")
    return outcome


def _allocation(person: Traveller, config: dict[str, Any], certificate: str, hash_: str) -> dict[str, Any]:
    address = Web3.to_checksum_address(config["contracts"]["credits"])
    credits = person.web3.eth.contract(address, abi=_abi("RetiredCredits"))
    args = [int(certificate, 0), person.address, hash_, RETIRED_UG]
    return {"to": address, "data": credits.encode_abi("allocate", args)}


def _mined(person: Traveller, hash_: str) -> Sent:
    """A transaction that somebody else sent: of a paid order the seller mints."""
    receipt = person.web3.eth.get_transaction_receipt(HexStr(hash_))
    return Sent(hash_, receipt["gasUsed"], receipt)


def _ledger(web3: Web3, config: dict[str, Any]) -> Any:
    address = Web3.to_checksum_address(config["contracts"]["ledger"])
    return web3.eth.contract(address, abi=_abi("FootprintLedger"))


def _attested(web3: Web3, config: dict[str, Any], id_: str) -> dict[str, str]:
    """The footprint as the chain has it, from the event that `id_` names."""
    ledger = _ledger(web3, config)
    if not ledger.functions.is_recorded(id_).call():
        raise JourneyError(f"attestation {id_} is not on the chain")
    logs = ledger.events.FootprintRecorded.get_logs(
        from_block=config["deployed_block"], argument_filters={"id": id_}
    )
    fields = {name: _text(value) for name, value in logs[0]["args"]["footprint"].items()}
    return fields | {"id": _text(logs[0]["args"]["id"])}


def _recomputed(evidence: dict[str, Any]) -> dict[str, str]:
    """The footprint that the disclosed workloads give, with nothing taken from the chain but the deadline."""
    stated = evidence["report"]["footprint"]
    disclosed = [
        DisclosedWorkload(item["workload"], word_bytes(item["salt"])) for item in evidence["workloads"]
    ]
    footprint = build_footprint(disclosed, load_factor_set(), int(stated["valid_until"]))
    domain = footprint_domain(evidence["chain_id"], evidence["ledger"])
    id_ = footprint_report_id(FootprintReport(evidence["report"]["account"], footprint), domain)
    fields = {name: _text(value) for name, value in asdict(footprint).items()}
    return fields | {"id": _text(id_)}


def _text(value: int | bytes) -> str:
    return as_hex(value) if isinstance(value, bytes) else str(value)


def _abi(contract: str) -> Any:
    return json.loads((ABI / f"{contract}.json").read_text())


def _tonnes(ug: int | str) -> str:
    return f"{int(ug) / UG_PER_TONNE:,.2f} t"


def _tonnes_range(bounds: dict[str, str]) -> str:
    return f"{_tonnes(bounds['central'])} CO2e ({_tonnes(bounds['low'])} to {_tonnes(bounds['high'])})"


def show(console: Console, outcome: Outcome) -> None:
    """Prints the steps, then the integers side by side."""
    table = Table(title="The main job", show_lines=False)
    for heading in ("step", "result", "transaction", "gas"):
        table.add_column(heading, justify="right" if heading == "gas" else "left", overflow="fold")
    for step in outcome.steps:
        table.add_row(step.name, step.result, step.transaction or "", f"{step.gas:,}" if step.gas else "")
    console.print(table)

    integers = Table(title="Attested on chain, recomputed from the disclosed workload")
    for heading in ("field", "attested", "recomputed", "equal"):
        integers.add_column(heading, justify="left", overflow="fold")
    for name, attested in outcome.attested.items():
        again = outcome.recomputed.get(name, "missing")
        integers.add_row(name, attested, again, "yes" if attested == again else "NO")
    console.print(integers)


def write(outcome: Outcome, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(outcome) | {"equal": outcome.equal}, indent=2) + "\n")


def main() -> int:
    # Ids and hashes are to be copied: where nobody looks at a screen, no line is broken for one.
    console = Console() if sys.stdout.isatty() else Console(width=180)
    with ExitStack() as opened:
        try:
            origin, rpc_url = _running() or _started(opened, console)
            outcome = run_job(origin, rpc_url, development_key(DEMO_ACCOUNT))
        except (JourneyError, StackError) as error:
            console.print(f"[red]{error}[/red]", highlight=False, markup=True)
            return 1
    show(console, outcome)
    write(outcome, OUTPUT)
    console.print(f"Written to {OUTPUT.relative_to(ROOT)}")
    return 0 if outcome.equal else 1


def _running() -> tuple[str, str] | None:
    """The stack of `make run`, if one is up."""
    try:
        running = json.loads((STATE / "running.json").read_text())
    except (FileNotFoundError, ValueError):
        return None
    return (running["origin"], running["rpc_url"]) if is_healthy(running["origin"]) else None


def _started(opened: ExitStack, console: Console) -> tuple[str, str]:
    stack = opened.enter_context(Stack(STATE, Ports.usual(), console.print))
    return stack.origin, stack.rpc_url


if __name__ == "__main__":
    sys.exit(main())
