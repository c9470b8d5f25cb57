"""How every command ends: its exit code, and an error as text for people or JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from greenledger.cli import show
from greenledger.footprint.fields import FieldError

DIFFERENT = 1
OVER_BUDGET = 1
NOT_POSSIBLE = 2
SOME_REJECTED = 3
UNREACHABLE = 4

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs instead of tables.")]


def say_json(value: object) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def say(message: str) -> None:
    """A line for people on standard error, as text and never as markup."""
    Console(stderr=True).print(message, markup=False, highlight=False, soft_wrap=True)


def fail(
    message: str, *, as_json: bool, code: int = NOT_POSSIBLE, more: Mapping[str, object] | None = None
) -> NoReturn:
    """Ends the command with `code`; `more` are further members of the JSON."""
    if as_json:
        say_json({"error": message} | dict(more or {}))
    else:
        say(message)
    raise typer.Exit(code)


def fail_fields(errors: tuple[FieldError, ...], *, as_json: bool) -> NoReturn:
    """Ends the command with NOT_POSSIBLE and every problem of a workload."""
    if as_json:
        listed = [{"field": e.field, "problem": e.problem, "expected": e.expected} for e in errors]
        say_json({"error": "the workload cannot be read", "errors": listed})
    else:
        show.show_errors(Console(stderr=True), errors)
    raise typer.Exit(NOT_POSSIBLE)
