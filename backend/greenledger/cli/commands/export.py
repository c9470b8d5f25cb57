"""`greenledger export`: what an account has stated and had signed, as one file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.text import Text

from greenledger.cli.answers import AsJson, say_json
from greenledger.cli.documents import STANDARD_INPUT, written
from greenledger.cli.gateway import Url, ending, opened
from greenledger.cli.progress import counted
from greenledger.client import Client

EXIT_CODES = "Exit codes: 0 done, 2 not possible, 4 gateway out of reach."

WORKLOADS_PAGE, REPORTS_PAGE = 500, 200


def _workloads(client: Client) -> Iterator[dict[str, Any]]:
    before: str | None = None
    while page := client.workloads(WORKLOADS_PAGE, before):
        for one in page:
            yield {
                "what": "workload",
                "id": one.id,
                "event_id": one.event_id,
                "workload": dict(one.workload),
                "methodology": one.estimate.methodology,
                "estimate": dict(one.estimate.document),
            }
        before = page[-1].id


def _reports(client: Client, *, with_evidence: bool) -> Iterator[dict[str, Any]]:
    before: str | None = None
    while page := client.reports(REPORTS_PAGE, before):
        for one in page:
            evidence = {"evidence": client.evidence(one.id)} if with_evidence else {}
            yield {"what": "report", **one.document, **evidence}
        before = page[-1].id


def _written(
    client: Client, stream: TextIO, told: Callable[[int, int], None], *, with_evidence: bool
) -> dict[str, int]:
    counts = {"workload": 0, "report": 0}
    for rows in (_workloads(client), _reports(client, with_evidence=with_evidence)):
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
            counts[row["what"]] += 1
            told(sum(counts.values()), 0)
    return counts


def export(
    output: Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines; - is standard output.")],
    evidence: Annotated[
        bool, typer.Option("--evidence", help="With the evidence bundle of each report, salts included.")
    ] = False,
    url: Url = None,
    as_json: AsJson = False,
) -> None:
    """Write all workloads and reports of the account, newest first, one JSON object on each line.

    Needs a key with the scopes submit and record. With --evidence the file lets whoever has it see what the
    reports are about: keep it as you keep the workloads.
    """
    to_screen = str(output) == STANDARD_INPUT
    target = nullcontext(sys.stdout) if to_screen else written(output)
    with (
        ending(as_json=as_json),
        opened(url, None) as client,
        counted("Exporting") as told,
        target as stream,
    ):
        counts = _written(client, stream, told, with_evidence=evidence)
    if to_screen:
        return
    if as_json:
        say_json({"file": str(output), "workloads": counts["workload"], "reports": counts["report"]})
    else:
        words = f"{output}: {counts['workload']:,} workloads, {counts['report']:,} reports"
        Console().print(Text(words), soft_wrap=True)
