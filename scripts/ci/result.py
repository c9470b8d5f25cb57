"""What the footprint step found, kept in a file for the steps after it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

RESULT, COMMENT, OUTPUTS = "result.json", "footprint.md", "outputs.env"
_PLAIN = re.compile(r"[0-9A-Za-z._-]{0,80}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Result:
    """`code` is how the job has to end, as of `greenledger check`; `message` says why, in one line.

    Amounts are decimal strings of kilograms; an empty text is not known.
    """

    verdict: str
    code: int
    message: str
    low_kg: str = ""
    central_kg: str = ""
    high_kg: str = ""
    report_id: str = ""
    transaction: str = ""

    @classmethod
    def load(cls, folder: Path) -> Self | None:
        """None if the footprint step left nothing."""
        file = folder / RESULT
        return cls(**json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None

    def save(self, folder: Path, comment: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / COMMENT).write_text(comment, encoding="utf-8")
        (folder / RESULT).write_text(json.dumps(asdict(self)), encoding="utf-8")
        lines = [
            f"GREENLEDGER_{name.upper().replace('-', '_')}={text}\n" for name, text in self.outputs().items()
        ]
        (folder / OUTPUTS).write_text("".join(lines), encoding="utf-8")

    def outputs(self) -> dict[str, str]:
        """For later steps of the job: plain words and numbers, so that none can bring a line of its own."""
        values = {
            "verdict": self.verdict,
            "low-kg": self.low_kg,
            "central-kg": self.central_kg,
            "high-kg": self.high_kg,
            "report-id": self.report_id,
            "transaction": self.transaction,
        }
        return {name: value if _PLAIN.fullmatch(value) else "" for name, value in values.items()}
