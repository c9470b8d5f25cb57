"""A node, and an honest bundle to record on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_node import Node, running_node

from greenledger.evidence.bundle import EvidenceBundle
from greenledger.evidence.disclosure import DisclosedWorkload, build_footprint
from greenledger.evidence.typed_data import FootprintReport, footprint_domain, footprint_report_id
from greenledger.footprint.factors import load_factor_set

ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
LEDGER = "0x5FbDB2315678afecb367f032d93F642f64180aa3"


@pytest.fixture
def node() -> Iterator[Node]:
    with running_node() as state:
        yield state


@pytest.fixture
def bundle() -> EvidenceBundle:
    workload: dict[str, object] = {
        "kind": "fine-tuning",
        "start": 1_740_000_000,
        "end": 1_740_086_400,
        "place": {"country": "FR"},
        "phases": [{"hardware": "h100-sxm-80gb", "device_seconds": "691200"}],
    }
    disclosed = (DisclosedWorkload(workload, b"\x01" * 32),)
    report = FootprintReport(
        ACCOUNT, build_footprint(disclosed, load_factor_set(), valid_until=1_760_000_000)
    )
    id_ = footprint_report_id(report, footprint_domain(31337, LEDGER))
    return EvidenceBundle(31337, LEDGER, report, disclosed, id_)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[object], str]:
    """Writes a JSON document to a file and gives its name."""

    def to_file(document: object) -> str:
        file = tmp_path / "document.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        return str(file)

    return to_file
