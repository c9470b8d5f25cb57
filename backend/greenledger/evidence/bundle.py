"""The evidence bundle: all that an auditor needs, besides the chain, to check one attestation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from greenledger.evidence.disclosure import DisclosedWorkload
from greenledger.evidence.structs import InvalidReport, bytes32, checksum_address, uint
from greenledger.evidence.typed_data import (
    FootprintReport,
    footprint_domain,
    footprint_report_from_json,
    footprint_report_id,
    report_as_json,
)
from greenledger.evidence.words import as_hex

VERSION = 1
MOST_WORKLOADS = 10_000
_MEMBERS = ("version", "chain_id", "ledger", "report", "workloads", "id")


@dataclass(frozen=True, slots=True)
class EvidenceBundle:
    """A report, the workloads under its root with their salts, and the id it is recorded under."""

    chain_id: int
    ledger: str
    report: FootprintReport
    workloads: tuple[DisclosedWorkload, ...]
    id: bytes

    def digest(self) -> bytes:
        """The id that the report, chain and ledger give; equal to `id` in an honest bundle."""
        return footprint_report_id(self.report, footprint_domain(self.chain_id, self.ledger))

    def as_json(self) -> dict[str, object]:
        return {
            "version": VERSION,
            "chain_id": self.chain_id,
            "ledger": self.ledger,
            "report": report_as_json(self.report),
            "workloads": [{"workload": item.workload, "salt": as_hex(item.salt)} for item in self.workloads],
            "id": as_hex(self.id),
        }


def _only(obj: Mapping[str, object], known: tuple[str, ...], path: str) -> None:
    for name in obj:
        if name not in known:
            raise InvalidReport(f"{path}{str(name)[:60]}", "unknown field", f"one of {', '.join(known)}")
    for name in known:
        if name not in obj:
            raise InvalidReport(f"{path}{name}", "missing", f"each of {', '.join(known)}")


def disclosed_workload_from_json(obj: object, path: str = "workload") -> DisclosedWorkload:
    """Reads {"workload": {...}, "salt": "0x.."}; the model reads the workload. Raises InvalidReport."""
    if not isinstance(obj, Mapping):
        raise InvalidReport(path, "not an object", "an object with workload and salt")
    _only(obj, ("workload", "salt"), f"{path}.")
    workload = obj["workload"]
    if not isinstance(workload, dict):
        raise InvalidReport(f"{path}.workload", "not an object", "a workload")
    return DisclosedWorkload(workload, bytes32(obj["salt"], f"{path}.salt"))


def bundle_from_json(obj: object) -> EvidenceBundle:
    """Reads a bundle strictly, without judging it. Raises InvalidReport naming the field."""
    if not isinstance(obj, Mapping):
        raise InvalidReport("bundle", "not an object", f"an object with {', '.join(_MEMBERS)}")
    _only(obj, _MEMBERS, "")
    if uint(obj["version"], 32, "version") != VERSION:
        raise InvalidReport("version", "not known", str(VERSION))
    workloads = obj["workloads"]
    if not isinstance(workloads, list) or not 1 <= len(workloads) <= MOST_WORKLOADS:
        raise InvalidReport("workloads", "not a list of workloads", f"1 to {MOST_WORKLOADS} workloads")
    return EvidenceBundle(
        chain_id=uint(obj["chain_id"], 64, "chain_id"),
        ledger=checksum_address(obj["ledger"], "ledger"),
        report=_report(obj["report"]),
        workloads=tuple(
            disclosed_workload_from_json(item, f"workloads[{index}]") for index, item in enumerate(workloads)
        ),
        id=bytes32(obj["id"], "id"),
    )


def _report(obj: object) -> FootprintReport:
    try:
        return footprint_report_from_json(obj)
    except InvalidReport as error:
        field = error.field if error.field == "report" else f"report.{error.field}"
        raise InvalidReport(field, error.problem, error.expected) from error
