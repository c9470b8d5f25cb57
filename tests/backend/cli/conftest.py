"""A node, and an honest bundle to record on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_bundles import make_bundle
from cli_node import Node, running_node

from greenledger.evidence.bundle import EvidenceBundle
from greenledger.footprint.factors import load_factor_set


@pytest.fixture
def node() -> Iterator[Node]:
    with running_node() as state:
        yield state


@pytest.fixture
def bundle() -> EvidenceBundle:
    return make_bundle(1, load_factor_set())


@pytest.fixture
def write(tmp_path: Path) -> Callable[[object], str]:
    """Writes a JSON document to a file and gives its name."""

    def to_file(document: object) -> str:
        file = tmp_path / "document.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        return str(file)

    return to_file
