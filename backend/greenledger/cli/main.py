"""Commands: estimate a workload, verify an evidence bundle, list what a workload may name.

Exit codes of every command: 0 done (verify: equal), 1 verify found a difference, 2 not possible (input
unreadable, chain out of reach, wrong usage).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from greenledger import __version__
from greenledger.cli import show
from greenledger.cli.chain_reader import CannotRead, ChainReader
from greenledger.cli.verification import Verification, verify_bundle
from greenledger.evidence.bundle import bundle_from_json
from greenledger.evidence.disclosure import InvalidDisclosure
from greenledger.evidence.methodology import METHOD, estimate_as_json, methodology_id
from greenledger.evidence.structs import InvalidReport
from greenledger.footprint.catalogue import catalogue as full_catalogue
from greenledger.footprint.estimate import estimate as run_model
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.fields import FieldError, InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.strict_json import MAX_BYTES, InvalidJson, loads_strict

DIFFERENT = 1
NOT_POSSIBLE = 2
MAX_BUNDLE_BYTES = 64 * MAX_BYTES

app = typer.Typer(
    name="greenledger",
    help="Carbon footprints of AI work: estimate them, and verify what is recorded on chain.",
    epilog="Exit codes: 0 done (verify: equal in every field), 1 verify found a difference, 2 not possible.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of tables.")]


def _say_json(value: object) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _fail(message: str, *, as_json: bool) -> NoReturn:
    if as_json:
        _say_json({"error": message})
    else:
        Console(stderr=True).print(message, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(NOT_POSSIBLE)


def _fail_fields(errors: tuple[FieldError, ...], *, as_json: bool) -> NoReturn:
    if as_json:
        listed = [{"field": e.field, "problem": e.problem, "expected": e.expected} for e in errors]
        _say_json({"error": "the workload cannot be read", "errors": listed})
    else:
        show.show_errors(Console(stderr=True), errors)
    raise typer.Exit(NOT_POSSIBLE)


def _read_json(file: str, max_bytes: int, *, as_json: bool) -> object:
    """JSON of a file, or of standard input for "-"."""
    try:
        if file == "-":
            text = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with Path(file).open("rb") as stream:
                text = stream.read(max_bytes + 1)
        return loads_strict(text, max_bytes)
    except OSError as error:
        _fail(f"{file}: cannot be read: {error.strerror}", as_json=as_json)
    except InvalidJson as error:
        _fail(f"{file}: {error}", as_json=as_json)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        typer.echo(f"greenledger {__version__} ({METHOD})")
        raise typer.Exit(0)


@app.command()
def estimate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Workload as JSON; - reads standard input.")],
    as_json: AsJson = False,
) -> None:
    """Estimate the footprint of a workload. Exit codes: 0 done, 2 the workload cannot be read."""
    factors = load_factor_set()
    document = _read_json(file, MAX_BYTES, as_json=as_json)
    try:
        result = run_model(parse_workload(document, factors), factors)
    except InvalidWorkload as error:
        _fail_fields(error.errors, as_json=as_json)
    if as_json:
        _say_json(estimate_as_json(result, factors))
    else:
        name = f"{METHOD} with {factors.set_id}, 0x{methodology_id(factors).hex()}"
        show.show_estimate(Console(), result, name)


def _verify(file: str, rpc: str, *, as_json: bool) -> Verification:
    document = _read_json(file, MAX_BUNDLE_BYTES, as_json=as_json)
    try:
        bundle = bundle_from_json(document)
        reader = ChainReader(rpc, bundle.ledger)
        try:
            return verify_bundle(bundle, reader, load_factor_set())
        finally:
            reader.close()
    except (InvalidReport, CannotRead) as error:
        _fail(f"could not check: {error}", as_json=as_json)
    except InvalidDisclosure as error:
        _fail_fields(error.errors, as_json=as_json)


@app.command()
def verify(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Evidence bundle as JSON; - reads standard input.")
    ],
    rpc: Annotated[
        str,
        typer.Option("--rpc", envvar="GREENLEDGER_RPC_URL", help="RPC URL of a node of the bundle's chain."),
    ],
    as_json: AsJson = False,
) -> None:
    """Check an evidence bundle: its id, its record on chain, and every field recomputed from its workloads.

    Reads the chain alone, no server of ours. Exit codes: 0 equal, 1 not equal, 2 could not check.
    """
    result = _verify(file, rpc, as_json=as_json)
    if as_json:
        _say_json(result.as_json())
    else:
        show.show_verification(Console(), result)
    if not result.equal:
        raise typer.Exit(DIFFERENT)


@app.command()
def catalogue(
    section: Annotated[
        str | None, typer.Argument(help="hardware, countries, states, regions, models or sources.")
    ] = None,
    search: Annotated[str, typer.Option(help="Only entries whose id or name contains this text.")] = "",
    as_json: AsJson = False,
) -> None:
    """List what a workload may name, and the sources. Exit codes: 0 done, 2 no such section."""
    sections = full_catalogue()
    if section is not None:
        if section not in sections:
            _fail(
                f"section: {section!r} is not known, expected one of {', '.join(sections)}", as_json=as_json
            )
        sections = {section: sections[section]}
    word = search.lower()
    found = {
        name: [entry for entry in entries if word in f"{entry['id']} {entry['name']}".lower()]
        for name, entries in sections.items()
    }
    if as_json:
        _say_json(found)
    else:
        show.show_catalogue(Console(), found)


if __name__ == "__main__":
    app()
