"""States or records the work of a job, and says what became of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from scripts.ci.command import NOT_POSSIBLE, UNREACHABLE, greenledger
from scripts.ci.inputs import Inputs, Recording
from scripts.ci.texts import markdown

_COMMANDS = {
    Recording.SUBMIT: ["submit"],
    Recording.REPORT: ["record", "--no-send"],
    Recording.SEND: ["record", "--yes"],
}
SOME_REJECTED = 3
NOT_RECORDED_LATER = (
    " That will not record it: after that job, the account records it with `greenledger batch close` and"
    " `greenledger batch record`."
)
_UNKNOWN = "; what was stated before is kept, and repeating it states nothing twice"


@dataclass(frozen=True, slots=True)
class Recorded:
    """`code` is 0 where the job may go on; `markdown` belongs below the footprint."""

    code: int = 0
    message: str = ""
    markdown: str = ""
    report_id: str = ""
    transaction: str = ""


def record(inputs: Inputs, work: list[str]) -> Recorded:
    """As far as the inputs say. Sends first what earlier jobs could not."""
    missing = [name for name in ("GREENLEDGER_URL", "GREENLEDGER_API_KEY") if not os.environ.get(name)]
    if missing:
        reason = (
            f"record: {inputs.recording} needs the inputs url and api-key ({', '.join(missing)} is empty)"
        )
        return _not_recorded(NOT_POSSIBLE, reason)
    spool = ["--spool"] if inputs.continue_on_unreachable else []
    if spool:
        greenledger(["flush", "--json"], inputs.folder, with_key=True)
    command = [*_COMMANDS[inputs.recording], "--json", *spool, *work]
    done = greenledger(command, inputs.folder, with_key=True)
    if done.code in (0, SOME_REJECTED) and "accepted" in done.answer:
        return _recorded(done.answer, os.environ["GREENLEDGER_URL"].rstrip("/"), inputs.recording)
    if done.code == UNREACHABLE and inputs.continue_on_unreachable:
        return _not_recorded(0, f"{done.reason}{_UNKNOWN}")
    return _not_recorded(done.code or NOT_POSSIBLE, done.reason)


def _not_recorded(code: int, reason: str) -> Recorded:
    return Recorded(code, f"not recorded: {reason}", f"\n⚠️ Not recorded: {markdown(reason)}\n")


def _recorded(answer: dict[str, Any], url: str, wanted: Recording) -> Recorded:
    accepted, spooled = int(answer["accepted"]), int(answer.get("spooled") or 0)
    report, sent = answer.get("report") or {}, answer.get("transaction") or {}
    report_id, transaction = str(report.get("id", "")), str(sent.get("hash", ""))
    if spooled:
        words = f"The gateway was out of reach: {spooled} kept, to be stated by a later job."
        words += "" if wanted is Recording.SUBMIT else NOT_RECORDED_LATER
        return Recorded(0, words, f"\n⚠️ {words}\n")
    if transaction or answer.get("already_recorded"):
        link = f"[{report_id[:10]}…]({url}/attestation/{report_id})"
        return Recorded(0, "recorded", f"\nRecorded on chain: attestation {link}.\n", report_id, transaction)
    if report_id:
        until = datetime.fromtimestamp(int(report["valid_until"]), UTC)
        words = (
            f"The council signed report `{report_id}`. The owner of the account records it until"
            f" {until:%Y-%m-%d %H:%M} UTC: [open it]({url}/record)."
        )
        return Recorded(0, "signed, to be recorded by the account's wallet", f"\n{words}\n", report_id)
    known = f", {answer['duplicates']} of it known before" if answer.get("duplicates") else ""
    words = f"Stated at the gateway: {accepted}{known}"
    return Recorded(0, words, f"\n{words}.\n")
