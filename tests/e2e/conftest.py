"""One real stack for the whole suite: chain, contracts, council, marketplace, gateway, page."""

from collections.abc import Iterator

import pytest

from scripts.dev.stack import Ports, Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with Stack(tmp_path_factory.mktemp("stack"), Ports.free(), lambda _line: None) as running:
        yield running
