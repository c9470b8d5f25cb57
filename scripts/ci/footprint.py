"""The first step: the footprint of the work beside its budget, and the work stated or recorded.

It ends well whatever it found, so that the comment is made in any case; the verdict step ends the job.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from scripts.ci.command import NOT_POSSIBLE, Done, greenledger
from scripts.ci.inputs import Inputs, InvalidInput, Recording, folder_of
from scripts.ci.recording import Recorded, record
from scripts.ci.result import Result
from scripts.ci.texts import log, markdown

OVER, REJECTED = 1, 3
VERDICTS = {0: "within", OVER: "over", REJECTED: "partly"}


def main() -> int:
    try:
        folder = folder_of(os.environ)
    except InvalidInput as error:
        sys.stderr.write(f"{error}\n")
        return NOT_POSSIBLE
    try:
        result, comment = _result(Inputs.of(os.environ))
    except InvalidInput as error:
        result, comment = _failed(str(error))
    result.save(folder, comment)
    _tell(result, comment, os.environ)
    return 0


def _result(inputs: Inputs) -> tuple[Result, str]:
    work = inputs.work(int(time.time()))
    budget = [f"--max-kg={inputs.max_kg}", f"--bound={inputs.bound}"]
    checked = greenledger(["check", "--json", *budget, *work], inputs.folder, with_key=False)
    if checked.code not in VERDICTS or "footprint" not in checked.answer:
        return _failed(checked.reason)
    shown = greenledger(["check", "--markdown", *budget, *work], inputs.folder, with_key=False)
    recorded = Recorded() if inputs.recording is Recording.NO else record(inputs, work)
    result = _judged(checked, recorded)
    return result, f"{shown.output.rstrip()}\n{recorded.markdown}"


def _judged(checked: Done, recorded: Recorded) -> Result:
    amounts = {name: _kg(checked.answer["footprint"][f"{name}_ug"]) for name in ("low", "central", "high")}
    bound, budget = checked.answer["bound"], _kg(checked.answer["budget_ug"])
    message = f"{amounts[bound]} kg CO2e at the {bound} bound, {budget} kg allowed"
    verdict, code = VERDICTS[checked.code], checked.code
    if code == REJECTED:
        message += "; some entries were rejected, so it is not all of the work"
    if recorded.code and code == 0:
        verdict, code = "unrecorded", recorded.code
    if recorded.message:
        message += f"; {recorded.message}"
    return Result(
        verdict,
        code,
        message,
        low_kg=amounts["low"],
        central_kg=amounts["central"],
        high_kg=amounts["high"],
        report_id=recorded.report_id,
        transaction=recorded.transaction,
    )


def _kg(amount_ug: str) -> str:
    text = f"{Decimal(amount_ug) / 10**9:.9f}"
    return text.rstrip("0").rstrip(".")


def _failed(reason: str) -> tuple[Result, str]:
    comment = f"### Carbon footprint\n\n⚠️ **It could not be told:** {markdown(reason)}\n"
    return Result("failed", NOT_POSSIBLE, f"the footprint could not be told: {reason}"), comment


def _tell(result: Result, comment: str, environment: Mapping[str, str]) -> None:
    """Into the log, and where GitHub looks for a summary and for outputs."""
    sys.stdout.write(log(f"{result.verdict}: {result.message}") + "\n")
    if summary := environment.get("GITHUB_STEP_SUMMARY"):
        _append(Path(summary), comment)
    if outputs := environment.get("GITHUB_OUTPUT"):
        _append(Path(outputs), "".join(f"{name}={value}\n" for name, value in result.outputs().items()))


def _append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(text if text.endswith("\n") else f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
