"""The command line: assembles the commands, each of which has a file of its own.

Exit codes of every command: 0 done (verify: equal; check: within), 1 verify found a difference or check a
footprint over its budget, 2 not possible (input unreadable, refused, wrong usage; verify: no chain),
3 some entries were rejected and the others done, 4 gateway or chain out of reach.
"""

from __future__ import annotations

from typing import Annotated

import typer

from greenledger import __version__
from greenledger.cli.commands import (
    badge,
    batch,
    catalogue,
    check,
    estimate,
    export,
    keys,
    login,
    mcp,
    record,
    retire,
    schema,
    status,
    submit,
    validate,
    verify,
)
from greenledger.evidence.methodology import METHOD

app = typer.Typer(
    name="greenledger",
    help="Carbon footprints of AI work: estimate, record, retire credits against them, and verify.",
    epilog="Exit codes: 0 done (verify: equal in every field; check: within), 1 verify found a difference or"
    " check a footprint over budget, 2 not possible, 3 some entries of a file were rejected, 4 gateway or"
    " chain out of reach.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        typer.echo(f"greenledger {__version__} ({METHOD})")
        raise typer.Exit(0)


app.command(epilog=estimate.EXIT_CODES)(estimate.estimate)
app.command(epilog=validate.EXIT_CODES)(validate.validate)
app.command(epilog=verify.EXIT_CODES)(verify.verify)
app.command(epilog=check.EXIT_CODES)(check.check)
app.command(epilog=login.EXIT_CODES)(login.login)
app.command(epilog=login.EXIT_CODES)(login.logout)
app.command(epilog=submit.EXIT_CODES)(submit.submit)
app.command(epilog=submit.FLUSH_EXIT_CODES)(submit.flush)
app.command(epilog=record.EXIT_CODES)(record.record)
app.add_typer(batch.app, epilog=batch.EXIT_CODES)
app.command(epilog=retire.EXIT_CODES)(retire.retire)
app.command(epilog=retire.EXIT_CODES)(retire.allocate)
app.command(epilog=status.EXIT_CODES)(status.status)
app.command(epilog=badge.EXIT_CODES)(badge.badge)
app.command(epilog=export.EXIT_CODES)(export.export)
app.add_typer(keys.app, epilog=keys.EXIT_CODES)
app.command(epilog=catalogue.EXIT_CODES)(catalogue.catalogue)
app.command(epilog=schema.EXIT_CODES)(schema.schema)
app.command(epilog=mcp.EXIT_CODES)(mcp.mcp)


if __name__ == "__main__":
    app()
