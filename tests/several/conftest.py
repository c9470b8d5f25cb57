"""One chain, council, marketplace, PostgreSQL, two gateways and nginx for the whole suite."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# The private PostgreSQL of the backend's tests: one place knows how to start one.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "backend"))

from postgres import running_postgres
from several_stage import Several, open_several

from scripts.dev.state_folder import ROOT

FIGURES = ROOT / "build" / "several.json"


@pytest.fixture(scope="session")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Several]:
    folder = tmp_path_factory.mktemp("several")
    with running_postgres() as server, open_several(folder, server.migrated()) as stage:
        yield stage


@pytest.fixture(scope="session")
def figures() -> Iterator[dict[str, Any]]:
    """What the tests counted, by the name of what was done to the gateways; written to build/several.json."""
    counted: dict[str, Any] = {}
    yield counted
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.write_text(json.dumps(counted, indent=2) + "\n")
