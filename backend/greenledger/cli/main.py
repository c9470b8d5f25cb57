"""The command line: assembles the commands, each of which has a file of its own.

Exit codes of every command: 0 done (verify: equal), 1 verify found a difference, 2 not possible (input
unreadable, chain out of reach, wrong usage), 3 estimate rejected some entries and estimated the others.
"""

from __future__ import annotations

from typing import Annotated

import typer

from greenledger import __version__
from greenledger.cli.commands import catalogue, estimate, schema, validate, verify
from greenledger.evidence.methodology import METHOD

app = typer.Typer(
    name="greenledger",
    help="Carbon footprints of AI work: estimate them, and verify what is recorded on chain.",
    epilog="Exit codes: 0 done (verify: equal in every field), 1 verify found a difference, 2 not possible,"
    " 3 estimate rejected some entries of a file.",
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
app.command(epilog=catalogue.EXIT_CODES)(catalogue.catalogue)
app.command(epilog=schema.EXIT_CODES)(schema.schema)


if __name__ == "__main__":
    app()
